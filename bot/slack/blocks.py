"""A view as the body of a Slack message: blocks for the eye, and the whole of it as text for screen readers.

Whatever a view holds, the body stays within Slack's limits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from pydantic_core import to_json

from bot.slack.buttons import Block, ButtonBlocks
from bot.slack.fallback_text import spoken
from bot.slack.mrkdwn import ELLIPSIS, cut, escape, units
from bot.slack.renderer import At, Draw, Drawn, drawn, each, texts
from bot.slack.text import Text, gathered
from bot.slack.truncation import LINE_LIMITS
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
    Table,
    View,
    said,
)

SECTION = 3000
BLOCKS = 50
SIZE = 8000
"""Characters of all blocks as the JSON that is sent, in UTF-16 units. Slack refuses long messages without saying where
it draws the line."""

_ROWS, _COLUMNS = 100, 20
_LEAST_ROWS = 2
_NOTHING = "–"
_OPENING = (Heading, Table, Divider)


@dataclass(frozen=True, slots=True)
class Body:
    """What `chat.postMessage` and `chat.update` take."""

    text: str
    blocks: tuple[Block, ...]


def body(view: View, draw: Draw = drawn) -> Body:
    """The message that shows a view."""
    at = each(view, draw)
    return Body(spoken(at), tuple(_fitting(at, view.revision)))


def _fitting(at: At, revision: int) -> list[Block]:
    for limit in LINE_LIMITS:
        blocks = list(_blocks(at(limit), revision))
        if _fits(blocks):
            return blocks
    _without_rows(blocks)
    while not _fits(blocks):
        idle = [position for position, block in enumerate(blocks) if block["type"] != "actions"]
        del blocks[idle[-1] if idle else -1]
    return blocks


def _fits(blocks: list[Block]) -> bool:
    return len(blocks) <= BLOCKS and _is_short(blocks)


def _is_short(blocks: list[Block]) -> bool:
    # No script has more units than bytes.
    written = to_json(blocks)
    return len(written) < SIZE or units(written.decode()) < SIZE


def _without_rows(blocks: list[Block]) -> None:
    """Takes rows off a table's end for as long as the message is too long, and says how many they are."""
    for rows in [block["rows"] for block in blocks if block["type"] == "table"]:
        total = len(rows)
        while len(rows) > _LEAST_ROWS and not _is_short(blocks):
            del rows[-2:]
            rows.append(_row([f"{ELLIPSIS} +{total - len(rows)}"], len(rows[0])))


def _blocks(elements: Iterable[Drawn], revision: int) -> Iterator[Block]:
    """Blocks in the view's order; neighbours of a kind share one."""
    buttons = ButtonBlocks(revision)
    tables = 0
    for kind, run in _runs(elements):
        match kind:
            case "text":
                yield from _sections(text for part in run for text in part.texts)
            case "note":
                yield from _context(text for part in run for text in part.texts)
            case "buttons":
                yield from buttons.of(part.element for part in run)
            case "table":
                yield from _table(run[0].element, first=tables == 0)
                tables += 1
            case _:
                yield {"type": "divider"}


def _runs(elements: Iterable[Drawn]) -> list[tuple[str, list[Drawn]]]:
    """Elements that go into one block: a title with what stands under it, notes, buttons."""
    runs: list[tuple[str, list[Drawn]]] = []
    for part in elements:
        kind = _kind(part.element)
        opens = isinstance(part.element, _OPENING) or (
            isinstance(part.element, Paragraph) and bool(runs) and not isinstance(runs[-1][1][-1].element, Heading)
        )
        if runs and runs[-1][0] == kind and not opens:
            runs[-1][1].append(part)
        else:
            runs.append((kind, [part]))
    return runs


def _kind(element: Element) -> str:
    match element:
        case Heading() | Paragraph() | Items():
            return "text"
        case Note():
            return "note"
        case Choices() | Buttons():
            return "buttons"
        case Table():
            return "table"
        case Divider():
            return "divider"
        case _:
            assert_never(element)


def _sections(shown: Iterable[Text]) -> Iterator[Block]:
    for text in gathered(shown, SECTION):
        yield {"type": "section", "text": text.to_object(), "expand": True}


def _context(shown: Iterable[Text]) -> Iterator[Block]:
    for text in gathered(shown, SECTION):
        yield {"type": "context", "elements": [text.to_object()]}


def _table(table: Element, first: bool) -> Iterator[Block]:
    """Slack takes one table a message; a further one becomes lines."""
    if not isinstance(table, Table) or not table.header:
        return
    if not first:
        lines: list[Line] = [said(cut(" | ".join(cells), LINE_LIMITS[0])) for cells in (table.header, *table.rows)]
        yield from _sections(texts(Items(tuple(lines))))
        return
    width = min(len(table.header), _COLUMNS)
    yield {
        "type": "table",
        "rows": [_row(row, width) for row in (table.header, *table.rows)[:_ROWS]],
        "column_settings": [{"is_wrapped": True}] * width,
    }


def _row(cells: Sequence[str], width: int) -> list[Block]:
    filled = (*cells[:width], *("",) * (width - len(cells)))
    return [{"type": "raw_text", "text": escape(cell).strip() or _NOTHING} for cell in filled]
