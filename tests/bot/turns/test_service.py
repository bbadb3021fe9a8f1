"""One turn on a real server: exactly one effect, and nothing that stays of people who wish to be forgotten."""

import asyncio
from dataclasses import replace
from itertools import repeat
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.participants import Participants
from bot.storage.place import Place
from bot.storage.record import SaveResult, StoredConversation
from bot.storage.redis_retries import Storage
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from bot.turns.rate_limit import BURST, RateLimit
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA, Conversation, Tour
from dialogs.message import Message, Person, Typed
from dialogs.views.plain_text import plain
from tests.bot.harness import NOON, PLACE, WEEK, Harness

DAMAGED = Place("slack:T1:C3", "1.0")


async def test_a_conversation_by_clicks_is_one_message_edited(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    for question in ("data", "volume", "domain", "budget", "consistency"):
        await harness.press(f"answer:{question}:unsure")
    (text,) = harness.surface.texts()
    assert "Prompt engineering · Prompts come first" in text
    assert await harness.pending() == 0


async def test_people_who_press_at_once_leave_one_answer(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    revision = (await harness.conversation()).revision
    options = ["yes", "no", "unsure"] * 4
    taken = await asyncio.gather(*[harness.process(harness.button(f"answer:data:{o}", revision)) for o in options])
    chosen = (await harness.conversation()).chosen
    assert list(chosen) == ["data"]
    silent = [turn for turn in taken if turn.aside is None]
    assert len(silent) == 4, "the one that counts, and those that say the same"
    assert {turn.message.content.action.arguments[1] for turn in silent} == {chosen["data"]}


async def test_a_message_taken_by_two_processes_has_one_effect(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    taken = await asyncio.gather(*[harness.process(harness.button("answer:data:yes"), "click") for _ in range(8)])
    assert [t.changed for t in taken].count(True) == 1
    assert all(t.turn.duplicate for t in taken if not t.changed)


async def test_forget_me_removes_what_is_damaged_and_goes_on(harness: Harness) -> None:
    for place in (DAMAGED, PLACE):
        await harness.ask_at(place)
    await harness.storage.command("HSET", DAMAGED.key(harness.sessions._prefix), "doc", '{"answers": 3}')
    await harness.say("yes, forget me")
    assert "conversations (1)" in plain(harness.surface.whispers[-1])
    assert (await harness.sessions.load(DAMAGED)).document is None


async def test_forget_me_removes_a_persons_answers_and_says_how_many(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.press("answer:data:yes")
    for button in ("answer:volume:low", "answer:domain:general"):
        await harness.press(button, who="ben")
    await harness.say("yes, forget me")
    assert "your answers (1) and your part in conversations (1)" in plain(harness.surface.whispers[-1])
    conversation = await harness.conversation()
    assert {answer.by for answer in conversation.answers.values()} == {"ben"}
    assert conversation.idea == ""
    assert "ana" not in conversation.to_json()


async def kept(harness: Harness, key_prefix: str) -> list[bytes]:
    """All keys, but for the one that says that the wish was heeded, which goes by itself within an hour, and the counts
    of the day, which are of nobody."""
    found = await harness.storage.command("KEYS", f"{key_prefix}:*")
    keys = [key for key in found if b":usage:" not in key]
    (heeded,) = [key for key in keys if key.startswith(f"{key_prefix}:once:".encode())]
    assert 0 < await harness.storage.command("TTL", heeded) <= 3600
    return [key for key in keys if key != heeded]


async def test_forget_me_leaves_no_key_where_nobody_else_took_part(harness: Harness, key_prefix: str) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.say("Yes, forget me!")
    await harness.redelivery(NOON + 1).deliver_overdue()  # which takes care of their cards
    assert await kept(harness, key_prefix) == []


async def test_forget_me_removes_where_cards_were_before(harness: Harness, key_prefix: str) -> None:
    """Where a card is may name who had asked for it, as on Teams."""
    await harness.say("should we fine-tune our support bot?")
    await harness.press("answer:data:yes", who="ben")
    assert await harness.storage.command("HEXISTS", PLACE.key(key_prefix), "marks")
    await harness.process(Typed("yes, forget me"))
    assert await harness.conversation()
    assert not await harness.storage.command("HEXISTS", PLACE.key(key_prefix), "marks")


async def test_forget_me_removes_lessons_that_were_only_begun(harness: Harness, key_prefix: str) -> None:
    learning = Conversation(schema=SCHEMA, revision=1, flow="learning", tour=Tour(by="ana", order=("basics",)))
    await harness.sessions.save(PLACE, learning.to_json(), 1, expected=0)
    await Participants(harness.storage, ttl=WEEK, prefix=key_prefix).add("test", learning.participants, PLACE)
    await harness.say("yes, forget me")
    assert await kept(harness, key_prefix) == []


async def test_a_person_is_found_as_long_as_others_go_on(harness: Harness, key_prefix: str, now: list[float]) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.press("answer:data:yes")
    trace = next(iter(await harness.storage.command("KEYS", f"{key_prefix}:{{who:*")))
    await harness.storage.command("PEXPIRE", trace, 60_000)
    await harness.press("answer:volume:low", who="ben")
    assert await harness.storage.command("PTTL", trace) <= 60_000
    now[0] += 86_400
    await harness.press("answer:domain:general", who="ben")
    longest = await harness.storage.command("PTTL", PLACE.key(key_prefix))
    assert await harness.storage.command("PTTL", trace) > longest


class Forgetful(Participants):
    """Traces whose server is away for the next notes; it counts how often it was asked."""

    away = 2
    asked = 0

    async def add(self, *noted: Any) -> None:
        self.asked += 1
        if self.asked <= self.away:
            raise StorageUnavailable("away")
        await super().add(*noted)


async def test_where_people_take_part_is_noted_later_if_not_at_once(
    advisor: Advisor, stores: Stores, key_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.background.RETRY_PAUSE", 0)
    participants = Forgetful(stores.storage, ttl=WEEK, prefix=key_prefix)
    harness = Harness.on(advisor, replace(stores, participants=participants))
    await harness.say("should we fine-tune our support bot?")
    await harness.service.background.join()
    assert participants.asked == 3
    await harness.say("yes, forget me")
    assert "conversations (1)" in plain(harness.surface.whispers[-1])


async def test_too_many_messages_get_one_word_and_no_effect(harness: Harness) -> None:
    harness.numbers = repeat(1)  # all in the same second
    for number in range(BURST):
        await harness.say("help", f"m{number}")
    before = await harness.conversation()
    for number in range(5):
        await harness.say("help", f"one too many {number}")
    texts = [plain(view) for view in harness.surface.whispers]
    assert texts == ["That was a lot at once, so I left out the last one. Please wait a minute and try again."]
    assert await harness.conversation() == before


async def test_one_conversation_too_many_in_a_day_is_not_begun(
    advisor: Advisor, stores: Stores, storage: Storage, key_prefix: str
) -> None:
    service = Service(advisor, stores, RateLimit(new_per_day=2), now=lambda: NOON)
    harness = replace(Harness.on(advisor, stores), service=service)
    for number in range(4):
        message = Message(f"m{number}", Person("ana"), NOON, Typed("should we fine-tune our support bot?"))
        processed = await service.process(Place("slack:T1:C1", f"{number}.0"), message, channel="test", address={})
        await service.delivery.deliver(processed, harness.surface)
    assert len(await storage.command("KEYS", f"{key_prefix}:{{slack:*")) == len(harness.surface.messages) == 2
    assert ["a lot of conversations today" in plain(view) for view in harness.surface.whispers] == [True, True]
    assert await harness.pending() == 0


async def test_every_key_has_a_time_to_live(harness: Harness, key_prefix: str) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    keys = await harness.storage.command("KEYS", f"{key_prefix}:*")
    assert len(keys) == 3
    for key in keys:
        assert await harness.storage.command("PTTL", key) > 0


@pytest.mark.parametrize("document", ['{"answers": 3, "schema": 1}', "{not json", "3"])
async def test_a_damaged_record_is_replaced_by_a_new_conversation_and_logged(
    harness: Harness, key_prefix: str, document: str, caplog: pytest.LogCaptureFixture
) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.storage.command("HSET", PLACE.key(key_prefix), "doc", document)
    await harness.say("should we fine-tune our support bot?")
    assert "Question 1 of 5" in harness.surface.texts()[-1]
    assert (await harness.conversation()).revision == 1
    assert "cannot be read" in caplog.text


async def test_what_is_no_conversation_at_all_is_replaced_by_a_new_one(harness: Harness, key_prefix: str) -> None:
    await harness.storage.command("SET", PLACE.key(key_prefix), "text")
    await harness.say("should we fine-tune our support bot?")
    assert (await harness.conversation()).started


async def test_a_damaged_conversation_is_replaced_where_a_direct_message_finds_it(
    harness: Harness, key_prefix: str
) -> None:
    """It is the open one, and the message stands in another thread."""
    direct, others = Place("slack:T1:D1", "open", direct=True), Place("slack:T1:D1", "other", direct=True)
    message = Message("m1", Person("ana"), NOON, Typed("should we fine-tune our support bot?"))
    await harness.service.process(direct, message, channel="test", address={})
    await harness.storage.command("HSET", direct.key(key_prefix), "doc", '{"answers": 3, "schema": 1}')
    again = message._replace(id="m2")
    taken = await harness.service.process(others, again, channel="test", address={})
    assert taken.place == direct
    assert taken.turn.conversation.revision == 1
    assert (await harness.sessions.load(direct)).document == taken.turn.conversation.to_json()


async def test_a_newer_versions_conversation_is_left_as_it_is(harness: Harness, key_prefix: str) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.storage.command("HSET", PLACE.key(key_prefix), "schema", SCHEMA + 1)
    before = await harness.storage.command("HGETALL", PLACE.key(key_prefix))
    await harness.say("yes")
    assert "I am being updated" in plain(harness.surface.whispers[-1])
    assert await harness.storage.command("HGETALL", PLACE.key(key_prefix)) == before


class Slowly(Sessions):
    """A server that takes `lasts` seconds to load; notes how long each save may take, and how many were refused first.

    The event loop's clock is `clock`.
    """

    lasts = 1.0

    def __init__(self, clock: list[float], *made: Any, **options: Any) -> None:
        super().__init__(*made, **options)
        self.clock = clock
        self.within = list[float]()

    def read_answer(self, place: Place, answer: Any) -> StoredConversation:
        self.clock[0] += self.lasts
        return super().read_answer(place, answer)

    async def save(self, *saved: Any, within: float = 0, **options: Any) -> SaveResult:
        assert within
        self.within.append(within)
        if len(self.within) == 1:
            self.clock[0] += 0.5
            await super().save(PLACE, Conversation(schema=SCHEMA, revision=1).to_json(), 1, expected=0)
        return await super().save(*saved, within=within, **options)


async def test_a_save_may_take_what_is_left_until_slack_has_to_be_answered(
    advisor: Advisor, stores: Stores, key_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All attempts together: the message came 1 s before the first save, and 1.5 s before the second."""
    clock = [0.0]
    await stores.storage.ping()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: clock[0])
    sessions = Slowly(clock, stores.storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
    harness = Harness.on(advisor, replace(stores, sessions=sessions))
    await harness.process(Typed("should we fine-tune our support bot?"))
    monkeypatch.undo()
    first, second = sessions.within
    assert 2 <= 1 + first <= 2.5
    assert second == pytest.approx(first - 0.5)
