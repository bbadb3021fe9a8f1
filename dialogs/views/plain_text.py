"""A view as plain text: for the terminal, and for screen readers and notifications on the other channels."""

from collections.abc import Callable
from typing import assert_never

from dialogs.message import Person
from dialogs.view import (
    RUNNING_TEXT,
    Buttons,
    Choices,
    Divider,
    Drawing,
    Element,
    Feedback,
    Items,
    Line,
    Link,
    Preformatted,
    Span,
    Table,
    View,
)

Name = Callable[[Person], str]
Escape = Callable[[str], str]


def plain(view: View, name: Name = lambda person: person.name or person.id, escape: Escape = str) -> str:
    """The whole view, with numbered options, each element on lines of its own.

    Dividers and feedback are left out, and buttons, but for those that a paragraph announces. `name` gives the name of
    a person, `escape` escapes all other text.
    """
    texts: list[str] = []
    for element in view.elements:
        if isinstance(element, Buttons) and texts and texts[-1].endswith(":"):
            texts[-1] += " " + "; ".join(escape(button.label) for button in element.buttons)
        else:
            texts.append(_element(element, name, escape))
    return "\n".join(filter(None, texts))


def _element(element: Element, name: Name, escape: Escape) -> str:
    if isinstance(element, RUNNING_TEXT):
        return _line(element.line, name, escape)
    match element:
        case Items():
            texts = [_line(line, name, escape) for line in element.lines]
            if not element.plain:
                numbered = element.numbered
                texts = [f"{number}. {text}" if numbered else f"- {text}" for number, text in enumerate(texts, 1)]
            return "\n".join(texts)
        case Drawing(words=words):
            return "\n".join([_line(line, name, escape) for line in words])
        case Choices(buttons):
            return "\n".join(f"{number} {escape(button.label)}" for number, button in enumerate(buttons, 1))
        case Table(header, rows):
            return "\n".join(" | ".join(map(escape, cells)) for cells in (header, *rows))
        case Preformatted(text):
            return escape(text)
        case Link(text, url):
            return f"{escape(text)}: {url}"
        case Buttons() | Divider() | Feedback():
            return ""
        case _:
            assert_never(element)


def _line(line: Line, name: Name, escape: Escape) -> str:
    if len(line) == 1 and isinstance(line[0], Span):
        return escape(line[0].text)
    return "".join([escape(part.text) if isinstance(part, Span) else name(part.person) for part in line])
