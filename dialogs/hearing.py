"""What a typed text means at this point of a conversation: a closed list of meanings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.action import Verb
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, open_question
from knowledge.answering import Fit, fit, fold
from knowledge.pack import Question
from knowledge.understanding import Decision, Match, Reading

PROJECT_SCORE = 0.5
"""From this closeness to a scenario on, a text that asks nothing describes a project."""

_OPENING_WORD = re.compile(r"^\W*\w+\s*[:,-]?")
_LIST_MARK = re.compile(r"^\s*(?:[-*•·]|\d{1,3}[.)])\s+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A word that stands for a button."""

    verb: Verb


@dataclass(frozen=True, slots=True)
class Hello:
    """A greeting."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks."""


@dataclass(frozen=True, slots=True)
class Nod:
    """An "ok" that asks nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """ "change data": a question is to be opened again."""

    question: str


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer to the open question, and whatever else the text states. `plain`: it can hardly mean anything else."""

    question: str
    option: str
    plain: bool
    evidence: str | None = None
    others: Mapping[str, Reading] | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An answer that fits several options of the open question."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """Other values for questions that are answered."""

    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Request:
    """A decision is asked for, or a project described."""

    text: str
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Triage:
    """Ideas to be judged, one a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the subject, or about anything else."""

    match: Match


@dataclass(frozen=True, slots=True)
class Unclear:
    """None of the above."""

    match: Match


Heard = Command | Hello | Thanks | Nod | Edit | Answering | Ambiguous | Correction | Request | Triage | Asked | Unclear


def hear(advisor: Advisor, conversation: Conversation, text: str) -> Heard:
    """The meaning of a text. Total: any text has one."""
    words = fold(text)
    if _starts(words, advisor.catalogue.hearing.triage):
        return Triage(_ideas(text))
    question = open_question(advisor.pack, conversation)
    command = _command(advisor, conversation, question, words)
    if command is not None:
        return command
    if question is not None:
        answer = _answer(advisor, question, text, words)
        if answer is not None:
            return answer
    if conversation.answers:
        correction = _correction(advisor, conversation, question, text, words)
        if correction is not None:
            return correction
    return _wish(advisor, text, words)


def _ideas(text: str) -> tuple[str, ...]:
    """The lines after the opening word, without marks of a list."""
    rest = _OPENING_WORD.sub("", text, count=1)
    lines = (_LIST_MARK.sub("", line).strip() for line in rest.splitlines())
    return tuple(line for line in lines if line)


def _command(
    advisor: Advisor, conversation: Conversation, question: Question | None, words: Words
) -> Command | Hello | Thanks | Nod | Edit | None:
    if question is not None and fit(question, " ".join(words)).exact:
        return None
    hearing = advisor.catalogue.hearing
    bare = _without(words, hearing.polite)
    for candidate in (words, bare):
        for meaning in advisor.catalogue.command_of.get(" ".join(candidate), ()):
            match meaning:
                case "hello":
                    return Hello()
                case "thanks":
                    return Thanks()
                case "okay":
                    return Nod()
                case _ if _fits_now(Verb(meaning), conversation):
                    return Command(Verb(meaning))
    return _edit(advisor, bare)


def _fits_now(verb: Verb, conversation: Conversation) -> bool:
    """Some words mean one thing while a choice is open and another at any other time."""
    match verb:
        case Verb.NEW | Verb.CONTINUE:
            return conversation.pending is not None or conversation.revisit is not None
        case Verb.START:
            return conversation.pending is None
        case Verb.KEEP:
            return conversation.revisit is not None
        case _:
            return True


def _edit(advisor: Advisor, words: Words) -> Edit | None:
    for opener in sorted(advisor.catalogue.hearing.change, key=len, reverse=True):
        phrase = fold(opener)
        if words[: len(phrase)] != phrase:
            continue
        rest = set(words[len(phrase) :]) - {"the", "my", "answer", "question", "to", "about"}
        named = [
            question.id
            for question in advisor.pack.questions
            if rest and (rest & set(fold(question.name)) or question.id in rest)
        ]
        if len(named) == 1 and len(rest) <= 4:
            return Edit(named[0])
    return None


def _answer(advisor: Advisor, question: Question, text: str, words: Words) -> Answering | Ambiguous | None:
    found = fit(question, text)
    asks = is_question(advisor, text, words)
    if found.exact or (found.options and not asks and not _corrects(advisor, words)):
        if len(found.options) > 1:
            return Ambiguous(question.id, found.options)
        readings = {} if found.exact else dict(advisor.knowledge.reader.read(text))
        own = readings.pop(question.id, None)
        if own is not None and own.option != found.options[0]:
            return Ambiguous(question.id, _in_order(question, found.options[0], own.option))
        return Answering(question.id, found.options[0], _plainly(found), others=readings)
    if asks or _corrects(advisor, words):
        return None
    readings = dict(advisor.knowledge.reader.read(text))
    own = readings.pop(question.id, None)
    if own is None:
        return None
    return Answering(question.id, own.option, plain=False, evidence=own.evidence, others=readings)


def _plainly(found: Fit) -> bool:
    return found.exact or found.plain


def _in_order(question: Question, *options: str) -> tuple[str, ...]:
    return tuple(option.id for option in question.options if option.id in options)


def _correction(
    advisor: Advisor, conversation: Conversation, question: Question | None, text: str, words: Words
) -> Correction | None:
    if is_question(advisor, text, words):
        return None
    marked = _corrects(advisor, words)
    readings = advisor.knowledge.reader.read(text)
    changed = {
        question_id: reading
        for question_id, reading in readings.items()
        if question_id in conversation.answers and conversation.answers[question_id].option != reading.option
    }
    if changed and (marked or question is not None):
        return Correction(changed)
    return _renamed(advisor, conversation, text) if marked else None


def _renamed(advisor: Advisor, conversation: Conversation, text: str) -> Correction | None:
    """A correction in the words of a single answered question's options."""
    candidates: dict[str, Reading] = {}
    for question_id, answer in conversation.answers.items():
        found = fit(advisor.pack.question(question_id), text)
        if len(found.options) == 1 and found.options[0] != answer.option:
            candidates[question_id] = Reading(found.options[0], text.strip())
    return Correction(candidates) if len(candidates) == 1 else None


def _wish(advisor: Advisor, text: str, words: Words) -> Request | Asked | Unclear:
    greetings = (*advisor.catalogue.commands["hello"], *advisor.catalogue.hearing.polite)
    explains = _starts(_without(words, greetings), advisor.catalogue.hearing.explaining)
    asks = is_question(advisor, text, words)
    request = advisor.pack.request
    if not explains and _contains(words, request.openers) and _contains(words, request.topics):
        return Request(text, advisor.knowledge.reader.read(text))
    if not asks and len(words) > 3:
        readings = advisor.knowledge.reader.read(text)
        if readings or advisor.knowledge.matcher.scenario(text).score >= PROJECT_SCORE:
            return Request(text, readings)
    match = advisor.knowledge.matcher.passage(text)
    return Asked(match) if asks or match.decision is Decision.ANSWER else Unclear(match)


def is_question(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether the text asks something."""
    return text.rstrip().endswith("?") or _starts(words, advisor.catalogue.hearing.question)


def _corrects(advisor: Advisor, words: Words) -> bool:
    return _starts(words, advisor.catalogue.hearing.correction)


def _starts(words: Words, phrases: tuple[str, ...]) -> bool:
    return any(words[: len(phrase)] == phrase for phrase in map(fold, phrases))


def _contains(words: Words, phrases: tuple[str, ...]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {' '.join(fold(phrase))} " in text for phrase in phrases)


def _without(words: Words, phrases: tuple[str, ...]) -> Words:
    """The words without courtesies at either end."""
    for phrase in sorted(map(fold, phrases), key=len, reverse=True):
        if words[: len(phrase)] == phrase:
            words = words[len(phrase) :]
        if phrase and words[-len(phrase) :] == phrase:
            words = words[: -len(phrase)]
    return words
