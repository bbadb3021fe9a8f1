"""Reads a text about one idea of the board: as a new idea with its answers, or as answers about a known one."""

import re
from collections.abc import Mapping
from functools import cache

from dialogs.answer import Answer, AnswerMethod
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT
from dialogs.ideas.board import Idea, idea_id
from dialogs.limits import bounded, remark
from dialogs.message import GivenIdea, Message
from dialogs.titles import Titles
from knowledge.interfaces import Certainty, Knowledge, Reading, UnderstoodAnswer
from knowledge.pack import UNSURE, Question
from knowledge.reading.word_lists import english
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import exact_options, fold, parse_answer

_SURELY_READ = 0.95
"""Probability from which the reader of descriptions adds an answer to those of the whole text."""

_SEVERAL = 2
"""Clauses from which a text is also read part by part."""

_MOST = 8
"""Clauses that are read by themselves."""

_SHORTEST_NAME = 4
"""Letters of the shortest word of a question's name that tells which question it is."""

_TWICE_DENIED = re.compile(r"\b(?:(is|are|was|were|do|does|has|have)n['’]?t|not)\s+not\b", re.IGNORECASE)

_FEW_WORDS = 5
"""Most words of a text in which the name of an option counts, whatever the words beside it."""


def given_answer(message: Message, reading: Reading, how: AnswerMethod) -> Answer:
    """An answer with its giver, time and words."""
    sender = message.sender
    words = reading.evidence[:EVIDENCE_LIMIT] or None
    return Answer(option=reading.option, how=how, by=sender.id, name=sender.name, at=message.at, evidence=words)


def new_idea(knowledge: Knowledge, titles: Titles, message: Message, given: GivenIdea, row: int) -> Idea:
    """An idea from one row of a message, with the answers read from its text; the board gives it its number."""
    if given.by is not None:
        message = message._replace(sender=given.by)
    sender, line, pack = message.sender, bounded(given.text).text, knowledge.pack
    read = {} if given.understood else knowledge.reader.read(line)
    told = {q: Reading(option, "") for q, option in given.answers if pack.has_option(q, option)}
    return Idea(
        number=0,
        id=idea_id(message.id, row),
        title=titles.of(line),
        text=given.text[:IDEA_LIMIT],
        by=sender.id,
        name=sender.name,
        at=message.at,
        link=message.permalink or "",
        answers={
            **{q: given_answer(message, reading, AnswerMethod.READ) for q, reading in read.items()},
            **{q: given_answer(message, reading, AnswerMethod.TYPED) for q, reading in told.items()},
        },
    )


def answers_to(knowledge: Knowledge, text: str, asked: Question) -> Mapping[str, Reading]:
    """The answers in a text about an idea for which this question is on the card."""
    options = parse_answer(asked, text).options
    if len(options) == 1:
        return {asked.id: Reading(options[0], text)}
    found = knowledge.typed_answers.answers(text, asked.id)
    taken = {a.question: Reading(a.option, a.evidence) for a in found if a.certainty is Certainty.TAKE}
    return taken or {a.question: Reading(a.option, a.evidence) for a in found[:1]}


def read_answers(knowledge: Knowledge, text: str, asked: Question | None) -> Mapping[str, Reading]:
    """The answers that a text about one idea surely gives, to whatever questions. `asked` is the question that would
    be asked next: a bare answer ("yes", "plenty") is about that one.
    """
    bare = exact_options(asked, text) if asked is not None else ()
    if asked is not None and len(bare) == 1:
        return {asked.id: Reading(bare[0], text)}
    text = _plainly_put(remark(text))
    words = fold(text)
    if english().polar_answers.issuperset(words) or not english().conditionals.isdisjoint(words[:1]):
        return {}
    found = _stated(knowledge, text) or _by_question(knowledge, text, asked)
    return {**_by_clause(knowledge, text), **found}


def _plainly_put(text: str) -> str:
    """What a text says, without the "correction, " before it, and without negations that cancel each other."""
    opened = _opening().match(text)
    rest = text if opened is None else text[opened.end() :]
    return _TWICE_DENIED.sub(lambda found: found[1] or "", rest)


@cache
def _opening() -> re.Pattern[str]:
    """What leads to a correction. "no we …" may be an answer itself, "sorry" and "wait" are not."""
    answers = english().subjects | {"no", "that"}
    leads = [phrase for phrase in english().corrections if phrase.split()[-1] not in answers]
    return re.compile(
        rf"\s*(?:(?:{'|'.join(sorted(leads, key=len, reverse=True))})\b[\s,.:;–-]+)+(?=\w)", re.IGNORECASE
    )


def _by_clause(knowledge: Knowledge, text: str) -> dict[str, Reading]:
    """What the parts of a text say of what a question is called, each by itself: in "the domain IS specialised. and
    budget flexible" a reader of the whole text may find only one. Parts that contradict each other say nothing, and
    conditions hold for all that is said.
    """
    parts = [part for sentence in sentences(text)[:_MOST] for part in clauses(sentence)[:_MOST]][:_MOST]
    if len(parts) < _SEVERAL or not english().conditionals.isdisjoint(fold(text)):
        return {}
    found: dict[str, set[str]] = {}
    told: dict[str, Reading] = {}
    for part in parts:
        words = fold(part)
        named = {q.id for q in knowledge.pack.questions if not _named(knowledge, q.id).isdisjoint(words)}
        if not named or knowledge.reader.hedged(part) or english().polar_answers.issuperset(words):
            continue
        for question, reading in (_stated(knowledge, part) or _by_question(knowledge, part, None)).items():
            if question in named:
                found.setdefault(question, set()).add(reading.option)
                told[question] = reading
    return {question: reading for question, reading in told.items() if len(found[question]) == 1}


def _named(knowledge: Knowledge, question: str) -> frozenset[str]:
    """The words by which a question is called, which the texts about it have."""
    return frozenset(word for word in fold(knowledge.pack.question(question).name) if len(word) >= _SHORTEST_NAME)


def likely_question(knowledge: Knowledge, text: str) -> Question | None:
    """The question that a text about one idea probably answers, where it gives no sure answer."""
    found = knowledge.typed_answers.answers(text, None)
    likely = max(found, key=lambda answer: answer.probability, default=None)
    return None if likely is None else knowledge.pack.question(likely.question)


def _stated(knowledge: Knowledge, text: str) -> Mapping[str, Reading]:
    """The sure answers of a text, and those that the reader of descriptions adds without contradicting them."""
    found = _sure(knowledge, text)
    for question, reading in knowledge.reader.read_answer(text).items():
        if reading.probability >= _SURELY_READ and found.setdefault(question, reading).option != reading.option:
            del found[question]
    return found


def _sure(knowledge: Knowledge, text: str) -> dict[str, Reading]:
    found = knowledge.typed_answers.answers(text, None)
    return {a.question: Reading(a.option, a.evidence, a.probability) for a in found if a.certainty is Certainty.TAKE}


def _by_question(knowledge: Knowledge, text: str, asked: Question | None) -> Mapping[str, Reading]:
    """The answer to the only question that the text would answer if it were asked; of several, only a plain answer to
    the one that would be asked next.
    """
    each = {q.id: knowledge.typed_answers.answers(text, q.id) for q in knowledge.pack.questions}
    own = [answer for question, found in each.items() for answer in found if answer.question == question]
    sure = {a.question: Reading(a.option, a.evidence, a.probability) for a in own if a.certainty is Certainty.TAKE}
    if len(sure) == 1:
        return sure
    if asked is not None and asked.id in sure and parse_answer(asked, text).plain:
        return {asked.id: sure[asked.id]}
    named = {a.question: Reading(a.option, a.evidence) for a in own if _is_named(knowledge, a, text)}
    return named if len(own) == 1 and not knowledge.reader.hedged(text) else {}


def _is_named(knowledge: Knowledge, answer: UnderstoodAnswer, text: str) -> bool:
    """Whether a short text names this option and no other: "is legal stuff"."""
    named = parse_answer(knowledge.pack.question(answer.question), text)
    return len(fold(text)) <= _FEW_WORDS and named.options == (answer.option,) and answer.option != UNSURE
