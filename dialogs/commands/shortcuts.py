"""Short names for commands that several modules give."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from dialogs.commands.command import Command, Kind, What

Commands = tuple[Command, ...]
"""What a text plainly asks for."""


class Value(StrEnum):
    """What the `value` of a command says that a button gives.

    `DONE`: this was all, in place of a break. `LEAVE`: what is shown as well, where nothing is open. `WHY`: not what a
    question means. `NOW`: without what is still open. `HELP`: the greeting, whatever was said before. `SHARED`: for
    everybody in the place. `NEXT_PAGE`: the rest of a list. `IN_TURN`: one question after another. `OF_SUM`: of the sum
    about an idea. `AGREED`: “ok”.
    """

    DONE = "done"
    LEAVE = "leave"
    WHY = "why"
    NOW = "now"
    HELP = "help"
    SHARED = "style=shared"
    NEXT_PAGE = "page=next"
    IN_TURN = "in turn"
    OF_SUM = "of=sum"
    AGREED = "agreed"


HELLO = (Command(Kind.CHAT, What.HELLO),)
THANKS = (Command(Kind.CHAT, What.THANKS),)
GOODBYE = (Command(Kind.CHAT, What.BYE),)
YES = (Command(Kind.CONFIRM),)
NO = (Command(Kind.REJECT),)
UNDO = (Command(Kind.GO, What.UNDO),)
SCORE = (Command(Kind.LEARN, What.SCORE),)
AGREED = (Command(Kind.CHAT, What.PRAISE, value=Value.AGREED),)
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


def renaming(*titles: tuple[int | str, str]) -> Commands:
    """Other titles for ideas, by number or name."""
    return tuple(Command(Kind.EDIT, What.RENAME, ideas=(str(idea),), value=title) for idea, title in titles)


def listing(filtered: str = "", *, mine: bool = False, undecided: bool = False) -> Commands:
    """The list of ideas: all, or those with a verdict or a status, one's own, those without a verdict."""
    named = " ".join(filter(None, (filtered, "mine" * mine, "open" * undecided)))
    return (Command(Kind.SHOW, What.IDEAS, value=f"filter={named}" if named else ""),)
