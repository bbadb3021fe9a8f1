"""What the commands of one message have come to so far."""

from dataclasses import dataclass
from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.conversation import Conversation, Proposal
from dialogs.focus import Offer
from dialogs.intents import AdviceRequest, ListChange, MoreOfNew, SubjectQuestion, TriageRequest
from dialogs.message import Action, Message
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.turn import Turn


@dataclass(frozen=True, slots=True)
class Reprompt:
    """What is open is asked again, below what is said of a text that does not answer it.

    `missed`: the text may be an answer that was not understood; `agreed`: what was read before is right.
    """

    lead: tuple[Reply, ...] = ()
    missed: bool = False
    agreed: bool = False


Item = (
    Command
    | Action
    | Notice
    | Reprompt
    | Proposal
    | SubjectQuestion
    | AdviceRequest
    | MoreOfNew
    | TriageRequest
    | ListChange
)
"""What a message asks for: commands, buttons, and what is unclear or has no form as a command."""


class Context(NamedTuple):
    """What each command is carried out with. `line` are all commands of the message, `start` is the conversation before
    them.
    """

    advisor: Advisor
    message: Message
    line: tuple[Command, ...]
    start: Conversation

    def has(self, *kinds: str) -> bool:
        """Whether the message has a command of one of these kinds."""
        return any(command.command in kinds for command in self.line)


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
