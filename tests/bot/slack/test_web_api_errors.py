"""What each refusal of the Web API means for a reply, and what operators read of it."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError

from bot.slack.web_api_errors import delivery_error, is_gone, log_rejected_token
from bot.turns.channel import TryLater, Undeliverable


def refusal(error: str | None, status: int = 200, **more: Any) -> SlackApiError:
    return SlackApiError("refused", SimpleNamespace(status_code=status, data={"ok": False, "error": error, **more}))


TEMPORARY = {
    "out of reach": ClientConnectionError("no route"),
    "too slow": TimeoutError(),
    "limited": refusal("ratelimited", 429),
    "limited by its status alone": refusal("no_permission", 429),
    "out of order": refusal("not_allowed", 500),
    "temporary by its name": refusal("service_unavailable"),
    "without a reason": refusal(None),
    "a page": SlackApiError("refused", SimpleNamespace(status_code=200, data="<html>")),
}
PERMANENT = {
    "left": refusal("not_in_channel"),
    "malformed": refusal("invalid_blocks", 400),
    "not ours": refusal("no_permission", 428),
}


@pytest.mark.parametrize("error", TEMPORARY.values(), ids=TEMPORARY)
def test_what_passes_is_tried_later(error: Exception) -> None:
    assert isinstance(delivery_error(error), TryLater)


@pytest.mark.parametrize("error", PERMANENT.values(), ids=PERMANENT)
def test_what_slack_refuses_for_good_is_undeliverable(error: Exception) -> None:
    assert isinstance(delivery_error(error), Undeliverable)


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({"messages": ["[ERROR] too long"]}, "Slack answered invalid_blocks: ['[ERROR] too long']"),
        ({"messages": []}, "Slack answered invalid_blocks"),
        ({}, "Slack answered invalid_blocks"),
        (None, "Slack answered invalid_blocks"),
        ("text", "Slack answered invalid_blocks"),
    ],
)
def test_what_slack_says_of_a_block_is_passed_on(metadata: Any, said: str) -> None:
    assert str(delivery_error(refusal("invalid_blocks", response_metadata=metadata))) == said


@pytest.mark.parametrize("reason", ["message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"])
def test_a_message_that_cannot_be_edited_any_more_is_gone(reason: str) -> None:
    assert is_gone(delivery_error(refusal(reason)))
    assert not is_gone(delivery_error(refusal("internal_error")))


@pytest.mark.parametrize(
    ("error", "level", "said"),
    [
        (refusal("invalid_auth"), "ERROR", "Slack does not accept A_TOKEN (invalid_auth). It must be a good one."),
        (refusal("ratelimited", 429), "WARNING", "Slack is out of reach at https://slack/ (429 ratelimited)."),
        (refusal(None, 502), "WARNING", "Slack is out of reach at https://slack/ (502)."),
        (TimeoutError(), "WARNING", "Slack is out of reach at https://slack/ (TimeoutError)."),
    ],
)
def test_operators_read_which_setting_or_that_slack_is_away(
    error: Exception, level: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        log_rejected_token(error, "https://slack/", "A_TOKEN", "a good one")
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [(level, said)]
