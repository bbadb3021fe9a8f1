"""Parses a typed text into an intent: what it means at this point of a conversation."""

from collections.abc import Callable

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation
from dialogs.intents import (
    HELLO,
    UNDO,
    AboutIdeas,
    AdviceRequest,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    SubjectQuestion,
    TriageRequest,
    Unknown,
)
from dialogs.message import Action, Verb
from dialogs.parsers import (
    announced_ideas,
    answer_parser,
    board_commands,
    case_talk,
    corrections,
    follow_up,
    idea_requests,
    lesson_parser,
    lesson_requests,
    lesson_talk,
    list_parser,
    pending_choice,
    request_parser,
    small_talk,
    unasked_answers,
    yes_no_parser,
)
from dialogs.parsers.idea_facts import for_sure, told_so_far
from dialogs.parsers.incidental_changes import drop_incidental_changes
from dialogs.parsers.known_texts import known_whole
from dialogs.parsers.phrases import asks_inside, contains, without
from dialogs.parsers.typed_text import TypedText
from dialogs.parsers.utterances import answers_by_sentence
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import exact_options, folded

_NEXT = 0.45
"""Probability from which a text that is nothing else describes the next idea, once one was begun: "boiler fault codes".
"""

_MOST_SENTENCES = 8
"""Most sentences that are parsed by themselves."""

_OTHER_IDEA = 0.25
"""Probability from which a text at a result that states a fact describes another idea."""


def parse_intent(advisor: Advisor, conversation: Conversation, text: str) -> Intent:
    """The intent of a text. Any text has one. A text that takes leave or says stop answers nothing."""
    typed = TypedText.at(advisor, conversation, text)
    return _unless_parting(typed, _intent_of(typed))


def settled_intent(advisor: Advisor, conversation: Conversation, text: str) -> Intent | None:
    """What a text means that takes up what was just asked, proposed or offered, or that is known as a whole."""
    typed = TypedText.at(advisor, conversation, text)
    if typed.flow is advisor.flows.intake or (typed.prompt is not None and exact_options(typed.prompt, text)):
        return _unless_parting(typed, _intent_of(typed))
    found = next((intent for parse in _SETTLED if (intent := parse(typed)) is not None), None)
    return None if found is None else _unless_parting(typed, found)


def _unless_parting(typed: TypedText, intent: Intent) -> Intent:
    """What a text means, unless it takes leave or says stop instead of writing."""
    parting = small_talk.parting(typed.advisor, typed.prompt, typed.text) if _writes(intent) else None
    return parting or intent


def described_idea(advisor: Advisor, conversation: Conversation, text: str) -> AdviceRequest | None:
    """The idea that a long text describes, of whose beginning nothing else was understood."""
    intent = _request_in(TypedText.at(advisor, conversation, text))
    return intent if isinstance(intent, AdviceRequest) else None


def _writes(intent: Intent) -> bool:
    """Whether an intent records an answer, or a line as an idea of a list."""
    match intent:
        case GivenAnswer() | LikelyAnswer() | Correction() | (Command(Kind.CONFIRM),) | AboutIdeas():
            return True
        case TriageRequest(lines):
            return len(lines) == 1
        case _:
            return False


def _intent_of(typed: TypedText) -> Intent:
    advisor, conversation, text, words, *_ = typed
    for parse in _WHILE_COLLECTING if typed.flow is advisor.flows.intake else _IN_ORDER:
        intent = parse(typed)
        if intent is not None:
            return intent
    return follow_up.in_context(advisor, conversation, text, words, _request_or_question(typed))


def _of_choice(typed: TypedText) -> Intent | None:
    if not typed.asks_framework or typed.prompt is None:
        return None
    if typed.conversation.pending is not None:  # "2: no data" is about the list, not the second choice
        about = _of_board(typed)
        if about is not None:
            return about
    return pending_choice.parse(typed.advisor, typed.conversation, typed.prompt, typed.text, parse_intent)


def _of_board(typed: TypedText) -> Intent | None:
    phrases, beside_list = typed.advisor.catalogue.phrases, typed.flow is typed.advisor.flows.board
    if beside_list and without(typed.words, phrases.courtesies) in folded(phrases.board_undo):
        return UNDO
    pressed = board_commands.pressed(typed.advisor, typed.conversation, typed.words)
    if pressed is not None:
        return pressed
    asked = board_commands.parse(typed.advisor, typed.conversation, typed.text, typed.words)
    if asked is not None:
        return asked
    return idea_requests.parse(typed.advisor, typed.conversation, typed.text)


def _known_elsewhere(typed: TypedText) -> Intent | None:
    """A text that is known as a whole. Beside the list many of those are about an idea, or about all."""
    phrases = typed.advisor.catalogue.phrases
    if without(typed.words, phrases.courtesies) in folded(phrases.board_back):
        return board_commands.pressed(typed.advisor, typed.conversation, typed.words)
    return None if typed.flow is typed.advisor.flows.board else known_whole(typed)


def _of_proposal(typed: TypedText) -> Intent | None:
    if not typed.asks_framework:
        return None
    reply = yes_no_parser.reply_to_proposal(typed.advisor, typed.conversation, typed.text, typed.words)
    if reply is None:
        return None
    said = answers_by_sentence(typed.advisor, typed.conversation, typed.question, typed.text, reply) or reply
    return _kept(typed, said) or said


def _of_lesson(typed: TypedText) -> Intent | None:
    if lesson_parser.begins(typed.advisor, typed.words):
        return Action(Verb.LEARN)
    return lesson_parser.parse(typed) or lesson_requests.parse(typed)


def _introduction(typed: TypedText) -> Intent | None:
    """A first message that asks what the advisor is, whatever else it says: "hi, my boss sent me. what do u do?"."""
    fresh = typed.asks_framework and not typed.conversation.started and not typed.conversation.idea
    asks = contains(typed.words, typed.advisor.catalogue.phrases.introduction)
    told = fresh and asks and not typed.advisor.knowledge.reader.read(typed.text)
    return HELLO if told else None


def _unasked_ideas(typed: TypedText) -> Intent | None:
    advisor = typed.advisor
    ideas = list_parser.unasked_list(advisor, typed.prompt, typed.text)
    if ideas is not None:
        return ideas
    marked = list_parser.marked_idea(advisor, typed.question, typed.text) if typed.flow.accepts_descriptions else ""
    return AdviceRequest(marked, advisor.knowledge.reader.read(marked)) if marked else None


def _answer(typed: TypedText) -> Intent | None:
    advisor, conversation, text, words, flow, prompt = typed
    if flow.takes_unsure(conversation):  # a lesson's question: see `lesson_talk`
        return None
    if not flow.accepts_descriptions:
        answer: Intent | None = None
        if typed.question is not None:
            answer = case_talk.parse(advisor, typed.question, text, words)
        elif prompt is not None:
            answer = answer_parser.answer_to_prompt(advisor, prompt, text, words)
        recorded = flow.chosen(conversation)
        if answer is None and recorded:
            answer = corrections.correction_of_case(advisor, recorded, prompt, text, words)
        return answer
    question = typed.question
    if question is None and not (conversation.started and typed.asks_framework):
        return None
    if not typed.asks_framework:
        conversation = told_so_far(advisor, conversation)
    amount = corrections.amount_correction(advisor, conversation, text) if conversation.confirm is None else None
    if amount is not None:
        return amount
    typed = typed.part(corrections.as_correction(advisor, text, words))
    whole = answer_parser.answers_in(advisor, conversation, question, typed.text, typed.words)
    said = answers_by_sentence(advisor, conversation, question, typed.text, whole)
    return _kept(typed, said) if typed.asks_framework else for_sure(advisor, typed.text, said)


def _kept(typed: TypedText, said: Intent | None) -> Intent | None:
    """The intent of a text while a question is open; answers given on purpose are not changed in passing."""
    question = typed.question
    if question is None:
        return said
    return drop_incidental_changes(typed.advisor, typed.conversation, question, typed.text, typed.words, said)


def _request_or_question(typed: TypedText) -> Intent:
    """An idea, a question, or else the intent of a part of the text."""
    advisor, conversation, text, words, _, prompt = typed
    whole = _request_in(typed)
    if isinstance(whole, Unknown) and prompt is None and conversation.started and asks_inside(advisor, words):
        return SubjectQuestion(whole.match)
    fact = _fact_at_result(typed, whole)
    if fact is not None:
        return fact
    if isinstance(whole, SubjectQuestion | Unknown) and _tells_idea(typed):
        return AdviceRequest(text, advisor.knowledge.reader.read(text))
    if isinstance(whole, Unknown) and typed.asks_framework:
        beside = unasked_answers.answer_to_another_question(advisor, conversation, text)
        late = None if prompt is None else unasked_answers.late_answer(advisor, conversation, text)
        return beside or late or whole
    return whole


def _tells_idea(typed: TypedText) -> bool:
    """Whether a line of several, or a sentence of a first message, tells an idea of which the whole says too little."""
    first = not typed.conversation.started and not typed.conversation.idea
    several = typed.flow.accepts_descriptions and (first or "\n" in typed.text.strip())
    parts = sentences(typed.text)[:_MOST_SENTENCES] if several else ()
    return len(parts) > 1 and any(isinstance(_request_in(typed.part(part)), AdviceRequest) for part in parts)


def _fact_at_result(typed: TypedText, whole: Intent) -> LikelyAnswer | None:
    """What a text says about the idea whose result is shown, if it hardly describes another."""
    advisor, text = typed.advisor, typed.text
    if not (typed.asks_framework and typed.prompt is None and typed.conversation.started):
        return None
    vague = isinstance(whole, AdviceRequest) and advisor.knowledge.matcher.project(text) < _OTHER_IDEA
    if not (vague or isinstance(whole, Unknown)):
        return None
    return unasked_answers.fact_at_result(advisor, typed.conversation, text)


def _request_in(typed: TypedText) -> Intent:
    advisor, conversation, text, words, flow, prompt = typed
    beside_list = conversation.flow == advisor.flows.board.name
    answering = beside_list or (prompt is not None and (bool(conversation.answers) or not typed.asks_framework))
    intent = request_parser.request_or_question(advisor, conversation, flow, text, words, answering=answering)
    if (
        prompt is None
        and isinstance(intent, Unknown)
        and typed.begun
        and advisor.knowledge.matcher.project(text) >= _NEXT
    ):
        return AdviceRequest(text, advisor.knowledge.reader.read(text))
    return intent


def _known_beside_list(typed: TypedText) -> Intent | None:
    """The same while a list is collected. What asks for an older list is told how long the new one is."""
    intent = known_whole(typed)
    older = isinstance(intent, Action) and intent.verb in typed.advisor.flows.board.verbs
    return TriageRequest(()) if older else intent


_WHILE_COLLECTING: tuple[Callable[[TypedText], Intent | None], ...] = (
    list_parser.asked_list,
    _of_lesson,
    _known_beside_list,
    list_parser.next_idea,
)
"""A line changes neither an older list nor the answers of another idea then."""

_SETTLED: tuple[Callable[[TypedText], Intent | None], ...] = (
    _of_choice,
    follow_up.back_to,
    yes_no_parser.reply_to_offer,
    _of_proposal,
    yes_no_parser.reply_to_reading,
    lesson_parser.parse,
    _known_elsewhere,
    _introduction,
    list_parser.announced_list,
)
"""What is understood before anything else."""

_IN_ORDER: tuple[Callable[[TypedText], Intent | None], ...] = (
    _of_choice,
    list_parser.asked_list,
    announced_ideas.announced_idea,
    follow_up.back_to,
    yes_no_parser.reply_to_offer,
    _of_board,
    _of_proposal,
    yes_no_parser.reply_to_reading,
    _of_lesson,
    known_whole,
    lesson_talk.parse,
    list_parser.next_idea,
    _unasked_ideas,
    _answer,
)
"""The surest come first; the first that recognises the text decides."""
