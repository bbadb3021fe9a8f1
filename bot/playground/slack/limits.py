"""What Slack refuses in a message, and what it accepts but should not get.

The models of slack_sdk reject most of what is too long, missing or unknown. What they let pass is checked here: an
empty text, a 51st block, an action id that occurs twice, a second table, a message that is long as a whole, …
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

ADVISED_TEXT = 4000
BLOCKS, VIEW_BLOCKS = 50, 100
SIZE = 8000
"""Slack refuses from somewhere between 8,000 and 13,000 characters; the limit is not documented."""

_KNOWN = {
    "section", "divider", "image", "actions", "context", "context_actions", "header", "markdown", "rich_text", "table",
    "plan", "task_card", "alert", "card", "carousel", "container", "video", "file", "input", "data_table",
}  # fmt: skip
_IN_VIEWS = {"section", "divider", "image", "actions", "context", "header", "markdown", "rich_text", "input", "video"}

_ELEMENTS: Mapping[str, set[str]] = {
    "actions": {"button", "overflow", "static_select"},
    "context_actions": {"feedback_buttons"},
    "input": {"plain_text_input", "radio_buttons", "conversations_select"},
}
"""What is known here of what can be pressed or filled in, by the block that it stands in."""

_PLAIN: Mapping[str, tuple[str, ...]] = {
    "header": ("text",),
    "button": ("text",),
    "static_select": ("placeholder",),
    "input": ("label", "hint"),
    "modal": ("title", "submit", "close"),
}
"""Texts that may have no formatting, by what they stand in; in menus those of the options as well."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

LimitProblem = tuple[str, str]
"""Slack's name for the error, and where it is."""


def problems(body: Mapping[str, Any]) -> Iterator[LimitProblem]:
    """Everything wrong with the text and the blocks of a message."""
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "no_text", "text is missing or empty; screen readers read nothing else"
    elif units(text) > ADVISED_TEXT:
        yield "msg_too_long", f"text has {units(text)} characters"
    blocks = body.get("blocks")
    if blocks is None:
        return
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        yield "invalid_blocks_format", "blocks is no list of objects"
        return
    if len(blocks) > BLOCKS:
        yield "invalid_blocks", f"{len(blocks)} blocks"
    if size(blocks) >= SIZE:
        yield "msg_blocks_too_long", f"{size(blocks)} characters"
    for position, block in enumerate(blocks):
        for where in _in_block(block):
            yield "invalid_blocks", f"/blocks/{position}: {where}"
    for where in _across(blocks):
        yield "invalid_blocks", where


def view_problems(view: Mapping[str, Any]) -> Iterator[str]:
    """Everything wrong with a modal or a Home tab."""
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        yield "blocks is no list of objects"
        return
    if not 1 <= len(blocks) <= VIEW_BLOCKS:
        yield f"{len(blocks)} blocks"
    if view.get("type") == "modal":
        yield from _plain(view)
        for part in ("title", *(name for name in ("submit", "close") if name in view)):
            yield from _between(part, view.get(part), 24)
        if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
            yield "a modal with inputs needs submit"
    for name, longest in (("private_metadata", 3000), ("callback_id", 255)):
        if units(str(view.get(name, ""))) > longest:
            yield f"{name} is longer than {longest}"
    for position, block in enumerate(blocks):
        if block.get("type") not in _IN_VIEWS:
            yield f"/blocks/{position}: {block.get('type')} does not go into a view"
        else:
            yield from (f"/blocks/{position}: {where}" for where in _in_block(block))
    yield from _across(blocks)


def size(blocks: object) -> int:
    """Length of blocks as JSON at its shortest, without escapes for letters."""
    return units(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def units(text: str) -> int:
    """Length in UTF-16 units, since nobody knows how Slack counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _in_block(block: dict[str, Any]) -> Iterator[str]:
    kind = block.get("type")
    if kind not in _KNOWN:
        yield f"unknown type {kind}"
        return
    if kind != "data_table":  # the models do not know it
        yield from _by_the_models(block)
    yield from _in_part(block)
    for field in block.get("fields", []):
        yield from _between("field", field, 2000)
    for element in _elements(block):
        yield from _in_element(element, _ELEMENTS.get(str(kind), set()))
    if kind == "table":
        yield from _rows(block.get("rows"), 1, 100)
        if len(block.get("column_settings", [])) > 20:
            yield "more than 20 column settings"
    elif kind == "data_table":
        yield from _in_data_table(block)


def _by_the_models(block: dict[str, Any]) -> Iterator[str]:
    """By the length in UTF-16 units."""
    counted = _ASTRAL.sub("xx", json.dumps(block, ensure_ascii=False))
    try:
        parsed = Block.parse(json.loads(counted))
        again = parsed.to_dict() if parsed else None
    except (SlackObjectFormationError, TypeError, KeyError, AttributeError) as error:
        yield str(error)
        return
    if again != json.loads(counted):
        yield "has keys that Slack does not know, or something that is empty"


def _in_part(part: object) -> Iterator[str]:
    """Texts and options at any depth."""
    if isinstance(part, list):
        for item in part:
            yield from _in_part(item)
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text", "raw_text", "raw_number"):
            yield from _between(str(part["type"]), part, 3000)
        yield from _plain(part)
        if "accessibility_label" in part:
            yield from _between("accessibility label", {"text": part["accessibility_label"]}, 75)
        for value in part.values():
            yield from _in_part(value)


def _plain(part: Mapping[str, Any]) -> Iterator[str]:
    for name in _PLAIN.get(str(part.get("type")), ()):
        if name in part and part[name].get("type") != "plain_text":
            yield f"{name} must be plain_text"


def _in_element(element: dict[str, Any], known: set[str]) -> Iterator[str]:
    kind, action_id = element.get("type"), element.get("action_id")
    if kind not in known:
        yield f"element {kind} is not known here"
    if not isinstance(action_id, str) or not 1 <= units(action_id) <= 255:
        yield "an action id is missing or longer than 255"
    if not 1 <= element.get("max_length", 1) <= 3000:
        yield "max_length is not from 1 to 3000"
    options = element.get("options", [])
    if kind == "radio_buttons":
        yield from _count("radio options", options, 1, 10)
    for option in options:
        yield from _between("option", option.get("text"), 75)
        yield from _between("option value", {"text": option.get("value")}, 150)
        if kind != "radio_buttons" and option["text"].get("type") != "plain_text":
            yield "an option must be plain_text"


def _between(what: str, text: object, longest: int) -> Iterator[str]:
    shown = text.get("text") if isinstance(text, dict) else None
    if not isinstance(shown, str) or not shown.strip():
        yield f"{what} is empty"
    elif units(shown) > longest:
        yield f"{what} has {units(shown)} characters, {longest} are allowed"


def _count(what: str, items: object, least: int, most: int) -> Iterator[str]:
    if not isinstance(items, list) or not least <= len(items) <= most:
        yield f"{what}: {len(items) if isinstance(items, list) else 'none'}, from {least} to {most} are allowed"


def _rows(rows: Any, least: int, most: int) -> Iterator[str]:
    yield from _count("rows", rows, least, most)
    for row in rows or []:
        yield from _count("cells", row, 1, 20)
    if len({len(row) for row in rows or []}) > 1:
        yield "rows differ in their number of cells"


_DATA_CELLS = {"raw_text", "raw_number", "rich_text"}


def _in_data_table(table: dict[str, Any]) -> Iterator[str]:
    """By docs.slack.dev/reference/block-kit/blocks/data-table-block, as of November 2026; the least of what is said."""
    rows = table.get("rows")
    yield from _rows(rows, 2, 101)
    yield from _between("caption", {"text": table.get("caption")}, 255)
    for key in table.keys() - {"type", "block_id", "caption", "rows", "page_size", "row_header_column_index"}:
        yield f"a data table has no {key}"
    if not 1 <= table.get("page_size", 5) <= 100:
        yield "page_size is not from 1 to 100"
    for number, row in enumerate(rows or []):
        for cell in row:
            if cell.get("type") not in _DATA_CELLS or (number == 0 and cell["type"] == "rich_text"):
                yield f"a cell {cell.get('type')} in row {number}"
            if cell.get("type") == "raw_number" and not isinstance(cell.get("value"), int | float):
                yield "a number without a value"


def _across(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """What only the whole message shows."""
    elements = [element for block in blocks if block.get("type") != "input" for element in _elements(block)]
    for action_id, count in Counter(element.get("action_id") for element in elements).items():
        if count > 1:
            yield f"action id {action_id} occurs {count} times"
    for block_id, count in Counter(block["block_id"] for block in blocks if "block_id" in block).items():
        if count > 1:
            yield f"block id {block_id} occurs {count} times"
    if sum(block.get("type") in ("table", "data_table") for block in blocks) > 1:
        yield "more than one table"
    if sum(element.get("style") == "primary" for element in elements) > 1:
        yield "more than one primary button"
    if sum(len(str(block.get("text"))) for block in blocks if block.get("type") == "markdown") > 12000:
        yield "markdown blocks have more than 12,000 characters together"


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be pressed or filled in."""
    found = block.get("elements", [block.get("element")])
    return [element for element in found if isinstance(element, dict)] if block.get("type") in _ELEMENTS else []
