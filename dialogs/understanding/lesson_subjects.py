"""Which lessons are about something: by a word of the title, by meaning, by the nearest passage, by rare words.

And what is said in lessons beside answers, in well-known words; and how near a text is to phrases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import HINT, LAST_SCORE, SCORE, ProgressTopic, about_lessons, progress
from dialogs.executor.items import Items
from dialogs.flows.lesson_progress import AtLesson
from dialogs.understanding.phrases import Words, rest_of, says, starts, without, written_out
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import MatchOutcome
from knowledge.lessons import Lesson
from knowledge.reading.word_lists import english
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold

_MEANT, _AHEAD = 0.6, 0.1
"""How near a sentence of a lesson has to be, and how far ahead of those of other lessons."""

_LIKELY = 0.35
"""Score of a passage from which its lesson may be meant."""

MOST = 2
"""More lessons than that are no help."""

_SHORTEST_PLURAL = 4

_MOST_PARTS = 6
"""Clauses of a text that are compared with phrases."""


def lessons_about(advisor: Advisor, about: Words) -> tuple[int, ...]:
    """The numbers of the lessons about something: one that is meant, two that may be, or none."""
    lessons = dict(enumerate(advisor.pack.lessons, 1))
    for found in (
        _with_words(about, {number: (lesson.title,) for number, lesson in lessons.items()}),
        _near(advisor, about, lessons),
        _of_passages(advisor, about, lessons),
        _with_words(about, {number: _said_in(lesson) for number, lesson in lessons.items()}),
    ):
        if 0 < len(found) <= MOST:
            return found
    return ()


def _singular(word: str) -> str:
    """A word without the "s" of a plural: enough to compare words."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word


def _said_in(lesson: Lesson) -> tuple[str, ...]:
    return (lesson.title, *sentences(lesson.text), lesson.simpler or "")


def _with_words(about: Words, texts: dict[int, tuple[str, ...]]) -> tuple[int, ...]:
    """Those with most of the words."""
    wanted = {_singular(word) for word in about}
    counts = {
        number: sum(_singular(word) in wanted for text in said for word in fold(text)) for number, said in texts.items()
    }
    most = max(counts.values(), default=0)
    return tuple(number for number, count in counts.items() if count == most) if most else ()


def _near(advisor: Advisor, about: Words, lessons: dict[int, Lesson]) -> tuple[int, ...]:
    """The lesson with the nearest sentence, if it is well ahead."""
    said = {str(number): _said_in(lesson) for number, lesson in lessons.items()}
    nearest = Nearest.of(nearness(advisor, (about,), said, shortest=1))
    return (int(nearest.name),) if nearest.score >= _MEANT and nearest.ahead >= _AHEAD else ()


def _of_passages(advisor: Advisor, about: Words, lessons: dict[int, Lesson]) -> tuple[int, ...]:
    """The lesson of the passage that answers; if several passages may, the lessons of the first two."""
    match = advisor.knowledge.matcher.passage(" ".join(about))
    if match.outcome is MatchOutcome.UNKNOWN or match.score < _LIKELY:
        return ()
    sections = {passage.id: passage.section for passage in advisor.pack.passages}
    found = dict.fromkeys(number for entry in match.top for number in _teaching(lessons, entry, sections.get(entry)))
    return (*found,)[: 1 if match.outcome is MatchOutcome.ANSWER else MOST]


def _teaching(lessons: dict[int, Lesson], entry: str, section: str | None) -> Sequence[int]:
    return [
        number
        for number, lesson in lessons.items()
        if entry in lesson.facts or (section is not None and section == lesson.section)
    ][:1]


_TALK: Mapping[str, Items] = {
    "explain": HINT,
    "next": (Command(Kind.GO, What.SKIP),),
    "back": (Command(Kind.GO, What.BACK),),
    "stop": (Command(Kind.GO, What.STOP),),
    "place": progress(ProgressTopic.PLACE),
    "left": progress(ProgressTopic.LEFT),
    "duration": progress(ProgressTopic.DURATION),
}
"""What is said while the question of a lesson is open, by its name in the catalogue."""


def said_in_lesson(typed: TypedText) -> Items:
    """What a text does that says nothing else."""
    advisor, _, _, words, flow, prompt = typed
    phrases, lessons = advisor.catalogue.phrases, advisor.catalogue.lessons
    named = tuple(word for word in words if word not in lessons["nouns"] and word not in lessons["moves"])
    if len(named) == 1 and named[0].isdecimal() and not {*words}.isdisjoint(lessons["nouns"]):
        return (Command(Kind.LEARN, What.LESSON, value=named[0]),)
    if flow is not advisor.flows.lessons:
        return ()
    if starts(words, lessons["where"]):
        about = tuple(word for word in rest_of(words, lessons["where"]) if word not in lessons["fillers"])
        return about_lessons(lessons_about(advisor, about), ahead=True)
    said, around = written_out(advisor, words), (*phrases["courtesies"], *phrases["choice_openers"])
    for does, known in ((SCORE, phrases["lesson_score"]), (LAST_SCORE, phrases["lesson_last"])):
        if says(said, known, around):
            return does
    if not isinstance(prompt, AtLesson):
        return ()
    if says(said, phrases["lesson_unclear"], (*around, *phrases["lesson_fillers"])):
        return HINT
    talk = advisor.catalogue.lesson_talk
    return next((does for name, does in _TALK.items() if says(said, talk.get(name, ()), around)), ())


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest of several meanings, how near it is, and how far ahead of the second."""

    name: str
    score: float
    ahead: float

    @classmethod
    def of(cls, scores: Mapping[str, float]) -> Self:
        best, *others = sorted(scores.items(), key=lambda each: -each[1])
        return cls(best[0], best[1], best[1] - (others[0][1] if others else 0.0))


def parts_said(advisor: Advisor, text: str, words: Words) -> tuple[Words, ...]:
    """The text and its clauses, each without what only expresses doubt or is polite."""
    hedges = (*advisor.catalogue.phrases["lesson_hedges"], *advisor.catalogue.phrases["courtesies"])
    cut = [fold(clause) for sentence in sentences(text) for clause in clauses(sentence)]
    bare = [without(written_out(advisor, part), hedges) for part in (words, *cut[:_MOST_PARTS])]
    return tuple(part for part in dict.fromkeys(bare) if part)


def nearness(
    advisor: Advisor, parts: Sequence[Words], groups: Mapping[str, tuple[str, ...]], *, shortest: int = 2
) -> Mapping[str, float]:
    """How near each group is to the part that is nearest to it. A text that denies is compared with phrases that deny,
    and any other with those that do not, and never with those of an opposite amount: vectors hardly tell "it learned"
    from "it has not learned", or "many requests" from "few requests". Parts of fewer than `shortest` words are not
    compared: a single word says too little, but for an answer.
    """
    best = dict.fromkeys(groups, 0.0)
    matcher = advisor.knowledge.phrases
    for part in parts if matcher is not None else ():
        if matcher is None or len(part) < shortest:
            continue
        alike = {name: _alike(phrases, denies(part), _amount(part)) for name, phrases in groups.items()}
        for name, score in matcher.nearness(" ".join(part), alike).items():
            best[name] = max(best[name], score)
    return best


def denies(words: Words) -> bool:
    return not (english().denials - english().lowering).isdisjoint(words)


def _amount(words: Words) -> int:
    """1 for words of a large amount, -1 for those of a small one, 0 where there are none, or both."""
    lists, told = english(), {*words}
    return bool(told & lists.large_amounts) - bool(told & lists.small_amounts)


@cache
def _alike(phrases: tuple[str, ...], denying: bool, amount: int) -> tuple[str, ...]:
    """Those of some phrases of the catalogue or the pack that deny, or those that do not, without opposite amounts."""
    folded = {phrase: fold(phrase) for phrase in phrases}
    return tuple(
        phrase
        for phrase, words in folded.items()
        if denies(words) is denying and (denying or _amount(words) * amount >= 0)
    )
