"""A view as the body of a Slack message: blocks to see, and the whole content as text for screen readers.

Whatever a view holds, the body stays within Slack's limits.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic_core import to_json

from bot.slack.buttons import ActionBlocks, Block, label_of
from bot.slack.limits import MAX_BLOCK_ID, MAX_BLOCKS, MAX_SECTION, MAX_SIZE, MAX_TEXT
from bot.slack.text import (
    ELLIPSIS,
    SlackText,
    escape,
    join_texts,
    link,
    mention,
    plain_text_object,
    render_line,
    title,
    truncate,
    utf16_length,
)
from bot.slack.truncation import LINE_LIMITS, truncate_element
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
    Table,
    View,
    as_line,
    without_links,
)
from dialogs.views.plain_text import plain

CACHE_SIZE = 500
"""Messages kept in memory: most are the same for everybody."""

FEEDBACK = "feedback"
"""Id of Slack's buttons for feedback, and the first part of their block's id."""


_MAX_ROWS, _MAX_COLUMNS = 100, 20
_MIN_ROWS = 2
_EMPTY_CELL = "–"
_TABLES = ("table", "data_table")
BLOCK_KINDS: Mapping[type[Element], str] = {
    Note: "note",
    Heading: "text",
    Paragraph: "text",
    Items: "text",
    Drawing: "text",
    Choices: "buttons",
    Buttons: "buttons",
    Table: "table",
    Preformatted: "preformatted",
    Link: "link",
    Feedback: "feedback",
    Divider: "divider",
}
"""What goes into one block together."""

_STARTS_GROUP: frozenset[type[Element]] = frozenset((Heading, Table, Drawing, Divider))

TableBlock = Literal["table", "data_table", ""]
"""The block type of a table; "" for lines."""


class MessageBody(NamedTuple):
    """The arguments of `chat.postMessage` and `chat.update` that show something."""

    text: str
    blocks: tuple[Block, ...]


@lru_cache(maxsize=CACHE_SIZE)
def render_message(view: View, data_tables: bool = False) -> MessageBody:
    """The message that shows a view. `data_tables`: what is worth sorting becomes a table that readers can sort."""
    return MessageBody(fallback_text(view), tuple(blocks_that_fit(view, "data_table" if data_tables else "table")))


def has_data_table(view: View) -> bool:
    """Whether a view is another message with data tables than without."""
    return any(isinstance(element, Table) and element.caption and element.rows for element in view.elements)


def fallback_text(view: View) -> str:
    """A message's `text`, with numbered options, never empty: all that screen readers read and notifications show.

    Where it is too long it is shortened.
    """
    text = ""
    for limit in LINE_LIMITS:
        text = plain(View(_truncated(view, limit)), mention, escape).strip()
        if utf16_length(text) <= MAX_TEXT:
            return text or ELLIPSIS
    # Only lists of a hundred lines and more come here: they end at the last line that fits.
    return text.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore").rpartition("\n")[0] + ELLIPSIS


def _truncated(view: View, limit: int) -> tuple[Element, ...]:
    """The elements, each of their texts with an escaped length of at most `limit`."""
    return tuple(truncate_element(element, limit) for element in view.elements)


def blocks_that_fit(view: View, table: TableBlock) -> list[Block]:
    """The blocks of a message: as a whole, else with nothing that leads elsewhere, its texts and tables shortened."""
    blocks = _blocks(_truncated(view, LINE_LIMITS[0]), view.revision, table)
    if _fits(blocks):
        return blocks
    for limit in LINE_LIMITS:
        blocks = _blocks(map(without_links, _truncated(view, limit)), view.revision, table)
        if _fits(blocks):
            return blocks
    _remove_rows(blocks)
    while not _fits(blocks):
        others = [position for position, block in enumerate(blocks) if block["type"] != "actions"]
        del blocks[others[-1] if others else -1]
    return blocks


def _fits(blocks: Sequence[Block]) -> bool:
    return len(blocks) <= MAX_BLOCKS and _size(blocks) < MAX_SIZE


def _size(blocks: Sequence[Block]) -> int:
    """UTF-16 units of the blocks' JSON, with what encloses and separates them."""
    return utf16_length(to_json(blocks).decode())


def _remove_rows(blocks: list[Block]) -> None:
    """Removes rows from a table's end for as long as the message is too long; the last row says how many."""
    for rows in [block["rows"] for block in blocks if block["type"] in _TABLES]:
        total = len(rows)
        while len(rows) > _MIN_ROWS and _size(blocks) >= MAX_SIZE:
            del rows[-2:]
            rows.append(_row([f"{ELLIPSIS} +{total - len(rows)}"], len(rows[0])))


def _blocks(elements: Iterable[Element], revision: int, table: TableBlock) -> list[Block]:
    """The blocks of elements in their order. Slack allows one table a message; a further one becomes lines."""
    blocks: list[Block] = []
    actions = ActionBlocks(revision)
    for kind, group in _groups(elements):
        match kind:
            case "text":
                texts = join_texts(_texts(group), MAX_SECTION)
                blocks += [{"type": "section", "text": text.to_object(), "expand": True} for text in texts]
            case "note":
                texts = join_texts(_texts(group), MAX_SECTION)
                blocks += [{"type": "context", "elements": [text.to_object()]} for text in texts]
            case "buttons":
                blocks += actions.render(group)
            case "table":
                blocks += _table(group[0], table)
                table = ""
            case "feedback":
                blocks.append(_block(group[-1], revision))
            case _:
                blocks += [_block(element, revision) for element in group]
    return blocks


def _groups(elements: Iterable[Element]) -> list[tuple[str, list[Element]]]:
    """Elements that go into one block: a title with what is below it, notes, buttons."""
    groups: list[tuple[str, list[Element]]] = []
    for element in elements:
        sort = type(element)
        kind = BLOCK_KINDS[sort]
        starts = sort in _STARTS_GROUP or (
            sort is Paragraph and bool(groups) and not isinstance(groups[-1][1][-1], Heading)
        )
        if groups and groups[-1][0] == kind and not starts:
            groups[-1][1].append(element)
        else:
            groups.append((kind, [element]))
    return groups


def _texts(elements: Iterable[Element]) -> Iterator[SlackText]:
    for element in elements:
        match element:
            case Heading(line):
                lines = [render_line(title(line))]
            case Paragraph(line) | Note(line):
                lines = [render_line(line)]
            case Items(items, numbered, is_plain):
                marks = ("" if is_plain else f"{i}. " if numbered else "• " for i in range(1, len(items) + 1))
                lines = [render_line(line, mark) for line, mark in zip(items, marks, strict=True)]
            case Drawing(drawn):
                lines = list(map(render_line, drawn))
            case _:
                lines = []
        yield from (line for line in lines if line is not None)


def _block(element: Element, revision: int) -> Block:
    """An element that is a block by itself. Slack parses no formatting in rich text. What feedback is about stands in
    the block's id, which changes with each version."""
    match element:
        case Preformatted(text):
            part = {"type": "text", "text": text.strip("\n") or _EMPTY_CELL}
            return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [part]}]}
        case Link(text, url):
            return {"type": "context", "elements": [{"type": "mrkdwn", "text": link(text, url)}]}
        case Feedback(about, up, down):
            sides = {"positive_button": _feedback_button(up), "negative_button": _feedback_button(down)}
            block_id = f"{FEEDBACK}:{revision}:{about}"[:MAX_BLOCK_ID]
            buttons = {"type": "feedback_buttons", "action_id": FEEDBACK, **sides}
            return {"type": "context_actions", "block_id": block_id, "elements": [buttons]}
        case _:
            return {"type": "divider"}


def _feedback_button(button: Button) -> Block:
    return {
        "text": plain_text_object(label_of(button)),
        "accessibility_label": escape(button.description),
        "value": button.action.arguments[0],
    }


def _table(table: Element, kind: TableBlock) -> Iterator[Block]:
    if not isinstance(table, Table) or not table.header:
        return
    rows = (table.header, *table.drawn)
    if not kind:
        lines: list[Line] = [as_line(truncate(" | ".join(cells), LINE_LIMITS[0])) for cells in rows]
        yield from _blocks([Items(tuple(lines))], 0, kind)
        return
    width = min(len(table.header), _MAX_COLUMNS)
    shown = [_row(row, width, table.link(number)) for number, row in enumerate(rows[:_MAX_ROWS], -1)]
    if kind == "data_table" and table.caption and table.rows:
        page = {"page_size": len(shown) - 1, "row_header_column_index": 0}
        yield {"type": "data_table", "caption": table.caption, "rows": shown, **page}
    else:
        yield {"type": "table", "rows": shown, "column_settings": [{"is_wrapped": True}] * width}


def _row(cells: Sequence[str], width: int, url: str = "") -> list[Block]:
    """The cells of a row, the first of which leads to `url`."""
    filled = (*cells[:width], *("",) * (width - len(cells)))
    row: list[Block] = [{"type": "raw_text", "text": escape(cell).strip() or _EMPTY_CELL} for cell in filled]
    if url:
        leads = {"type": "link", "url": url, "text": filled[0].strip() or _EMPTY_CELL}
        row[0] = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [leads]}]}
    return row
