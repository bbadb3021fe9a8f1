"""Parses what is typed at a lesson's question: an answer, or what else is said there, by meaning where that is known.

A wrong take is worse than asking which answer is closest, so the nearest meaning has to be near and well ahead.
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.lesson_progress import AtLesson
from dialogs.intents import (
    HINT,
    LAST_SCORE,
    Ambiguous,
    GivenAnswer,
    Intent,
    ProgressTopic,
    SubjectQuestion,
    Unknown,
    progress,
)
from dialogs.message import Action, Verb
from dialogs.parsers.lesson_meanings import Nearest, denies, nearness, parts_said
from dialogs.parsers.lesson_subjects import asks_for_words
from dialogs.parsers.phrases import Words, contains, is_question, requests, says, starts, written_out
from dialogs.parsers.typed_text import TypedText
from knowledge.interfaces import Match, MatchOutcome
from knowledge.pack import UNSURE
from knowledge.reading.word_lists import english
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import (
    exact_options,
    fold,
    option_at_place,
    option_with_word,
    parse_answer,
)

_NEAR, _AHEAD = 0.5, 0.12
"""How near an option has to be, and how far ahead of the next one."""

_NEAR_AGREED, _AHEAD_AGREED = 0.35, 0.05
"""The same for the option whose words stand in the text."""

_NEAR_ASKED, _NEAR_DENIED = 0.62, 0.56
"""How near for a text that asks, and for one that denies, with which few phrases are compared."""

_SAME, _AHEAD_SAME = 0.78, 0.08
"""The same for an option in nearly these words."""

_SAID = 0.55
"""How near something else than an answer has to be."""

_AHEAD_SAID = 0.05
"""How far ahead of other things that are said."""

_LESS_NEAR_SAID, _FURTHER_AHEAD_SAID = 0.48, 0.12
"""Less near is near enough where it is further ahead."""

_SAID_SURELY = 0.8
"""The same where a passage answers the text as well."""

_SURELY_ASKED = 0.95
"""Score of a passage from which a text asks for it although it does not look like a question: "lora"."""

_ANSWERED = 0.6
"""Score from which a question in a lesson is answered with the nearest passage instead of a choice of three."""

_SHORTEST_QUESTION = 4
"""Least words of a question by the order of its words; fewer are a tag."""

_TOPICS = frozenset(ProgressTopic)
"""What is only ever asked."""

ACTIONS = {"next": Verb.SKIP, "back": Verb.BACK, "stop": Verb.CANCEL, "resume": Verb.LEARN}
"""What is said that is a button as well."""


def parse(typed: TypedText) -> Intent | None:
    """The meaning of a text at a lesson's question; None if it is about something else, or not clear."""
    advisor, conversation, text, words, _, prompt = typed
    if not isinstance(prompt, AtLesson) or requests(advisor, words):
        return None
    parts = parts_said(advisor, text, words)
    named = _named(prompt, parts)
    if named is not None:
        return named
    asks, inverts = _asks(advisor, prompt, parts), _inverts(advisor, parts)
    match = _passage(advisor, text) if asks or inverts or _marked(text) else None
    said = _said(advisor, parts)
    if match is not None and match.outcome is MatchOutcome.ANSWER and said.score < _SAID_SURELY:
        return SubjectQuestion(match)
    if said.score < _SAID_SURELY and asks_for_words(advisor, prompt.lesson, text):
        return HINT
    given, near = _answer(advisor, prompt, text, parts)
    doubts = said.name == UNSURE  # "some layers, but not so sure" is an answer
    if given is not None and (doubts or said.score < near):
        # "what are layers" is as near to an answer as can be, and is none; "is it volume" guesses, but few others do.
        guesses = not asks and (near >= _SAME or not inverts)
        return given if guesses else _asked(advisor, text, match)
    if _is_said(said) and (said.name not in _TOPICS or is_question(advisor, text, words)):
        return _intent(conversation, said.name)
    return given if given is not None and not (asks or inverts) else _asked(advisor, text, match)


def _asked(advisor: Advisor, text: str, match: Match | None) -> SubjectQuestion | Unknown | None:
    """A question whose nearest passage is near enough, in a lesson, to be shown at once. A statement is hardly a
    question, however near a passage is: what it answers is not clear.
    """
    if match is None:
        stated = advisor.knowledge.matcher.passage(text)
        return Unknown(stated) if stated.score < _SURELY_ASKED else None
    near = match.outcome is not MatchOutcome.UNKNOWN and match.score >= _ANSWERED
    return SubjectQuestion(replace(match, outcome=MatchOutcome.ANSWER)) if near else None


def _is_said(said: Nearest) -> bool:
    """Whether what is nearest is near enough, and ahead."""
    near = said.score >= _SAID and said.ahead >= _AHEAD_SAID
    return near or (said.score >= _LESS_NEAR_SAID and said.ahead >= _FURTHER_AHEAD_SAID)


def _named(prompt: AtLesson, parts: Sequence[Words]) -> GivenAnswer | Ambiguous | None:
    """The option that a part names by its number or place, or in its own words, and nothing else."""
    found: dict[str, None] = {}
    for number, part in enumerate(parts):
        if number and _connects(part):
            continue
        placed = option_at_place(prompt, part)
        found |= dict.fromkeys(exact_options(prompt, " ".join(part)) or ((placed,) if placed else ()))
    if len(found) > 1:
        return Ambiguous(tuple(option.id for option in prompt.options if option.id in found))
    return GivenAnswer(next(iter(found)), plain=False, others={}) if found else None


def _asks(advisor: Advisor, prompt: AtLesson, parts: Sequence[Words]) -> bool:
    """Whether a part opens like a question, other than with the words of the open one: "when you use it a lot"."""
    openers = advisor.catalogue.phrases.explain
    asked, inverted = {*fold(prompt.lesson.check.prompt)}, advisor.catalogue.phrases.auxiliaries
    return any(starts(part, openers) and (part[0] not in asked or starts(part[1:], inverted)) for part in parts)


def _marked(text: str) -> bool:
    return text.rstrip().endswith("?")


def _inverts(advisor: Advisor, parts: Sequence[Words]) -> bool:
    """Whether a part is a question in its order of words, and no tag: "is it the same as RAG", not "can they?".
    `parts` are without "is it" and the like, with which people guess.
    """
    phrases = advisor.catalogue.phrases
    return any(starts(part, phrases.auxiliaries) for part in parts if len(part) >= _SHORTEST_QUESTION)


def _passage(advisor: Advisor, text: str) -> Match:
    """The passage that a text asks for, or one of its sentences."""
    parts = sentences(text)
    questions = [part for part in parts if part.endswith("?")] or parts
    asked = [" ".join(written_out(advisor, fold(part))) for part in questions]
    matches = [advisor.knowledge.matcher.passage(each) for each in dict.fromkeys((text, *asked))]
    answered = [match for match in matches if match.outcome is MatchOutcome.ANSWER]
    return max(answered or matches, key=lambda match: match.score)


def _said(advisor: Advisor, parts: Sequence[Words]) -> Nearest:
    """What is said beside an answer that is nearest to a part of the text."""
    catalogue = advisor.catalogue
    groups = {name: phrases for name, phrases in catalogue.lesson_talk.items() if name != "learn"}
    groups["stop"] = (*groups["stop"], *catalogue.small_talk["goodbye"])
    phrases = catalogue.phrases
    around = (*phrases.courtesies, *phrases.choice_openers, *phrases.leave_fillers, *phrases.lesson_hedges)
    asked = (*around, *phrases.lesson_fillers)
    for part in parts:
        for name, said in groups.items():
            if says(part, said, around if name in ACTIONS else asked):
                return Nearest(name, 1.0, 1.0)
        if says(part, phrases.lesson_unclear, asked):  # "can you say that shorter"
            return Nearest("explain", 1.0, 1.0)
    several = {
        name: tuple(p for p in known if " " in p) for name, known in catalogue.lesson_talk.items() if name in groups
    }
    nearest = Nearest.of(nearness(advisor, parts, several))
    unclear = nearest.score < _SAID and any(contains(part, phrases.lesson_unclear) for part in parts)
    return Nearest("explain", _SAID, _AHEAD) if unclear else nearest


def _answer(
    advisor: Advisor, prompt: AtLesson, text: str, parts: Sequence[Words]
) -> tuple[GivenAnswer | Ambiguous | None, float]:
    """The option that is meant, or those that may be, and how near the nearest one is."""
    worded, asks = _worded(prompt, text), _marked(text)
    if isinstance(worded, Ambiguous):
        return worded, 0.0
    if advisor.knowledge.phrases is None:
        return None if worded is None or asks else GivenAnswer(worded, plain=False, others={}), 0.0
    options = prompt.lesson.check.options
    nearest = _nearest_option(advisor, prompt, parts)
    agreed = worded == nearest.name
    least = _NEAR_ASKED if asks else _NEAR_DENIED if any(map(denies, parts)) else _NEAR
    if not _is_near(nearest, least, agreed=agreed and not asks):
        return None, nearest.score
    if worded is not None and not agreed:
        return Ambiguous(tuple(option.id for option in options if option.id in (worded, nearest.name))), nearest.score
    return GivenAnswer(nearest.name, plain=False, others={}), nearest.score


def _nearest_option(advisor: Advisor, prompt: AtLesson, parts: Sequence[Words]) -> Nearest:
    options = prompt.lesson.check.options
    groups = {option.id: (option.label, *option.words, *option.phrasings) for option in options}
    return Nearest.of(nearness(advisor, parts, groups, shortest=1))


def _is_near(nearest: Nearest, least: float, *, agreed: bool) -> bool:
    """Whether the nearest option is meant. `agreed`: its words stand in the text."""
    if agreed:
        return nearest.score >= _NEAR_AGREED and nearest.ahead >= _AHEAD_AGREED
    return nearest.score >= least and nearest.ahead >= (_AHEAD_SAME if nearest.score >= _SAME else _AHEAD)


def _worded(prompt: AtLesson, text: str) -> str | Ambiguous | None:
    """The option whose words stand in the text, or those, if they are several."""
    found = parse_answer(prompt, text)
    if len(found.options) > 1:
        return Ambiguous(found.options)
    if found.options or found.mixed:
        return next(iter(found.options), None)
    return option_with_word(prompt, text)


def _intent(conversation: Conversation, name: str) -> Intent | None:
    """The intent of what is said beside an answer."""
    tour = conversation.tour
    if name in ACTIONS:
        return Action(ACTIONS[name])
    if name == UNSURE:
        return GivenAnswer(UNSURE, plain=True, others={})
    if name == "explain":
        return HINT
    if name == "why":
        answered = tour is not None and any(tour.first.values())
        return LAST_SCORE if answered else Action(Verb.WHY)
    return progress(ProgressTopic(name))


def _connects(part: Words) -> bool:
    """Whether a part may only open a longer text: "first, what is a token"."""
    return len(part) == 1 and any(part[0] in places for places in english().ordinals)
