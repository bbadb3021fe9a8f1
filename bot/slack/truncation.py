"""Truncation: what is too long for a message loses the ends of its longest texts, not its buttons."""

import re
from dataclasses import replace
from typing import assert_never

from bot.slack.limits import MAX_LABEL
from bot.slack.text import clean, escaped_length, truncate
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
    Mention,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Table,
)

LINE_LIMITS = (2900, 2000, 1400, 1000, 700, 500, 350, 250, 150, 100, 50)
"""Lengths of single texts to try, until the whole message fits."""

_MENTIONED_ID = re.compile(r"[CGUW][A-Z0-9]{2,30}")
_MENTION_LENGTH = 40
_MARKS_LENGTH = 2


def truncate_element(element: Element, limit: int) -> Element:
    """The element, cleaned, each of its texts with an escaped length of at most `limit` (≥ 50)."""
    match element:
        case Heading(line) | Paragraph(line) | Note(line):
            return replace(element, line=_line(line, limit))
        case Items(lines):
            return replace(element, lines=tuple([_line(line, limit) for line in lines]))
        case Drawing(lines, words):
            drawn, told = (tuple([_line(line, limit) for line in part]) for part in (lines, words))
            return Drawing(drawn, told)
        case Choices(buttons):
            return replace(element, buttons=tuple([_button(button) for button in buttons]))
        case Buttons(buttons, title=title):
            return replace(element, buttons=tuple([_button(button) for button in buttons]), title=_label(title))
        case Table(header, rows):
            return replace(element, header=_cells(header, limit), rows=tuple(_cells(row, limit) for row in rows))
        case Preformatted(text):
            return Preformatted(truncate(clean(text), limit))
        case Link() | Divider() | Feedback():
            return element
        case _:
            assert_never(element)


def _button(button: Button) -> Button:
    return button._replace(label=_label(button.label), description=_label(button.description))


def _label(text: str) -> str:
    return truncate(clean(text).strip(), MAX_LABEL)


def _cells(cells: tuple[str, ...], limit: int) -> tuple[str, ...]:
    return tuple(truncate(clean(cell), limit) for cell in cells)


def _line(line: Line, limit: int) -> Line:
    """The line up to the span in which the limit is reached; marks around styled spans and mentions count as well."""
    kept: list[Span | Mention] = []
    left = limit
    for part in map(_mention_or_name, line):
        if isinstance(part, Mention):
            left -= _MENTION_LENGTH
            if left < 0:
                break
        else:
            left -= _MARKS_LENGTH
            if left < 1:
                break
            text = clean(part.text)
            part = part._replace(text=truncate(text, left))
            left -= escaped_length(text)
        kept.append(part)
    return tuple(kept)


def _mention_or_name(part: Span | Mention) -> Span | Mention:
    """A person with a name is shown by it; only Slack's ids can become mentions."""
    if isinstance(part, Span) or (not part.person.name and _MENTIONED_ID.fullmatch(part.person.id)):
        return part
    return Span(part.person.name or part.person.id)
