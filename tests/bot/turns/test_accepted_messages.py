"""Messages that are acknowledged before a language model is asked about them: none is lost, none has two effects."""

import asyncio
import json
from typing import Any

import pytest

from bot.storage import thread_queue
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease, Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.sessions import Sessions
from bot.storage.thread_queue import ThreadQueue
from bot.turns import listener as listener_module
from bot.turns import service
from bot.turns.processed_message import Processed
from bot.turns.rate_limit import RateLimitResult
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.conversation import SCHEMA, Conversation
from dialogs.message import GivenIdea, Message, Typed
from dialogs.turn import Turn
from dialogs.views.plain_text import plain
from tests.bot.accepting import LATER, accept, accepted, away, finish, killed, message, waiting
from tests.bot.harness import ADDRESS, EVERYTHING, NOON, PLACE, FakeSurface, Harness
from tests.bot.scripted_listener import HEARD, ScriptedListener
from tests.patience import HUNG

ASKED = "should we fine-tune our support bot?"


@pytest.fixture
def listener(harness: Harness, elsewhere: Service) -> ScriptedListener:
    """Listens in both processes."""
    listener = ScriptedListener(exact=frozenset({"help"}))
    harness.service.accepted.listener = elsewhere.accepted.listener = listener
    return listener


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Command, ...] | None]:
    """What each turn of a text got to read."""
    found, responded = list[tuple[Command, ...] | None](), service.responded

    async def noted(texts: Any, advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
        found.append(message.heard)
        return await responded(texts, advisor, conversation, message)

    monkeypatch.setattr(service, "responded", noted)
    return found


async def test_without_a_listener_nothing_is_accepted_and_nothing_asked_of_redis(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness.storage, "pipeline", None)
    assert await accept(harness.service, message(ASKED)) is None


async def test_a_message_is_stored_first_and_carried_out_afterwards(
    harness: Harness, listener: ScriptedListener, readings: list[object]
) -> None:
    lease = await accepted(harness.service, message(ASKED))
    (entry,) = await waiting(harness)
    assert (entry.accepted, entry.message.content, entry.message.heard) == (True, Typed(ASKED), None)
    assert (await harness.sessions.load(PLACE)).document is None
    assert listener.asked == []
    await finish(harness.service, lease, harness.surface)
    assert "Question 1 of 5" in harness.surface.texts()[0]
    assert (listener.asked, readings) == ([ASKED], [HEARD])
    assert (await waiting(harness), (await harness.conversation()).revision) == ([], 1)


@pytest.mark.parametrize(
    "said",
    [
        message("help"),
        message(Harness.button("start")),
        message(ASKED, addressed=False),
        message("")._replace(content=Typed("", (GivenIdea("a bot"),))),
        message("")._replace(content=Typed("", (), ("no rows",))),
    ],
)
async def test_exact_commands_presses_files_and_what_is_not_addressed_do_not_wait(
    harness: Harness, listener: ScriptedListener, said: Message
) -> None:
    assert await accept(harness.service, said) is None
    await harness.service.process(PLACE, said, channel="test", address=ADDRESS)
    assert listener.asked == []


async def test_what_is_too_much_is_refused_before_it_is_accepted(harness: Harness, listener: ScriptedListener) -> None:
    exceeded = RateLimitResult.EXCEEDED
    said = message(ASKED)
    assert await harness.service.accept(PLACE, said, channel="test", address=ADDRESS, counted=exceeded) is None
    assert await waiting(harness) == []


async def test_where_redis_is_away_nothing_is_accepted(no_service: Service) -> None:
    no_service.accepted.listener = ScriptedListener()
    with pytest.raises(StorageUnavailable):
        await accept(no_service, message(ASKED))


async def test_what_was_refused_is_not_carried_out_later(
    harness: Harness, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Outbox.add

    async def unconfirmed(outbox: Outbox, entry: OutboxEntry, waited: float = 0) -> Lease:
        await add(outbox, entry, waited)
        raise StorageUnavailable("no answer")

    monkeypatch.setattr(Outbox, "add", unconfirmed)
    with pytest.raises(StorageUnavailable):
        await accept(harness.service, message(ASKED))
    await harness.service.background.join()
    assert await waiting(harness) == []
    assert await harness.service._stores.queue.before(PLACE) == ()


async def test_a_channel_that_waits_for_the_effect_asks_as_well(
    harness: Harness, listener: ScriptedListener, readings: list[object]
) -> None:
    await harness.say(ASKED)
    assert (listener.asked, readings) == ([ASKED], [HEARD])
    await harness.say(ASKED, "e1")
    assert listener.asked == [ASKED], "it was known already"


# A process dies


async def test_what_was_acknowledged_and_never_begun_is_carried_out_by_another_process(
    harness: Harness, elsewhere: Service, listener: ScriptedListener, readings: list[object]
) -> None:
    await accepted(harness.service, message(ASKED))  # then its process is killed
    assert await harness.redelivery(NOON + OVERDUE_AFTER - 2, elsewhere).deliver_overdue() == 0
    assert listener.asked == []
    assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 1
    assert "Question 1 of 5" in harness.surface.texts()[0]
    assert (listener.asked, readings) == ([ASKED], [HEARD])
    assert (await waiting(harness), (await harness.conversation()).revision) == ([], 1)


async def test_what_was_being_thought_about_is_asked_once_more(
    harness: Harness, elsewhere: Service, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    lease = await accepted(harness.service, message(ASKED))
    first = asyncio.create_task(finish(harness.service, lease, harness.surface))
    await listener.asking.wait()
    await killed(first)
    listener.answers.set()
    assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 1
    assert listener.asked == [ASKED, ASKED]
    assert (len(harness.surface.messages), (await harness.conversation()).revision) == (1, 1)


@pytest.mark.parametrize("moved", [False, True])
async def test_a_reading_is_stored_and_holds_for_the_conversation_that_it_is_about(
    harness: Harness,
    elsewhere: Service,
    listener: ScriptedListener,
    readings: list[object],
    monkeypatch: pytest.MonkeyPatch,
    moved: bool,
) -> None:
    await harness.say("help", "h1")
    lease = await accepted(harness.service, message(ASKED))
    save, reached = Sessions.save, asyncio.Event()

    async def hang(*_: object, **__: object) -> None:
        reached.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(Sessions, "save", hang)
    first = asyncio.create_task(finish(harness.service, lease, harness.surface))
    await reached.wait()
    await killed(first)
    monkeypatch.setattr(Sessions, "save", save)
    (entry,) = await waiting(harness)
    assert (entry.accepted, entry.message.heard, entry.heard_at) == (True, HEARD, 1)
    if moved:  # by a version that does not know of accepted messages
        elsewhere.accepted.listener = None
        await elsewhere.process(PLACE, message(harness.button("start"), "p1"), channel="test", address=ADDRESS)
    readings.clear()
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert listener.asked == [ASKED]
    assert readings == [None if moved else HEARD]
    assert (await harness.conversation()).has_seen("e1")
    assert await waiting(harness) == []


async def test_a_reading_is_dropped_where_somebody_else_saves_first(
    harness: Harness, elsewhere: Service, listener: ScriptedListener, readings: list[object]
) -> None:
    async def pressed() -> None:
        await elsewhere.process(PLACE, message(harness.button("start"), "p1"), channel="test", address=ADDRESS)

    elsewhere.accepted.listener = None
    lease = await accepted(harness.service, message(ASKED))
    listener.meanwhile = pressed
    await finish(harness.service, lease, harness.surface)
    assert readings == [HEARD, None]
    assert listener.asked == [ASKED]
    assert (await harness.conversation()).has_seen("e1")


async def test_what_had_its_effect_is_only_delivered(
    harness: Harness, elsewhere: Service, listener: ScriptedListener
) -> None:
    lease = await accepted(harness.service, message(ASKED))
    assert await harness.service.accepted.carry_out(lease, harness.surface) is not None  # then its process is killed
    assert harness.surface.messages == {}
    assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 1
    assert listener.asked == [ASKED]
    assert (len(harness.surface.messages), (await harness.conversation()).revision) == (1, 1)
    assert await waiting(harness) == []


async def test_a_process_without_a_listener_carries_out_what_others_have_accepted(
    harness: Harness, elsewhere: Service, listener: ScriptedListener, readings: list[object]
) -> None:
    await accepted(harness.service, message(ASKED))
    elsewhere.accepted.listener = None
    assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 1
    assert (listener.asked, readings) == ([], [None])


async def test_an_earlier_version_can_neither_drop_nor_lose_it(
    harness: Harness, elsewhere: Service, listener: ScriptedListener
) -> None:
    """It sets aside what has no token."""
    lease = await accepted(harness.service, message(ASKED))
    serialized = lease.entry.serialized
    assert json.loads(serialized)["token"] == ""
    key = harness.outbox._key
    await harness.storage.command("ZREM", key, serialized)
    await harness.storage.command("ZADD", f"{harness.outbox._slot}:unreadable", NOON, serialized)
    assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 1
    assert (await harness.conversation()).has_seen("e1")


async def test_what_redis_did_not_take_is_carried_out_later_and_not_rolled_back(
    harness: Harness, elsewhere: Service, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = await accepted(harness.service, message(ASKED))
    with monkeypatch.context() as patched:
        patched.setattr(Sessions, "save", away)
        assert await finish(harness.service, lease, harness.surface) is None
    await harness.service.background.join()
    assert harness.surface.whispers == []
    assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 1
    assert listener.asked == [ASKED]
    assert (await harness.conversation()).revision == 1


async def test_what_cannot_be_carried_out_now_stays_pending(
    harness: Harness, elsewhere: Service, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accepted(harness.service, message(ASKED))  # then its process is killed
    with monkeypatch.context() as patched:
        patched.setattr(Sessions, "save", away)
        assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 0
    assert len(await waiting(harness)) == 1
    assert await harness.redelivery(LATER + 30, elsewhere).deliver_overdue() == 1
    assert listener.asked == [ASKED]


async def test_after_a_kill_a_listener_that_hangs_in_one_thread_holds_up_no_other(
    harness: Harness, elsewhere: Service, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener.limit = 2 * HUNG
    for number in (1, 2):
        place = Place("slack:T1:C1", f"{number}.0")
        await accepted(harness.service, message(ASKED, f"e{number}"), place)  # then its process is killed
    listener.answers.clear()
    found = asyncio.create_task(harness.redelivery(LATER, elsewhere).deliver_overdue())
    async with asyncio.timeout(HUNG):
        while len(listener.asked) < 2:
            await asyncio.sleep(0)
    listener.answers.set()
    assert await found == 2


# Repeats


async def test_a_repeated_event_asks_nothing_and_does_nothing_twice(
    harness: Harness, elsewhere: Service, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    first = await accepted(harness.service, message(ASKED))
    again = await accepted(elsewhere, message(ASKED))  # its answer was lost
    both = asyncio.gather(finish(harness.service, first, harness.surface), finish(elsewhere, again, harness.surface))
    await listener.asking.wait()
    listener.answers.set()
    results = await both
    assert sorted(one is None for one in results) == [False, True]
    assert listener.asked == [ASKED]
    assert (len(harness.surface.messages), (await harness.conversation()).revision) == (1, 1)
    assert await waiting(harness) == []
    assert await accept(harness.service, message(ASKED)) is None, "its effect is known"


async def test_a_repeat_after_the_death_of_the_first_process_is_left_to_redelivery(
    harness: Harness, elsewhere: Service, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    first = asyncio.create_task(
        finish(harness.service, await accepted(harness.service, message(ASKED)), harness.surface)
    )
    await listener.asking.wait()
    await killed(first)
    listener.answers.set()
    assert await finish(elsewhere, await accepted(elsewhere, message(ASKED)), harness.surface) is None
    assert len(await waiting(harness)) == 1
    assert await harness.redelivery(LATER, elsewhere).deliver_overdue() == 1
    assert (len(harness.surface.messages), (await harness.conversation()).revision) == (1, 1)


# Order


@pytest.fixture(params=["one process", "two processes"])
def second(request: pytest.FixtureRequest, harness: Harness, elsewhere: Service) -> Service:
    """The process that gets the second message of a thread."""
    return harness.service if request.param == "one process" else elsewhere


@pytest.mark.parametrize("then", ["yes", "answer:data:yes"])
async def test_a_second_message_waits_for_the_first(
    harness: Harness, second: Service, listener: ScriptedListener, then: str
) -> None:
    listener.answers.clear()
    listener.exact |= {"yes"}
    content = harness.button(then) if ":" in then else then
    first = await accepted(harness.service, message(ASKED))
    later = await accepted(second, message(content, "e2", NOON + 1))
    before = asyncio.create_task(finish(second, later, harness.surface))
    after = asyncio.create_task(finish(harness.service, first, harness.surface))
    await listener.asking.wait()
    assert (await harness.sessions.load(PLACE)).document is None
    listener.answers.set()
    await asyncio.gather(before, after)
    conversation = await harness.conversation()
    assert conversation.answers["data"].option == "yes"
    assert listener.asked == [ASKED]
    assert await waiting(harness) == []


@pytest.mark.parametrize(
    "said",
    [
        message("yes", "e2", NOON + 1, addressed=False),
        message(Harness.button("answer:data:yes"), "e2", NOON + 1),
        message("", "e2", NOON + 1)._replace(content=Typed("", (GivenIdea("a bot"),))),
    ],
)
async def test_what_is_acknowledged_after_its_effect_waits_as_well(
    harness: Harness, second: Service, listener: ScriptedListener, said: Message
) -> None:
    listener.answers.clear()
    lease = await accepted(harness.service, message(ASKED))
    first = asyncio.create_task(finish(harness.service, lease, harness.surface))
    later = asyncio.create_task(second.process(PLACE, said, channel="test", address=ADDRESS))
    await listener.asking.wait()
    assert not later.done()
    listener.answers.set()
    await asyncio.gather(first, later)
    assert (await harness.conversation()).ends_with(("e2",))


async def test_in_a_direct_message_all_threads_keep_one_order(harness: Harness, listener: ScriptedListener) -> None:
    first, other = Place("slack:T1:U1", "1.0", direct=True), Place("slack:T1:U1", "2.0", direct=True)
    assert await accept(harness.service, message(ASKED), first) is not None
    assert await accept(harness.service, message("help", "e2"), other) is not None
    assert await accept(harness.service, message("help", "e3"), Place("slack:T1:U2", "1.0", direct=True)) is None


async def test_a_dead_first_message_holds_up_the_next_only_for_a_while(
    harness: Harness, elsewhere: Service, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread_queue, "PATIENCE", 0.1)
    await accepted(harness.service, message(ASKED))  # then its process is killed
    next_one = await accepted(elsewhere, message("should we fine-tune our search?", "e2", NOON + 1))
    await finish(elsewhere, next_one, harness.surface)
    assert not (await harness.conversation()).has_seen("e1")
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (await harness.conversation()).has_seen("e1"), "late, but not lost"


async def test_after_a_kill_the_order_is_the_same(
    harness: Harness, elsewhere: Service, listener: ScriptedListener
) -> None:
    listener.exact |= {"yes"}
    await accepted(harness.service, message(ASKED))
    await accepted(harness.service, message("yes", "e2", NOON + 1))  # then its process is killed
    await harness.redelivery(LATER, elsewhere).deliver_overdue()
    assert (await harness.conversation()).answers["data"].option == "yes"
    assert await waiting(harness) == []


async def test_what_could_not_join_at_first_joins_when_it_is_carried_out(
    harness: Harness, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener.answers.clear()
    with monkeypatch.context() as patched:
        patched.setattr(ThreadQueue, "join", away)
        lease = await accepted(harness.service, message(ASKED))
    first = asyncio.create_task(finish(harness.service, lease, harness.surface))
    await listener.asking.wait()
    assert await accept(harness.service, message("help", "e2")) is not None
    listener.answers.set()
    await first


async def test_what_another_process_has_taken_over_is_left_to_it(harness: Harness, listener: ScriptedListener) -> None:
    lease = await accepted(harness.service, message(ASKED))
    await harness.outbox.claim(EVERYTHING)
    assert await finish(harness.service, lease, harness.surface) is None
    assert listener.asked == []
    assert await accept(harness.service, message("help", "e2")) is not None, "it keeps its place"


# What goes wrong


async def test_a_listener_that_never_answers_is_given_up(
    harness: Harness, listener: ScriptedListener, readings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener_module, "GRACE", 0.05)
    listener.limit = 0.0
    listener.answers.clear()
    await finish(harness.service, await accepted(harness.service, message(ASKED)), harness.surface)
    assert readings == [None]
    assert "Question 1 of 5" in harness.surface.texts()[0]


async def test_an_error_of_a_listener_leaves_the_built_in_understanding(
    harness: Harness, listener: ScriptedListener, readings: list[object]
) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    listener.meanwhile = broken
    await finish(harness.service, await accepted(harness.service, message(ASKED)), harness.surface)
    assert (readings, len(harness.surface.messages), await waiting(harness)) == ([None], 1, [])


async def test_what_hears_nothing_leaves_the_built_in_understanding(
    harness: Harness, listener: ScriptedListener, readings: list[object]
) -> None:
    listener.heard_is = None
    await finish(harness.service, await accepted(harness.service, message(ASKED)), harness.surface)
    assert (readings, await waiting(harness)) == ([None], [])


async def test_an_unexpected_error_is_told_and_holds_up_nobody(
    harness: Harness, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> Turn:
        raise ZeroDivisionError

    lease = await accepted(harness.service, message(ASKED))
    with monkeypatch.context() as patched:
        patched.setattr(service, "responded", broken)
        assert await finish(harness.service, lease, harness.surface) is None
    assert len(harness.surface.whispers) == 1
    assert await waiting(harness) == []
    assert await accept(harness.service, message("help", "e2")) is None, "nothing is waited for"


async def test_a_notice_to_the_sender_alone_removes_the_entry(harness: Harness, listener: ScriptedListener) -> None:
    await accepted(harness.service, message(ASKED))
    listener.exact |= {"forget me"}
    lease = await accepted(harness.service, message("forget me", "e2", NOON + 1))
    (first,) = [entry for entry in await waiting(harness) if entry.message.id == "e1"]
    await harness.outbox.acknowledge(first)
    await harness.service._stores.queue.leave(PLACE, first.token)
    await finish(harness.service, lease, harness.surface)
    assert len(harness.surface.whispers) == 1
    assert await waiting(harness) == []


async def test_a_newer_versions_conversation_is_left_as_it_is_and_its_sender_told(
    harness: Harness, listener: ScriptedListener, key_prefix: str
) -> None:
    lease = await accepted(harness.service, message(ASKED))
    fields = ("doc", "{}", "rev", 1, "schema", SCHEMA + 1)
    await harness.storage.command("HSET", PLACE.key(key_prefix), *fields)
    await finish(harness.service, lease, harness.surface)
    assert "I am being updated" in plain(harness.surface.whispers[-1])
    assert (listener.asked, await waiting(harness)) == ([], [])


async def test_what_was_accepted_is_read_however_much_is_being_read(
    harness: Harness, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = message(" ".join([ASKED, *["We answer many letters a day."] * 5]))
    lease = await accepted(harness.service, said)
    monkeypatch.setattr(type(harness.service.workers.texts), "full", True)
    assert await accept(harness.service, said._replace(id="e2")) is None
    await finish(harness.service, lease, harness.surface)
    assert "Question 1 of 5" in harness.surface.texts()[0]


async def test_an_unexpected_error_removes_it_with_its_board_changes(
    harness: Harness, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[OutboxEntry]()

    async def broken(*_: object, **__: object) -> None:
        seen.extend(await waiting(harness))
        raise ZeroDivisionError

    lease = await accepted(harness.service, message("triage these:\n- a support bot\n- a search for contracts"))
    monkeypatch.setattr(Sessions, "save", broken)
    assert await finish(harness.service, lease, harness.surface) is None
    assert [len(entry.board_changes) for entry in seen] == [2]
    assert await waiting(harness) == []


async def test_it_is_shown_that_a_reply_takes_a_while(harness: Harness, listener: ScriptedListener) -> None:
    shown = list[str]()

    class Shown(FakeSurface):
        async def think(self, said: Message, words: str, over: asyncio.Event) -> None:
            shown.append(words)
            await over.wait()
            shown.append("over")

    harness.surface = Shown()
    await finish(harness.service, await accepted(harness.service, message(ASKED)), harness.surface)
    await harness.service.background.join()
    assert shown == ["is thinking…", "over"]


async def test_where_that_is_refused_the_reply_is_shown(harness: Harness, listener: ScriptedListener) -> None:
    class Refused(FakeSurface):
        async def think(self, said: Message, words: str, over: asyncio.Event) -> None:
            raise ValueError

    harness.surface = Refused()
    await finish(harness.service, await accepted(harness.service, message(ASKED)), harness.surface)
    assert len(harness.surface.messages) == 1


async def test_many_are_accepted_while_all_are_thought_about(harness: Harness, listener: ScriptedListener) -> None:
    listener.answers.clear()
    places = [Place("slack:T1:C1", f"{number}.0") for number in range(32)]
    tasks = list[asyncio.Task[Processed | None]]()
    async with asyncio.timeout(HUNG):
        for number, place in enumerate(places):
            lease = await accepted(harness.service, message(ASKED, f"e{number}"), place)
            tasks.append(asyncio.create_task(finish(harness.service, lease, harness.surface)))
        while len(listener.asked) < len(places):
            await asyncio.sleep(0)
        assert len(await waiting(harness)) == len(places)
        listener.answers.set()
        await asyncio.gather(*tasks)
    assert len(harness.surface.messages) == len(places)
    assert await waiting(harness) == []
