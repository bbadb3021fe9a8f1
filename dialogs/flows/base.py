"""What the engine asks of a flow. `respond`, `hearing`, `ask` and the views know flows by this alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from knowledge.answer_parser import Prompt

if TYPE_CHECKING:  # an advisor holds flows
    from dialogs.advisor import Advisor
    from dialogs.conversation import Conversation, How
    from dialogs.message import Action, Message, Person, Verb
    from dialogs.replies import Remark, Reply
    from dialogs.turn import Step
    from knowledge.interfaces import Reading


class Flow(Protocol):
    """One kind of conversation. A flow holds nothing; all that it knows stands in the conversation.

    `name` is stored in conversations where the flow is in the foreground. `verbs` are the buttons that mean this flow
    whatever is in the foreground, `timeless` those of them that mean the same on any old card. `takes_descriptions`:
    a text that asks nothing and describes a project is a request. `waits` is said when another flow comes to the
    foreground while a question of this one is open.
    """

    @property
    def name(self) -> str: ...
    @property
    def verbs(self) -> frozenset[Verb]: ...
    @property
    def timeless(self) -> frozenset[Verb]: ...
    @property
    def takes_descriptions(self) -> bool: ...
    @property
    def waits(self) -> Remark: ...

    def under_way(self, conversation: Conversation) -> bool:
        """Whether there is something to go on with, or to show."""

    def owner(self, conversation: Conversation) -> Person | None:
        """The only person whose presses and answers count; None where everybody's do."""

    def prompt(self, advisor: Advisor, conversation: Conversation) -> Prompt | None:
        """What waits for an answer; None where nothing does."""

    def recorded(self, conversation: Conversation) -> Mapping[str, str]:
        """Options chosen for framework questions, which what people say may correct."""

    def replay(self, advisor: Advisor, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """What the live card shows; derived, never stored. `at` is in seconds since 1970."""

    def beside(self, advisor: Advisor, conversation: Conversation) -> tuple[Reply, ...]:
        """What else stands on the live card, above what `replay` shows: what the last turn was asked, or told."""

    def again(self, advisor: Advisor, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The open prompt once more. `digressed`: something else came in between."""

    def settled(self, advisor: Advisor, before: Conversation, after: Conversation, at: int) -> tuple[Reply, ...]:
        """What the live card becomes, without buttons, when the next is posted below it; () where it stays."""

    def takes(self, conversation: Conversation, verb: Verb) -> bool:
        """Whether the word for a button can mean it now; some words mean one thing here and another there."""

    def objection(self, advisor: Advisor, conversation: Conversation, action: Action) -> Remark | None:
        """Why a button, or the word for it, has nothing to act on; None where it has."""

    def act(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """Does what a button says, to which there is no objection. The flow is in the foreground."""

    def answer(
        self,
        advisor: Advisor,
        conversation: Conversation,
        message: Message,
        option: str,
        how: How,
        others: Mapping[str, Reading],
    ) -> Step:
        """The open prompt is answered; `others` is what the text states besides, by framework question."""

    def correct(
        self, advisor: Advisor, conversation: Conversation, message: Message, readings: Mapping[str, Reading]
    ) -> Step:
        """Recorded options are replaced by what somebody says."""

    def late(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """A press on a card that is out of date; changes nothing."""
