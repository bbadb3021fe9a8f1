"""What a typed line asks for that is no command, and commands that several modules name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dialogs.commands.command import Command, Kind, What
from dialogs.message import GivenIdea
from knowledge.interfaces import Match, Reading

Commands = tuple[Command, ...]
"""What a text plainly asks for."""

HELLO = (Command(Kind.CHAT, What.HELLO),)
THANKS = (Command(Kind.CHAT, What.THANKS),)
GOODBYE = (Command(Kind.CHAT, What.BYE),)
YES = (Command(Kind.CONFIRM),)
NO = (Command(Kind.REJECT),)
UNDO = (Command(Kind.GO, What.UNDO),)
SCORE = (Command(Kind.LEARN, What.SCORE),)
LAST_SCORE = (Command(Kind.EXPLAIN, What.LAST),)
HINT = (Command(Kind.LEARN, What.HINT),)


class ProgressTopic(StrEnum):
    """What somebody wants to know about their progress: how much is left, which part this is, or how long it takes."""

    LEFT = "left"
    PLACE = "place"
    DURATION = "duration"


def progress(topic: ProgressTopic) -> Commands:
    """How far somebody is."""
    return (Command(Kind.SHOW, What.PROGRESS, value=topic),)


def about_lessons(lessons: Iterable[int], *, ahead: bool = False) -> Commands:
    """The lesson about something, or the choice of those. `ahead`: only where it is."""
    numbers = " ".join(map(str, lessons))
    return (Command(Kind.LEARN, What.FIND if ahead else What.LESSON, value=numbers),)


def supposing(answers: Mapping[str, str]) -> Commands:
    """What would the result be with these answers? Without any, the text does not say which."""
    given = tuple(Command(Kind.SUPPOSE, question=question, option=option) for question, option in answers.items())
    return given or (Command(Kind.SUPPOSE),)


def comparing(numbers: Iterable[int]) -> Commands:
    """Ideas side by side."""
    return (Command(Kind.COMPARE, ideas=tuple(map(str, numbers))),)


def renaming(*titles: tuple[int | str, str]) -> Commands:
    """Other titles for ideas, by number or name."""
    return tuple(Command(Kind.EDIT, What.RENAME, ideas=(str(idea),), value=title) for idea, title in titles)


def listing(filtered: str = "", *, mine: bool = False, undecided: bool = False) -> Commands:
    """The list of ideas: all, or those with a verdict or a status, one's own, those without a verdict."""
    named = " ".join(filter(None, (filtered, "mine" * mine, "open" * undecided)))
    return (Command(Kind.SHOW, What.IDEAS, value=f"filter={named}" if named else ""),)


@dataclass(frozen=True, slots=True)
class AdviceRequest:
    """A decision is asked for, or a project described.

    `listed`: it looks like a list, perhaps of ideas. `announced`: it is called a new idea, so nobody has to be asked
    whether it is one.
    """

    text: str
    readings: Mapping[str, Reading]
    listed: bool = False
    announced: bool = False


@dataclass(frozen=True, slots=True)
class SubjectQuestion:
    """A question about the subject, or about anything else. `brief`: a short answer is asked for."""

    match: Match
    brief: bool = False


@dataclass(frozen=True, slots=True)
class TriageRequest:
    """Ideas to be judged, one a line. `left_out`: lines between them that are none. `answers`: those that a table gives
    for each of them, as question and option. `header`: that of the table, for rows that are sent later.
    """

    lines: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    answers: tuple[tuple[tuple[str, str], ...], ...] = ()
    header: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[GivenIdea, ...]:
        answers = (*self.answers, *((),) * (len(self.lines) - len(self.answers)))
        return tuple(GivenIdea(line, given) for line, given in zip(self.lines, answers, strict=True))


@dataclass(frozen=True, slots=True)
class ListChange:
    """What changes a list that is being collected: ideas to be taken back by their places in it, ideas to be added, and
    whether this was all. `more` is what else is said about ideas, with their places.
    """

    removed: tuple[int, ...] = ()
    added: tuple[str, ...] = ()
    done: bool = False
    more: tuple[tuple[int, str], ...] = ()
