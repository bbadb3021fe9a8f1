"""What Slack refuses in a message, and what it accepts but should not get.

The models of slack_sdk reject most fields that are too long. What they let pass is checked here: an empty text, a 51st
block, an unknown type, an action id that occurs twice, a second table, a message that is long as a whole, …
"""

import copy
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

ADVISED_TEXT = 4000
BLOCKS = 50
SIZE = 8000
"""Slack refuses from somewhere between 8,000 and 13,000 characters; the limit is not documented."""

_KNOWN = {
    "section", "divider", "image", "actions", "context", "context_actions", "header", "markdown", "rich_text", "table",
    "plan", "task_card", "alert", "card", "carousel", "container", "video", "file", "input",
}  # fmt: skip
_STYLES = {"primary", "danger"}
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}

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
        for where in (*_by_the_models(block), *_in_block(block)):
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
        yield from _between("title", view.get("title"), 24, kinds=("plain_text",))
        for part in ("submit", "close"):
            if part in view:
                yield from _between(part, view[part], 24, kinds=("plain_text",))
        if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
            yield "a modal with inputs needs submit"
    if units(str(view.get("private_metadata", ""))) > 3000:
        yield "private_metadata is longer than 3000"
    if units(str(view.get("callback_id", ""))) > 255:
        yield "callback_id is longer than 255"
    for position, block in enumerate(blocks):
        if block.get("type") not in _IN_VIEWS:
            yield f"/blocks/{position}: {block.get('type')} does not go into a view"
        elif block["type"] == "input":
            yield from (f"/blocks/{position}: {where}" for where in _in_input(block))
        else:
            yield from (f"/blocks/{position}: {where}" for where in (*_by_the_models(block), *_in_block(block)))
    yield from _across(blocks)


VIEW_BLOCKS = 100
_IN_VIEWS = {"section", "divider", "image", "actions", "context", "header", "markdown", "rich_text", "input", "video"}


def _in_input(block: dict[str, Any]) -> Iterator[str]:
    yield from _by_the_models(block)
    yield from _in_texts(block)
    yield from _between("label", block.get("label"), 2000, kinds=("plain_text",))
    if "hint" in block:
        yield from _between("hint", block["hint"], 2000, kinds=("plain_text",))
    element = block.get("element") or {}
    yield from _action_id(element)
    match element.get("type"):
        case "plain_text_input":
            if not 1 <= element.get("max_length", 1) <= 3000:
                yield "max_length is not from 1 to 3000"
        case "radio_buttons":
            yield from _options("radio", element, 10)
        case "conversations_select":
            pass
        case other:
            yield f"element {other} is not known here"


def _action_id(element: dict[str, Any]) -> Iterator[str]:
    action_id = element.get("action_id")
    if not isinstance(action_id, str) or not 1 <= units(action_id) <= 255:
        yield "an action id is missing or longer than 255"


def _options(what: str, element: dict[str, Any], most: int, kinds: tuple[str, ...] = ()) -> Iterator[str]:
    yield from _count(f"{what} options", element.get("options"), 1, most)
    for option in element.get("options") or []:
        yield from _between(f"{what} option", option.get("text"), 75, kinds)
        yield from _between("option value", {"text": option.get("value")}, 150)


def size(blocks: object) -> int:
    """Length of blocks as JSON at its shortest, without escapes for letters."""
    return units(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def units(text: str) -> int:
    """Length in UTF-16 units, since nobody knows how Slack counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _by_the_models(block: dict[str, Any]) -> Iterator[str]:
    if block.get("type") == "data_table":  # the models do not know it; see `_in_data_table`
        return
    if block.get("type") not in _KNOWN:
        yield f"unknown type {block.get('type')}"
        return
    try:
        parsed = Block.parse(copy.deepcopy(block))
        again = parsed.to_dict() if parsed else None
    except (SlackObjectFormationError, TypeError, KeyError, AttributeError) as error:
        yield str(error)
        return
    if again != block:
        yield "has keys that Slack does not know"


def _in_block(block: dict[str, Any]) -> Iterator[str]:
    yield from _in_texts(block)
    match block.get("type"):
        case "section":
            yield from _between("section text", block.get("text", {"text": "x"}), 3000)
            for field in block.get("fields", []):
                yield from _between("field", field, 2000)
        case "header":
            yield from _between("header", block.get("text", {}), 150, kinds=("plain_text",))
        case "context":
            yield from _count("context elements", block.get("elements"), 1, 10)
        case "actions":
            yield from _count("actions", block.get("elements"), 1, 25)
            for element in block.get("elements") or []:
                yield from _in_element(element)
        case "context_actions":
            yield from _count("context actions", block.get("elements"), 1, 5)
            for element in block.get("elements") or []:
                yield from _in_context_action(element)
        case "table":
            yield from _rows(block.get("rows"), 1, 100)
            if len(block.get("column_settings", [])) > 20:
                yield "more than 20 column settings"
        case "data_table":
            yield from _in_data_table(block)


def _in_texts(part: object) -> Iterator[str]:
    """Text objects at any depth."""
    if isinstance(part, list):
        for item in part:
            yield from _in_texts(item)
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text", "raw_text", "raw_number"):
            yield from _between(str(part["type"]), part, 3000)
            if part["type"] == "mrkdwn" and "emoji" in part:
                yield "emoji goes with plain_text only"
        for value in part.values():
            yield from _in_texts(value)


def _between(what: str, text: object, longest: int, kinds: tuple[str, ...] = ()) -> Iterator[str]:
    shown = text.get("text") if isinstance(text, dict) else None
    if not isinstance(shown, str) or not shown.strip():
        yield f"{what} is empty"
    elif units(shown) > longest:
        yield f"{what} has {units(shown)} characters, {longest} are allowed"
    if kinds and isinstance(text, dict) and text.get("type") not in kinds:
        yield f"{what} must be {' or '.join(kinds)}"


def _count(what: str, items: object, least: int, most: int) -> Iterator[str]:
    if not isinstance(items, list) or not least <= len(items) <= most:
        yield f"{what}: {len(items) if isinstance(items, list) else 'none'}, from {least} to {most} are allowed"


def _in_element(element: dict[str, Any]) -> Iterator[str]:
    yield from _action_id(element)
    match element.get("type"):
        case "button":
            yield from _in_button(element)
        case "overflow":
            yield from _options("menu", element, 5, kinds=("plain_text",))
        case "static_select":
            yield from _between("placeholder", element.get("placeholder"), 150, kinds=("plain_text",))
            yield from _options("select", element, 100, kinds=("plain_text",))
        case other:
            yield f"element {other} is not known here"
    for key, longest in _CONFIRM.items() if "confirm" in element else ():
        yield from _between(f"confirm {key}", element["confirm"].get(key), longest)


def _in_context_action(element: dict[str, Any]) -> Iterator[str]:
    if element.get("type") != "feedback_buttons":
        yield f"element {element.get('type')} is not known here"
        return
    yield from _action_id(element)
    for side in ("positive_button", "negative_button"):
        button = element.get(side) or {}
        yield from _between(f"{side} text", button.get("text"), 75, kinds=("plain_text",))
        if not 1 <= units(str(button.get("value", ""))) <= 2000:
            yield f"{side} has no value, or one longer than 2000"
        if "accessibility_label" in button:
            yield from _between(f"{side} accessibility label", {"text": button["accessibility_label"]}, 75)


def _in_button(button: dict[str, Any]) -> Iterator[str]:
    yield from _between("button text", button.get("text"), 75, kinds=("plain_text",))
    if units(str(button.get("value", ""))) > 2000:
        yield "a value is longer than 2000"
    if "accessibility_label" in button:
        yield from _between("accessibility label", {"text": button["accessibility_label"]}, 75)
    if button.get("style", "primary") not in _STYLES:
        yield f"style {button['style']} is not known"


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
    elements = [element for block in blocks for element in _elements(block)]
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
    found = block.get("elements", []) if block.get("type") in ("actions", "context_actions") else []
    accessory = block.get("accessory")
    return [*(item for item in found if isinstance(item, dict)), *([accessory] if accessory else [])]
