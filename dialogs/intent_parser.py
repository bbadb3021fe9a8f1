"""Parses typed text into an intent: what it means at this point of a conversation."""

import re
from collections.abc import Iterator, Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.intents import (
    Acknowledgement,
    AdviceRequest,
    Ambiguous,
    Correction,
    GivenAnswer,
    Hello,
    Intent,
    SubjectQuestion,
    Thanks,
    TriageRequest,
    TypedCommand,
    Unknown,
)
from dialogs.message import ARGUMENTS, Action, Verb
from knowledge.answer_parser import ParsedAnswer, Prompt, exact_options, fold, folded, parse_answer, stands_alone
from knowledge.interfaces import Decision, Reading

PROJECT = 0.55
"""From this sureness on, a text that asks nothing describes a project."""

_DESCRIPTION = 8
"""A text of so many words counts as a description: it may imply an answer as well as state it."""

_LIST_MARK = re.compile(r"^\s*(?:(?:[-*•·–—▪◦‣]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\[[ x]?\])\s+)+", re.IGNORECASE)

_MARKED_LINES, _LINES = 3, 5
"""A text with so many marked lines, or so many lines in all, looks like a list."""

Words = tuple[str, ...]


def parse_intent(advisor: Advisor, conversation: Conversation, text: str) -> Intent:
    """The meaning of a text. Total: any text has one."""
    words = fold(text)
    if _starts(_without(words, advisor.catalogue.phrases.courtesies), advisor.catalogue.phrases.triage):
        return TriageRequest(_ideas(advisor, text))
    flow = advisor.flows.current(conversation)
    prompt = flow.prompt(conversation)
    command = _command(advisor, conversation, prompt, words)
    if command is not None:
        return command
    if prompt is not None:
        answer = _answer(advisor, prompt, text, words)
        if answer is not None:
            return answer
    recorded = flow.chosen(conversation)
    if recorded or (flow.accepts_descriptions and prompt is not None):
        correction = _correction(advisor, flow, recorded, prompt, text, words)
        if correction is not None:
            return correction
    return _request_or_question(advisor, flow, text, words)


def _ideas(advisor: Advisor, text: str) -> tuple[str, ...]:
    """The lines after the opening word, without marks of a list. A first line that ends in a colon leads up to them."""
    opening = "|".join(map(re.escape, advisor.catalogue.phrases.triage))
    rest = re.split(rf"\b(?:{opening})\b\s*[:,-]?", text, maxsplit=1, flags=re.IGNORECASE)[-1]
    first, _, below = rest.partition("\n")
    if first.rstrip().endswith(":"):
        rest = below
    lines = (_LIST_MARK.sub("", line).strip() for line in rest.splitlines())
    return tuple(line for line in lines if line)


def _command(
    advisor: Advisor, conversation: Conversation, prompt: Prompt | None, words: Words
) -> TypedCommand | Hello | Thanks | Acknowledgement | None:
    if prompt is not None and exact_options(prompt, " ".join(words)):
        return None
    bare = _without(words, advisor.catalogue.phrases.courtesies)
    for candidate in (words, bare):
        for meaning, arguments in _meanings(advisor, candidate):
            match meaning:
                case "hello":
                    return Hello()
                case "thanks":
                    return Thanks()
                case "okay":
                    return Acknowledgement()
                case _ if _is_accepted(advisor, conversation, Verb(meaning)):
                    return TypedCommand(Action(Verb(meaning), arguments))
    return _edit(advisor, bare)


def _meanings(advisor: Advisor, words: Words) -> Iterator[tuple[str, Words]]:
    """What a whole text may stand for; a word for something numbered is followed by its number ("learn 3")."""
    meanings = advisor.catalogue.command_of
    yield from ((m, ()) for m in meanings.get(" ".join(words), ()) if m not in ARGUMENTS)
    if len(words) > 1 and words[-1].isdecimal():
        yield from ((m, words[-1:]) for m in meanings.get(" ".join(words[:-1]), ()) if m in ARGUMENTS)


def _is_accepted(advisor: Advisor, conversation: Conversation, verb: Verb) -> bool:
    match verb:
        case Verb.HELP | Verb.COMPARE:
            return True
        case Verb.CONTINUE:
            flow = advisor.flows.current(conversation)
            return flow.accepts(conversation, verb) or advisor.flows.waiting(conversation) is not None
        case _:
            return advisor.flows.flow_for(conversation, verb).accepts(conversation, verb)


def _edit(advisor: Advisor, words: Words) -> TypedCommand | None:
    """ "change data": a question of the framework is to be opened again."""
    for opener in sorted(advisor.catalogue.phrases.change, key=len, reverse=True):
        phrase = fold(opener)
        if words[: len(phrase)] != phrase:
            continue
        rest = set(words[len(phrase) :]) - {"the", "my", "answer", "question", "to", "about", "and"}
        named = [
            question.id
            for question in advisor.pack.questions
            if rest and (rest & set(fold(question.name)) or question.id in rest)
        ]
        if len(named) == 1 and len(rest) <= 4:
            return TypedCommand(Action(Verb.EDIT, (named[0],)))
    return None


def _answer(advisor: Advisor, prompt: Prompt, text: str, words: Words) -> GivenAnswer | Ambiguous | None:
    found = parse_answer(prompt, text)
    asks = is_question(advisor, text, words) and not _completes(advisor, found, text, words)
    if not found.exact and (asks or _corrects(advisor, words)):
        return None
    if len(found.options) > 1:
        return Ambiguous(found.options)
    if found.options and not found.exact and not found.said and advisor.knowledge.reader.hedged(text):
        return Ambiguous(tuple(option.id for option in prompt.options))
    readings = {} if found.exact else dict(_read(advisor, text, words))
    own = readings.pop(prompt.id, None)
    if not found.options:
        return None if own is None else GivenAnswer(own.option, plain=False, others=readings)
    if own is not None and own.option != found.options[0]:
        return Ambiguous(_in_order(prompt, found.options[0], own.option))
    return GivenAnswer(found.options[0], found.exact or found.plain, readings)


def _completes(advisor: Advisor, found: ParsedAnswer, text: str, words: Words) -> bool:
    """Whether a text that opens like a question completes the open one: "should be the same"."""
    phrases = advisor.catalogue.phrases
    opens = _starts(words, phrases.auxiliaries) and not _starts(words[1:], phrases.subjects)
    return opens and not text.rstrip().endswith("?") and (found.exact or found.plain)


def _read(advisor: Advisor, text: str, words: Words) -> Mapping[str, Reading]:
    """What a reply tells about any question: a short one only what it states."""
    reader = advisor.knowledge.reader
    return reader.read(text) if len(words) >= _DESCRIPTION else reader.stated(text)


def _in_order(prompt: Prompt, *options: str) -> tuple[str, ...]:
    return tuple(option.id for option in prompt.options if option.id in options)


def _correction(
    advisor: Advisor, flow: Flow, recorded: Mapping[str, str], prompt: Prompt | None, text: str, words: Words
) -> Correction | None:
    if is_question(advisor, text, words):
        return None
    marked = _corrects(advisor, words)
    if not marked and _describes_another(advisor, text, words):
        return None
    readings = _read(advisor, text, words)
    changed = {q: reading for q, reading in readings.items() if recorded.get(q) != reading.option}
    if not marked and prompt is None:
        # With a result on the table, a text that tells more than a fact is about another idea.
        alone = (
            flow.accepts_descriptions
            and readings
            and stands_alone(words, *(reading.evidence for reading in readings.values()))
        )
        return Correction(changed) if alone else None
    if changed:
        return Correction(changed)
    return _renamed(advisor, recorded, text) if marked else None


def _describes_another(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether a text is more than a fact about the idea that is being discussed."""
    return _requests(advisor, words) or advisor.knowledge.matcher.project(text) >= PROJECT


def _requests(advisor: Advisor, words: Words) -> bool:
    request = advisor.pack.request
    return _contains(words, request.openers) and _contains(words, request.topics)


def _renamed(advisor: Advisor, recorded: Mapping[str, str], text: str) -> Correction | None:
    """A correction in the words of a single answered question's options."""
    candidates: dict[str, Reading] = {}
    for question_id, option in recorded.items():
        found = parse_answer(advisor.pack.question(question_id), text)
        if len(found.options) == 1 and found.options[0] != option:
            candidates[question_id] = Reading(found.options[0], text.strip())
    return Correction(candidates) if len(candidates) == 1 else None


def _request_or_question(
    advisor: Advisor, flow: Flow, text: str, words: Words
) -> AdviceRequest | SubjectQuestion | Unknown:
    greetings = (*advisor.catalogue.commands["hello"], *advisor.catalogue.phrases.courtesies)
    explains = _starts(_without(words, greetings), advisor.catalogue.phrases.explain)
    asks = is_question(advisor, text, words)
    if not explains and _requests(advisor, words):
        return AdviceRequest(text, advisor.knowledge.reader.read(text), _is_list(text))
    if flow.accepts_descriptions and not asks and len(words) > 3:
        readings = advisor.knowledge.reader.read(text)
        if readings or advisor.knowledge.matcher.project(text) >= PROJECT:
            return AdviceRequest(text, readings, _is_list(text))
    match = advisor.knowledge.matcher.passage(text)
    return SubjectQuestion(match) if asks or match.decision is Decision.ANSWER else Unknown(match)


def _is_list(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _LINES or sum(_LIST_MARK.match(line) is not None for line in lines) >= _MARKED_LINES


def is_question(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether the text asks something."""
    return text.rstrip().endswith("?") or _starts(words, advisor.catalogue.phrases.question)


def _corrects(advisor: Advisor, words: Words) -> bool:
    return _starts(words, advisor.catalogue.phrases.correction)


def _starts(words: Words, phrases: tuple[str, ...]) -> bool:
    return any(words[: len(phrase)] == phrase for phrase in folded(phrases))


def _contains(words: Words, phrases: tuple[str, ...]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {' '.join(phrase)} " in text for phrase in folded(phrases))


def _without(words: Words, phrases: tuple[str, ...]) -> Words:
    """The words without courtesies at either end, however many there are."""
    for phrase in sorted(folded(phrases), key=len, reverse=True):
        if words[: len(phrase)] == phrase:
            return _without(words[len(phrase) :], phrases)
        if words[-len(phrase) :] == phrase:
            return _without(words[: -len(phrase)], phrases)
    return words
