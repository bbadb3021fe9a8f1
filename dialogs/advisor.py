"""What every turn needs besides the conversation: knowledge, words and flows, and which flow a conversation is in."""

from dataclasses import dataclass
from typing import Self

from dialogs.catalogue import Catalogue, Remark
from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.flows.board import BoardFlow
from dialogs.flows.intake import IntakeFlow
from dialogs.flows.lessons import LessonsFlow
from dialogs.flows.questions import QuestionsFlow
from dialogs.message import Message, Press, Typed, Verb
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.titles import Titles
from dialogs.turn import Turn
from knowledge.interfaces import Knowledge
from knowledge.pack import Pack
from knowledge.typed_answers.word_parser import Prompt

_OF_LISTS = frozenset({Verb.IDEA, Verb.ASK, Verb.IDEAS, Verb.MORE, Verb.GUIDE, Verb.EXPORT})
"""Buttons that show ideas of the place."""


class FlowRegistry:
    """The questions, which are the default, the board of ideas with its intake, and the lessons."""

    def __init__(self, knowledge: Knowledge, catalogue: Catalogue) -> None:
        self.titles = Titles(knowledge, catalogue.titles)
        self.questions = QuestionsFlow(knowledge, self.titles)
        self.board = BoardFlow(knowledge, self.titles)
        self.intake = IntakeFlow(self.questions, catalogue)
        self.lessons = LessonsFlow(knowledge.pack, catalogue, self.questions)
        self._flows: tuple[Flow, ...] = (self.intake, self.questions, self.lessons, self.board)
        self._by_name = {flow.name: flow for flow in self._flows}

    def current(self, conversation: Conversation) -> Flow:
        """The active flow; the questions if this version does not have the conversation's flow."""
        return self._by_name.get(conversation.flow, self.questions)

    def flow_for(self, conversation: Conversation, command: Command) -> Flow:
        """The flow that a command is for: the active one, unless it is for another whichever is active."""
        current = self.current(conversation)
        match command:
            case Command(Kind.SET):
                return self.board if current is self.board else self.questions
            case Command(Kind.LEARN):
                return self.lessons
            case Command(Kind.OPEN) | Command(_, What.IDEAS | What.MISSING | What.CSV):
                return self.board
            case Command(Kind.IDEA | Kind.CONFIRM) | Command(Kind.SHOW, What.RESULT):
                return self.questions
            case Command(Kind.GO, What.BACK, question=question) if question != NONE:
                return self.questions
            case Command(_, What.RECORD | What.DETAILS) if self.board.shown_idea(conversation) is not None:
                return self.board
            case Command(Kind.SHOW, What.DETAILS):
                return self.questions
            case Command(_, What.RECORD):
                return self.questions if self.questions.shows_result(conversation) else self.lessons
            case _:
                return current

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


@dataclass(frozen=True, slots=True)
class Advisor:
    """Knowledge of one pack, the words of one language, and the flows that work with them."""

    knowledge: Knowledge
    catalogue: Catalogue
    flows: FlowRegistry
    listener: str = ""
    speaks: bool = False

    @classmethod
    def build(
        cls, knowledge: Knowledge, catalogue: Catalogue, listener: str = "", *, speaks: bool = False, days: int = 7
    ) -> Self:
        """An advisor with all flows. `listener` is the name of a language model that listens along; `speaks`: it words
        answers as well; `days` for which a conversation is kept.
        """
        words = catalogue.with_listener(listener, speaks=speaks) if listener else catalogue
        words = words.with_days(days)
        return cls(knowledge, words, FlowRegistry(knowledge, words), listener, bool(listener) and speaks)

    @property
    def pack(self) -> Pack:
        return self.knowledge.pack

    def notice(self, remark: Remark, **values: str) -> Turn:
        """What is said to the sender alone, and belongs to no conversation."""
        return Turn(Conversation.fresh(self.pack), aside=(Notice(remark, values),))

    def may_finish(self, message: Message) -> bool:
        """Whether it is a press about the last question, after which the idea probably goes onto the board."""
        press = message.content
        return isinstance(press, Press) and press.action.arguments[:1] == (self.pack.questions[-1].id,)

    def may_need_board(self, conversation: Conversation, message: Message) -> bool:
        """Whether a response may need the ideas of the place; true in case of doubt."""
        flows = self.flows
        beside = conversation.flow in (flows.board.name, flows.intake.name) or conversation.listing is not None
        match message.content:
            case Press() as press:
                return beside or press.action.verb in _OF_LISTS
            case Typed():  # any word may be one of a title, unless others talk among themselves
                return message.addressed or message.sender.id in conversation.participants
