"""The local Web API refuses what Slack refuses: each of its checks, one by one."""

from typing import Any

import pytest

from bot.playground.slack.limits import problems


def button(**changes: Any) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": "a",
        "text": {"type": "plain_text", "text": "x", "emoji": False},
        "value": "1",
        **changes,
    }


def label(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": "section", "text": {"type": kind, "text": text}}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def menu(*options: dict[str, Any]) -> dict[str, Any]:
    return {"type": "overflow", "action_id": "m", "options": list(options)}


def table(*rows: list[str]) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]}


def data_table(*cells: dict[str, Any]) -> dict[str, Any]:
    """A column of these cells under its title."""
    rows = [[cell] for cell in ({"type": "raw_text", "text": "x"}, *cells)]
    return {"type": "data_table", "caption": "x", "rows": rows}


def in_row(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "action_cell", "element": element, **more}


FINE = [
    section("x" * 3000),
    actions(button(), button(action_id="b", style="primary", accessibility_label="x" * 75), menu(
        {"text": label("x" * 75), "value": "v" * 150}
    )),
    {"type": "context", "elements": [label("x")]},
    {"type": "divider"},
    table(["a", "b"], ["c", "d"]),
]  # fmt: skip

WRONG: dict[str, tuple[list[dict[str, Any]], str]] = {
    "51 blocks": ([{"type": "divider"}] * 51, "invalid_blocks"),
    "an unknown type": ([{"type": "banner"}], "invalid_blocks"),
    "a key that is not known": ([{"type": "divider", "colour": "red"}], "invalid_blocks"),
    "a long section": ([section("x" * 3001)], "invalid_blocks"),
    "a section that is long in UTF-16": ([section("𝕬" * 1501)], "invalid_blocks"),
    "an empty section": ([section("")], "invalid_blocks"),
    "a section of spaces": ([section("  ")], "invalid_blocks"),
    "an eleventh context element": ([{"type": "context", "elements": [label("x")] * 11}], "invalid_blocks"),
    "a long field": ([{"type": "section", "fields": [label("x" * 2001)]}], "invalid_blocks"),
    "a long header": ([{"type": "header", "text": label("x" * 151)}], "invalid_blocks"),
    "no action": ([actions()], "invalid_blocks"),
    "a 26th action": ([actions(*(button(action_id=str(i)) for i in range(26)))], "invalid_blocks"),
    "an empty label": ([actions(button(text=label("")))], "invalid_blocks"),
    "a long label": ([actions(button(text=label("x" * 76)))], "invalid_blocks"),
    "a label with formatting": ([actions(button(text={"type": "mrkdwn", "text": "x"}))], "invalid_blocks"),
    "a long value": ([actions(button(value="x" * 2001))], "invalid_blocks"),
    "no action id": ([actions({"type": "button", "text": label("x")})], "invalid_blocks"),
    "a long action id": ([actions(button(action_id="x" * 256))], "invalid_blocks"),
    "an action id twice": ([actions(button()), actions(button())], "invalid_blocks"),
    "a block id twice": ([{"type": "divider", "block_id": "b"}] * 2, "invalid_blocks"),
    "an unknown style": ([actions(button(style="bold"))], "invalid_blocks"),
    "two primary buttons": (
        [actions(button(style="primary"), button(action_id="b", style="primary"))],
        "invalid_blocks",
    ),
    "a long description": ([actions(button(accessibility_label="x" * 76))], "invalid_blocks"),
    "a long question before pressing": (
        [actions(button(confirm={"title": label("x" * 101), "text": label("x"), "confirm": label("x"),
                                 "deny": label("x")}))],
        "invalid_blocks",
    ),
    "an empty menu": ([actions(menu())], "invalid_blocks"),
    "a sixth option": (
        [actions(menu(*({"text": label(str(i)), "value": str(i)} for i in range(6))))],
        "invalid_blocks",
    ),
    "a long option": ([actions(menu({"text": label("x" * 76), "value": "v"}))], "invalid_blocks"),
    "a long option value": ([actions(menu({"text": label("x"), "value": "v" * 151}))], "invalid_blocks"),
    "two tables": ([table(["a"]), table(["a"])], "invalid_blocks"),
    "101 rows": ([table(*([["a"]] * 101))], "invalid_blocks"),
    "21 cells": ([table(["a"] * 21)], "invalid_blocks"),
    "rows of different lengths": ([table(["a", "b"], ["a"])], "invalid_blocks"),
    "an empty cell": ([table([""])], "invalid_blocks"),
    "a menu in a row": ([data_table(in_row(menu({"text": label("x"), "value": "v"})))], "invalid_blocks"),
    "a key of no cell": ([data_table(in_row(button(), text="x"))], "invalid_blocks"),
    "a fallback with a button": ([data_table(in_row(button(), fallback=in_row(button())))], "invalid_blocks"),
    "an action of a row again": ([data_table(in_row(button())), actions(button())], "invalid_blocks"),
    "emoji in formatted text": (
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}}],
        "invalid_blocks",
    ),
    "a long message": ([section("x" * 2700)] * 3, "msg_blocks_too_long"),
    "no list": ({"type": "divider"}, "invalid_blocks_format"),  # type: ignore[dict-item]
}  # fmt: skip


def test_what_is_fine_is_taken() -> None:
    assert list(problems({"text": "x" * 4000, "blocks": FINE})) == []


def test_a_button_in_a_row_is_fine() -> None:
    cells = (in_row(button(), fallback={"type": "raw_text", "text": "x"}), in_row(button(action_id="b")))
    assert list(problems({"text": "x", "blocks": [data_table(*cells)]})) == []


@pytest.mark.parametrize(("blocks", "error"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused(blocks: list[dict[str, Any]], error: str) -> None:
    assert error in [found for found, _ in problems({"text": "x", "blocks": blocks})]


@pytest.mark.parametrize("text", [None, "", " \n", 5])
def test_a_message_needs_a_text(text: object) -> None:
    assert [error for error, _ in problems({"text": text, "blocks": FINE})] == ["no_text"]


def test_a_text_may_be_too_long() -> None:
    assert [error for error, _ in problems({"text": "x" * 4001})] == ["msg_too_long"]
