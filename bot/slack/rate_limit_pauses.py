"""Pauses for a channel where Slack limits the rate for longer than a call waits (`retries.py`)."""

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.slack.web_api_errors import status_and_reason
from bot.turns.channel import Paused

DEFAULT_PAUSE = 30.0
"""Seconds without calls for a channel where Slack does not say for how long it limits the rate."""


class RateLimitPauses:
    """Until when Slack limits the rate in each channel. `clock` gives seconds and never goes back.

    Replies to such a channel are not sent meanwhile. They stay in the outbox, and are shown in their order later.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def check(self, channel: str) -> None:
        """Paused while Slack limits the rate in the channel."""
        until = self._until.get(channel)
        if until is None:
            return
        left = until - self._clock()
        if left > 0:
            raise Paused(f"Slack limits the rate there for another {left:.0f} s")
        del self._until[channel]

    def note(self, channel: str, error: Exception) -> None:
        """Notes a pause where the error of a call for this channel asks for one."""
        if isinstance(error, SlackApiError) and status_and_reason(error)[0] == 429:
            seconds = str(error.response.headers.get("Retry-After", ""))
            self._until[channel] = self._clock() + (float(seconds) if seconds.isdecimal() else DEFAULT_PAUSE)
