"""A view as the body of a Slack message: blocks to see, and the whole content as text for screen readers.

Whatever a view holds, the body stays within Slack's limits.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic_core import to_json

from bot.slack.buttons import MAX_REVISION, Block, Used, action_blocks, label_of, with_revision
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

CACHE_SIZE = 1000
"""Groups of elements whose blocks are cached. Most groups of a message are the same for everybody."""

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


class _Group(NamedTuple):
    """Elements that go into blocks together. `table`: the block that tables become; `above`: what the
    buttons of the message have used before."""

    kind: str
    elements: tuple[Element, ...]
    table: TableBlock = ""
    above: Used | None = None


class _Part(NamedTuple):
    """A group as text and as blocks, the UTF-16 units of their JSON, and what the buttons have used by then."""

    text: str
    blocks: tuple[Block, ...]
    size: int
    used: Used | None


def render_message(view: View, data_tables: bool = False) -> MessageBody:
    """The message that shows a view. `data_tables`: what is worth sorting becomes a table that readers can sort."""
    groups = _groups(view.elements)
    whole = _parts(groups, LINE_LIMITS[0], data_tables=data_tables)
    blocks = _blocks_that_fit(groups, whole, data_tables)
    text = _text_that_fits(groups, whole)
    return MessageBody(text, tuple([_of_revision(block, view.revision) for block in blocks]))


def has_data_table(view: View) -> bool:
    """Whether a view is another message with data tables than without."""
    return any(isinstance(element, Table) and element.caption and element.rows for element in view.elements)


def fallback_text(view: View) -> str:
    """A message's `text`, with numbered options, never empty: all that screen readers read and notifications show."""
    groups = _groups(view.elements)
    return _text_that_fits(groups, _parts(groups, LINE_LIMITS[0]))


def _of_revision(block: Block, revision: int) -> Block:
    """The block, its buttons and menus for another revision of the card."""
    match block["type"]:
        case "actions":
            return with_revision(block, revision)
        case "context_actions":
            return {**block, "block_id": _block_id(revision, block["block_id"].split(":", 2)[2])}
        case _:
            return block


def _text_that_fits(groups: Sequence[_Group], whole: Sequence[_Part]) -> str:
    """The text of a message, shortened where it is too long as a `whole`."""
    parts = whole
    for limit in (*LINE_LIMITS[1:], 0):
        text = "\n".join([part.text for part in parts if part.text]).strip()
        if 2 * len(text) <= MAX_TEXT or utf16_length(text) <= MAX_TEXT:
            return text or ELLIPSIS
        if limit:
            parts = _parts(groups, limit)
    # Only lists of a hundred lines and more come here: they end at the last line that fits.
    return text.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore").rpartition("\n")[0] + ELLIPSIS


def _blocks_that_fit(groups: Sequence[_Group], whole: Sequence[_Part], data_tables: bool) -> Sequence[Block]:
    """The blocks of a message: as a `whole`, else with nothing that leads elsewhere, its texts and tables shortened."""
    if _fits(whole):
        return _joined(whole)
    for limit in LINE_LIMITS:
        parts = _parts(groups, limit, linked=False, data_tables=data_tables)
        if _fits(parts):
            return _joined(parts)
    blocks = deepcopy(_joined(parts))
    _remove_rows(blocks)
    while len(blocks) > MAX_BLOCKS or _size(blocks) >= MAX_SIZE:
        others = [position for position, block in enumerate(blocks) if block["type"] != "actions"]
        del blocks[others[-1] if others else -1]
    return blocks


def _fits(parts: Sequence[_Part]) -> bool:
    return sum([part.size for part in parts]) < MAX_SIZE and sum([len(part.blocks) for part in parts]) <= MAX_BLOCKS


def _joined(parts: Sequence[_Part]) -> list[Block]:
    return [block for part in parts for block in part.blocks]


def _size(blocks: Sequence[Block]) -> int:
    """UTF-16 units of the blocks' JSON, with what encloses and separates them."""
    return utf16_length(to_json(blocks).decode()) if blocks else 0


def _remove_rows(blocks: list[Block]) -> None:
    """Removes rows from a table's end for as long as the message is too long; the last row says how many."""
    for rows in [block["rows"] for block in blocks if block["type"] in _TABLES]:
        total = len(rows)
        while len(rows) > _MIN_ROWS and _size(blocks) >= MAX_SIZE:
            del rows[-2:]
            rows.append(_row([f"{ELLIPSIS} +{total - len(rows)}"], len(rows[0])))


def _parts(groups: Sequence[_Group], limit: int, linked: bool = True, data_tables: bool = False) -> list[_Part]:
    """The groups in their order, each of their texts with an escaped length of at most `limit`; `linked`: with what
    leads elsewhere. Slack allows one table a message; a further one becomes lines."""
    parts: list[_Part] = []
    table: TableBlock = "data_table" if data_tables else "table"
    above = Used()
    for group in groups:
        if group.kind == "buttons":
            group = _Group(group.kind, group.elements, above=above)
        elif group.kind == "table":
            group, table = group._replace(table=table), ""
        part = _part(group, limit, linked)
        above = part.used or above
        parts.append(part)
    return parts


@lru_cache(maxsize=CACHE_SIZE)
def _part(group: _Group, limit: int, linked: bool) -> _Part:
    elements = tuple([truncate_element(element, limit) for element in group.elements])
    text = plain(View(elements), mention, escape)
    if not linked:
        elements = tuple(map(without_links, elements))
    used = None
    if group.above is None:
        blocks = list(_blocks(group.kind, elements, group.table))
    else:
        blocks, used = action_blocks(elements, group.above)
    return _Part(text, tuple(blocks), _size(blocks), used)


def _blocks(kind: str, elements: Sequence[Element], table: TableBlock) -> Iterator[Block]:
    """The blocks of a group without buttons."""
    match kind:
        case "text":
            for text in join_texts(_texts(elements), MAX_SECTION):
                yield {"type": "section", "text": text.to_object(), "expand": True}
        case "note":
            for text in join_texts(_texts(elements), MAX_SECTION):
                yield {"type": "context", "elements": [text.to_object()]}
        case "table":
            yield from _table(elements[0], table)
        case _:
            yield from map(_block, elements if kind != "feedback" else elements[-1:])


def _groups(elements: Iterable[Element]) -> list[_Group]:
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
    return [_Group(kind, tuple(group)) for kind, group in groups]


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


def _block(element: Element) -> Block:
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
            buttons = {"type": "feedback_buttons", "action_id": FEEDBACK, **sides}
            return {"type": "context_actions", "block_id": _block_id(MAX_REVISION, about), "elements": [buttons]}
        case _:
            return {"type": "divider"}


def _block_id(revision: int, about: str) -> str:
    return f"{FEEDBACK}:{revision}:{about}"[:MAX_BLOCK_ID]


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
        yield from _blocks("text", (Items(tuple(lines)),), kind)
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
