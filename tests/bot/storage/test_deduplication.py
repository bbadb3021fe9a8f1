"""Messages that leave no mark in a conversation, and arrive twice."""

from dataclasses import replace
from typing import Any

import pytest

from bot.storage.deduplication import Deduplication
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.participants import Participants
from bot.storage.redis import Storage, Timeouts
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message, Person, Press, Typed
from dialogs.replies import Notice
from dialogs.turn import Turn
from dialogs.views.plain_text import plain
from tests.bot.harness import NOON, PLACE, WEEK, Harness
from tests.patience import UNHURRIED


class Away(Participants):
    """Traces whose server is away when it is first asked for places."""

    away = True

    async def places(self, *asked: Any) -> Any:
        if self.away:
            self.away = False
            raise StorageUnavailable("away")
        return await super().places(*asked)


async def test_a_wish_to_be_forgotten_that_failed_may_come_again(
    advisor: Advisor, redis_url: str, key_prefix: str
) -> None:
    storage = Storage(redis_url, timeouts=UNHURRIED)
    stores = Stores.on(storage, ttl=WEEK, prefix=key_prefix)
    stores = replace(stores, participants=Away(storage, ttl=WEEK, prefix=key_prefix))
    harness = Harness(Service(advisor, stores, now=lambda: NOON), stores.sessions, stores.outbox, storage)
    await harness.say("should we fine-tune our support bot?")
    with pytest.raises(StorageUnavailable):
        await harness.process(Typed("forget me"), "wish")
    await harness.say("forget me", "wish")
    await harness.say("forget me", "wish")
    (told,) = harness.surface.whispers
    assert "conversations: 1)" in plain(told)
    await storage.close()


WORD = Turn(Conversation(schema=1), aside=(Notice("too_fast"),))
"""A turn that changes nothing and has a word for the sender."""


HELLO = Typed("hello")


def event(token: str, content: Typed | Press = HELLO, id: str = "m1", fingerprint: str | None = None) -> OutboxEntry:
    """One of the events that a message arrives as."""
    return OutboxEntry("test", PLACE, {}, Message(id, Person("ana"), NOON, content, fingerprint=fingerprint), token)


@pytest.fixture
def deduplication(harness: Harness, key_prefix: str) -> Deduplication:
    return Deduplication(harness.storage, prefix=key_prefix)


async def test_of_two_events_of_a_message_one_is_heeded(deduplication: Deduplication) -> None:
    async def heed() -> str:
        return "heeded"

    assert await deduplication.run_once(event("a"), heed) == "heeded"
    assert await deduplication.run_once(event("b"), heed) is None
    assert await deduplication.run_once(event("c", id="m2"), heed) == "heeded"


async def test_a_claim_that_is_sent_twice_still_holds(deduplication: Deduplication) -> None:
    """As after a lost answer: the second attempt finds its own token."""
    assert await deduplication.notice_once(event("a"), WORD) is WORD
    assert await deduplication.notice_once(event("a"), WORD) is WORD


async def test_of_two_events_of_a_message_one_gets_the_word(deduplication: Deduplication) -> None:
    """Here they have ids of their own, and share what stands for the message."""
    assert await deduplication.notice_once(event("a", id="mention", fingerprint="m1"), WORD) is WORD
    again = await deduplication.notice_once(event("b", id="message", fingerprint="m1"), WORD)
    assert (again.conversation, again.aside, again.duplicate) == (WORD.conversation, (), True)


async def test_each_press_gets_its_word(deduplication: Deduplication) -> None:
    for token in "ab":
        assert await deduplication.notice_once(event(token, Harness.button("learn")), WORD) is WORD


async def test_without_redis_a_word_is_said_rather_than_not(key_prefix: str) -> None:
    storage = Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05))
    assert await Deduplication(storage, prefix=key_prefix).notice_once(event("a"), WORD) is WORD
    await storage.close()
