"""A view as a message's `text`: the only thing that screen readers read, and what notifications show."""

from dataclasses import replace
from typing import assert_never

from bot.slack.escaping import ELLIPSIS, escape, units
from bot.slack.shortening import LINE_LIMITS, shortened
from bot.slack.texts import name
from dialogs.plain import plain
from dialogs.view import Buttons, Choices, Divider, Element, Heading, Items, Line, Note, Paragraph, Span, Table, View

TEXT = 4000


def spoken(view: View) -> str:
    """The whole view with numbered options, never empty."""
    for limit in LINE_LIMITS:
        text = plain(_escaped(shortened(view, limit)), name).strip()
        if units(text) <= TEXT:
            return text or ELLIPSIS
    # Only lists of a hundred lines and more come here: they end at the last line that fits.
    return text.encode("utf-16-le")[: 2 * (TEXT - 1)].decode("utf-16-le", "ignore").rpartition("\n")[0] + ELLIPSIS


def _escaped(view: View) -> View:
    """Every text in it as Slack shows it; mentions are written by `name`."""
    return replace(view, elements=tuple(_escaped_element(element) for element in view.elements))


def _escaped_element(element: Element) -> Element:
    match element:
        case Heading(line) | Paragraph(line) | Note(line):
            return replace(element, line=_escaped_line(line))
        case Items(lines):
            return replace(element, lines=tuple(_escaped_line(line) for line in lines))
        case Choices(buttons):
            return Choices(tuple(replace(button, label=escape(button.label)) for button in buttons))
        case Table(header, rows):
            return Table(tuple(map(escape, header)), tuple(tuple(map(escape, row)) for row in rows))
        case Buttons() | Divider():
            return element
        case _:
            assert_never(element)


def _escaped_line(line: Line) -> Line:
    return tuple(Span(escape(part.text), part.style) if isinstance(part, Span) else part for part in line)
