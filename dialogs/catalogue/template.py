"""Templates: texts with placeholders. `*…*` is strong, `_…_` quiet, `{name}` a placeholder, whose value is never
markup.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from dialogs.message import Person
from dialogs.view import Line, Mention, Span, Style

_MARKED = re.compile(r"\*([^*]+)\*|_([^_]+)_")
_PLACE = re.compile(r"\{(\w+)\}")

Value = str | int | Person | Line


@dataclass(frozen=True, slots=True)
class _Place:
    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text: its styled parts, in order. `fixed` is the whole line if there is no placeholder."""

    parts: tuple[tuple[Style, tuple[str | _Place, ...]], ...]
    fixed: Line | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The template of a text. Emphasis is parsed only here."""
        parts: list[tuple[Style, tuple[str | _Place, ...]]] = []
        position = 0
        for marked in _MARKED.finditer(text):
            parts.append((Style.PLAIN, _places(text[position : marked.start()])))
            parts.append((Style.STRONG if marked[1] else Style.QUIET, _places(marked[1] or marked[2])))
            position = marked.end()
        parts.append((Style.PLAIN, _places(text[position:])))
        parsed = cls(tuple((style, pieces) for style, pieces in parts if pieces))
        return parsed if _PLACE.search(text) else replace(parsed, fixed=parsed.fill({}))

    def fill(self, values: Mapping[str, Value]) -> Line:
        """The filled line, in as few spans as its styles allow. KeyError if a value is missing."""
        if self.fixed is not None:
            return self.fixed
        line: list[Span | Mention] = []
        for style, pieces in self.parts:
            text = ""
            for piece in pieces:
                value = piece if isinstance(piece, str) else values[piece.name]
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


def _places(text: str) -> tuple[str | _Place, ...]:
    """Text and placeholders in turn."""
    split = _PLACE.split(text)
    pieces = (_Place(piece) if number % 2 else piece for number, piece in enumerate(split))
    return tuple(piece for piece in pieces if piece)
