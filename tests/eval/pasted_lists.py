"""Pasted texts: which of them are lists of ideas, with which ideas, beside single ideas that look like a list."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.commands.command import Kind
from dialogs.conversation import Conversation
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from knowledge.typed_answers.word_parser import fold
from tests.eval.labelled_lines import read

NAME = "lists.jsonl"

_REMARK = re.compile(r"\([^()]*\)|\s[-–—]\s.*$")
"""Whether a remark behind an idea belongs to it is a matter of taste."""


class Pasted(BaseModel):
    """One text, and the ideas that its author wants judged; none if it is a single idea, or no idea at all."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    kind: Literal["list", "one", "other"]
    ideas: tuple[str, ...] = ()


class Counted(NamedTuple):
    """How many lists, single ideas and other texts there are, and how many are taken for what they are."""

    lists: int
    exact: int
    recognised: int
    ones: int
    kept: int
    others: int
    alone: int


def load(folder: Path) -> tuple[Pasted, ...]:
    """The texts of a folder; none where it has no such file."""
    return read(folder / NAME, Pasted)


def ideas_in(advisor: Advisor, text: str) -> tuple[str, ...]:
    """The ideas of a text that is taken for a list at the start of a conversation; none of any other text."""
    message = Message("m", Person("ana"), 0, Typed(text), private=True)
    did = respond(advisor, Conversation.fresh(advisor.pack), message).did
    listed = [command.value.splitlines() for command in did if command.command is Kind.IDEAS]
    return tuple(listed[0]) if listed and len(listed[0]) > 1 else ()


def are_same(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the ideas are the same but for marks of punctuation and remarks behind them."""
    return len(found) == len(wanted) and all(map(_is_same, found, wanted))


def _is_same(found: str, wanted: str) -> bool:
    return fold(found) == fold(wanted) or fold(_REMARK.sub("", found)) == fold(_REMARK.sub("", wanted))


def count(advisor: Advisor, texts: Sequence[Pasted]) -> Counted:
    """All texts, each at the start of a conversation."""
    found = [(text, ideas_in(advisor, text.text)) for text in texts]
    lists = [(text.ideas, ideas) for text, ideas in found if text.kind == "list"]
    ones = [ideas for text, ideas in found if text.kind == "one"]
    others = [ideas for text, ideas in found if text.kind == "other"]
    return Counted(
        len(lists),
        sum(are_same(ideas, wanted) for wanted, ideas in lists),
        sum(bool(ideas) for _, ideas in lists),
        len(ones),
        sum(not ideas for ideas in ones),
        len(others),
        sum(not ideas for ideas in others),
    )


def report(counted: Counted) -> str:
    """What they come to."""
    return (
        f"  pasted lists: {counted.recognised} of {counted.lists} are recognised, {counted.exact} of them with exactly "
        f"their ideas; {counted.kept} of {counted.ones} single ideas stay one, and {counted.alone} of "
        f"{counted.others} others no list"
    )
