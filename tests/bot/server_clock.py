"""The server's clock in tests: the outbox goes by it, and tests cannot set it, so its scripts add to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.storage.scripts import outbox
from bot.turns.redelivery import Redelivery

NOON = 1_795_000_000

_TIME = "time[1] + time[2] / 1000000"
_SCRIPTS = {name: value for name, value in vars(outbox).items() if name.isupper() and _TIME in value}
assert _SCRIPTS


def ahead(seconds: float) -> None:
    """Sets the server's clock so many seconds ahead."""
    for name, script in _SCRIPTS.items():
        setattr(outbox, name, script.replace(_TIME, f"{_TIME} + {seconds}"))


@contextmanager
def restored() -> Iterator[None]:
    """Goes right again afterwards."""
    try:
        yield
    finally:
        for name, script in _SCRIPTS.items():
            setattr(outbox, name, script)


class ClockedRedelivery(Redelivery):
    """Looks at the time that `now` gives, also by the server's clock; it was NOON when the test began."""

    async def deliver_overdue(self) -> int:
        ahead(self.now() - NOON)
        return await super().deliver_overdue()
