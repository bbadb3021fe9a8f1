"""A typed text at one point of a conversation."""

from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.understanding.phrases import Words
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import Prompt, fold


class TypedText(NamedTuple):
    """A text, its folded words, and the point of the conversation at which it was typed."""

    advisor: Advisor
    conversation: Conversation
    text: str
    words: Words
    flow: Flow
    prompt: Prompt | None

    @classmethod
    def at(cls, advisor: Advisor, conversation: Conversation, text: str) -> Self:
        flow = advisor.flows.current(conversation)
        return cls(advisor, conversation, text, fold(text), flow, flow.prompt(conversation))

    def part(self, text: str) -> "TypedText":
        """A part of the text, at the same point of the conversation."""
        return self._replace(text=text, words=fold(text))

    @property
    def asks_framework(self) -> bool:
        """Whether the framework's questions are active: in lessons and lists, numbers and a yes mean something else."""
        return self.flow is self.advisor.flows.questions

    @property
    def question(self) -> Question | None:
        """The framework's question that is open."""
        return None if self.prompt is None else self.advisor.pack.question_of.get(self.prompt.id)
