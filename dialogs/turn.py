"""The result of one turn, and what its commands have come to before it is composed."""

from typing import NamedTuple, Self

from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.focus import Offer
from dialogs.message import Rating
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


class Effects(NamedTuple):
    """What has come of the commands so far.

    `receipts` say what was written, `replies` are what was asked for, `courtesies` count only where there is nothing
    else. `card` is shown as the live card; `redraw`: the live card is derived anew. `read` are the questions whose
    answers were read from the text of the idea that this message begins. `done` are the commands carried out. `shown`,
    `aside`, `expanded` and `confidential` are as in a turn.
    """

    conversation: Conversation
    receipts: tuple[Reply, ...] = ()
    replies: tuple[Reply, ...] = ()
    courtesies: tuple[Reply, ...] = ()
    card: tuple[Reply, ...] = ()
    redraw: bool = False
    read: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    aside: tuple[Reply, ...] = ()
    expanded: tuple[Reply, ...] = ()
    confidential: bool = False
    offers: tuple[Offer, ...] = ()
    done: tuple[Command, ...] = ()

    def wrote(self, command: Command, conversation: Conversation, *receipts: Reply) -> Self:
        """A command that changed something, and what is said of it."""
        return self._replace(
            conversation=conversation, receipts=(*self.receipts, *receipts), done=(*self.done, command)
        )

    def told(self, command: Command, *replies: Reply) -> Self:
        """A command that is answered."""
        return self._replace(replies=(*self.replies, *replies), done=(*self.done, command))

    def courteous(self, command: Command, *replies: Reply) -> Self:
        """A remark that is answered only where the message has nothing else."""
        return self._replace(courtesies=(*self.courtesies, *replies), done=(*self.done, command))

    def refused(self, *replies: Reply, offers: tuple[Offer, ...] = ()) -> Self:
        """A command that could not be carried out, and what can be done instead."""
        return self._replace(replies=(*self.replies, *replies), offers=(*self.offers, *offers))

    def drawn(self, command: Command, conversation: Conversation) -> Self:
        """A command after which the live card shows something else."""
        return self._replace(conversation=conversation, redraw=True, done=(*self.done, command))

    def absorbed(self, command: Command, turn: Turn) -> Self:
        """A command that a flow has carried out as a whole."""
        return self._replace(
            conversation=turn.conversation,
            card=turn.card or self.card,
            shown=turn.shown or self.shown,
            replies=(*self.replies, *turn.below),
            aside=(*self.aside, *turn.aside),
            expanded=turn.expanded or self.expanded,
            confidential=self.confidential or turn.confidential,
            done=(*self.done, command),
        )
