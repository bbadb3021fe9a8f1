"""How long a call of the Web API may take, and which calls are repeated: connection errors, 429 with a short
`Retry-After`, and errors of Slack's servers. Where Slack asks for a longer wait: `rate_limit_pauses.py`.
"""

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

CALL_TIMEOUT = 4.0
"""Seconds for one call: less than those after which another process takes over a reply whose own has stopped."""

MAX_WAIT = 3
"""Seconds that a call waits where Slack limits the rate; a reply that has to wait longer stays in the outbox."""


class ShortRateLimitRetry(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Slack says, unless that is too long."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        wait = [value for name, value in response.headers.items() if name.lower() == "retry-after"]
        seconds = "".join(wait[0]) if wait else "0"
        # A proxy may send a date; the client understands only seconds.
        return seconds.isdecimal() and int(seconds) <= MAX_WAIT


def retry_handlers() -> list[AsyncRetryHandler]:
    """Each repeats a call once."""
    return [AsyncConnectionErrorRetryHandler(), ShortRateLimitRetry(), AsyncServerErrorRetryHandler()]
