"""Elements of a view made ready for a card, one by one: written as its blocks, and as plain text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, assert_never

from bot.teams.json_text import Written, written
from bot.teams.markdown import inert, is_markup
from dialogs.view import (
    Buttons,
    Choices,
    Divider,
    Element,
    Heading,
    Items,
    Line,
    Mention,
    Note,
    Paragraph,
    Span,
    Style,
    Table,
    View,
    said,
    words,
)
from dialogs.views.plain_text import plain

Block = dict[str, Any]
"""A part of a card, not written yet."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element, its blocks (none for buttons, which differ from card to card), and all that it says as plain text."""

    element: Element
    blocks: tuple[Written, ...]
    text: str


Draw = Callable[[Element], Drawn]


def drawn(element: Element) -> Drawn:
    """The element, drawn anew."""
    return Drawn(element, tuple(written(block) for block in _blocks(element)), plain(View((element,))))


class Keeping:
    """Draws once what is `fixed`: the same object in every conversation, for as long as the process lives."""

    def __init__(self, fixed: Callable[[Element], bool]) -> None:
        self._fixed = fixed
        self._kept: dict[int, Drawn] = {}

    def __call__(self, element: Element) -> Drawn:
        """See `drawn`."""
        if not self._fixed(element):
            return drawn(element)
        found = self._kept.get(id(element))
        if found is None:
            found = self._kept[id(element)] = drawn(element)
        return found


def _blocks(element: Element) -> Iterator[Block]:
    match element:
        case Heading(line, level):
            yield _heading(words(line), level)
        case Paragraph(line):
            yield _rich(line)
        case Note(line):
            yield _rich(line, size="Small", isSubtle=True) | {"spacing": "Small"}
        case Items(lines, numbered):
            for number, line in enumerate(lines, 1):
                yield _rich((*said(f"{number}. " if numbered else "• "), *line)) | {"spacing": "Small"}
        case Table(header, rows):
            for row in rows:
                yield from _row(header, row)
        case Choices() | Buttons() | Divider():
            return
        case _:
            assert_never(element)


def _heading(text: str, level: int) -> Block:
    look = {"size": "Large" if level == 1 else "Default", "weight": "Bolder"}
    if is_markup(text):
        return _rich(said(text), **look)
    return {"type": "TextBlock", "text": inert(text) or " ", "wrap": True, "style": "heading", **look}


_LOOKS: Mapping[Style, Block] = {Style.PLAIN: {}, Style.STRONG: {"weight": "Bolder"}, Style.QUIET: {"isSubtle": True}}


def _rich(line: Line, **look: object) -> Block:
    """Running text: one run for as long as the style stays the same."""
    runs = [
        {"type": "TextRun", "text": text, **_LOOKS[style], **look}
        for style, parts in groupby(line, _style)
        if (text := inert(words(tuple(parts))))
    ]
    return {"type": "RichTextBlock", "inlines": runs or [{"type": "TextRun", "text": " ", **look}]}


def _style(part: Span | Mention) -> Style:
    return part.style if isinstance(part, Span) else Style.PLAIN


def _row(header: Sequence[str], row: Sequence[str]) -> Iterator[Block]:
    """A row as a small block of its own, since phones show no tables: the first cell, then name and value each."""
    yield _rich(said(row[0], Style.STRONG)) | {"spacing": "Medium"}
    for name, value in zip(header[1:], row[1:], strict=True):
        yield _rich((*said(f"{name}: ", Style.QUIET), *said(value))) | {"spacing": "None"}
