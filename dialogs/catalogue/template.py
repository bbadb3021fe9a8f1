"""Templates: texts with placeholders. `*…*` is strong, `_…_` quiet, `{name}` a placeholder, whose value is never
markup. And dates as people write them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from dialogs.message import Person
from dialogs.view import Line, Mention, Span, Style

_MARKED = re.compile(r"\*([^*]+)\*|_([^_]+)_")
_PLACE = re.compile(r"\{(\w+)\}")

Value = str | int | Person | Line


_Piece = tuple[str, str]
"""A text, and the name of the placeholder behind it, "" for none."""


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text: its styled parts, in order. `fixed` is the whole line if there is no placeholder."""

    parts: tuple[tuple[Style, tuple[_Piece, ...]], ...]
    fixed: Line | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The template of a text. Emphasis is parsed only here."""
        parts: list[tuple[Style, tuple[_Piece, ...]]] = []
        position = 0
        for marked in _MARKED.finditer(text):
            parts.append((Style.PLAIN, _pieces(text[position : marked.start()])))
            parts.append((Style.STRONG if marked[1] else Style.QUIET, _pieces(marked[1] or marked[2])))
            position = marked.end()
        parts.append((Style.PLAIN, _pieces(text[position:])))
        parsed = cls(tuple((style, pieces) for style, pieces in parts if pieces))
        return parsed if _PLACE.search(text) else replace(parsed, fixed=parsed.fill({}))

    def fill(self, values: Mapping[str, Value]) -> Line:
        """The filled line, in as few spans as its styles allow. KeyError if a value is missing."""
        if self.fixed is not None:
            return self.fixed
        line: list[Span | Mention] = []
        for style, pieces in self.parts:
            text = ""
            for before, name in pieces:
                text += before
                value = values[name] if name else ""
                if isinstance(value, str):
                    text += value
                elif isinstance(value, int):
                    text += str(value)
                else:
                    if text:
                        line.append(Span(text, style))
                    text = ""
                    line += (Mention(value),) if isinstance(value, Person) else value
            if text:
                line.append(Span(text, style))
        return tuple(line)


def _pieces(text: str) -> tuple[_Piece, ...]:
    split = _PLACE.split(text)
    return tuple(filter(any, zip(split[::2], [*split[1::2], ""], strict=True)))


def long_day(day: date) -> str:
    """With the whole name of the month: "3 February 2026"."""
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """With the short name of the month: "3 Feb 2026"."""
    return f"{day.day} {day:%b %Y}"
