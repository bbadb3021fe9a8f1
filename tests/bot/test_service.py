"""One turn on a real server: exactly one effect, the live card, and replies that a dead process owed."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import Outcome
from bot.due import Debt, Due
from bot.recovery import GIVEN_UP, PATIENCE, Recovery
from bot.service import Service
from bot.sessions import Card, Patience, Place, Saved, Sessions, Storage, StorageUnavailable, Stored
from bot.stores import Stores
from bot.surface import TryLater, Undeliverable
from bot.taken import Taken
from bot.traces import Traces
from dialogs import catalogue
from dialogs.action import parse
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA, Conversation, Tour
from dialogs.message import Message, Person, Press, Typed
from dialogs.plain import plain
from dialogs.view import Choices, View
from knowledge.lexical import LexicalMatcher, LexicalReader
from knowledge.loading import builtin, load_pack
from knowledge.understanding import Knowledge
from tests import servers
from tests.patience import HUNG, UNHURRIED

PLACE = Place("slack:T1:C1", "1.0")
SPOILT = Place("slack:T1:C2", "1.0")
DAMAGED = Place("slack:T1:C3", "1.0")
NOON = 1_795_000_000
WEEK = timedelta(days=7)


@dataclass
class Wall:
    """What people see: messages by id, in order. Fails on demand."""

    discreet = True
    messages: dict[str, View] = field(default_factory=dict)
    whispers: list[View] = field(default_factory=list)
    trouble: Exception | None = None
    numbers: count = field(default_factory=lambda: count(1))

    async def post(self, view: View) -> Card:
        self._check()
        card = Card(f"m{next(self.numbers)}", {"channel": "C1"})
        self.messages[card.message] = view
        return card

    async def update(self, card: Card, view: View) -> Card:
        self._check()
        assert card.message in self.messages
        self.messages[card.message] = view
        return card

    async def whisper(self, view: View) -> None:
        self._check()
        self.whispers.append(view)

    def _check(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def texts(self) -> list[str]:
        return [plain(view) for view in self.messages.values()]

    def live(self) -> list[str]:
        """Ids of the messages that have an option to press."""
        return [m for m, view in self.messages.items() if any(isinstance(e, Choices) for e in view.elements)]


@dataclass
class Slow(Wall):
    """Answers only when it is told to, and counts how many wait for it."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: int = 0
    at_once: int = 0

    async def post(self, view: View) -> Card:
        self.waiting += 1
        self.at_once = max(self.at_once, self.waiting)
        self.asked.set()
        await self.answered.wait()
        self.waiting -= 1
        return await super().post(view)


@dataclass
class Desk:
    """A service, what it stands on, and shorthands for people."""

    service: Service
    sessions: Sessions
    due: Due
    storage: Storage
    wall: Wall = field(default_factory=Wall)
    numbers: count = field(default_factory=lambda: count(1))

    async def take(self, content: Typed | Press, message_id: str | None = None, who: str = "ana") -> Taken:
        number = next(self.numbers)
        message = Message(message_id or f"e{number}", Person(who), NOON + number, content)
        live = self.wall.live() or list(self.wall.messages)
        pressed = Card(live[-1], {"channel": "C1"}) if isinstance(content, Press) and live else None
        return await self.service.take(PLACE, message, channel="wall", address={"channel": "C1"}, pressed=pressed)

    async def ask_at(self, place: Place) -> None:
        """Somebody asks there, and the process dies before it replies."""
        message = Message(f"e{next(self.numbers)}", Person("ana"), NOON, Typed("should we fine-tune our support bot?"))
        await self.service.take(place, message, channel="wall", address={"channel": "C1"})

    async def say(self, text: str, message_id: str | None = None) -> None:
        await self.service.deliver(await self.take(Typed(text), message_id), self.wall)

    async def press(self, button: str, message_id: str | None = None, revision: int | None = None) -> None:
        await self.service.deliver(await self.take(self.button(button, revision), message_id), self.wall)

    @staticmethod
    def button(name: str, revision: int | None = None) -> Press:
        action = parse(name)
        assert action is not None
        return Press(action, revision)

    async def conversation(self) -> Conversation:
        stored = await self.sessions.load(PLACE)
        assert stored.document is not None
        return Conversation.from_json(stored.document)

    async def owed(self) -> int:
        return len(await self.due.claim(NOON + 10_000, 0))

    def recovery(self, at: int) -> Recovery:
        return Recovery(self.service, self.due, {"wall": lambda debt: self.wall}, lambda: at)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    pack = load_pack(builtin())
    return Advisor(Knowledge(pack, LexicalMatcher(pack), LexicalReader(pack)), catalogue.load())


@pytest.fixture
def now() -> list[float]:
    """The clock on the wall, to be moved on."""
    return [NOON]


@pytest.fixture
async def desk(advisor: Advisor, redis_url: str, key_prefix: str, now: list[float]) -> AsyncIterator[Desk]:
    storage = Storage(redis_url, patience=UNHURRIED)
    stores = Stores.on(storage, ttl=WEEK, prefix=key_prefix)
    yield Desk(Service(advisor, stores, now=lambda: now[0]), stores.sessions, stores.due, storage)
    await storage.close()


async def test_a_conversation_by_clicks_is_one_message_edited(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    for question in ("data", "volume", "domain", "budget", "consistency"):
        await desk.press(f"answer:{question}:unsure")
    (text,) = desk.wall.texts()
    assert text.startswith("Prompt engineering")
    assert await desk.owed() == 0


async def test_a_typed_answer_turns_the_old_card_into_a_record(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.say("yes")
    old, new = desk.wall.texts()
    assert old == "Training data: yes, hundreds or more"
    assert "Question 2 of 5" in new
    assert desk.wall.live() == ["m2"]


async def test_the_live_card_is_followed_across_presses_and_texts(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.press("answer:data:yes")
    await desk.say("high")
    await desk.press("answer:domain:general")
    await desk.say("limited")
    assert len(desk.wall.live()) == 1
    assert desk.wall.live()[0] == list(desk.wall.messages)[-1]


async def test_people_who_press_at_once_leave_one_answer(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    revision = (await desk.conversation()).revision
    options = ["yes", "no", "unsure"] * 4
    taken = await asyncio.gather(*[desk.take(desk.button(f"answer:data:{o}", revision)) for o in options])
    assert len([t for t in taken if t.aside is None]) == 1
    conversation = await desk.conversation()
    assert list(conversation.answers) == ["data"]


async def test_a_message_taken_by_two_processes_has_one_effect(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    taken = await asyncio.gather(*[desk.take(desk.button("answer:data:yes"), "click") for _ in range(8)])
    assert [t.changed for t in taken].count(True) == 1
    assert all(t.turn.duplicate for t in taken if not t.changed)


async def test_an_overtaken_card_loses_its_buttons(desk: Desk) -> None:
    first = await desk.take(Typed("should we fine-tune our support bot?"))
    second = await desk.take(Typed("yes"))
    await desk.service.deliver(second, desk.wall)
    await desk.service.deliver(first, desk.wall)
    assert desk.wall.live() == ["m1"]
    assert "Question 2 of 5" in plain(desk.wall.messages["m1"])


class LosesMarks(Sessions):
    """A server that is away for the next marks."""

    away = 2

    async def mark(self, *marked: Any) -> int:
        if self.away:
            self.away -= 1
            raise StorageUnavailable("away")
        return await super().mark(*marked)


@pytest.mark.parametrize(
    ("patience", "outcome", "live"), [(HUNG, Outcome.SHOWN, ["m1"]), (0, Outcome.OWED, ["m1", "m2"])]
)
async def test_an_overtaken_card_loses_its_buttons_as_soon_as_redis_is_back(
    desk: Desk,
    advisor: Advisor,
    key_prefix: str,
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    outcome: Outcome,
    live: list[str],
) -> None:
    monkeypatch.setattr("bot.delivery.PAUSE", 0)
    monkeypatch.setattr("bot.delivery.RECORDED_WITHIN", patience)
    sessions = LosesMarks(desk.storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
    stores = replace(Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), sessions=sessions)
    elsewhere = Service(advisor, stores, now=lambda: NOON)
    first = await desk.take(Typed("should we fine-tune our support bot?"))
    second = await desk.take(Typed("yes"))
    await desk.service.deliver(second, desk.wall)
    assert await elsewhere.deliver(first, desk.wall) is outcome
    assert desk.wall.live() == live


async def test_a_reply_owed_by_a_dead_process_is_posted(desk: Desk) -> None:
    await desk.take(Typed("should we fine-tune our support bot?"))
    assert await desk.recovery(NOON + PATIENCE - 5).look() == 0
    assert desk.wall.messages == {}
    assert await desk.recovery(NOON + PATIENCE + 5).look() == 1
    assert "Question 1 of 5" in desk.wall.texts()[0]
    assert await desk.owed() == 0


async def test_a_reply_owed_for_a_press_edits_the_card(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.take(desk.button("answer:data:yes"))
    await desk.recovery(NOON + PATIENCE + 9).look()
    (text,) = desk.wall.texts()
    assert "Question 2 of 5" in text


async def test_an_answer_beside_a_recommendation_is_owed_as_well(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.say("show")
    await desk.take(Typed("How much does fine-tuning cost?"))
    shown = len(desk.wall.messages)
    await desk.recovery(NOON + PATIENCE + 9).look()
    assert len(desk.wall.messages) == shown + 1
    assert "How much does fine-tuning cost?" in desk.wall.texts()[-1]


async def test_what_was_delivered_is_not_delivered_again(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.say("show")
    await desk.say("How much does fine-tuning cost?", "faq")
    await desk.take(Typed("How much does fine-tuning cost?"), "faq")
    shown = desk.wall.texts()
    # The repeat's own entry is left over, as if its process had died.
    await desk.recovery(NOON + PATIENCE + 60).look()
    assert len(desk.wall.texts()) <= len(shown) + 1


async def test_a_message_that_had_no_effect_is_owed_nothing(desk: Desk) -> None:
    await desk.take(desk.button("answer:data:yes"))
    assert await desk.recovery(NOON + PATIENCE + 9).look() == 0
    assert await desk.owed() == 0


async def test_two_processes_never_deliver_the_same_debt(desk: Desk) -> None:
    await desk.take(Typed("should we fine-tune our support bot?"))
    looks = [desk.recovery(NOON + PATIENCE + 9) for _ in range(5)]
    assert sum(await asyncio.gather(*[recovery.look() for recovery in looks])) == 1


async def test_a_platform_in_trouble_gets_the_reply_later(desk: Desk) -> None:
    taken = await desk.take(Typed("should we fine-tune our support bot?"))
    desk.wall.trouble = TryLater("busy")
    await desk.service.deliver(taken, desk.wall)
    assert await desk.recovery(NOON + 100).look() == 0
    desk.wall.trouble = None
    assert await desk.recovery(NOON + 200).look() == 1
    assert "Question 1 of 5" in desk.wall.texts()[0]


async def test_what_can_never_be_delivered_is_dropped(desk: Desk) -> None:
    await desk.take(Typed("should we fine-tune our support bot?"))
    desk.wall.trouble = Undeliverable("the channel is gone")
    assert await desk.recovery(NOON + 100).look() == 0
    assert await desk.owed() == 0


async def test_what_can_never_be_delivered_is_no_trouble_without_redis(advisor: Advisor, tmp_path: Path) -> None:
    port = servers.free_port()
    storage = Storage(f"redis://127.0.0.1:{port}", patience=Patience(total=0.1))
    stores = Stores.on(storage, ttl=WEEK)
    desk = Desk(Service(advisor, stores, now=lambda: NOON), stores.sessions, stores.due, storage)
    with servers.node(tmp_path / "own", port):
        taken = await desk.take(Typed("should we fine-tune our support bot?"))
    desk.wall.trouble = Undeliverable("the channel is gone")
    assert await desk.service.deliver(taken, desk.wall) is Outcome.LOST
    await storage.close()


async def test_entries_of_another_version_are_left_alone(desk: Desk) -> None:
    await desk.storage.command("ZADD", desk.due._key, NOON, '{"later": true}')
    assert await desk.recovery(NOON + 100).look() == 0
    assert await desk.owed() == 1


async def test_a_reply_that_cannot_be_worked_out_keeps_no_other_from_arriving(desk: Desk) -> None:
    """Every process gets it in turn: what ended one of them would end them all."""
    for place in (SPOILT, PLACE, DAMAGED):
        await desk.ask_at(place)
    await desk.storage.command("HSET", DAMAGED.key(desk.sessions._prefix), "doc", "{}")

    def surface(debt: Debt) -> Wall:
        if debt.place == SPOILT:
            raise KeyError("scope")
        return desk.wall

    assert await Recovery(desk.service, desk.due, {"wall": surface}, lambda: NOON + 100).look() == 1
    assert await desk.owed() == 1  # what is damaged can never be shown


async def test_owed_replies_wait_only_for_those_of_the_same_space(desk: Desk) -> None:
    places = [Place("slow", "1"), Place("slow", "2"), *(Place(f"quick {n}", "1") for n in range(22))]
    for place in places:
        await desk.ask_at(place)
    slow, quick = Slow(), Wall()
    recovery = Recovery(
        desk.service, desk.due, {"wall": lambda debt: slow if debt.place.space == "slow" else quick}, lambda: NOON + 100
    )
    looking = asyncio.create_task(recovery.look())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
        while len(quick.messages) < 18:
            await asyncio.sleep(0)
    assert slow.at_once == 1
    slow.answered.set()
    assert await looking == len(places)
    assert slow.at_once == 1


async def test_of_what_waits_too_long_at_one_process_another_takes_the_rest(
    desk: Desk, advisor: Advisor, key_prefix: str
) -> None:
    for number in range(3):
        await desk.ask_at(Place("slow", str(number)))
    slow, clock = Slow(), [NOON + 100]

    def surface(debt: Debt) -> Wall:
        clock[0] = NOON + 105  # by then all are claimed, and the first is being sent
        return slow

    looking = asyncio.create_task(Recovery(desk.service, desk.due, {"wall": surface}, lambda: clock[0]).look())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    elsewhere = Service(advisor, Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), now=lambda: NOON)
    recovery = Recovery(elsewhere, desk.due, {"wall": lambda debt: desk.wall}, lambda: NOON + 101 + PATIENCE)
    assert await recovery.look() == 2
    slow.answered.set()
    assert await looking == 1
    assert (len(slow.messages), len(desk.wall.messages)) == (1, 2)
    assert await desk.owed() == 0


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
    await desk.service.deliver(await desk.take(desk.button("answer:volume:low"), who="ben"), desk.wall)
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
    await Traces(desk.storage, ttl=WEEK, prefix=key_prefix).note("wall", learning.participants, PLACE)
    await desk.say("forget me")
    assert await kept(desk, key_prefix) == []


async def test_a_person_is_found_as_long_as_others_go_on(desk: Desk, key_prefix: str, now: list[float]) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.press("answer:data:yes")
    trace = next(iter(await desk.storage.command("KEYS", f"{key_prefix}:{{who:*")))
    await desk.storage.command("PEXPIRE", trace, 60_000)
    await desk.service.deliver(await desk.take(desk.button("answer:volume:low"), who="ben"), desk.wall)
    assert await desk.storage.command("PTTL", trace) <= 60_000
    now[0] += 86_400
    await desk.service.deliver(await desk.take(desk.button("answer:domain:general"), who="ben"), desk.wall)
    longest = await desk.storage.command("PTTL", PLACE.key(key_prefix))
    assert await desk.storage.command("PTTL", trace) > longest


async def test_too_many_messages_get_one_word_and_no_effect(desk: Desk) -> None:
    for _ in range(40):
        await desk.service.deliver(await desk.take(Typed("help")), desk.wall)
    texts = [plain(view) for view in desk.wall.whispers]
    assert texts == ["That was a lot at once. Please wait a minute; what came last was not taken."] or not texts


async def test_every_key_has_a_time_to_live(desk: Desk, key_prefix: str) -> None:
    await desk.take(Typed("should we fine-tune our support bot?"))
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


async def test_a_newer_versions_conversation_is_left_as_it_is(desk: Desk, key_prefix: str) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.storage.command("HSET", PLACE.key(key_prefix), "schema", SCHEMA + 1)
    before = await desk.storage.command("HGETALL", PLACE.key(key_prefix))
    await desk.say("yes")
    assert "I am being updated" in plain(desk.wall.whispers[-1])
    assert await desk.storage.command("HGETALL", PLACE.key(key_prefix)) == before


class LosesAnswers(Sessions):
    """A server whose next answer to a save is lost, although the save is applied.

    `instead`: the save itself is lost, and this happens in its place. `leaves`: from then on nothing can be
    looked up, until `away` is over.
    """

    lose = False
    leaves = False
    away = False
    instead: Callable[[], Awaitable[object]] | None = None

    async def load(self, place: Place) -> Stored:
        if self.away:
            raise StorageUnavailable("away")
        return await super().load(place)

    async def save(self, place: Place, *written: Any, **options: Any) -> Saved:
        if self.instead is not None:
            await self.instead()
            self.instead = None
            raise StorageUnavailable("the save was lost")
        saved = await super().save(place, *written, **options)
        if self.lose:
            self.lose = False
            self.away = self.leaves
            raise StorageUnavailable("the answer was lost")
        return saved


@pytest.fixture
async def losing(advisor: Advisor, redis_url: str, key_prefix: str) -> AsyncIterator[tuple[Desk, LosesAnswers]]:
    storage = Storage(redis_url, patience=UNHURRIED)
    sessions = LosesAnswers(storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
    stores = replace(Stores.on(storage, ttl=WEEK, prefix=key_prefix), sessions=sessions)
    yield Desk(Service(advisor, stores, now=lambda: NOON), sessions, stores.due, storage), sessions
    await storage.close()


class Forgetful(Traces):
    """Traces whose server is away for the next notes; it counts how often it was asked."""

    away = 2
    asked = 0

    async def note(self, *noted: Any) -> None:
        self.asked += 1
        if self.asked <= self.away:
            raise StorageUnavailable("away")
        await super().note(*noted)


class Away(Traces):
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
    storage = Storage(redis_url, patience=UNHURRIED)
    stores = Stores.on(storage, ttl=WEEK, prefix=key_prefix)
    stores = replace(stores, traces=Away(storage, ttl=WEEK, prefix=key_prefix))
    desk = Desk(Service(advisor, stores, now=lambda: NOON), stores.sessions, stores.due, storage)
    await desk.say("should we fine-tune our support bot?")
    with pytest.raises(StorageUnavailable):
        await desk.take(Typed("forget me"), "wish")
    await desk.say("forget me", "wish")
    await desk.say("forget me", "wish")
    (told,) = desk.wall.whispers
    assert "conversations: 1)" in plain(told)
    await storage.close()


async def test_where_people_take_part_is_noted_later_if_not_at_once(
    advisor: Advisor, redis_url: str, key_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.traces.PAUSE", 0)
    storage = Storage(redis_url, patience=UNHURRIED)
    traces = Forgetful(storage, ttl=WEEK, prefix=key_prefix)
    stores = replace(Stores.on(storage, ttl=WEEK, prefix=key_prefix), traces=traces)
    desk = Desk(Service(advisor, stores, now=lambda: NOON), stores.sessions, stores.due, storage)
    await desk.say("should we fine-tune our support bot?")
    await desk.service.quiet()
    assert traces.asked == 3
    await desk.say("forget me")
    assert "conversations: 1)" in plain(desk.wall.whispers[-1])
    await storage.close()


async def test_a_write_that_was_refused_never_counts_later(losing: tuple[Desk, LosesAnswers]) -> None:
    desk, sessions = losing
    await desk.say("should we fine-tune our support bot?")
    sessions.lose = True
    with pytest.raises(StorageUnavailable):
        await desk.take(Typed("1"))
    # The person was told that it did not count, and types it again: it answers the same question, not the next one.
    await desk.say("1")
    assert (await desk.conversation()).chosen == {"data": "yes"}


async def test_a_refused_write_is_taken_back_without_another_turn(losing: tuple[Desk, LosesAnswers]) -> None:
    desk, sessions = losing
    await desk.say("should we fine-tune our support bot?")
    sessions.lose = True
    with pytest.raises(StorageUnavailable):
        await desk.take(Typed("1"))
    await desk.service.quiet()
    assert (await desk.conversation()).answers == {}
    assert await desk.owed() == 0


async def test_what_another_process_wrote_for_the_same_message_is_not_taken_back(
    losing: tuple[Desk, LosesAnswers], advisor: Advisor, key_prefix: str
) -> None:
    """A mention arrives as two events: one is refused here, the other counts elsewhere."""
    desk, sessions = losing
    mention = Message("one mention", Person("ana"), NOON, Typed("should we fine-tune our support bot?"))
    elsewhere = Service(advisor, Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), now=lambda: NOON)
    sessions.instead = lambda: elsewhere.take(PLACE, mention, channel="wall", address={})
    with pytest.raises(StorageUnavailable):
        await desk.service.take(PLACE, mention, channel="wall", address={})
    await desk.service.quiet()
    assert (await desk.conversation()).started


async def test_what_is_pressed_again_elsewhere_counts_and_is_not_taken_back(
    losing: tuple[Desk, LosesAnswers], advisor: Advisor, key_prefix: str
) -> None:
    """Here it was refused, and nobody knows yet that it was written."""
    desk, sessions = losing
    await desk.say("should we fine-tune our support bot?")
    sessions.lose = sessions.leaves = True
    with pytest.raises(StorageUnavailable):
        await desk.take(desk.button("answer:data:yes"))
    elsewhere = Service(advisor, Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), now=lambda: NOON)
    again = Message("again", Person("ana"), NOON + 60, desk.button("answer:data:yes"))
    taken = await elsewhere.take(PLACE, again, channel="wall", address={})
    assert "Question 2 of 5" in plain(taken.view or View(()))
    sessions.away = False
    await desk.service.quiet()
    assert (await desk.conversation()).chosen == {"data": "yes"}


async def test_what_somebody_else_has_shown_is_not_taken_back(
    losing: tuple[Desk, LosesAnswers], advisor: Advisor, key_prefix: str
) -> None:
    desk, sessions = losing
    await desk.say("should we fine-tune our support bot?")
    sessions.lose = sessions.leaves = True
    with pytest.raises(StorageUnavailable):
        await desk.take(desk.button("answer:data:yes"))
    elsewhere = Service(advisor, Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), now=lambda: NOON)
    recovery = Recovery(elsewhere, desk.due, {"wall": lambda debt: desk.wall}, lambda: NOON + PATIENCE + 9)
    assert await recovery.look() == 1
    assert "Question 2 of 5" in desk.wall.texts()[-1]
    sessions.away = False
    await desk.service.quiet()
    assert (await desk.conversation()).chosen == {"data": "yes"}


async def test_what_a_late_delivery_has_shown_is_not_taken_back(
    losing: tuple[Desk, LosesAnswers], advisor: Advisor, key_prefix: str
) -> None:
    desk, sessions = losing
    await desk.say("should we fine-tune our support bot?")
    elsewhere = Service(advisor, Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), now=lambda: NOON)
    late = await desk.take(desk.button("answer:data:yes"))
    sessions.lose = sessions.leaves = True
    with pytest.raises(StorageUnavailable):
        await desk.take(desk.button("answer:volume:low"))
    await elsewhere.deliver(late, desk.wall)
    assert "Question 3 of 5" in desk.wall.texts()[-1]
    sessions.away = False
    await desk.service.quiet()
    assert (await desk.conversation()).chosen == {"data": "yes", "volume": "low"}


async def test_a_press_on_a_card_that_is_not_on_record_yet_edits_that_card(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    typed = await desk.take(Typed("yes"))
    # The new card is visible before its delivery is recorded, and somebody is quick.
    shown = await desk.wall.post(typed.view or View(()))
    message = Message("quick", Person("ana"), NOON + 50, desk.button("answer:volume:low"))
    quick = await desk.service.take(PLACE, message, channel="wall", address={}, pressed=shown)
    await desk.service.deliver(quick, desk.wall)
    assert "Question 3 of 5" in plain(desk.wall.messages[shown.message])


async def test_a_card_shown_late_over_a_newer_one_is_shown_anew(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    first = await desk.take(desk.button("answer:data:yes"))
    second = await desk.take(desk.button("answer:volume:low"))
    await desk.service.deliver(second, desk.wall)
    await desk.service.deliver(first, desk.wall)
    (text,) = desk.wall.texts()
    assert "Question 3 of 5" in text


@pytest.mark.parametrize("other", [{"channel": "a channel that is off"}, {"text": None}, {"id": None}])
async def test_what_no_process_understands_is_left_for_an_hour(
    desk: Desk, key_prefix: str, other: dict[str, object]
) -> None:
    known = Debt("wall", PLACE, {}, Message("m1", Person("ana"), NOON, Typed("hello")), "token").entry
    entry = {name: value for name, value in {**json.loads(known), **other}.items() if value is not None}
    due = f"{key_prefix}:due"
    await desk.storage.command("ZADD", due, NOON, json.dumps(entry))
    await desk.recovery(NOON + 60).look()
    assert await desk.storage.command("ZCARD", due) == 1
    await desk.recovery(NOON + GIVEN_UP + 60).look()
    assert await desk.storage.command("ZCARD", due) == 0


async def test_a_message_that_was_long_on_its_way_is_left_to_whoever_has_it(desk: Desk) -> None:
    message = Message("late", Person("ana"), NOON - 600, Typed("should we fine-tune our support bot?"))
    await desk.service.take(PLACE, message, channel="wall", address={})
    assert await desk.recovery(NOON + PATIENCE - 1).look() == 0
    assert await desk.recovery(NOON + PATIENCE + 1).look() == 1


def test_what_is_owed_knows_its_message_by_all_its_names() -> None:
    message = Message("m1", Person("ana", "Ana"), NOON, Typed("hello"), private=False, twin="ana hello")
    assert Debt.from_json(Debt("wall", PLACE, {}, message, "token").entry).message == message
