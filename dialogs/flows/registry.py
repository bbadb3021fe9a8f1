"""All flows of an advisor, and which of them a conversation is in."""

from typing import Self

from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.flows.board import BoardFlow
from dialogs.flows.intake import IntakeFlow
from dialogs.flows.lessons import LessonsFlow
from dialogs.flows.questions import QuestionsFlow
from dialogs.message import Verb
from dialogs.replies import Reply
from dialogs.titles import Titles
from knowledge.interfaces import Knowledge
from knowledge.typed_answers.word_parser import Prompt


class FlowRegistry:
    """The questions, which are the default, the board of ideas with its intake, and the lessons."""

    def __init__(self, questions: QuestionsFlow, board: BoardFlow, intake: IntakeFlow, lessons: LessonsFlow) -> None:
        self.questions = questions
        self.board = board
        self.intake = intake
        self.lessons = lessons
        self._flows: tuple[Flow, ...] = (intake, questions, lessons, board)
        self._by_name = {flow.name: flow for flow in self._flows}

    @classmethod
    def build(cls, knowledge: Knowledge, catalogue: Catalogue) -> Self:
        """A registry of all flows."""
        titles = Titles(knowledge, catalogue.titles)
        questions, board = QuestionsFlow(knowledge, titles), BoardFlow(knowledge, titles)
        intake = IntakeFlow(questions, catalogue)
        return cls(questions, board, intake, LessonsFlow(knowledge.pack, catalogue, questions))

    @property
    def titles(self) -> Titles:
        """What gives ideas their titles."""
        return self.questions.titles

    def current(self, conversation: Conversation) -> Flow:
        """The active flow; the questions if this version does not have the conversation's flow."""
        return self._by_name.get(conversation.flow, self.questions)

    def flow_for(self, conversation: Conversation, verb: Verb) -> Flow:
        """The flow of a button: the active one if it claims the button or if no other flow does."""
        current = self.current(conversation)
        if current.claims(conversation, verb):
            return current
        return next((flow for flow in self._flows if flow.claims(conversation, verb)), current)

    def waiting(self, conversation: Conversation) -> Flow | None:
        """A flow that is not active and can be continued."""
        current = self.current(conversation)
        return next((flow for flow in self._flows if flow is not current and flow.under_way(conversation)), None)

    def open_prompt(self, conversation: Conversation) -> Prompt | None:
        """What waits for an answer now."""
        return self.current(conversation).prompt(conversation)

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """What the live card shows. `at` is in seconds since 1970."""
        return self.current(conversation).replay(conversation, at)
