"""Which calls of the Web API are repeated."""

from typing import Any

import pytest
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.slack.rate_limits import ShortRateLimitRetry


@pytest.mark.parametrize(
    ("status", "headers", "repeated"),
    [
        (429, {"Retry-After": ["3"]}, True),
        (429, {"retry-after": ["1"]}, True),
        (429, {}, True),
        (429, {"Retry-After": ["4"]}, False),
        (429, {"Retry-After": ["Wed, 25 Nov 2026 10:00:00 GMT"]}, False),
        (200, {"Retry-After": ["1"]}, False),
        (503, {"Retry-After": ["1"]}, False),
    ],
)
async def test_a_short_wait_is_waited(status: int, headers: dict[str, Any], repeated: bool) -> None:
    request = HttpRequest(method="POST", url="https://slack/", headers={})
    response = HttpResponse(status_code=status, headers=headers)
    can = await ShortRateLimitRetry().can_retry_async(state=RetryState(), request=request, response=response)
    assert can is repeated


async def test_where_no_answer_came_no_rate_was_limited() -> None:
    request = HttpRequest(method="POST", url="https://slack/", headers={})
    assert not await ShortRateLimitRetry().can_retry_async(state=RetryState(), request=request, error=TimeoutError())
