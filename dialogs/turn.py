"""The result of one turn."""

from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.replies import Reply


@dataclass(frozen=True, slots=True)
class Step:
    """A conversation after a message and what is said for it; see `Turn` for the three places.

    `shown` names what else stands on the card, such as passages. `confidential`: nobody else may see `aside`.
    """

    conversation: Conversation
    card: tuple[Reply, ...] = ()
    below: tuple[Reply, ...] = ()
    aside: tuple[Reply, ...] = ()
    shown: tuple[str, ...] = ()
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn's effect.

    `card`: what the live card shows from now on; empty where no card moves. `below`: each a message of its own that
    leaves the live card where it is. `aside`: what only the sender sees. `confidential`: where a channel cannot show
    `aside` to the sender alone, it shows it to nobody in this place (a message to the sender in private will do).
    `apart`: the card goes below the one that was pressed, which stays to be read, rather than in its place.
    `conversation` is the very object that went in where nothing is to be saved. `duplicate`: the message had its
    effect before.
    """

    conversation: Conversation
    card: tuple[Reply, ...] = ()
    below: tuple[Reply, ...] = ()
    aside: tuple[Reply, ...] = ()
    confidential: bool = False
    apart: bool = False
    duplicate: bool = False
