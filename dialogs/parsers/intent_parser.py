"""Parses a typed text into an intent: what it means at this point of a conversation."""

from collections.abc import Callable
from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.intents import (
    AdviceRequest,
    Ambiguous,
    BoardRequest,
    Clarification,
    Hello,
    Intent,
    LikelyAnswer,
    SmallTalk,
    SubjectQuestion,
    Thanks,
    TriageRequest,
    TypedCommand,
    Unknown,
)
from dialogs.message import Action, Verb
from dialogs.parsers import (
    answer_parser,
    board_commands,
    clarification_parser,
    command_parser,
    corrections,
    lesson_parser,
    list_parser,
    progress_parser,
    request_parser,
    result_parser,
    small_talk,
    unasked_answers,
    undo_parser,
    yes_no_parser,
)
from dialogs.parsers.incidental_changes import drop_incidental_changes
from dialogs.parsers.phrases import Words, asks_inside, respelled, without
from dialogs.parsers.utterances import answers_by_sentence
from knowledge.interfaces import MatchOutcome
from knowledge.pack import UNSURE, Question
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import Prompt, exact_options, fold


class _Typed(NamedTuple):
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

    def part(self, text: str) -> "_Typed":
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


def parse_intent(advisor: Advisor, conversation: Conversation, text: str) -> Intent:
    """The intent of a text. Any text has one."""
    typed = _Typed.at(advisor, conversation, text)
    for parse in _IN_ORDER:
        intent = parse(typed)
        if intent is not None:
            return intent
    return _request_or_question(typed)


def _of_list(typed: _Typed) -> Intent | None:
    return list_parser.asked_list(typed.advisor, typed.conversation, typed.text, typed.words)


def _of_board(typed: _Typed) -> Intent | None:
    pressed = board_commands.pressed(typed.advisor, typed.conversation, typed.words)
    if pressed is not None:
        return TypedCommand(pressed)
    asked = board_commands.parse(typed.advisor, typed.conversation, typed.text, typed.words)
    return BoardRequest(asked) if asked is not None else None


def _of_proposal(typed: _Typed) -> Intent | None:
    if not typed.asks_framework:
        return None
    reply = yes_no_parser.reply_to_proposal(typed.advisor, typed.conversation, typed.text, typed.words)
    if reply is None:
        return None
    said = answers_by_sentence(typed.advisor, typed.conversation, typed.question, typed.text, reply) or reply
    return _kept(typed, said) or said


def _of_reading(typed: _Typed) -> Intent | None:
    return yes_no_parser.reply_to_reading(typed.advisor, typed.conversation, typed.prompt, typed.words)


def _of_lesson(typed: _Typed) -> Intent | None:
    if lesson_parser.begins(typed.advisor, typed.words):
        return TypedCommand(Action(Verb.LEARN))
    return lesson_parser.parse(typed.advisor, typed.conversation, typed.flow, typed.prompt, typed.text, typed.words)


def _known_whole(typed: _Typed) -> Intent | None:
    """Commands, small talk and questions about the result: texts that are known as a whole."""
    advisor, conversation, _, words, flow, prompt = typed
    answers = prompt is not None and exact_options(prompt, " ".join(words))
    if answers and not command_parser.skips(advisor, conversation, flow, words):
        return None
    bare = without(words, advisor.catalogue.phrases.courtesies)
    said = _known(typed, bare)
    if said is not None:
        return said
    again = respelled(advisor, bare)
    return None if again == bare else _known(typed._replace(words=again), again)


def _known(typed: _Typed, bare: Words) -> Intent | None:
    advisor, conversation, text, words, flow, prompt = typed
    if progress_parser.goes_on(advisor, prompt, words):
        return command_parser.start(advisor, conversation)
    topics = flow.progress_topics(conversation)
    progress = progress_parser.parse(advisor, topics, words, bare)
    if progress is not None:
        return progress
    if typed.asks_framework and conversation.started:
        changed = corrections.reopening(advisor, bare) or undo_parser.undo(advisor, conversation, bare)
        if changed is not None:
            return changed
    if prompt is None and flow.accepts_descriptions and conversation.started:
        about = result_parser.about_result(advisor, conversation, text, words, bare)
        if about is not None:
            return about
    command = command_parser.parse(advisor, conversation, words, bare)
    if command is not None:
        return command
    if prompt is not None and flow.accepts_descriptions and result_parser.needs_result(advisor, words, bare):
        return SmallTalk("no_result_yet")
    remark = small_talk.remark_in(advisor, text, words, bare)
    return remark or progress_parser.ahead(advisor, topics, bare)


def _of_open_question(typed: _Typed) -> Intent | None:
    question = typed.question
    if question is None:
        return None
    return Clarification(question) if clarification_parser.asks_meaning(typed.advisor, question, typed.words) else None


def _of_awaited_list(typed: _Typed) -> Intent | None:
    return list_parser.next_idea(typed.advisor, typed.conversation, typed.text, typed.words)


def _unasked_ideas(typed: _Typed) -> Intent | None:
    advisor = typed.advisor
    ideas = list_parser.unasked_list(advisor, typed.prompt, typed.text)
    if ideas:
        return TriageRequest(ideas)
    marked = list_parser.marked_idea(advisor, typed.question, typed.text) if typed.flow.accepts_descriptions else ""
    return AdviceRequest(marked, advisor.knowledge.reader.read(marked)) if marked else None


def _answer(typed: _Typed) -> Intent | None:
    advisor, conversation, text, words, flow, prompt = typed
    if not flow.accepts_descriptions:
        answer = answer_parser.answer_to_prompt(advisor, flow, prompt, text, words) if prompt is not None else None
        recorded = flow.chosen(conversation)
        if answer is None and recorded:
            return corrections.correction_of_case(advisor, recorded, prompt, text, words)
        return answer
    question = typed.question
    if question is None and not conversation.started:
        return None
    amount = corrections.amount_correction(advisor, conversation, text) if conversation.confirm is None else None
    if amount is not None:
        return amount
    typed = typed.part(corrections.as_correction(advisor, text, words))
    whole = answer_parser.answers_in(advisor, conversation, question, typed.text, typed.words)
    asked_back = (
        question is not None
        and _is_unclear(question, whole)
        and clarification_parser.may_ask_meaning(advisor, question, typed.text, typed.words, sounds=whole is not None)
    )
    if question is not None and asked_back:
        return Clarification(question)
    said = answers_by_sentence(advisor, conversation, question, typed.text, whole)
    return _kept(typed, said) if typed.asks_framework else said


def _is_unclear(question: Question, said: Intent | None) -> bool:
    """Whether a text is no answer, or at most sounds like one to the open question."""
    match said:
        case None | Ambiguous():
            return True
        case LikelyAnswer(asked, option):
            return asked == question.id and option != UNSURE
        case _:
            return False


def _kept(typed: _Typed, said: Intent | None) -> Intent | None:
    """The intent of a text while a question is open; answers given on purpose are not changed in passing."""
    question = typed.question
    if question is None:
        return said
    return drop_incidental_changes(typed.advisor, typed.conversation, question, typed.text, typed.words, said)


def _request_or_question(typed: _Typed) -> Intent:
    """An idea, a question, or else the intent of a part of the text."""
    advisor, conversation, text, words, _, prompt = typed
    whole = _request_in(typed)
    if isinstance(whole, Unknown) and prompt is None and conversation.started and asks_inside(advisor, words):
        return SubjectQuestion(whole.match)
    clear = isinstance(whole, SubjectQuestion) and whole.match.outcome is MatchOutcome.ANSWER
    if clear or isinstance(whole, AdviceRequest | SmallTalk):
        return whole
    part = _part(typed)
    if part is not None:
        return part
    if prompt is None or conversation.flow == advisor.flows.board.name:
        number = board_commands.named_idea(conversation, text)
        if number is not None:
            return TypedCommand(Action(Verb.IDEA, (str(number),)))
    if isinstance(whole, Unknown) and typed.asks_framework:
        beside = unasked_answers.answer_to_another_question(advisor, conversation, text)
        late = None if prompt is None else unasked_answers.late_answer(advisor, conversation, text)
        return beside or late or whole
    return whole


def _request_in(typed: _Typed) -> Intent:
    advisor, conversation, text, words, flow, prompt = typed
    answering = prompt is not None and bool(conversation.answers)
    intent = request_parser.request_or_question(advisor, conversation, flow, text, words, answering=answering)
    question = typed.question
    if question is None or not isinstance(intent, SubjectQuestion):
        return intent
    meant = clarification_parser.is_about_open_question(advisor, question, text, words, intent.match)
    return Clarification(question) if meant else intent


def _part(typed: _Typed) -> Intent | None:
    """The intent of one sentence if the whole text has no clear one: an idea, else a command or small talk."""
    parts = [typed.part(sentence) for sentence in sentences(typed.text)]
    if len(parts) < 2:
        return None
    for part in parts if typed.flow.accepts_descriptions else ():
        found = _request_in(part)
        if isinstance(found, AdviceRequest):
            return AdviceRequest(typed.text, typed.advisor.knowledge.reader.read(typed.text), match=found.match)
    known = map(_known_whole, parts)
    return next((intent for intent in known if intent is not None and not isinstance(intent, Hello | Thanks)), None)


_IN_ORDER: tuple[Callable[[_Typed], Intent | None], ...] = (
    _of_list,
    _of_board,
    _of_proposal,
    _of_reading,
    _of_lesson,
    _known_whole,
    _of_open_question,
    _of_awaited_list,
    _unasked_ideas,
    _answer,
)
"""The surest come first; the first that recognises the text decides."""
