"""Replies that a dead process left pending, or that a platform did not accept at first."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry, Share
from bot.storage.place import Place
from bot.storage.record import Card, DeliveryResult
from bot.turns.channel import SentMessage, TryLater, Undeliverable
from bot.turns.observer import Observer
from bot.turns.processed_message import Processed
from bot.turns.redelivery import AT_ONCE, GIVE_UP_AFTER, OVERDUE_AFTER, Redelivery
from bot.turns.service import Service
from bot.turns.workers import responded
from dialogs.message import Message, Person, Typed
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views.plain_text import plain
from tests.bot import server_clock
from tests.bot.harness import ADDRESS, NOON, PLACE, FakeSurface, Harness, Slow, Watched, taken
from tests.bot.server_clock import ClockedRedelivery
from tests.patience import HUNG

SPOILT = Place("slack:T1:C2", "1.0")
DAMAGED = Place("slack:T1:C3", "1.0")


async def test_a_reply_left_by_a_dead_process_is_posted(harness: Harness) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    assert await harness.redelivery(NOON + OVERDUE_AFTER - 5).deliver_overdue() == 0
    assert harness.surface.messages == {}
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 5).deliver_overdue() == 1
    assert "Question 1 of 5" in harness.surface.texts()[0]
    assert await harness.pending() == 0


async def test_a_reply_pending_for_a_press_edits_the_card(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.process(harness.button("answer:data:yes"))
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    (text,) = harness.surface.texts()
    assert "Question 2 of 5" in text


async def test_where_the_platform_does_not_tell_the_reply_to_a_text_is_posted_below_it(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.process(Typed("yes"))
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert harness.surface.live() == ["m2"]
    assert "Question 2 of 5" in harness.surface.texts()[1]


async def test_a_press_on_an_earlier_question_owes_nothing_once_a_later_reply_is_shown(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.process(harness.button("answer:data:yes"))
    await harness.say("high")
    shown = len(harness.surface.edits)
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue() == 0
    assert (len(harness.surface.edits), await harness.pending()) == (shown, 0)


async def test_replies_of_one_conversation_are_delivered_together(harness: Harness) -> None:
    harness.surface.tells = True
    await harness.say("should we fine-tune our support bot?")
    for answer in ("yes", "high", "general"):
        await harness.process(Typed(answer))
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue() == 1
    assert len(harness.surface.edits) == 1
    assert "Question 4 of 5" in harness.surface.texts()[0]
    assert await harness.pending() == 0


async def test_a_press_that_repeats_a_recorded_answer_shows_the_reply_that_is_owed(
    harness: Harness, elsewhere: Service
) -> None:
    """Long after the answer, so that it is no double click; nothing is shown twice once it is there."""
    await harness.say("should we fine-tune our support bot?")
    await harness.process(harness.button("answer:data:yes"))  # then its process was killed
    card = Card("m1", ADDRESS)
    for number in (600, 700):
        press = harness.button("answer:data:yes", 1)
        again = await taken(elsewhere, press, f"again {number}", at=NOON + number, pressed=card)
        await elsewhere.delivery.deliver(again, harness.surface)
        assert "Question 2 of 5" in harness.surface.texts()[0]
    assert len(harness.surface.edits) == 1
    stored = await harness.sessions.load(PLACE)
    assert (stored.card, stored.delivered) == (card, 2)


async def test_a_press_on_an_older_card_shows_the_card_on_record_again_if_that_is_gone(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    asked = dict(harness.surface.messages)
    await harness.say("yes")
    harness.surface.deleted = harness.surface.messages.keys() - asked.keys()
    harness.surface.messages = asked  # the older card stands there as it was
    await harness.press("answer:data:no", revision=1)
    assert "Question 2 of 5" in harness.surface.texts()[-1]


async def test_what_is_recorded_while_the_platform_is_asked_is_what_a_reply_is_repeated_on(
    harness: Harness, elsewhere: Service
) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.press("answer:data:yes")
    left = await harness.process(harness.button("answer:volume:high", 2))  # then its process was killed
    harness.surface.messages["m1"] = left.view
    typed = await taken(elsewhere, "general")

    class Asked(FakeSurface):
        async def sent(self, since: int) -> list[SentMessage]:
            if len(self.messages) == 1:
                await elsewhere.delivery.deliver(typed, self)
            return []

    harness.surface = Asked(messages=harness.surface.messages, numbers=harness.surface.numbers)
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert harness.surface.live() == ["m2"]
    assert harness.surface.texts()[0] == "Domain: general"


async def test_a_repeated_reply_that_overlaps_the_first_leaves_one_result(harness: Harness, elsewhere: Service) -> None:
    """The first process was slow, not dead: it posts the result below while another edits it into the card above."""
    await harness.say("should we fine-tune our support bot?")
    for answer in ("data:yes", "volume:high", "domain:general", "budget:flexible"):
        await harness.press(f"answer:{answer}")
    typed = await harness.process(Typed("tolerant"))

    class Overtaken(FakeSurface):
        async def update(self, card: Card, view: View) -> Card:
            if len(self.messages) == 1:
                await elsewhere.delivery.deliver(typed, self)
            return await super().update(card, view)

    harness.surface = Overtaken(messages=harness.surface.messages, numbers=harness.surface.numbers, tells=True)
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    above, below = harness.surface.texts()
    assert above == "Consistency: may vary a little"
    assert below.startswith("support bot")


async def posted_by_a_dead_process(harness: Harness) -> Card:
    """A card that was posted in reply to "yes", and that nobody has recorded."""
    processed = await harness.process(Typed("yes"))
    return await harness.surface.post(processed.view)


async def test_a_card_that_could_not_be_recorded_is_closed_once_newer_ones_were_shown(harness: Harness) -> None:
    harness.surface.tells = True
    await harness.say("should we fine-tune our support bot?")
    orphan = await posted_by_a_dead_process(harness)
    first = Card(harness.surface.live()[0], ADDRESS)
    pressed = await taken(harness.service, harness.button("answer:volume:low"), pressed=first)
    await harness.service.delivery.deliver(pressed, harness.surface)
    assert harness.surface.live() == [first.message, orphan.message]
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert harness.surface.live() == [first.message]
    assert "Question 3 of 5" in plain(harness.surface.messages[first.message])


async def test_a_card_that_was_posted_and_never_recorded_is_the_one_that_shows_the_reply(harness: Harness) -> None:
    harness.surface.tells = True
    await harness.say("should we fine-tune our support bot?")
    (first,) = harness.surface.live()
    orphan = await posted_by_a_dead_process(harness)
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert list(harness.surface.messages) == [first, orphan.message]
    assert harness.surface.live() == [orphan.message]
    assert (await harness.sessions.load(PLACE)).card == orphan


async def test_a_card_that_was_posted_and_never_recorded_gives_way_to_the_reply_to_a_later_message(
    harness: Harness, elsewhere: Service
) -> None:
    await harness.say("should we fine-tune our support bot?")
    await posted_by_a_dead_process(harness)
    later = list[Processed]()

    class Asked(FakeSurface):
        async def sent(self, since: int) -> Sequence[SentMessage] | None:
            if not later:
                later.append(await taken(elsewhere, "high"))
            return await super().sent(since)

    harness.surface = Asked(messages=harness.surface.messages, numbers=harness.surface.numbers, tells=True)
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert len(harness.surface.live()) == 1
    await elsewhere.delivery.deliver(later[0], harness.surface)
    assert harness.surface.live() == ["m3"]
    assert "Question 3 of 5" in harness.surface.texts()[-1]


async def test_a_card_that_a_press_took_off_the_record_is_closed_where_its_successor_was_never_recorded(
    harness: Harness,
) -> None:
    class SinceThen(FakeSurface):
        async def sent(self, since: int) -> Sequence[SentMessage] | None:
            return [one for one in await super().sent(since) or () if one.card.message != "m1"]

    harness.surface = SinceThen(tells=True)
    await harness.say("should we fine-tune our support bot?")
    orphan = await posted_by_a_dead_process(harness)  # and the person goes on there
    await harness.press("answer:volume:high", revision=2)
    assert harness.surface.live() == ["m1", orphan.message]
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert harness.surface.live() == [orphan.message]


async def test_an_answer_beside_a_recommendation_is_pending_as_well(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.say("show")
    await harness.process(Typed("How much does fine-tuning cost?"))
    shown = len(harness.surface.messages)
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert len(harness.surface.messages) == shown + 1
    assert "How much does fine-tuning cost?" in harness.surface.texts()[-1]


async def test_what_was_delivered_is_not_delivered_again(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.say("show")
    await harness.say("How much does fine-tuning cost?", "faq")
    await harness.process(Typed("How much does fine-tuning cost?"), "faq")
    shown = harness.surface.texts()
    # The repeat's own entry is left over, as if its process had died.
    await harness.redelivery(NOON + OVERDUE_AFTER + 60).deliver_overdue()
    assert len(harness.surface.texts()) <= len(shown) + 1


async def test_a_message_that_had_no_effect_leaves_nothing_pending(harness: Harness) -> None:
    await harness.process(harness.button("answer:data:yes"))
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue() == 0
    assert await harness.pending() == 0


async def test_two_processes_never_deliver_the_same_entry(harness: Harness) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    looks = [harness.redelivery(NOON + OVERDUE_AFTER + 9) for _ in range(5)]
    assert sum(await asyncio.gather(*[redelivery.deliver_overdue() for redelivery in looks])) == 1


async def test_a_platform_in_trouble_gets_the_reply_later(harness: Harness) -> None:
    processed = await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface.trouble = TryLater("busy")
    await harness.service.delivery.deliver(processed, harness.surface)
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    harness.surface.trouble = None
    assert await harness.redelivery(NOON + 200).deliver_overdue() == 1
    assert "Question 1 of 5" in harness.surface.texts()[0]


async def test_what_can_never_be_delivered_is_dropped(harness: Harness) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface.trouble = Undeliverable("the channel is gone")
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    assert await harness.pending() == 0


def stored(**changes: object) -> str:
    """An entry with something else in it."""
    message = Message("m1", Person("ana"), NOON, Typed("hello"))
    return json.dumps({**json.loads(OutboxEntry("test", PLACE, {}, message, "token").serialized), **changes})


@pytest.mark.parametrize("bad", ['{"later": true}', "[1, 2]", "null", "{not json", stored(at="noon"), stored(id=None)])
async def test_one_bad_entry_keeps_no_reply_from_arriving(harness: Harness, bad: str) -> None:
    await harness.storage.command("ZADD", harness.outbox._key, NOON, bad)
    await harness.process(Typed("should we fine-tune our support bot?"))
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 1
    assert bad.encode() in await harness.outbox.oldest() or await harness.pending() == 0


@pytest.mark.parametrize("kind", [("SET", "text"), ("RPUSH", "a"), ("HSET", "a", "b")])
async def test_another_kind_of_value_in_the_outbox_ends_nothing(
    harness: Harness, key_prefix: str, kind: tuple[str, ...]
) -> None:
    """Not the conversation of whoever writes next."""
    await harness.say("should we fine-tune our support bot?")
    name, *values = kind
    await harness.storage.command("DEL", harness.outbox._key)
    await harness.storage.command(name, harness.outbox._key, *values)
    await harness.say("yes")
    assert list((await harness.conversation()).answers) == ["data"]
    await harness.process(Typed("high"))
    assert await harness.redelivery(NOON + 200).deliver_overdue() == 1


async def test_a_bad_entry_is_dropped(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    await harness.storage.command("ZADD", harness.outbox._key, NOON, "[1]")
    told = list[tuple[int, float, int]]()
    for at in (NOON + 60, NOON + 120):
        await told_by(harness, at, told).deliver_overdue()
    assert "was given up" in caplog.text
    assert told == [(1, 0.0, 1), (0, 0.0, 0)]


async def test_entries_of_another_version_are_left_to_it_for_an_hour_and_hold_up_no_other(
    harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    for number in range(AT_ONCE + 5):
        foreign = json.dumps({"of_tomorrow": number, "at": NOON})
        await harness.storage.command("ZADD", harness.outbox._key, 1, foreign)
    told = list[tuple[int, float, int]]()
    redelivery = told_by(harness, NOON + 60, told)
    assert await redelivery.deliver_overdue() == 1
    assert await redelivery.deliver_overdue() == 0
    assert caplog.text.count(f"{AT_ONCE + 5} replies cannot be read; they are left to another version") == 1
    assert [unreadable for _, _, unreadable in told] == [AT_ONCE + 5] * 2
    assert await harness.outbox.size() == AT_ONCE + 5
    assert await harness.redelivery(NOON + GIVE_UP_AFTER + 120).deliver_overdue() == 0
    assert await harness.outbox.size() == 0


class Told(Observer):
    """Keeps what it is told of the outbox."""

    def __init__(self, told: list[tuple[int, float, int]]) -> None:
        self.told = told
        self.failures = list[str]()

    def waiting(self, entries: int, oldest: float, unreadable: int) -> None:
        self.told.append((entries, oldest, unreadable))

    def failed(self, task: str) -> None:
        self.failures.append(task)


def told_by(harness: Harness, at: int, told: list[tuple[int, float, int]]) -> ClockedRedelivery:
    surfaces = {"test": lambda entry: harness.surface}
    return ClockedRedelivery(harness.service.overdue, harness.outbox, surfaces, lambda: at, Told(told))


async def test_how_many_replies_wait_and_for_how_long_is_told(harness: Harness) -> None:
    await harness.ask_at(PLACE)
    await harness.ask_at(SPOILT)
    told = list[tuple[int, float, int]]()
    await told_by(harness, NOON + 90, told).deliver_overdue()
    await told_by(harness, NOON + 91, told).deliver_overdue()
    assert told == [(2, 90.0, 0), (0, 0.0, 0)]


async def test_a_look_that_fails_is_followed_by_another(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever it was: here nothing that anybody has thought of."""
    monkeypatch.setattr("bot.turns.redelivery.INTERVAL", 0)
    errors, looked = iter([RuntimeError("first"), StorageUnavailable("away"), TypeError("third")]), asyncio.Event()

    async def oldest() -> Sequence[bytes]:
        if error := next(errors, None):
            raise error
        looked.set()
        return ()

    monkeypatch.setattr(harness.outbox, "oldest", oldest)
    observer = Told([])
    redelivery = Redelivery(harness.service.overdue, harness.outbox, {}, lambda: NOON, observer)
    running = asyncio.create_task(redelivery.run())
    async with asyncio.timeout(HUNG):
        await looked.wait()
    running.cancel()
    assert observer.failures == ["redelivery"] * 2
    assert caplog.text.count("the next one follows") == 2


async def test_a_reply_that_cannot_be_worked_out_keeps_no_other_from_arriving(harness: Harness) -> None:
    """Every process gets it in turn: what ended one of them would end them all."""
    for place in (SPOILT, PLACE, DAMAGED):
        await harness.ask_at(place)
    await harness.storage.command("HSET", DAMAGED.key(harness.sessions._prefix), "doc", "{}")

    def surface(entry: OutboxEntry) -> FakeSurface:
        if entry.place == SPOILT:
            raise KeyError("scope")
        return harness.surface

    assert await harness.redelivery(NOON + 100, surface=surface).deliver_overdue() == 1
    assert await harness.pending() == 1  # what is damaged can never be shown


async def test_pending_replies_wait_only_for_those_of_the_same_space(harness: Harness) -> None:
    places = [Place("slow", "1"), Place("slow", "2"), *(Place(f"quick {n}", "1") for n in range(AT_ONCE + 5))]
    for place in places:
        await harness.ask_at(place)
    slow, quick = Slow(), FakeSurface()
    redelivery = harness.redelivery(NOON + 100, surface=lambda entry: slow if entry.place.space == "slow" else quick)
    looking = asyncio.create_task(redelivery.deliver_overdue())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
        while len(quick.messages) < AT_ONCE + 5:  # also those that are claimed after the slow ones
            await asyncio.sleep(0)
    assert slow.at_once == 1
    slow.answered.set()
    assert await looking == len(places)
    assert slow.at_once == 1


async def test_what_is_pending_is_reported_also_while_one_reply_takes_long(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turns.redelivery.INTERVAL", 0.01)
    await harness.ask_at(Place("slow", "1"))
    reported, slow, times = list[int](), Slow(), count(NOON + 100)

    class Reported(Observer):
        def waiting(self, entries: int, oldest: float, unreadable: int) -> None:
            reported.append(entries)
            if len(reported) == 3:
                slow.answered.set()

    surfaces = {"test": lambda entry: slow}
    redelivery = Redelivery(harness.service.overdue, harness.outbox, surfaces, lambda: next(times), Reported())
    server_clock.ahead(100)
    async with asyncio.timeout(HUNG):
        assert await redelivery.deliver_overdue() == 1
    assert reported[:3] == [1, 1, 1]


async def test_of_what_waits_too_long_at_one_process_another_takes_the_rest(
    harness: Harness, elsewhere: Service
) -> None:
    for number in range(3):
        await harness.ask_at(Place("slow", str(number)))
    slow = Slow()

    def surface(entry: OutboxEntry) -> FakeSurface:
        server_clock.ahead(108)  # by then all are claimed, and the first is being sent
        return slow

    looking = asyncio.create_task(harness.redelivery(NOON + 100, surface=surface).deliver_overdue())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    assert await harness.redelivery(NOON + 104 + OVERDUE_AFTER, elsewhere).deliver_overdue() == 2
    slow.answered.set()
    assert await looking == 1
    assert (len(slow.messages), len(harness.surface.messages)) == (1, 2)
    assert await harness.pending() == 0


async def test_what_takes_long_is_left_alone_by_others(
    harness: Harness, elsewhere: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that is read, and a reply that is sent again: what works on it says so."""
    renew, renewed = harness.outbox.renew, asyncio.Event()

    async def noted(entry: OutboxEntry, since: str) -> tuple[str, int]:
        answer = await renew(entry, since)
        renewed.set()
        return answer

    async def read_late(*given: Any) -> Turn:
        await renewed.wait()
        return await responded(*given)

    monkeypatch.setattr(harness.outbox, "renew", noted)
    monkeypatch.setattr("bot.storage.outbox.RENEW_INTERVAL", 0)
    monkeypatch.setattr("bot.turns.service.responded", read_late)
    async with asyncio.timeout(HUNG):
        await harness.process(Typed("should we fine-tune our support bot?"))
        slow = harness.surface = Slow()
        looking = asyncio.create_task(harness.redelivery(NOON + 100).deliver_overdue())
        await slow.asked.wait()
        for _twice in range(2):
            renewed.clear()
            server_clock.ahead(200)
            await renewed.wait()
        slow.answered.set()
        assert await looking == 1


async def test_what_is_for_a_channel_that_no_process_has_is_left_for_an_hour(harness: Harness) -> None:
    await harness.storage.command("ZADD", harness.outbox._key, NOON, stored(channel="a channel that is off"))
    assert await harness.redelivery(NOON + 60).deliver_overdue() == 0
    assert await harness.storage.command("ZCARD", harness.outbox._key) == 1
    await harness.redelivery(NOON + GIVE_UP_AFTER + 60).deliver_overdue()
    assert await harness.storage.command("ZCARD", harness.outbox._key) == 0


async def test_a_message_that_was_long_on_its_way_is_left_to_whoever_has_it(harness: Harness) -> None:
    message = Message("late", Person("ana"), NOON - 600, Typed("should we fine-tune our support bot?"))
    await harness.service.process(PLACE, message, channel="test", address={})
    assert await harness.redelivery(NOON + OVERDUE_AFTER - 5).deliver_overdue() == 0
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 1).deliver_overdue() == 1


BACKLOG = "triage:\n" + "\n".join(f"a bot for shop {number}" for number in range(33))

EXPORT = Typed("export")
"""What is answered with three messages, and leaves the card with the list of these ideas as it is."""


async def listed(harness: Harness, then: Callable[[], Awaitable[None]]) -> Watched:
    """A list of ideas, on a surface where something happens with each message from now on."""
    harness.surface = surface = Watched()
    await harness.say(BACKLOG)
    surface.messages = {list(surface.messages)[-1]: list(surface.messages.values())[-1]}
    surface.then = then
    return surface


@pytest.mark.parametrize(
    ("takes", "shown", "here", "there"),
    [(OVERDUE_AFTER - 2, 1, 1 + 3, 1), (OVERDUE_AFTER + 2, 0, 1 + 1, 1 + 3)],
    ids=["in time", "too long"],
)
async def test_a_long_reply_is_left_to_the_process_that_is_sending_it_unless_it_takes_too_long(
    harness: Harness, elsewhere: Service, now: list[float], takes: float, shown: int, here: int, there: int
) -> None:
    """Then it is left to the one that took it over."""

    async def others_look() -> None:
        now[0] += takes
        await harness.redelivery(now[0], elsewhere, lambda entry: theirs).deliver_overdue()

    surface = await listed(harness, others_look)
    theirs = FakeSurface(messages=dict(surface.messages), numbers=surface.numbers)
    await harness.process(EXPORT)
    now[0] = NOON + 100
    assert await harness.redelivery(now[0]).deliver_overdue() == shown
    assert (len(surface.messages), len(theirs.messages)) == (here, there)
    assert await harness.pending() == 0


@pytest.mark.parametrize("late", [False, True])
async def test_a_long_reply_goes_on_behind_what_has_arrived(harness: Harness, late: bool) -> None:
    """Whether the process that took the message sends it, or another one that found it pending."""

    async def no_more() -> None:
        surface.trouble = TryLater("busy") if len(surface.messages) == 1 + 2 else None

    surface = await listed(harness, no_more)
    processed = await harness.process(EXPORT)
    if late:
        assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    else:
        await harness.service.delivery.deliver(processed, surface)
    assert len(surface.messages) == 1 + 2
    surface.trouble = None
    assert await harness.redelivery(NOON + 200).deliver_overdue() == 1
    assert len(surface.messages) == len(set(surface.texts())) == 1 + 3


@pytest.mark.parametrize("noted", [True, False])
async def test_a_reply_comes_below_the_card_that_is_just_being_redelivered(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, noted: bool
) -> None:
    """Also where Redis is away before anybody could note where that card is."""
    mark, marks = harness.sessions.mark_delivered, count()

    async def away_at_first(place: Place, card: Card | None, revision: int, *_more: object) -> DeliveryResult:
        if next(marks) == 0 and not noted:
            raise StorageUnavailable("away")
        return await mark(place, card, revision)

    monkeypatch.setattr(harness.sessions, "mark_delivered", away_at_first)
    monkeypatch.setattr("bot.turns.live_card.RECORD_TIMEOUT", 0)
    await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface = slow = Slow()
    looking = asyncio.create_task(harness.redelivery(NOON + 100).deliver_overdue())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    following = asyncio.create_task(harness.service.delivery.deliver(await harness.process(Typed("yes")), slow))
    await asyncio.sleep(0)
    slow.answered.set()
    assert await looking == (1 if noted else 0)
    await following
    assert slow.live() == ["m2"]


async def test_a_reply_comes_below_the_card_that_is_live_and_not_below_one_that_was_redelivered_too_late(
    harness: Harness, elsewhere: Service
) -> None:
    """Somebody answers elsewhere, and somebody here, while the pending card is being shown."""
    await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface = slow = Slow()
    looking = asyncio.create_task(harness.redelivery(NOON + 100).deliver_overdue())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    answered = await taken(elsewhere, "yes", who="ben", at=NOON)
    await elsewhere.delivery.deliver(answered, FakeSurface(messages=slow.messages, numbers=slow.numbers))
    following = asyncio.create_task(harness.service.delivery.deliver(await harness.process(Typed("high")), slow))
    await asyncio.sleep(0)
    slow.answered.set()
    await looking
    await following
    assert slow.live() == ["m3"]


async def test_a_message_that_never_had_its_effect_is_not_answered_by_who_finds_it(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    shown = harness.surface.texts()
    await harness.outbox.add(OutboxEntry.from_json(stored(id="never", text="yes")))
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    assert harness.surface.texts() == shown
    assert await harness.pending() == 0


@pytest.mark.parametrize(("waited", "shown"), [(GIVE_UP_AFTER, 1), (GIVE_UP_AFTER + 1, 0)])
async def test_a_reply_is_of_use_for_an_hour(harness: Harness, waited: int, shown: int) -> None:
    assert GIVE_UP_AFTER == 3600
    processed = await harness.process(Typed("should we fine-tune our support bot?"), "e1")
    assert await harness.redelivery(processed.message.at + waited).deliver_overdue() == shown
    assert len(harness.surface.messages) == shown
    assert await harness.pending() == 0


async def test_a_result_that_is_gone_is_not_posted_again(harness: Harness) -> None:
    press = Message("share:1", Person("ana"), NOON, harness.button("share"))
    await harness.outbox.add(OutboxEntry("test", PLACE, ADDRESS, press, "token", share=Share("look", 0)))
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    assert harness.surface.messages == {}
    assert await harness.pending() == 0
