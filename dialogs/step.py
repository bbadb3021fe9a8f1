"""What a flow makes of a message, before the turn is closed."""

from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.reply import Reply


@dataclass(frozen=True, slots=True)
class Step:
    """A conversation after a message and what is said for it; see `Turn` for the three places.

    `shown` names the passages that stand on the card.
    """

    conversation: Conversation
    card: tuple[Reply, ...] = ()
    below: tuple[Reply, ...] = ()
    aside: tuple[Reply, ...] = ()
    shown: tuple[str, ...] = ()
