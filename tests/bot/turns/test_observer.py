"""What operators are told of turns; and what the next message about ideas finds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, nullcontext

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.redis_retries import Timeouts
from bot.storage.stores import Stores
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.observer import Observer, Outcome
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.message import Message, Person, Typed
from tests.bot.harness import AWAY, NOON, PLACE, WEEK, FakeSurface, opened
from tests.patience import HUNG


class Told(Observer):
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def processing(self, channel: str) -> AbstractContextManager[object]:
        self.said.append(f"processing {channel}")
        return nullcontext()

    def processed(self, processed: Processed) -> None:
        self.said.append(f"processed {processed.message.id}")

    def not_saved(self, channel: str) -> None:
        self.said.append(f"not saved {channel}")

    def delivering(self, channel: str) -> AbstractContextManager[object]:
        self.said.append(f"delivering {channel}")
        return nullcontext()

    def undelivered(self, channel: str, outcome: Outcome) -> None:
        self.said.append(f"undelivered {channel} {outcome}")


def message(text: str = "should we fine-tune our support bot?", number: int = 1) -> Message:
    return Message(f"e{number}", Person("ana"), NOON + number, Typed(text))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def service(advisor: Advisor, stores: Stores, told: Told) -> Service:
    return Service(advisor, stores, observer=told)


@pytest.mark.parametrize(
    ("trouble", "outcome", "said"),
    [
        (None, Outcome.SHOWN, []),
        (TryLater("busy"), Outcome.PENDING, ["undelivered test owed"]),
        (Undeliverable("gone"), Outcome.LOST, ["undelivered test lost"]),
    ],
)
async def test_each_turn_is_told_and_what_was_not_shown(
    service: Service, told: Told, trouble: Exception | None, outcome: Outcome, said: list[str]
) -> None:
    processed = await service.process(PLACE, message(), channel="test", address={})
    assert await service.delivery.deliver(processed, FakeSurface(trouble=trouble)) is outcome
    assert told.said == ["processing test", "processed e1", "delivering test", *said]


async def test_what_has_nothing_to_show_is_not_delivered(service: Service, told: Told) -> None:
    processed = await service.process(PLACE, message()._replace(addressed=False), channel="test", address={})
    assert await service.delivery.deliver(processed, FakeSurface(trouble=TryLater("busy"))) is Outcome.SHOWN
    assert told.said == ["processing test", "processed e1"]


@pytest.fixture
async def away(advisor: Advisor, told: Told) -> AsyncIterator[Service]:
    async with opened(AWAY, timeouts=Timeouts(total=0.05)) as storage:
        yield Service(advisor, Stores.on(storage, ttl=WEEK), observer=told)


async def test_what_was_not_saved_is_told_and_not_counted(away: Service, told: Told) -> None:
    with pytest.raises(StorageUnavailable):
        await away.process(PLACE, message(), channel="test", address={})
    assert told.said == ["processing test", "not saved test"]


async def test_the_next_message_about_ideas_finds_what_this_one_added(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever adds ideas waits for the board; who ends a conversation does not."""
    apply_board_changes, gate = service._stores.apply_board_changes, asyncio.Event()

    async def slowly(entry: OutboxEntry) -> None:
        await gate.wait()
        await apply_board_changes(entry)

    monkeypatch.setattr(type(service._stores), "apply_board_changes", lambda self, entry: slowly(entry))
    adding = asyncio.ensure_future(
        service.process(PLACE, message("triage\na bot\nposters"), channel="test", address={})
    )
    done, _ = await asyncio.wait({adding}, timeout=0.5)
    assert not done
    gate.set()
    processed = await asyncio.wait_for(adding, HUNG)
    assert processed.board_update is not None
    assert processed.board_update.done()
    assert len((await service._stores.boards.load(PLACE)).shown) == 2
