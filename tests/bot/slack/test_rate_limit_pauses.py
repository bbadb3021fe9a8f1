"""Where Slack limits the rate in a channel, nothing is asked there until it may be; which calls are repeated."""

import json
from typing import Any
from unittest.mock import AsyncMock

import pytest
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.events import Origin, Workspace
from bot.slack.rate_limits import DEFAULT_PAUSE, ShortRateLimitRetry, pause_after
from bot.slack.surface import SlackSurface
from bot.slack.timed_cache import TimedCache
from bot.turns.channel import Paused, TryLater
from dialogs.view import View
from tests.drivers.slack import Rig, user
from tests.faulty_platforms import ApiFault

ANA = user("ana")


def refusal(status: int, error: str = "ratelimited", **headers: str) -> SlackApiError:
    response = AsyncSlackResponse(
        client=AsyncWebClient(), http_verb="POST", api_url="chat.update", req_args={},
        data={"ok": False, "error": error}, headers=headers, status_code=status,
    )  # fmt: skip
    return SlackApiError("refused", response)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "60"}, 60),
        ({"Retry-After": "7"}, 7),
        ({}, DEFAULT_PAUSE),
        ({"Retry-After": "1.5"}, DEFAULT_PAUSE),
        ({"Retry-After": "Wed, 25 Nov 2026 10:00:00 GMT"}, DEFAULT_PAUSE),
    ],
)
def test_a_pause_is_as_long_as_slack_says(headers: dict[str, str], seconds: float) -> None:
    assert pause_after(refusal(429, **headers)) == seconds


@pytest.mark.parametrize(
    "error",
    [
        refusal(200, "message_not_found"),
        refusal(503, "service_unavailable", **{"Retry-After": "60"}),
        ClientConnectionError(),
        TimeoutError(),
    ],
    ids=lambda error: getattr(error, "response", {"error": type(error).__name__})["error"],
)
def test_other_trouble_pauses_nothing(error: Exception) -> None:
    assert pause_after(error) is None


async def test_a_channel_is_left_alone_for_so_long_and_operators_read_it() -> None:
    now = [1000.0]
    client = AsyncMock()
    client.api_call.side_effect = refusal(429, **{"Retry-After": "60"})

    async def get_client() -> AsyncWebClient:
        return client

    def surface(channel: str) -> SlackSurface:
        origin = Origin(Workspace("T1"), channel, None, "U1")
        return SlackSurface(get_client, origin, pauses=pauses, plain_tables=TimedCache(lambda: 0.0, 0.0))

    pauses = TimedCache[bool](lambda: now[0], DEFAULT_PAUSE)
    with pytest.raises(TryLater, match="429"):
        await surface("C1").post(View(()))
    now[0] += 20
    with pytest.raises(Paused, match="another 40 s"):
        await surface("C1").post(View(()))
    for channel, later in (("C2", 0), ("C1", 40)):
        now[0] += later
        with pytest.raises(TryLater, match="429"):
            await surface(channel).post(View(()))


async def test_after_other_trouble_the_next_reply_does_not_wait(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA])
    cards = []
    for _ in range(2):
        await rig.settled(rig.people.mention(ANA, channel, "start"))
        cards.append(rig.workspace.messages[-1])
    rig.api.faults.append(ApiFault("chat.update", status=503, body=json.dumps({"ok": False}), times=2))
    for card in cards:
        await rig.settled(rig.people.press(ANA, card, "answer:data:yes"))
    assert ["Question 2 of 5" in card.content.text for card in cards] == [False, True]


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
