"""The result of one turn."""

from typing import NamedTuple, Self

from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.feedback import Rating
from dialogs.replies import Reply


class Turn(NamedTuple):
    """A conversation after a message, and the replies to that message.

    `card`: what the live card shows from now on; empty if no card changes. `below`: messages of their own that leave
    the live card where it is. `aside`: what only the sender sees. `shown`: ids of what else stands on the card, such as
    passages. `expanded`: a longer form of the live card for the sender alone; where a channel cannot show that in the
    card's place, a message of its own below, without buttons. `confidential`: where a channel cannot show `aside` to
    the sender alone, it shows it to nobody in this place, but may send it as a direct message. `apart`: the card is
    posted below the one that was pressed, which stays as it is. `duplicate`: the message was processed before. `rating`
    is the sender's feedback. `did` are the commands that were carried out, `ideas` as numbers
    of the list. `conversation` is the same object that went in if nothing is to be saved.
    """

    conversation: Conversation
    card: tuple[Reply, ...] = ()
    below: tuple[Reply, ...] = ()
    aside: tuple[Reply, ...] = ()
    expanded: tuple[Reply, ...] = ()
    shown: tuple[str, ...] = ()
    confidential: bool = False
    apart: bool = False
    duplicate: bool = False
    rating: Rating | None = None
    did: tuple[Command, ...] = ()

    @property
    def shows_something(self) -> bool:
        """Whether others than the sender may see anything of it."""
        return bool(self.card or self.below or self.expanded)

    def saying(self, *first: Reply) -> Self:
        """The same with more to read above it, for whoever sees a reply; nothing where nobody sees one."""
        if self.card:
            return self._replace(card=(*first, *self.card))
        if self.below:
            return self._replace(below=(*first, *self.below))
        return self._replace(aside=(*first, *self.aside)) if self.aside else self
