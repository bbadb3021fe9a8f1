"""The result of one turn."""

from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.reply import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn's effect.

    `card`: what the live card shows from now on; empty where no card moves. `below`: each a message of its own that
    leaves the live card where it is. `aside`: what only the sender sees.
    `conversation` is the very object that went in where nothing is to be saved. `duplicate`: the message had its
    effect before.
    """

    conversation: Conversation
    card: tuple[Reply, ...] = ()
    below: tuple[Reply, ...] = ()
    aside: tuple[Reply, ...] = ()
    duplicate: bool = False
