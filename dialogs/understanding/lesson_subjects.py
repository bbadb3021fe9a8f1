"""Which lessons are about something: by a word of the title, by meaning, by the nearest passage, by rare words.

And what is said in lessons beside answers, in well-known words.
"""

from collections.abc import Mapping, Sequence

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.executor.items import Items
from dialogs.flows.lesson_progress import AtLesson
from dialogs.intents import HINT, LAST_SCORE, SCORE, ProgressTopic, about_lessons, progress
from dialogs.message import Action, Verb
from dialogs.understanding.nearness import Nearest, nearness
from dialogs.understanding.phrases import Words, rest_of, says, starts, written_out
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import MatchOutcome
from knowledge.lessons import Lesson
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold

_MEANT, _AHEAD = 0.6, 0.1
"""How near a sentence of a lesson has to be, and how far ahead of those of other lessons."""

_LIKELY = 0.35
"""Score of a passage from which its lesson may be meant."""

MOST = 2
"""More lessons than that are no help."""

_SHORTEST_PLURAL = 4


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
    "next": (Action(Verb.SKIP),),
    "back": (Action(Verb.BACK),),
    "stop": (Action(Verb.CANCEL),),
    "place": progress(ProgressTopic.PLACE),
    "left": progress(ProgressTopic.LEFT),
    "duration": progress(ProgressTopic.DURATION),
}
"""What is said while the question of a lesson is open, by its name in the catalogue."""


def said_in_lesson(typed: TypedText) -> Items:
    """What a text does that says nothing else."""
    advisor, _, _, words, flow, prompt = typed
    phrases, lessons = advisor.catalogue.phrases, advisor.catalogue.lessons
    named = tuple(word for word in words if word not in lessons.nouns and word not in lessons.moves)
    if len(named) == 1 and named[0].isdecimal() and not {*words}.isdisjoint(lessons.nouns):
        return (Command(Kind.LEARN, What.LESSON, value=named[0]),)
    if flow is not advisor.flows.lessons:
        return ()
    if starts(words, lessons.where):
        about = tuple(word for word in rest_of(words, lessons.where) if word not in lessons.fillers)
        return about_lessons(lessons_about(advisor, about), ahead=True)
    said, around = written_out(advisor, words), (*phrases.courtesies, *phrases.choice_openers)
    for does, known in ((SCORE, phrases.lesson_score), (LAST_SCORE, phrases.lesson_last)):
        if says(said, known, around):
            return does
    if not isinstance(prompt, AtLesson):
        return ()
    if says(said, phrases.lesson_unclear, (*around, *phrases.lesson_fillers)):
        return HINT
    talk = advisor.catalogue.lesson_talk
    return next((does for name, does in _TALK.items() if says(said, talk.get(name, ()), around)), ())
