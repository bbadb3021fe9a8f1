"""A view as the body of a Slack message: blocks for the eye, and the whole of it as text for screen readers.

Whatever a view holds, the body stays within Slack's limits.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Any, assert_never

from pydantic_core import to_json

from bot.slack.text import (
    ELLIPSIS,
    SlackText,
    escape,
    escaped_length,
    join_texts,
    link,
    mention,
    plain_text_object,
    render_line,
    title,
    truncate,
    utf16_length,
)
from bot.slack.truncation import LINE_LIMITS, MAX_LABEL, truncate_element
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
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

Block = dict[str, Any]

MAX_TEXT = 4000
"""UTF-16 units of a message's `text`."""

MAX_SECTION = 3000
"""UTF-16 units of one text object."""

MAX_BLOCKS = 50

MAX_SIZE = 8000
"""Characters of all blocks as the JSON that is sent, in UTF-16 units. Slack refuses long messages; its limit is not
documented."""

CACHE_SIZE = 500
"""Messages kept in memory, whatever their revision. Rendering takes 100 to 300 µs, and asking for a kept message 15;
those that people get by clicks alone are some 360. One with words that somebody typed stays until so many others have
been rendered."""

_WIDEST_REVISION = 999_999
"""Kept messages carry this one, so that what fits with it fits with any."""

FEEDBACK = "feedback"
"""Id of Slack's buttons for feedback, and the first part of their block's id."""

MAX_BLOCK_ID = 255

MENU = "menu"
"""First part of a menu's id."""

_MAX_OPTION_VALUE = 150
"""Of a menu's option; the id of a button may be longer."""

_PER_ACTIONS, _PER_MENU, _PER_SELECT = 25, 5, 100
_MAX_ROWS, _MAX_COLUMNS = 100, 20
_LEAST_ROWS = 2
_EMPTY_CELL = "–"
_TABLES = ("table", "data_table")
_STARTS_GROUP = (Heading, Table, Divider)


@dataclass(frozen=True, slots=True)
class MessageBody:
    """The arguments of `chat.postMessage` and `chat.update` that show something."""

    text: str
    blocks: tuple[Block, ...]


def render_message(view: View, data_tables: bool = False) -> MessageBody:
    """The message that shows a view. `data_tables`: what is worth sorting becomes a table that readers can sort."""
    kept = _render(replace(view, revision=_WIDEST_REVISION), data_tables)
    return MessageBody(kept.text, tuple([_with_revision(block, view.revision) for block in kept.blocks]))


def has_data_table(view: View) -> bool:
    """Whether a view is another message with data tables than without."""
    return any(isinstance(element, Table) and element.caption and element.rows for element in view.elements)


@lru_cache(maxsize=CACHE_SIZE)
def _render(view: View, data_tables: bool) -> MessageBody:
    truncated = cache(partial(_truncated, view))
    return MessageBody(_text_that_fits(truncated), tuple(_blocks_that_fit(truncated, data_tables)))


def _with_revision(block: Block, revision: int) -> Block:
    """The block, its buttons and menus for another revision of the card."""
    if block["type"] == "context_actions":
        return {**block, "block_id": _block_id(revision, block["block_id"].split(":", 2)[2])}
    if block["type"] != "actions":
        return block
    return {**block, "elements": [_for_revision(element, revision) for element in block["elements"]]}


def _for_revision(element: Block, revision: int) -> Block:
    if element["type"] == "button":
        return {**element, "value": str(revision)}
    return {**element, "action_id": f"{element['action_id'].rpartition(':')[0]}:{revision}"}


def fallback_text(view: View) -> str:
    """A message's `text`, with numbered options, never empty: all that screen readers read and notifications show."""
    return _text_that_fits(partial(_truncated, view))


def _text_that_fits(truncated: Callable[[int], View]) -> str:
    for limit in LINE_LIMITS:
        text = plain(truncated(limit), mention, escape).strip()
        if utf16_length(text) <= MAX_TEXT:
            return text or ELLIPSIS
    # Only lists of a hundred lines and more come here: they end at the last line that fits.
    return text.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore").rpartition("\n")[0] + ELLIPSIS


def _truncated(view: View, limit: int) -> View:
    return View(tuple([truncate_element(element, limit) for element in view.elements]), view.revision)


def _blocks_that_fit(truncated: Callable[[int], View], data_tables: bool) -> list[Block]:
    linked = list(_blocks(truncated(LINE_LIMITS[0]), data_tables))
    if _fits(linked):
        return linked
    for limit in LINE_LIMITS:
        plainer = truncated(limit)
        blocks = list(_blocks(View(tuple(map(without_links, plainer.elements)), plainer.revision), data_tables))
        if _fits(blocks):
            return blocks
    _remove_rows(blocks)
    while not _fits(blocks):
        others = [position for position, block in enumerate(blocks) if block["type"] != "actions"]
        del blocks[others[-1] if others else -1]
    return blocks


def _fits(blocks: list[Block]) -> bool:
    return len(blocks) <= MAX_BLOCKS and _is_short(blocks)


def _is_short(blocks: list[Block]) -> bool:
    # No script has more units than bytes.
    written = to_json(blocks)
    return len(written) < MAX_SIZE or utf16_length(written.decode()) < MAX_SIZE


def _remove_rows(blocks: list[Block]) -> None:
    """Removes rows from a table's end for as long as the message is too long; the last row says how many."""
    for rows in [block["rows"] for block in blocks if block["type"] in _TABLES]:
        total = len(rows)
        while len(rows) > _LEAST_ROWS and not _is_short(blocks):
            del rows[-2:]
            rows.append(_row([f"{ELLIPSIS} +{total - len(rows)}"], len(rows[0])))


def _blocks(view: View, data_tables: bool = False) -> Iterator[Block]:
    """Blocks in the view's order; neighbours of a kind share one."""
    buttons = _ButtonBlocks(view.revision)
    tables = 0
    for kind, group in _groups(view.elements):
        match kind:
            case "text":
                for text in join_texts(_texts(group), MAX_SECTION):
                    yield {"type": "section", "text": text.to_object(), "expand": True}
            case "note":
                for text in join_texts(_texts(group), MAX_SECTION):
                    yield {"type": "context", "elements": [text.to_object()]}
            case "buttons":
                yield from buttons.render(group)
            case "preformatted":
                yield from map(_preformatted, group)
            case "link":
                yield from map(_link, group)
            case "feedback":
                yield _feedback(group[-1], view.revision)
            case "table":
                yield from _table(group[0], first=tables == 0, data_tables=data_tables)
                tables += 1
            case _:
                yield {"type": "divider"}


def _groups(elements: Iterable[Element]) -> list[tuple[str, list[Element]]]:
    """Elements that go into one block: a title with what is below it, notes, buttons."""
    groups: list[tuple[str, list[Element]]] = []
    for element in elements:
        kind = _kind(element)
        starts = isinstance(element, _STARTS_GROUP) or (
            isinstance(element, Paragraph) and bool(groups) and not isinstance(groups[-1][1][-1], Heading)
        )
        if groups and groups[-1][0] == kind and not starts:
            groups[-1][1].append(element)
        else:
            groups.append((kind, [element]))
    return groups


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
        case Preformatted():
            return "preformatted"
        case Link():
            return "link"
        case Feedback():
            return "feedback"
        case Divider():
            return "divider"
        case _:
            assert_never(element)


def _texts(elements: Iterable[Element]) -> Iterator[SlackText]:
    """The lines of elements that are running text."""
    for element in elements:
        match element:
            case Heading(line):
                lines = [render_line(title(line))]
            case Paragraph(line) | Note(line):
                lines = [render_line(line)]
            case Items(items, numbered, is_plain):
                marks = ("" if is_plain else f"{i}. " if numbered else "• " for i in range(1, len(items) + 1))
                lines = [render_line(line, mark) for line, mark in zip(items, marks, strict=True)]
            case _:
                lines = []
        yield from (line for line in lines if line is not None)


def _preformatted(element: Element) -> Block:
    """Rich text, in which Slack looks for no formatting: the text stands there as it is."""
    text = element.text if isinstance(element, Preformatted) else ""
    shown = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text.strip("\n") or _EMPTY_CELL}]}
    return {"type": "rich_text", "elements": [shown]}


def _link(element: Element) -> Block:
    """A link of our own, which Slack may show as one."""
    shown = link(element.text, element.url) if isinstance(element, Link) else _EMPTY_CELL
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": shown}]}


def _feedback(element: Element, revision: int) -> Block:
    """Slack's own buttons for it. What it is about stands in the block's id, which changes with each version."""
    if not isinstance(element, Feedback):
        raise TypeError("not feedback")
    up, down = (_feedback_button(button) for button in (element.up, element.down))
    buttons = {"type": "feedback_buttons", "action_id": FEEDBACK, "positive_button": up, "negative_button": down}
    return {"type": "context_actions", "block_id": _block_id(revision, element.about), "elements": [buttons]}


def _block_id(revision: int, about: str) -> str:
    return f"{FEEDBACK}:{revision}:{about}"[:MAX_BLOCK_ID]


def _feedback_button(button: Button) -> Block:
    return {
        "text": plain_text_object(_label(button)),
        "accessibility_label": escape(button.description),
        "value": button.action.arguments[0],
    }


def _table(table: Element, first: bool, data_tables: bool) -> Iterator[Block]:
    """Slack allows one table a message; a further one becomes lines."""
    if not isinstance(table, Table) or not table.header:
        return
    rows = (table.header, *table.rows)
    if not first:
        lines: list[Line] = [as_line(truncate(" | ".join(cells), LINE_LIMITS[0])) for cells in rows]
        yield from _blocks(View((Items(tuple(lines)),)))
        return
    width = min(len(table.header), _MAX_COLUMNS)
    shown = [_row(row, width, table.link(number)) for number, row in enumerate(rows[:_MAX_ROWS], -1)]
    if data_tables and table.caption and table.rows:
        page = {"page_size": len(shown) - 1, "row_header_column_index": 0}
        yield {"type": "data_table", "caption": table.caption, "rows": _with_numbers(shown), **page}
    else:
        yield {"type": "table", "rows": shown, "column_settings": [{"is_wrapped": True}] * width}


def _with_numbers(rows: list[list[Block]]) -> list[list[Block]]:
    """Columns of nothing but numbers are sorted as such; an empty cell is none of something."""
    header, *others = rows
    for column in range(len(header)):
        texts = [str(row[column].get("text", "")) for row in others]
        if all(text == _EMPTY_CELL or text.isdecimal() for text in texts):
            for row, text in zip(others, texts, strict=True):
                row[column] = {"type": "raw_number", "value": int(text) if text.isdecimal() else 0, "text": text}
    return rows


def _row(cells: Sequence[str], width: int, url: str = "") -> list[Block]:
    """The cells of a row, the first of which leads to `url`."""
    filled = (*cells[:width], *("",) * (width - len(cells)))
    row: list[Block] = [{"type": "raw_text", "text": escape(cell).strip() or _EMPTY_CELL} for cell in filled]
    if url:
        leads = {"type": "link", "url": url, "text": filled[0].strip() or _EMPTY_CELL}
        row[0] = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [leads]}]}
    return row


class _ButtonBlocks:
    """The action blocks of one message, in which no action may occur twice and one button may be the primary one.

    A button has the id of its action, and the card's revision as its value. A menu's own id carries the revision, and
    each of its options has the id of an action as its value.
    """

    def __init__(self, revision: int) -> None:
        self._revision = revision
        self._seen: set[str] = set()
        self._menus = 0
        self._has_primary = False

    def render(self, elements: Iterable[Element]) -> Iterator[Block]:
        rendered = [block for element in elements for block in self._element(element)]
        for start in range(0, len(rendered), _PER_ACTIONS):
            yield {"type": "actions", "elements": rendered[start : start + _PER_ACTIONS]}

    def _element(self, element: Element) -> Iterator[Block]:
        if not isinstance(element, Choices | Buttons):
            return
        buttons: Iterable[Button] = element.buttons
        if isinstance(element, Choices):
            buttons = [_numbered(button, number) for number, button in enumerate(element.buttons, 1)]
        new = [button for button in buttons if self._is_new(button)]
        if isinstance(element, Buttons) and element.menu and element.title and new:
            yield self._select(new[:_PER_SELECT], element.title)
        elif isinstance(element, Buttons) and element.menu and len(new) > 1:
            yield from (self._menu(new[start : start + _PER_MENU]) for start in range(0, len(new), _PER_MENU))
        else:
            yield from (self._button(button) for button in new)

    def _is_new(self, button: Button) -> bool:
        action_id = button.action.id
        new = action_id not in self._seen and utf16_length(action_id) <= _MAX_OPTION_VALUE
        self._seen.add(action_id)
        return new

    def _button(self, button: Button) -> Block:
        block: Block = {
            "type": "button",
            "action_id": button.action.id,
            "text": plain_text_object(_label(button)),
            "value": str(self._revision),
        }
        if button.description:
            block["accessibility_label"] = escape(button.description)
        if button.primary and not self._has_primary:
            self._has_primary = True
            block["style"] = "primary"
        return block

    def _menu(self, buttons: list[Button]) -> Block:
        return {"type": "overflow", **self._options(buttons)}

    def _select(self, buttons: list[Button], title: str) -> Block:
        """A menu that says what is chosen from it, and holds more."""
        return {"type": "static_select", "placeholder": plain_text_object(escape(title)), **self._options(buttons)}

    def _options(self, buttons: list[Button]) -> Block:
        self._menus += 1
        options = [{"text": plain_text_object(_label(button)), "value": button.action.id} for button in buttons]
        return {"action_id": f"{MENU}:{self._menus}:{self._revision}", "options": options}


def _words(button: Button) -> str:
    return button.label or ELLIPSIS


def _numbered(button: Button, number: int) -> Button:
    """With its number on it. A screen reader's name for it has to hold what can be seen."""
    words = _words(button)
    label = truncate(f"{number} {words}", MAX_LABEL)
    named = button.description.replace(words, label, 1) if words else ""
    return replace(button, label=label, description=named if escaped_length(named) <= MAX_LABEL else "")


def _label(button: Button) -> str:
    return escape(_words(button))
