"""What a flow is: the interface by which `respond`, the intent parser and the views know all flows."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from dialogs.catalogue import Remark
from dialogs.conversation import AGAIN, Conversation
from dialogs.intents import ProgressQuestion, ProgressTopic
from dialogs.message import Action, Message, Person, Verb
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.passages import EntryReply, PassageReply, ShownEntry
from dialogs.turn import Turn
from knowledge.interfaces import Reading
from knowledge.pack import Pack, Passage
from knowledge.typed_answers.word_parser import Prompt


@dataclass(frozen=True, slots=True)
class ClosedCard:
    """What the live card becomes, without buttons, when the next is posted below it.

    `deleted`: it is deleted, since nothing on it is worth reading any more; `replies` are for where that is refused.
    """

    replies: tuple[Reply, ...]
    deleted: bool = False


class Flow(ABC):
    """One kind of conversation about one pack. It has no state: all that it knows of a conversation stands in that.

    `name` is stored in conversations while the flow is active. `verbs` are the buttons that mean this flow whichever is
    active, `never_stale` those of them that mean the same on any old card. `accepts_descriptions`: a text that asks
    nothing and describes a project is a request. `waiting_remark` is said when another flow becomes active while a
    question of this one is open.
    """

    name: ClassVar[str]
    verbs: ClassVar[frozenset[Verb]]
    never_stale: ClassVar[frozenset[Verb]] = frozenset()
    accepts_descriptions: ClassVar[bool] = False
    waiting_remark: ClassVar[Remark]

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def claims(self, conversation: Conversation, verb: Verb) -> bool:
        """Whether a button means this flow, whichever is active."""
        return verb in self.verbs

    def activate(self, conversation: Conversation) -> Conversation:
        """The conversation with this flow active; the other one keeps its position."""
        return conversation if conversation.flow == self.name else conversation.replace(flow=self.name)

    @abstractmethod
    def under_way(self, conversation: Conversation) -> bool:
        """Whether there is something to go on with, or to show."""

    @abstractmethod
    def prompt(self, conversation: Conversation) -> Prompt | None:
        """What waits for an answer; None where nothing does."""

    @abstractmethod
    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """What the live card shows; derived, never stored. `at` is in seconds since 1970."""

    @abstractmethod
    def accepts(self, conversation: Conversation, verb: Verb) -> bool:
        """Whether the word for a button can mean it now; some words mean one thing here and another there."""

    @abstractmethod
    def objection(self, conversation: Conversation, action: Action) -> Remark | None:
        """Why a button, or the word for it, has nothing to act on; None where it has."""

    @abstractmethod
    def act(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """Does what a button says, to which there is no objection. The flow is active."""

    @abstractmethod
    def answer(self, conversation: Conversation, message: Message, option: str, others: Mapping[str, Reading]) -> Turn:
        """The open prompt is answered by typing; `others` is what the text states besides, by framework question."""

    @abstractmethod
    def correct(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """Recorded options are replaced by what somebody says."""

    def owner(self, conversation: Conversation) -> Person | None:
        """The only person whose presses and answers count; None where everybody's do."""
        return None

    def chosen(self, conversation: Conversation) -> Mapping[str, str]:
        """Options chosen for a case to practise on, which what people say may correct."""
        return {}

    def lead(self, conversation: Conversation) -> tuple[Reply, ...]:
        """What stands on the live card above what `replay` shows: passages, entries and terms that were asked for."""
        known = {entry.id: entry for entry in self.pack.entries}
        found = [known[name] for name in conversation.shown if name in known]
        passages = [PassageReply(self.pack, entry) for entry in found if isinstance(entry, Passage)]
        others = tuple(ShownEntry(entry, current=True) for entry in found if not isinstance(entry, Passage))
        return (*passages, *([EntryReply(self.pack, others)] if others else []))

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The open prompt once more. `digressed`: something else came in between."""
        return self.replay(conversation, at)

    def digress(self, conversation: Conversation, message: Message, reply: Reply) -> Turn:
        """A reply that is a message of its own and stays; the open prompt follows below it, on a new card."""
        card = self.reprompt(conversation, message.at, digressed=True)
        return Turn(conversation, card, below=(reply,), shown=(AGAIN,))

    def progress_topics(self, conversation: Conversation) -> frozenset[ProgressTopic]:
        """What it can tell about where somebody is."""
        return frozenset()

    def progress(self, conversation: Conversation, at: int, asked: ProgressQuestion) -> Reply | None:
        """That, in a line or two; None where it can't tell. `at` is in seconds since 1970."""
        return None

    def takes_unsure(self, conversation: Conversation) -> bool:
        """Whether that one does not know answers the open prompt, although it is no option of it."""
        return False

    def is_reviewed(self, conversation: Conversation) -> bool:
        """Whether something here is right or wrong, so that it can be told how it went."""
        return False

    def review(self, conversation: Conversation, message: Message, last: bool) -> Turn:
        """Tells how it went. `last`: in the last question, else in all so far."""
        return Turn(conversation)

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """What becomes of the live card when the next is posted below it; None where it stays."""
        return None

    def stale_press(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """A press on a card that is out of date; changes nothing."""
        return Turn(conversation, aside=(Notice("outdated"),))
