"""Intents: all that a typed text can mean: commands, words of buttons, and what is not sure or not said enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from dialogs.catalogue import Remark
from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.message import Action, GivenIdea
from knowledge.interfaces import Match, MatchOutcome, Reading

Commands = tuple[Command, ...]
"""What a text plainly asks for."""

HELLO = (Command(Kind.CHAT, What.HELLO),)
THANKS = (Command(Kind.CHAT, What.THANKS),)
GOODBYE = (Command(Kind.CHAT, What.BYE),)
YES = (Command(Kind.CONFIRM),)
NO = (Command(Kind.REJECT),)
UNDO = (Command(Kind.GO, What.UNDO),)
FIRST_IDEAS = (Command(Kind.SHOW, What.NEXT),)
ANSWERS = (Command(Kind.SHOW, What.ANSWERS),)
SCORE = (Command(Kind.LEARN, What.SCORE),)
LAST_SCORE = (Command(Kind.EXPLAIN, What.LAST),)
HINT = (Command(Kind.LEARN, What.HINT),)

ABOUT_RESULT = {
    "reasons": (Command(Kind.EXPLAIN, What.VERDICT),),
    "changes": (Command(Kind.SHOW, What.WOULD_CHANGE),),
    "strength": (Command(Kind.EXPLAIN, What.STRENGTH),),
    "summary": (Command(Kind.WRITE, What.RECORD),),
    "steps": (Command(Kind.SHOW, What.STEPS),),
    "source": (Command(Kind.SHOW, What.SOURCES),),
    "case": (Command(Kind.SHOW, What.CASE),),
}
"""What somebody wants to know about the result, by its name in the catalogue."""


class ProgressTopic(StrEnum):
    """What somebody wants to know about their progress: the interim result, the answers so far and for which idea, how
    much is left, which part this is, how long it takes, or where a later topic is.
    """

    STANDING = "standing"
    ANSWERS = "answers"
    LEFT = "left"
    PLACE = "place"
    DURATION = "duration"
    AHEAD = "ahead"


def progress(topic: ProgressTopic) -> Commands:
    """How far somebody is."""
    return ANSWERS if topic is ProgressTopic.ANSWERS else (Command(Kind.SHOW, What.PROGRESS, value=topic),)


def about_lessons(lessons: Iterable[int], *, ahead: bool = False) -> Commands:
    """The lesson about something, or the choice of those. `ahead`: only where it is."""
    numbers = " ".join(map(str, lessons))
    return (Command(Kind.LEARN, What.FIND if ahead else What.LESSON, value=numbers),)


def supposing(readings: Mapping[str, Reading]) -> Commands:
    """What would the result be with these answers? Without any, the text does not say which."""
    given = tuple(Command(Kind.SUPPOSE, question=q, option=r.option) for q, r in readings.items())
    return given or (Command(Kind.SUPPOSE),)


def comparing(numbers: Iterable[int]) -> Commands:
    """Ideas side by side."""
    return (Command(Kind.COMPARE, ideas=tuple(map(str, numbers))),)


def renaming(*titles: tuple[int | str, str]) -> Commands:
    """Other titles for ideas, by number or name."""
    return tuple(Command(Kind.EDIT, What.RENAME, ideas=(str(idea),), value=title) for idea, title in titles)


def listing(
    verdict: str = "", *, mine: bool = False, undecided: bool = False, answer: tuple[str, str] = (NONE, NONE)
) -> Commands:
    """The list of ideas: all, or those with a verdict, one's own, those without a verdict, those with an answer."""
    named = " ".join(filter(None, (verdict, "mine" * mine, "open" * undecided)))
    value = f"filter={named}" if named else ""
    return (Command(Kind.SHOW, What.IDEAS, question=answer[0], option=answer[1], value=value),)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text has nothing to act on, or what it does not say."""

    remark: Remark


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An "ok" that asks nothing."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to the open prompt, and what else the text states. `plain`: it can hardly mean anything else."""

    option: str
    plain: bool
    others: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class LikelyAnswer:
    """An answer that was likely meant and is to be confirmed, and what else the text plainly states."""

    question: str
    option: str
    others: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An answer that fits several options of the open prompt."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """New answers to questions; none if a text repeats what is recorded. `beside`: the text was understood as the
    answer to another question than the open one, so it says nothing about a proposal there.
    """

    readings: Mapping[str, Reading]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class AdviceRequest:
    """A decision is asked for, or a project described.

    `listed`: it looks like a list, perhaps of ideas. `match`: passages that answer a question in it. `announced`: it is
    called a new idea, so nobody has to be asked whether it is one. `by` is its author as `Conversation.author` gives
    it, by default the sender.
    """

    text: str
    readings: Mapping[str, Reading]
    listed: bool = False
    match: Match | None = None
    announced: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveIdeas:
    """Ideas to be taken off the board; some numbers may be no idea. Not `sure`: they are only asked for."""

    numbers: tuple[int, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class AboutIdeas:
    """What a text says about ideas: groups of numbers, each with the words about them. `unclear` are numbers that it
    names without saying anything about them.
    """

    said: tuple[tuple[tuple[int, ...], str], ...]
    unclear: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectQuestion:
    """A question about the subject, or about anything else. `brief`: a short answer is asked for."""

    match: Match
    brief: bool = False


@dataclass(frozen=True, slots=True)
class MoreOfNew:
    """What else is said about the new idea while it waits for "new idea, or go on?"."""

    text: str


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
        """The ideas with their answers."""
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


@dataclass(frozen=True, slots=True)
class Unknown:
    """None of the above."""

    match: Match


Meaning = (
    Command
    | Action
    | Refusal
    | Acknowledgement
    | GivenAnswer
    | LikelyAnswer
    | Ambiguous
    | Correction
    | AdviceRequest
    | RemoveIdeas
    | AboutIdeas
    | SubjectQuestion
    | MoreOfNew
    | TriageRequest
    | ListChange
    | Unknown
)

Intent = Meaning | tuple[Meaning, ...]
"""One thing, or several that are done one after the other."""


def steps(intent: Intent) -> tuple[Meaning, ...]:
    """What an intent consists of."""
    return intent if isinstance(intent, tuple) and not isinstance(intent, Action) else (intent,)


def is_answered(intent: Intent) -> TypeGuard[SubjectQuestion]:
    """Whether a text asks something that a passage answers."""
    return isinstance(intent, SubjectQuestion) and intent.match.outcome is MatchOutcome.ANSWER
