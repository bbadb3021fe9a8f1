"""The local Web API refuses what Slack refuses: each of its checks, one by one."""

from typing import Any

import pytest

from bot.playground.slack.limits import problems, view_problems


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


FINE = [
    section("x" * 3000),
    actions(button(), button(action_id="b", style="primary", accessibility_label="x" * 75), menu(
        {"text": label("x" * 75), "value": "v" * 150}
    )),
    {"type": "context", "elements": [label("x")]},
    {"type": "divider"},
    table(["a", "b"], ["c", "d"]),
]  # fmt: skip

LONG_QUESTION = {**dict.fromkeys(("text", "confirm", "deny"), label("x")), "title": label("x" * 101)}

WRONG: dict[str, list[dict[str, Any]]] = {
    "51 blocks": ([{"type": "divider"}] * 51),
    "an unknown type": [{"type": "banner"}],
    "a key that is not known": [{"type": "divider", "colour": "red"}],
    "a long section": [section("x" * 3001)],
    "a section that is long in UTF-16": [section("𝕬" * 1501)],
    "an empty section": [section("")],
    "a section of spaces": [section("  ")],
    "an eleventh context element": [{"type": "context", "elements": [label("x")] * 11}],
    "a long field": [{"type": "section", "fields": [label("x" * 2001)]}],
    "a long header": [{"type": "header", "text": label("x" * 151)}],
    "no action": [actions()],
    "a 26th action": [actions(*(button(action_id=str(i)) for i in range(26)))],
    "an empty label": [actions(button(text=label("")))],
    "a long label": [actions(button(text=label("x" * 76)))],
    "a label that is long in UTF-16": [actions(button(text=label("𝕬" * 38)))],
    "a header with formatting": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "a label with formatting": [actions(button(text={"type": "mrkdwn", "text": "x"}))],
    "a long value": [actions(button(value="x" * 2001))],
    "no action id": [actions({"type": "button", "text": label("x")})],
    "a long action id": [actions(button(action_id="x" * 256))],
    "an action id twice": [actions(button()), actions(button())],
    "a block id twice": ([{"type": "divider", "block_id": "b"}] * 2),
    "an unknown style": [actions(button(style="bold"))],
    "two primary buttons": [actions(button(style="primary"), button(action_id="b", style="primary"))],
    "a long description": [actions(button(accessibility_label="x" * 76))],
    "a long question before pressing": [actions(button(confirm=LONG_QUESTION))],
    "an empty menu": [actions(menu())],
    "a sixth option": [actions(menu(*({"text": label(str(i)), "value": str(i)} for i in range(6))))],
    "a long option": [actions(menu({"text": label("x" * 76), "value": "v"}))],
    "a long option value": [actions(menu({"text": label("x"), "value": "v" * 151}))],
    "two tables": [table(["a"]), table(["a"])],
    "101 rows": [table(*([["a"]] * 101))],
    "21 cells": [table(["a"] * 21)],
    "rows of different lengths": [table(["a", "b"], ["a"])],
    "an empty cell": [table([""])],
    "emoji in formatted text": [{"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}}],
}


def test_what_is_fine_is_taken() -> None:
    assert list(problems({"text": "x" * 4000, "blocks": FINE})) == []


def refusals(blocks: object) -> list[str]:
    return [error for error, _ in problems({"text": "x", "blocks": blocks})]


@pytest.mark.parametrize("blocks", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused(blocks: list[dict[str, Any]]) -> None:
    assert "invalid_blocks" in refusals(blocks)


def test_blocks_may_be_too_long_together_or_none_at_all() -> None:
    assert "msg_blocks_too_long" in refusals([section("x" * 2700)] * 3)
    assert refusals({"type": "divider"}) == ["invalid_blocks_format"]


@pytest.mark.parametrize("text", [None, "", " \n", 5])
def test_a_message_needs_a_text(text: object) -> None:
    assert [error for error, _ in problems({"text": text, "blocks": FINE})] == ["no_text"]


def test_a_text_may_be_too_long() -> None:
    assert [error for error, _ in problems({"text": "x" * 4001})] == ["msg_too_long"]


FIELD = {"type": "plain_text_input", "action_id": "a", "max_length": 300}


def field(**changes: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": "x", "label": label("x"), "element": FIELD, **changes}


def choices(count: int) -> dict[str, Any]:
    options = [{"text": label(str(i)), "value": str(i)} for i in range(count)]
    return field(block_id="b", element={"type": "radio_buttons", "action_id": "b", "options": options})


MODAL = {"type": "modal", "title": label("x"), "submit": label("x"), "blocks": [field(), choices(10)]}


def test_a_modal_that_is_fine_is_shown() -> None:
    assert list(view_problems(MODAL)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": label("x" * 25)},
        {"title": {"type": "mrkdwn", "text": "x"}},
        {"submit": label("")},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": []},
        {"blocks": {}},
        {"blocks": [field(), table(["a"])]},
        {"blocks": [field(label=label("x" * 2001))]},
        {"blocks": [field(label={"type": "mrkdwn", "text": "x"})]},
        {"blocks": [field(element={**FIELD, "max_length": 3001})]},
        {"blocks": [field(element=button())]},
        {"blocks": [choices(11)]},
    ],
    ids=str,
)
def test_a_modal_that_is_wrong_is_refused(changes: dict[str, Any]) -> None:
    assert list(view_problems({**MODAL, **changes}))


def test_a_modal_with_inputs_can_be_sent_off() -> None:
    assert list(view_problems({key: value for key, value in MODAL.items() if key != "submit"}))
