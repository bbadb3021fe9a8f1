"""The interface of all flows, as `respond`, `understanding` and the views use it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from dialogs.catalogue import Remark
from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.message import Message, Person
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.passages import EntryReply, PassageReply, ShownEntry
from dialogs.turn import Turn
from knowledge.pack import Pack, Passage
from knowledge.typed_answers.word_parser import Prompt


@dataclass(frozen=True, slots=True)
class ClosedCard:
    """What the live card becomes, without buttons, when the next one is posted below it.

    `deleted`: the card is deleted, since nothing on it is worth keeping; `replies` are shown if the platform refuses
    that.
    """

    replies: tuple[Reply, ...]
    deleted: bool = False


class Flow(ABC):
    """One kind of conversation about one pack. A flow is stateless: the conversation holds all state.

    `name` is stored in conversations while the flow is active. `accepts_descriptions`: a text that describes a project
    and asks nothing is a request for advice. `waiting_remark` is said when another flow becomes active while this one
    has an open question.
    """

    name: ClassVar[str]
    accepts_descriptions: ClassVar[bool] = False
    waiting_remark: ClassVar[Remark]

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def activate(self, conversation: Conversation) -> Conversation:
        """The conversation with this flow active; the position in the other flow is kept."""
        return conversation if conversation.flow == self.name else conversation.replace(flow=self.name)

    @abstractmethod
    def under_way(self, conversation: Conversation) -> bool:
        """Whether there is something to continue, or to show."""

    @abstractmethod
    def prompt(self, conversation: Conversation) -> Prompt | None:
        """The question or choice that waits for an answer; None if there is none."""

    @abstractmethod
    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The content of the live card; derived, never stored. `at` is in seconds since 1970."""

    @abstractmethod
    def objection(self, conversation: Conversation, command: Command) -> Remark | None:
        """Why a command has nothing to act on; None if it has."""

    @abstractmethod
    def act(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        """Carries out a command, after `objection` found nothing. The flow is active."""

    def resumes(self, conversation: Conversation) -> bool:
        """Whether to go on means this flow, while it is active."""
        return False

    def owner(self, conversation: Conversation) -> Person | None:
        """The only person whose presses and answers count; None if everybody's do."""
        return None

    def other_owner(self, conversation: Conversation, sender: Person) -> Person | None:
        """The only person whose presses and answers count, if that is not the sender."""
        owner = self.owner(conversation)
        return owner if owner is not None and owner.id != sender.id else None

    def chosen(self, conversation: Conversation) -> Mapping[str, str]:
        """Options chosen for a practice case, which a text may correct."""
        return {}

    def lead(self, conversation: Conversation) -> tuple[Reply, ...]:
        """What the live card shows above `replay`: passages, entries and terms that were asked for."""
        known = {entry.id: entry for entry in self.pack.entries}
        found = [known[name] for name in conversation.shown if name in known]
        passages = [PassageReply(self.pack, entry) for entry in found if isinstance(entry, Passage)]
        others = tuple(ShownEntry(entry, current=True) for entry in found if not isinstance(entry, Passage))
        return (*passages, *([EntryReply(self.pack, others)] if others else []))

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The open prompt again. `digressed`: something else came in between."""
        return self.replay(conversation, at)

    def takes_unsure(self, conversation: Conversation) -> bool:
        """Whether "I don't know" answers the open prompt although it is not one of its options."""
        return False

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """What the live card becomes when the next one is posted below it; None if it stays."""
        return None

    def stale_press(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        """The reply to a press on a card that is out of date; nothing changes."""
        return Turn(conversation, aside=(Notice("outdated"),))
