"""How long a call of the Web API may take, and which calls are repeated: connection errors, 429 with a short
`Retry-After`, and errors of Slack's servers. Where Slack asks for a longer wait there are pauses for the channel.
"""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.response import HttpResponse

from bot.slack.web_api_errors import status_and_reason

CALL_TIMEOUT = 4.0
"""Seconds for one call: less than those after which another process takes over a reply whose own has stopped."""

MAX_WAIT = 3
"""Seconds that a call waits where Slack limits the rate; a reply that has to wait longer stays in the outbox."""

DEFAULT_PAUSE = 30.0
"""Seconds without calls for a channel where Slack does not say for how long it limits the rate."""


class ShortRateLimitRetry(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Slack says, unless that is too long."""

    async def _can_retry_async(self, *, response: HttpResponse | None = None, **_: Any) -> bool:
        if response is None or response.status_code != 429:
            return False
        wait = [value for name, value in response.headers.items() if name.lower() == "retry-after"]
        seconds = "".join(wait[0]) if wait else "0"
        # A proxy may send a date; the client understands only seconds.
        return seconds.isdecimal() and int(seconds) <= MAX_WAIT


def retry_handlers() -> list[AsyncRetryHandler]:
    """Each repeats a call once."""
    return [AsyncConnectionErrorRetryHandler(), ShortRateLimitRetry(), AsyncServerErrorRetryHandler()]


def pause_after(error: Exception) -> float | None:
    """For how many seconds Slack limits the rate in the channel of a call that failed; None where it does not.

    Replies to such a channel are not sent meanwhile. They stay in the outbox, and are shown in their order later.
    """
    if not isinstance(error, SlackApiError) or status_and_reason(error)[0] != 429:
        return None
    seconds = str(error.response.headers.get("Retry-After", ""))
    return float(seconds) if seconds.isdecimal() else DEFAULT_PAUSE
