"""The observer of messages and replies, and the outcomes of deliveries."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum

from bot.turns.processed_message import Processed


class Outcome(StrEnum):
    """The outcome of a delivery: people have the replies, they are pending, or they can never be shown."""

    SHOWN = "shown"
    PENDING = "owed"
    LOST = "lost"


class Observer:
    """Is notified of what happens to messages and replies. This one does nothing; `bot.server.metrics` counts."""

    def processing(self, channel: str) -> AbstractContextManager[object]:
        """Entered while a message is processed."""
        return nullcontext()

    def processed(self, processed: Processed) -> None:
        """A message had its effect."""

    def not_saved(self, channel: str) -> None:
        """A message had no effect, since Redis was out of reach."""

    def delivering(self, channel: str) -> AbstractContextManager[object]:
        """Entered while replies are delivered."""
        return nullcontext()

    def undelivered(self, channel: str, outcome: Outcome) -> None:
        """The platform did not accept a reply; each try counts."""

    def unchecked(self, channel: str) -> None:
        """A reply was sent again, and the platform did not say whether it is there already."""

    def waiting(self, entries: int, oldest: float, unreadable: int) -> None:
        """What is in the outbox: entries, seconds since the oldest message was sent, entries that cannot be read."""

    def asked_model(
        self, use: str, outcome: str, seconds: float, tokens_in: int, tokens_out: int, dropped: Mapping[str, int]
    ) -> None:
        """A language model was asked, to listen or to speak. `dropped` counts what of its answer did not hold, by
        reason."""

    def failed(self, task: str) -> None:
        """An unexpected error occurred in a background task."""

    def rate_limited(self) -> None:
        """Slack dropped events, since it had too many for this app."""
