"""Messages that leave no mark in a conversation, and arrive twice."""

import pytest

from bot.storage.message_claims import AlreadyHandled, MessageClaims
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.redis_retries import Timeouts
from dialogs.conversation import Conversation
from dialogs.message import Message, Person, Press, Typed
from dialogs.replies.notices import Notice
from dialogs.turn import Turn
from tests.bot.harness import AWAY, NOON, PLACE, Harness, opened

WORD = Turn(Conversation(schema=1), aside=(Notice("too_fast"),))
"""A turn that changes nothing and has a word for the sender."""


HELLO = Typed("hello")


def event(token: str, content: Typed | Press = HELLO, id: str = "m1", fingerprint: str | None = None) -> OutboxEntry:
    """One of the events that a message arrives as."""
    return OutboxEntry("test", PLACE, {}, Message(id, Person("ana"), NOON, content, fingerprint=fingerprint), token)


@pytest.fixture
def message_claims(harness: Harness, key_prefix: str) -> MessageClaims:
    return MessageClaims(harness.storage, prefix=key_prefix)


async def test_of_two_events_of_a_message_one_is_heeded(message_claims: MessageClaims) -> None:
    assert await message_claims.claim(event("a")) is None
    with pytest.raises(AlreadyHandled):
        await message_claims.claim(event("b"))
    assert await message_claims.claim(event("c", id="m2")) is None


async def test_what_came_of_a_message_is_known_to_whoever_goes_on_with_it(message_claims: MessageClaims) -> None:
    await message_claims.claim(event("a"))
    assert await message_claims.claim(event("a")) is None  # its process has died
    await message_claims.finish(event("a"), "3 conversations")
    assert await message_claims.claim(event("a")) == "3 conversations"
    with pytest.raises(AlreadyHandled):
        await message_claims.claim(event("b"))


async def test_a_claim_that_is_sent_twice_still_holds(message_claims: MessageClaims) -> None:
    """As after a lost answer: the second attempt finds its own token."""
    assert await message_claims.notice_once(event("a"), WORD) is WORD
    assert await message_claims.notice_once(event("a"), WORD) is WORD


async def test_of_two_events_of_a_message_one_gets_the_word(message_claims: MessageClaims) -> None:
    """Here they have ids of their own, and share what stands for the message."""
    assert await message_claims.notice_once(event("a", id="mention", fingerprint="m1"), WORD) is WORD
    again = await message_claims.notice_once(event("b", id="message", fingerprint="m1"), WORD)
    assert (again.conversation, again.aside, again.duplicate) == (WORD.conversation, (), True)


async def test_each_press_gets_its_word(message_claims: MessageClaims) -> None:
    for token in "ab":
        assert await message_claims.notice_once(event(token, Harness.button("learn")), WORD) is WORD


async def test_without_redis_a_word_is_said_rather_than_not(key_prefix: str) -> None:
    async with opened(AWAY, timeouts=Timeouts(total=0.05)) as storage:
        assert await MessageClaims(storage, prefix=key_prefix).notice_once(event("a"), WORD) is WORD
