"""Channels in which Slack limits the rate: who comes next waits in line there rather than asking again."""

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.slack.web_api import answered
from bot.turns.channel import TryLater

UNSAID = 30.0
"""Seconds for which a channel is left alone where Slack does not say for how long."""


class Holds:
    """Until when each channel is left alone. `clock` gives seconds and never goes back.

    What is not shown for it stays owed, in the order in which it was taken, and is shown when the time is over.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def check(self, channel: str) -> None:
        """TryLater while the channel is left alone."""
        until = self._until.get(channel)
        if until is None:
            return
        left = until - self._clock()
        if left > 0:
            raise TryLater(f"Slack limits the rate there for another {left:.0f} s")
        del self._until[channel]

    def note(self, channel: str, error: Exception) -> None:
        """Looks at what Slack answered to a call for this channel."""
        if isinstance(error, SlackApiError) and answered(error)[0] == 429:
            said = str(error.response.headers.get("Retry-After", ""))
            self._until[channel] = self._clock() + (float(said) if said.isdecimal() else UNSAID)
