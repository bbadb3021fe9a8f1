"""A view as plain text: the terminal's form, and what screen readers and notifications get on the other channels."""

from collections.abc import Callable
from typing import assert_never

from dialogs.message import Person
from dialogs.view import (
    Buttons,
    Choices,
    Divider,
    Element,
    Heading,
    Items,
    Line,
    Note,
    Paragraph,
    Span,
    Table,
    View,
)

Name = Callable[[Person], str]


def plain(view: View, name: Name = lambda person: person.name or person.id) -> str:
    """The whole view, options numbered, one part a paragraph. `name` says how a person is called."""
    parts = (_element(element, name) for element in view.elements)
    return "\n".join(part for part in parts if part)


def _element(element: Element, name: Name) -> str:
    match element:
        case Heading(line) | Paragraph(line) | Note(line):
            return _line(line, name)
        case Items(lines, numbered):
            marks = (f"{number}." for number in range(1, len(lines) + 1)) if numbered else ("-" for _ in lines)
            return "\n".join(f"{mark} {_line(line, name)}" for mark, line in zip(marks, lines, strict=False))
        case Choices(buttons):
            return "\n".join(f"{number} {button.label}" for number, button in enumerate(buttons, 1))
        case Table(header, rows):
            return "\n".join(" | ".join(cells) for cells in (header, *rows))
        case Buttons() | Divider():
            return ""
        case _:
            assert_never(element)


def _line(line: Line, name: Name) -> str:
    return "".join(part.text if isinstance(part, Span) else name(part.person) for part in line)
