"""Elements with shorter texts: what is too long for a message loses the ends of its longest texts, not its buttons."""

import re
from dataclasses import replace
from typing import assert_never

from bot.slack.mrkdwn import WIDEST, clean, cost, cut
from dialogs.view import (
    Button,
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
    Table,
)

LABEL = 75
"""What Slack takes on a button and as its description."""

LINE_LIMITS = (2900, 2000, 1400, 1000, 700, 500, 350, 250, 150, 100, 50)
"""Lengths of single texts to try, until the whole message fits."""

_MEMBER = re.compile(r"[UW][A-Z0-9]{2,30}")
_MENTION = 40
_MARKS = 2


def shortened(element: Element, limit: int) -> Element:
    """The element, cleaned, each of its texts with a cost of at most `limit` (≥ 50)."""
    match element:
        case Heading(line) | Paragraph(line) | Note(line):
            cleaned = _line(line, limit)
            return element if cleaned is line else replace(element, line=cleaned)
        case Items(lines):
            return replace(element, lines=tuple(_line(line, limit) for line in lines))
        case Choices(buttons) | Buttons(buttons):
            return replace(element, buttons=tuple(_button(button) for button in buttons))
        case Table(header, rows):
            return Table(_cells(header, limit), tuple(_cells(row, limit) for row in rows))
        case Divider():
            return element
        case _:
            assert_never(element)


def _button(button: Button) -> Button:
    label, description = _label(button.label), _label(button.description)
    if (label, description) == (button.label, button.description):
        return button
    return replace(button, label=label, description=description)


def _label(text: str) -> str:
    return cut(clean(text).strip(), LABEL)


def _cells(cells: tuple[str, ...], limit: int) -> tuple[str, ...]:
    return tuple(cut(clean(cell), limit) for cell in cells)


def _line(line: Line, limit: int) -> Line:
    """The line up to the span in which the limit is reached; marks around styled spans and mentions count as well."""
    if _stays(line, limit):
        return line
    kept: list[Span | Mention] = []
    left = limit
    for part in map(_mention_or_name, line):
        if isinstance(part, Mention):
            left -= _MENTION
            if left < 0:
                break
            kept.append(part)
            continue
        text = clean(part.text)
        left -= _MARKS
        if left < 1:
            break
        kept.append(Span(cut(text, left), part.style))
        left -= cost(text)
    return tuple(kept)


def _stays(line: Line, limit: int) -> bool:
    """Whether it can be seen at a glance that nothing in the line needs to be cleaned or cut."""
    left = limit
    for part in line:
        if isinstance(part, Mention) or not part.text.isprintable():
            return False
        left -= _MARKS + WIDEST * len(part.text)
    return left > 0


def _mention_or_name(part: Span | Mention) -> Span | Mention:
    """Only Slack's own ids can be mentioned; anybody else is called by the name."""
    if isinstance(part, Span) or _MEMBER.fullmatch(part.person.id):
        return part
    return Span(part.person.name or part.person.id)
