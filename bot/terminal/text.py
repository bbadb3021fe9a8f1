"""The renderer for a terminal: a view as text, wrapped and emphasised for a person, plain lines for a pipe.

Buttons have the numbers of `numbered_buttons.py`. A menu of what has short names is not shown at all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.terminal.numbered_buttons import is_typed, numbered_buttons
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Drawing,
    Element,
    Feedback,
    Heading,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Style,
    Table,
    View,
)

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_EMPHASIS = re.compile("\x1b\\[[0-9]m")
_ADJACENT = re.compile("(\x1b\\[([12])m[^\x1b\n]*)\x1b\\[0m( ?)\x1b\\[\\2m")
_NO_BREAK = "\xa0"
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Screen:
    """The format of the output. `width` in characters; None: lines are not wrapped. `colour`: emphasis is shown."""

    width: int | None = None
    colour: bool = False


def render_text(view: View, screen: Screen, first: int = 1) -> str:
    """The whole view, one part a paragraph, without a last newline. Its buttons have numbers from `first` on."""
    numbers = {id(button): number for number, button in numbered_buttons(view, first)}
    parts = ("\n".join(_element(element, screen, numbers)) for element in view.elements)
    return _merge_emphasis("\n".join(part for part in parts if part.strip()).strip("\n"))


def _merge_emphasis(shown: str) -> str:
    """Words next to each other in the same emphasis share its marks."""
    while True:
        merged = _ADJACENT.sub(r"\1\3", shown)
        if merged == shown:
            return shown
        shown = merged


def _element(element: Element, screen: Screen, numbers: Mapping[int, int]) -> Iterator[str]:
    match element:
        case Heading(line):
            yield ""
            yield from _paragraph(_line(line, screen, Style.STRONG), screen)
        case Paragraph(line):
            yield from _paragraph(_line(line, screen), screen)
        case Note(line):
            yield from _paragraph(_line(line, screen, Style.QUIET), screen)
        case Items(lines, numbered, is_plain):
            marks = ["" if is_plain else f"{number}." if numbered else "-" for number in range(1, len(lines) + 1)]
            for mark, line in zip(marks, lines, strict=True):
                yield from _hanging(mark, _line(line, screen), screen)
        case Drawing(lines):
            for line in lines:
                yield from _hanging("", _line(line, screen), screen)
        case Choices(buttons):
            for button in buttons:
                yield from _hanging(
                    f"{_INDENT}{numbers[id(button)]}", _styled(button.label, Style.STRONG, screen), screen
                )
        case Buttons() if is_typed(element):
            return
        case Buttons(buttons):
            labels = (_label(button, numbers.get(id(button))).replace(" ", _NO_BREAK) for button in buttons)
            yield from (row.replace(_NO_BREAK, " ").rstrip() for row in _paragraph("  ".join(labels), screen))
        case Feedback(_, up, down):
            yield "  ".join(_label(button, numbers[id(button)]) for button in (up, down))
        case Table(header, compact=compact) if compact:
            for first, *cells in element.drawn:
                yield from _hanging("", _styled(first, Style.STRONG, screen), screen)
                named = (f"{_safe(name)}: {_safe(cell)}" for name, cell in zip(header[1:], cells, strict=True))
                yield from _hanging(_INDENT, " · ".join(named), screen)
        case Table(header, rows):
            for first, *cells in rows:
                yield _styled(first, Style.STRONG, screen)
                for name, cell in zip(header[1:], cells, strict=True):
                    yield from _hanging(_INDENT, f"{_safe(name)}: {_safe(cell)}", screen)
        case Preformatted(text):
            yield from _safe(text).split("\n")
        case Link(text, url):
            yield from _paragraph(_styled(f"{text}: {url}", Style.QUIET, screen), screen)
        case Divider():
            yield ""
        case _:
            assert_never(element)


def _label(button: Button, number: int | None) -> str:
    return f"[{_safe(button.label)}]" if number is None else f"[{number}] {_safe(button.label)}"


def _line(line: Line, screen: Screen, base: Style = Style.PLAIN) -> str:
    return "".join(
        _styled(part.text, base if part.style is Style.PLAIN else part.style, screen)
        if isinstance(part, Span)
        else _styled(part.person.name or part.person.id, base, screen)
        for part in line
    )


def _safe(shown: str) -> str:
    """Text from people contains no control or direction characters."""
    return _UNSAFE.sub(" ", shown)


def _styled(shown: str, style: Style, screen: Screen) -> str:
    if not screen.colour or style is Style.PLAIN or not shown:
        return _safe(shown)
    mark = _BOLD if style is Style.STRONG else _DIM
    # Word by word, so that a wrapped line carries its own emphasis and nothing leaks into the margin.
    return " ".join(f"{mark}{word}{_RESET}" if word else "" for word in _safe(shown).split(" "))


def _paragraph(shown: str, screen: Screen) -> Iterator[str]:
    yield from _hanging("", shown, screen)


def _hanging(mark: str, shown: str, screen: Screen) -> Iterator[str]:
    """The text behind its mark; further lines stand below its first word."""
    margin = f"{mark} " if mark.strip() else mark
    for row in shown.split("\n"):
        yield from _wrapped(row, margin, screen)
        margin = " " * len(margin)


def _wrapped(row: str, margin: str, screen: Screen) -> Iterator[str]:
    if screen.width is None:
        yield margin + row
        return
    line, used = "", len(margin)
    for word in row.split(" "):
        length = len(_EMPHASIS.sub("", word))
        if line and used + 1 + length > screen.width:
            yield margin + line
            margin, line, used = " " * len(margin), word, len(margin) + length
        else:
            line, used = f"{line} {word}" if line else word, used + (1 if line else 0) + length
    yield margin + line
