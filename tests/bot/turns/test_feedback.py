"""Feedback and counts beside the turn: what they cost, and what is kept of questions without an answer."""

import asyncio
from typing import Any

import pytest

from bot.config.setting_types import Unanswered
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.message import Message, Person, Typed
from tests.bot.harness import NOON, PLACE, FakeSurface, Harness

UNKNOWN = "who won the world cup, Anna?"


async def test_a_click_takes_no_round_trip_more(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load with the outbox entry, save, record the card, acknowledge with the counts."""
    await harness.say("should we fine-tune our support bot?")
    trips: list[int] = []
    pipeline = Storage.pipeline

    async def counted(self: Storage, *commands: Any, **more: Any) -> Any:
        trips.append(len(commands))
        return await pipeline(self, *commands, **more)

    monkeypatch.setattr(Storage, "pipeline", counted)
    for button in ("answer:data:yes", "answer:volume:high"):
        trips.clear()
        await harness.press(button)
        assert trips == [2, 1, 1, 1]


async def test_what_a_message_counts_for_is_counted_once(harness: Harness) -> None:
    processed = await harness.process(Typed("How much does fine-tuning cost?"))
    for _ in range(2):
        await harness.service.delivery.deliver(processed, harness.surface)
    day = (await harness.storage.command("KEYS", f"{harness.sessions._prefix}:*usage*"))[0]
    assert await harness.storage.command("HGETALL", day) == {b"asked:faq-cost": b"1"}


@pytest.mark.parametrize(
    ("keep", "private", "kept"),
    [
        (Unanswered.SHARED, False, True),
        (Unanswered.SHARED, True, False),
        (Unanswered.ALL, True, True),
        (Unanswered.OFF, False, False),
    ],
)
async def test_whose_questions_without_an_answer_are_kept(
    advisor: Advisor, stores: Stores, keep: Unanswered, private: bool, kept: bool
) -> None:
    service = Service(advisor, stores, RateLimit(), unanswered=keep)
    message = Message("m1", Person("ana", "Ana"), NOON, Typed(UNKNOWN), private=private)
    processed = await service.process(PLACE, message, channel="test", address={})
    await asyncio.gather(service.delivery.deliver(processed, FakeSurface()), service.background.join())
    texts = [one.text for one in await stores.feedback.unanswered()]
    assert texts == (["who won the world cup, …?"] if kept else [])


async def test_an_aside_that_is_not_taken_is_kept_nowhere(advisor: Advisor, stores: Stores) -> None:
    service = Service(advisor, stores, RateLimit(), unanswered=Unanswered.ALL)
    for number, addressed in enumerate((True, False, False)):
        text = "start" if addressed else UNKNOWN
        message = Message(f"m{number}", Person(f"p{number}"), NOON + number, Typed(text), addressed, private=False)
        processed = await service.process(PLACE, message, channel="test", address={})
        await service.delivery.deliver(processed, FakeSurface())
    await service.background.join()
    assert await stores.feedback.unanswered() == ()
