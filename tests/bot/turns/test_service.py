"""One turn on a real server: exactly one effect, and nothing that stays of people who wish to be forgotten."""

import asyncio
from dataclasses import replace
from itertools import repeat
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.participants import Participants
from bot.storage.place import Place
from bot.storage.record import Saved, Stored
from bot.storage.redis import Storage
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from bot.turns.rate_limit import BURST
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA, Conversation, Tour
from dialogs.message import Message, Person, Typed
from dialogs.views.plain_text import plain
from tests.bot.desk import NOON, PLACE, WEEK, Desk
from tests.patience import UNHURRIED

DAMAGED = Place("slack:T1:C3", "1.0")


async def test_a_conversation_by_clicks_is_one_message_edited(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    for question in ("data", "volume", "domain", "budget", "consistency"):
        await desk.press(f"answer:{question}:unsure")
    (text,) = desk.wall.texts()
    assert text.startswith("Prompt engineering")
    assert await desk.owed() == 0


async def test_people_who_press_at_once_leave_one_answer(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    revision = (await desk.conversation()).revision
    options = ["yes", "no", "unsure"] * 4
    taken = await asyncio.gather(*[desk.process(desk.button(f"answer:data:{o}", revision)) for o in options])
    assert len([t for t in taken if t.aside is None]) == 1
    conversation = await desk.conversation()
    assert list(conversation.answers) == ["data"]


async def test_a_message_taken_by_two_processes_has_one_effect(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    taken = await asyncio.gather(*[desk.process(desk.button("answer:data:yes"), "click") for _ in range(8)])
    assert [t.changed for t in taken].count(True) == 1
    assert all(t.turn.duplicate for t in taken if not t.changed)


async def test_forget_me_removes_what_is_damaged_and_goes_on(desk: Desk) -> None:
    for place in (DAMAGED, PLACE):
        await desk.ask_at(place)
    await desk.storage.command("HSET", DAMAGED.key(desk.sessions._prefix), "doc", '{"answers": 3}')
    await desk.say("forget me")
    assert "conversations: 1)" in plain(desk.wall.whispers[-1])
    assert (await desk.sessions.load(DAMAGED)).document is None


async def test_forget_me_removes_a_persons_answers_and_says_how_many(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.press("answer:data:yes")
    await desk.service.deliver(await desk.process(desk.button("answer:volume:low"), who="ben"), desk.wall)
    await desk.say("forget me")
    assert "(answers: 1, conversations: 1)" in plain(desk.wall.whispers[-1])
    conversation = await desk.conversation()
    assert {answer.by for answer in conversation.answers.values()} == {"ben"}
    assert conversation.idea == ""
    assert "ana" not in conversation.to_json()


async def kept(desk: Desk, key_prefix: str) -> list[bytes]:
    """All keys, but for the one that says that the wish was heeded; it goes by itself within an hour."""
    keys = await desk.storage.command("KEYS", f"{key_prefix}:*")
    (heeded,) = [key for key in keys if key.startswith(f"{key_prefix}:once:".encode())]
    assert 0 < await desk.storage.command("TTL", heeded) <= 3600
    return [key for key in keys if key != heeded]


async def test_forget_me_leaves_no_key_where_nobody_else_took_part(desk: Desk, key_prefix: str) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.say("Forget me!")
    assert await kept(desk, key_prefix) == []


async def test_forget_me_removes_lessons_that_were_only_begun(desk: Desk, key_prefix: str) -> None:
    learning = Conversation(schema=SCHEMA, revision=1, flow="learning", tour=Tour(by="ana", order=("basics",)))
    await desk.sessions.save(PLACE, learning.to_json(), 1, expected=0)
    await Participants(desk.storage, ttl=WEEK, prefix=key_prefix).note("wall", learning.participants, PLACE)
    await desk.say("forget me")
    assert await kept(desk, key_prefix) == []


async def test_a_person_is_found_as_long_as_others_go_on(desk: Desk, key_prefix: str, now: list[float]) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.press("answer:data:yes")
    trace = next(iter(await desk.storage.command("KEYS", f"{key_prefix}:{{who:*")))
    await desk.storage.command("PEXPIRE", trace, 60_000)
    await desk.service.deliver(await desk.process(desk.button("answer:volume:low"), who="ben"), desk.wall)
    assert await desk.storage.command("PTTL", trace) <= 60_000
    now[0] += 86_400
    await desk.service.deliver(await desk.process(desk.button("answer:domain:general"), who="ben"), desk.wall)
    longest = await desk.storage.command("PTTL", PLACE.key(key_prefix))
    assert await desk.storage.command("PTTL", trace) > longest


class Forgetful(Participants):
    """Traces whose server is away for the next notes; it counts how often it was asked."""

    away = 2
    asked = 0

    async def note(self, *noted: Any) -> None:
        self.asked += 1
        if self.asked <= self.away:
            raise StorageUnavailable("away")
        await super().note(*noted)


async def test_where_people_take_part_is_noted_later_if_not_at_once(
    advisor: Advisor, redis_url: str, key_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.participants.PAUSE", 0)
    storage = Storage(redis_url, patience=UNHURRIED)
    participants = Forgetful(storage, ttl=WEEK, prefix=key_prefix)
    stores = replace(Stores.on(storage, ttl=WEEK, prefix=key_prefix), participants=participants)
    desk = Desk(Service(advisor, stores, now=lambda: NOON), stores.sessions, stores.outbox, storage)
    await desk.say("should we fine-tune our support bot?")
    await desk.service.quiet()
    assert participants.asked == 3
    await desk.say("forget me")
    assert "conversations: 1)" in plain(desk.wall.whispers[-1])
    await storage.close()


async def test_too_many_messages_get_one_word_and_no_effect(desk: Desk) -> None:
    desk.numbers = repeat(1)  # all in the same second
    for number in range(BURST):
        await desk.say("help", f"m{number}")
    before = await desk.conversation()
    for number in range(5):
        await desk.say("help", f"one too many {number}")
    texts = [plain(view) for view in desk.wall.whispers]
    assert texts == ["That was a lot at once. Please wait a minute; what came last was not taken."]
    assert await desk.conversation() == before


async def test_every_key_has_a_time_to_live(desk: Desk, key_prefix: str) -> None:
    await desk.process(Typed("should we fine-tune our support bot?"))
    keys = await desk.storage.command("KEYS", f"{key_prefix}:*")
    assert len(keys) == 3
    for key in keys:
        assert await desk.storage.command("PTTL", key) > 0


@pytest.mark.parametrize("document", ['{"answers": 3, "schema": 1}', "{not json", "3"])
async def test_a_damaged_record_is_replaced_by_a_new_conversation(desk: Desk, key_prefix: str, document: str) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.storage.command("HSET", PLACE.key(key_prefix), "doc", document)
    await desk.say("should we fine-tune our support bot?")
    assert "Question 1 of 5" in desk.wall.texts()[-1]
    assert (await desk.conversation()).revision == 1


async def test_what_is_no_conversation_at_all_is_replaced_by_a_new_one(desk: Desk, key_prefix: str) -> None:
    await desk.storage.command("SET", PLACE.key(key_prefix), "text")
    await desk.say("should we fine-tune our support bot?")
    assert (await desk.conversation()).started


@pytest.mark.parametrize("document", ['{"answers": 3, "schema": 1}', "{not json", "3"])
async def test_a_damaged_conversation_is_replaced_where_a_direct_message_finds_it(
    desk: Desk, key_prefix: str, document: str
) -> None:
    """It is the open one, and the message stands in another thread."""
    direct, others = Place("slack:T1:D1", direct=True), Place("slack:T1:D1", "other", direct=True)
    message = Message("m1", Person("ana"), NOON, Typed("should we fine-tune our support bot?"))
    await desk.service.process(direct, message, channel="wall", address={}, thread="open")
    await desk.storage.command("HSET", direct.within("open").key(key_prefix), "doc", document)
    again = replace(message, id="m2")
    taken = await desk.service.process(others, again, channel="wall", address={}, thread="other")
    assert taken.place == direct.within("open")
    assert taken.turn.conversation.revision == 1
    assert (await desk.sessions.load(direct)).document == taken.turn.conversation.to_json()


async def test_a_newer_versions_conversation_is_left_as_it_is(desk: Desk, key_prefix: str) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.storage.command("HSET", PLACE.key(key_prefix), "schema", SCHEMA + 1)
    before = await desk.storage.command("HGETALL", PLACE.key(key_prefix))
    await desk.say("yes")
    assert "I am being updated" in plain(desk.wall.whispers[-1])
    assert await desk.storage.command("HGETALL", PLACE.key(key_prefix)) == before


class Slowly(Sessions):
    """A server that takes `lasts` seconds to load; notes how long each save may take, and how many were refused first.

    The event loop's clock is `clock`.
    """

    lasts = 1.0

    def __init__(self, clock: list[float], *made: Any, **options: Any) -> None:
        super().__init__(*made, **options)
        self.clock = clock
        self.patience = list[float]()

    def loaded(self, place: Place, answer: Any) -> Stored:
        self.clock[0] += self.lasts
        return super().loaded(place, answer)

    async def save(self, *saved: Any, patience: float | None = None, **options: Any) -> Saved:
        assert patience is not None
        self.patience.append(patience)
        if len(self.patience) == 1:
            self.clock[0] += 0.5
            await super().save(PLACE, Conversation(schema=SCHEMA, revision=1).to_json(), 1, expected=0)
        return await super().save(*saved, patience=patience, **options)


async def test_a_save_may_take_what_is_left_until_slack_has_to_be_answered(
    advisor: Advisor, redis_url: str, key_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All attempts together: the message came 1 s before the first save, and 1.5 s before the second."""
    clock = [0.0]
    storage = Storage(redis_url, patience=UNHURRIED)
    await storage.ping()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: clock[0])
    sessions = Slowly(clock, storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
    stores = replace(Stores.on(storage, ttl=WEEK, prefix=key_prefix), sessions=sessions)
    desk = Desk(Service(advisor, stores, now=lambda: NOON), sessions, stores.outbox, storage)
    await desk.process(Typed("should we fine-tune our support bot?"))
    monkeypatch.undo()
    first, second = sessions.patience
    assert 2 <= 1 + first <= 2.5
    assert second == pytest.approx(first - 0.5)
    await storage.close()
