"""What a flow makes of a message, before the turn is closed."""

from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.reply import Reply


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
