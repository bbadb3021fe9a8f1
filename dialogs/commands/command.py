"""One thing that a message asks for, in the flat form of `commands.json`."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self

from pydantic import TypeAdapter

NONE = "none"
"""In a field that gives nothing."""

THIS, LAST, ALL = "this", "last", "all"
"""In `ideas`: the one in focus, the newest of the list, the whole list."""

OWN_NAME = "own"
"""In `ideas`: the conversation's own, whatever the talk is about. It is no part of `commands.json`."""

COLLECTED = "collected:"
"""In `ideas`, before a place in the list that is being collected. No part of it either."""

_PLACE = re.compile(rf"{COLLECTED}(\d{{1,6}})")

LIKE = "like"
"""As `option`: the same as another idea's, which `value` names."""


class Kind(StrEnum):
    """What is to be done. Only the first group writes."""

    SET = "set"
    CLEAR = "clear"
    NOTE = "note"
    RETARGET = "retarget"
    IDEA = "idea"
    IDEAS = "ideas"
    EDIT = "edit"
    OUTCOME = "outcome"
    SUPPOSE = "suppose"
    CONFIRM = "confirm"
    REJECT = "reject"
    OPEN = "open"
    SHOW = "show"
    WRITE = "write"
    EXPLAIN = "explain"
    COMPARE = "compare"
    ASK = "ask"
    CALCULATE = "calculate"
    GO = "go"
    LEARN = "learn"
    REMIND = "remind"
    TEAM = "team"
    CHAT = "chat"
    FORGET = "forget"


class What(StrEnum):
    """Which form of it; each kind has its own, see the table in `docs/understanding.md`."""

    NONE = "none"
    ADD = "add"
    RENAME = "rename"
    REMOVE = "remove"
    MERGE = "merge"
    COPY = "copy"
    PARK = "park"
    STATUS = "status"
    RESULT = "result"
    IDEAS = "ideas"
    MISSING = "missing"
    DETAILS = "details"
    PROGRESS = "progress"
    ANSWERS = "answers"
    STEPS = "steps"
    WOULD_CHANGE = "would_change"
    CASE = "case"
    SOURCES = "sources"
    SINCE = "since"
    HISTORY = "history"
    ME = "me"
    NEXT = "next"
    NOTE = "note"
    MAIL = "mail"
    SUMMARY = "summary"
    PROMPT = "prompt"
    TABLE = "table"
    RECORD = "record"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    UNSPECIFIED = "unspecified"
    VERDICT = "verdict"
    RULES = "rules"
    STRENGTH = "strength"
    QUESTION = "question"
    OPTION = "option"
    READING = "reading"
    WHY_DIFFERS = "why_differs"
    PROPOSAL = "proposal"
    LAST = "last"
    BACK = "back"
    SKIP = "skip"
    CONTINUE = "continue"
    STOP = "stop"
    RESTART = "restart"
    UNDO = "undo"
    WAIT = "wait"
    START = "start"
    LESSON = "lesson"
    PRACTICE = "practice"
    TEST = "test"
    SCORE = "score"
    HINT = "hint"
    FIND = "find"
    ANSWER = "answer"
    LIST = "list"
    MOVE = "move"
    DELETE = "delete"
    REVEAL = "reveal"
    SETTLE = "settle"
    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    PRAISE = "praise"
    COMPLAINT = "complaint"
    JOKE = "joke"
    ABOUT_YOU = "about_you"
    OFFTOPIC = "offtopic"


class Sure(StrEnum):
    """Whether a line states an answer or only implies it."""

    STATED = "stated"
    IMPLIED = "implied"
    NONE = "none"


class Replaceable:
    """A frozen dataclass without slots that each click copies; `dataclasses.replace` would set each field by itself."""

    def replace(self, **changes: object) -> Self:
        """A copy with these fields changed."""
        return self._with(changes)

    def _with(self, changes: dict[str, object]) -> Self:
        copy = object.__new__(type(self))
        object.__setattr__(copy, "__dict__", vars(self) | changes)
        return copy


@dataclass(frozen=True)
class Command(Replaceable):
    """One command. `ideas` are numbers of the list, words of a title, or `this`, `last`, `all`; () is the one in focus.

    `question` and `option` are ids of the pack, `none` where nothing is given; `value` is what else the command needs;
    `quote` are the words of the line that say it, verbatim.
    """

    command: Kind
    what: What = What.NONE
    ideas: tuple[str, ...] = ()
    question: str = NONE
    option: str = NONE
    value: str = ""
    quote: str = ""
    sure: Sure = Sure.NONE

    @property
    def name(self) -> str:
        """Its kind, with its form where it has one: `set`, `show.result`."""
        return self.command if self.what is What.NONE else f"{self.command}.{self.what}"

    @property
    def places(self) -> tuple[int, ...]:
        """The places in the list that is being collected, where it is about its ideas."""
        return tuple(int(found[1]) for found in map(_PLACE.fullmatch, self.ideas) if found is not None)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ideas": list(self.ideas)}

    @classmethod
    def from_json(cls, given: Mapping[str, object]) -> "Command":
        """Reads the flat form; pydantic.ValidationError where it is none."""
        return _ADAPTER.validate_python(given)

    @property
    def is_of_several(self) -> bool:
        """Whether it names several ideas, or the list."""
        return len(self.ideas) > 1 or ALL in self.ideas

    def parameters(self) -> dict[str, str]:
        """A value such as `lines=3; for=the board` as names and values."""
        parts = (part.partition("=") for part in self.value.split(";"))
        return {name.strip(): given.strip() for name, sign, given in parts if sign}


_ADAPTER = TypeAdapter(Command)

WRITES = frozenset({Kind.SET, Kind.CLEAR, Kind.NOTE, Kind.RETARGET, Kind.IDEA, Kind.IDEAS, Kind.EDIT})
"""Kinds that change what is stored about ideas."""
