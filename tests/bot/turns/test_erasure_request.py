"""The request to be forgotten: asked once more, within one workspace, through kills and outages, and no dead cards."""

import asyncio
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.storage.embedded_server import EmbeddedServer
from bot.storage.erasure import MAX_CONCURRENT, ErasureResult, erase
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.participants import SAMPLE, UNCHECKED
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.observer import Outcome
from bot.turns.processed_message import Processed
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA
from dialogs.message import Action, Message, Person, Typed, Verb
from dialogs.view import Buttons, View
from dialogs.views.plain_text import plain
from tests.bot.harness import NOON, PLACE, WEEK, FakeSurface, Harness, opened
from tests.patience import HUNG

ASKED = "should we fine-tune our support bot?"
SURE = Typed("yes, forget me")
ELSEWHERE = [Place("slack:T1:C1", f"{number}.0") for number in range(2, 7)]


class Killed(BaseException):
    """Ends the process: nothing of it goes on."""


async def ask_at(harness: Harness, place: Place, who: str = "ana", surface: FakeSurface | None = None) -> Processed:
    """Somebody asks there and gets the first question."""
    message = Message(f"{place} {who}", Person(who), NOON, Typed(ASKED))
    processed = await harness.service.process(place, message, channel="test", address={"channel": "C1"})
    await harness.service.delivery.deliver(processed, surface or harness.surface)
    return processed


def told(harness: Harness) -> list[str]:
    return [plain(view) for view in harness.surface.whispers]


def deleted(view: View) -> bool:
    """Whether a card says so, and offers to begin anew."""
    starts = [b.action for element in view.elements if isinstance(element, Buttons) for b in element.buttons]
    return "was deleted" in plain(view) and starts == [Action(Verb.START)]


async def test_it_is_asked_once_more(harness: Harness) -> None:
    await harness.say(ASKED)
    await harness.say("forget me")
    assert "send yes, forget me" in told(harness)[0]
    assert (await harness.conversation()).idea
    await harness.say("yes, forget me")
    assert "your answers (0) and your part in conversations (1)" in told(harness)[1]
    assert (await harness.sessions.load(PLACE)).document is None


async def test_a_red_button_for_its_sender_alone_does_it_too(harness: Harness) -> None:
    await harness.say(ASKED)
    await harness.say("forget me")
    (asked,) = [e for e in harness.surface.whispers[0].elements if isinstance(e, Buttons)]
    assert [(button.action, button.check is not None) for button in asked.buttons] == [(Action(Verb.FORGET), True)]
    await harness.press("forget")
    assert "your answers (0) and your part in conversations (1)" in told(harness)[1]
    assert (await harness.sessions.load(PLACE)).document is None
    assert not [view for view in harness.surface.messages.values() if view != view.without_checks()]


async def test_what_somebody_of_the_same_name_has_in_another_workspace_stays(harness: Harness) -> None:
    other = Place("slack:T2:C1", "1.0")
    for place in (PLACE, other):
        await ask_at(harness, place)
    await harness.say("yes, forget me")
    assert "conversations (1)" in told(harness)[0]
    assert (await harness.sessions.load(other)).document is not None
    message = Message("there", Person("ana"), NOON, SURE)
    processed = await harness.service.process(other, message, channel="test", address={})
    assert "conversations (1)" in plain(processed.aside)


async def test_the_card_of_a_deleted_conversation_says_so_and_offers_to_begin_anew(harness: Harness) -> None:
    for place in (PLACE, *ELSEWHERE):
        await ask_at(harness, place)
    await harness.say("yes, forget me")
    assert await harness.redelivery(NOON + 1).deliver_overdue() == 6
    assert all(map(deleted, harness.surface.messages.values()))
    assert await harness.pending() == 0
    await harness.press("start")
    assert [text for text in harness.surface.texts() if "Question 1 of 5" in text]


async def test_a_text_to_take_away_goes_from_a_conversation_that_others_go_on_with(harness: Harness) -> None:
    await harness.say(ASKED)
    await harness.press("answer:data:yes", who="ben")
    await harness.sessions.keep_draft(PLACE, "[]")
    await harness.say("yes, forget me")
    stored = await harness.sessions.load(PLACE)
    assert (stored.document is None, stored.draft) == (False, "")


async def test_the_card_of_a_conversation_that_others_go_on_with_shows_what_is_open(harness: Harness) -> None:
    await harness.say(ASKED)
    await harness.press("answer:data:yes")
    await harness.press("answer:volume:low", who="ben")
    await harness.say("yes, forget me")
    assert await harness.redelivery(NOON + 1).deliver_overdue() == 1
    (text,) = harness.surface.texts()
    assert "Question 2 of 5" in text
    await harness.press("answer:data:no", revision=(await harness.conversation()).revision, who="ben")
    assert set((await harness.conversation()).chosen) == {"data", "volume"}


async def test_a_card_is_not_redrawn_before_the_person_is_erased(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process was killed in between; whoever goes on with the request does the rest."""
    await harness.say(ASKED)
    with monkeypatch.context() as patch:
        patch.setattr(harness.sessions, "delete", raising(Killed))
        with pytest.raises(Killed):
            await harness.process(SURE)
    assert await harness.redelivery(NOON + 1).deliver_overdue() == 0
    assert "Question 1 of 5" in harness.surface.texts()[0]
    await harness.redelivery(NOON + 40).deliver_overdue()
    await harness.redelivery(NOON + 80).deliver_overdue()
    assert list(map(deleted, harness.surface.messages.values())) == [True]
    assert "conversations (1)" in told(harness)[0]
    assert await harness.pending() == 0


async def test_a_card_that_is_gone_is_not_posted_anew(harness: Harness) -> None:
    await harness.say(ASKED)
    await harness.say("yes, forget me")
    harness.surface.trouble = Undeliverable("the message was deleted")
    assert await harness.redelivery(NOON + 1).deliver_overdue() == 0
    assert await harness.pending() == 0


async def test_a_reply_that_is_under_way_leaves_no_dead_card(harness: Harness) -> None:
    processed = await harness.process(Typed(ASKED))
    await harness.say("yes, forget me")
    await harness.service.delivery.deliver(processed, harness.surface)
    assert all(map(deleted, harness.surface.messages.values()))


def raising(error: Callable[[], BaseException]) -> Callable[..., Any]:
    async def killed(*_: object, **__: object) -> None:
        raise error()

    return killed


@pytest.mark.parametrize("at", [1, 3, 6])
async def test_a_request_is_carried_out_although_its_process_is_killed(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    for place in (PLACE, *ELSEWHERE):
        await ask_at(harness, place)
    delete, numbers = harness.sessions.delete, count(1)

    async def killed(place: Place) -> bool:
        if next(numbers) >= at:
            raise Killed
        return await delete(place)

    with monkeypatch.context() as patch:
        patch.setattr(harness.sessions, "delete", killed)
        with pytest.raises(Killed):
            await harness.process(SURE, "wish")
    # The platform's repeats of it do nothing: the entry of the first goes on.
    assert (await harness.process(SURE, "wish")).turn.duplicate
    await harness.redelivery(NOON + OVERDUE_AFTER + 30).deliver_overdue()
    assert f"conversations ({7 - at})" in told(harness)[0]
    for place in (PLACE, *ELSEWHERE):
        assert (await harness.sessions.load(place)).document is None
    await harness.redelivery(NOON + 200).deliver_overdue()
    assert all(map(deleted, harness.surface.messages.values()))


async def test_what_begins_after_a_request_stays_although_its_reply_was_still_pending(harness: Harness) -> None:
    """All was removed, and the process was killed before it could tell."""
    await harness.say(ASKED)
    await harness.process(SURE)
    await harness.say(ASKED)
    told_and_redrawn = await harness.redelivery(NOON + OVERDUE_AFTER + 30).deliver_overdue()
    assert told_and_redrawn == 2
    assert "conversations (1)" in told(harness)[0]
    assert (await harness.conversation()).idea


async def test_a_request_that_meets_an_outage_is_carried_out_later(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await harness.say(ASKED)
    with monkeypatch.context() as patch:
        patch.setattr(harness.sessions, "delete", raising(lambda: StorageUnavailable("away")))
        await harness.say("yes, forget me")
    assert "as soon as possible" in told(harness)[0]
    assert (await harness.conversation()).idea
    await harness.redelivery(NOON + OVERDUE_AFTER + 30).deliver_overdue()
    assert "conversations (1)" in told(harness)[1]
    assert (await harness.sessions.load(PLACE)).document is None


async def test_a_request_that_could_not_be_noted_is_not_carried_out_later(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were told that it does not count; here only the answer was lost."""
    await harness.say(ASKED)
    add = harness.outbox.add

    async def lost(*added: Any, **options: Any) -> None:
        await add(*added, **options)
        raise StorageUnavailable("timeout")

    with monkeypatch.context() as patch:
        patch.setattr(harness.outbox, "add", lost)
        with pytest.raises(StorageUnavailable):
            await harness.process(SURE)
        async with asyncio.timeout(HUNG):
            await harness.service.background.join()
    await harness.redelivery(NOON + OVERDUE_AFTER + 30).deliver_overdue()
    assert (await harness.conversation()).idea


async def test_what_a_newer_version_wrote_is_left_to_it(harness: Harness, key_prefix: str) -> None:
    await harness.say(ASKED)
    await harness.storage.command("HSET", PLACE.key(key_prefix), "schema", SCHEMA + 1)
    await harness.say("yes, forget me")
    assert "as soon as possible" in told(harness)[0]
    await harness.redelivery(NOON + 60).deliver_overdue()
    assert await harness.pending() == 1  # for a process that knows it
    await harness.storage.command("HSET", PLACE.key(key_prefix), "schema", SCHEMA)
    await harness.redelivery(NOON + 120).deliver_overdue()
    assert "conversations (1)" in told(harness)[1]


async def test_a_place_that_is_added_meanwhile_is_still_found_next_time(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where two requests overlap, or somebody begins anew at once."""
    await harness.say(ASKED)
    delete = harness.sessions.delete

    async def begins_elsewhere(place: Place) -> bool:
        await ask_at(harness, ELSEWHERE[0])
        return await delete(place)

    with monkeypatch.context() as patch:
        patch.setattr(harness.sessions, "delete", begins_elsewhere)
        await harness.say("yes, forget me")
    await harness.say("yes, forget me")
    assert "conversations (1)" in told(harness)[1]
    assert (await harness.sessions.load(ELSEWHERE[0])).document is None


@pytest.mark.parametrize(("places", "times"), [(MAX_CONCURRENT, 1), (MAX_CONCURRENT + 1, 2)])
async def test_a_long_erasure_tells_again_and_again_that_it_goes_on(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, places: int, times: int
) -> None:
    """Else its entry would be taken for that of a process that died."""
    monkeypatch.setattr("bot.storage.participants.UNCHECKED", places)
    for number in range(places):
        await harness.service._stores.participants.add("test", {"ana"}, Place("slack:T1:C1", f"{number}.0"))
    message = Message("wish", Person("ana"), NOON, SURE)
    told: list[int] = []

    async def progress() -> None:
        told.append(len(await harness.service._stores.participants.places("test", "ana", PLACE.scope)))

    wish = OutboxEntry("test", PLACE, {}, message, "token")
    assert await erase(harness.service._stores, wish, progress) == ErasureResult()
    assert told == [places, places - MAX_CONCURRENT][:times]


async def test_whoever_is_overtaken_in_the_middle_of_a_request_does_not_tell_as_well(
    harness: Harness, elsewhere: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await harness.say(ASKED)
    await harness.process(SURE)
    carry_out = harness.service._erasure_requests.carry_out

    async def slowly(*words: Any) -> Any:
        turn = await carry_out(*words)
        assert await harness.redelivery(NOON + 2 * (OVERDUE_AFTER + 30), elsewhere).deliver_overdue() == 1
        return turn

    monkeypatch.setattr(harness.service._erasure_requests, "carry_out", slowly)
    await harness.redelivery(NOON + OVERDUE_AFTER + 30).deliver_overdue()
    assert len(told(harness)) == 1


async def test_a_command_is_answered_in_direct_messages_when_its_own_answer_is_over(harness: Harness) -> None:
    class OnlyPosts(FakeSurface):
        async def whisper(self, view: View) -> None:
            raise Undeliverable("no response_url")

    await harness.say(ASKED)
    await harness.process(SURE)
    harness.surface = OnlyPosts(messages=harness.surface.messages, numbers=harness.surface.numbers)
    await harness.redelivery(NOON + OVERDUE_AFTER + 30).deliver_overdue()
    assert "conversations (1)" in harness.surface.texts()[-1]


async def test_an_answer_that_has_to_wait_comes_later(harness: Harness) -> None:
    await harness.say(ASKED)
    processed = await harness.process(SURE)
    harness.surface.trouble = TryLater("busy")
    assert await harness.service.delivery.deliver(processed, harness.surface) is Outcome.PENDING
    harness.surface.trouble = None
    await harness.redelivery(NOON + OVERDUE_AFTER + 30).deliver_overdue()
    assert "conversations (1)" in told(harness)[0]


async def test_the_places_of_a_person_are_trimmed_to_those_that_exist(harness: Harness, key_prefix: str) -> None:
    participants = harness.service._stores.participants
    for number in range(UNCHECKED + 30):
        await participants.add("test", {"ana"}, Place("slack:T1:gone", f"{number}.0"))
    for place in ELSEWHERE:
        await ask_at(harness, place)
    (key,) = await harness.storage.command("KEYS", f"{key_prefix}:{{who:*")
    assert await harness.storage.command("SCARD", key) <= UNCHECKED + SAMPLE
    found = await participants.places("test", "ana", "slack:T1")
    assert set(ELSEWHERE) <= set(found)


async def test_nothing_that_was_said_is_left_in_the_embedded_servers_file(advisor: Advisor, tmp_path: Path) -> None:
    server = await EmbeddedServer.open(tmp_path)
    async with opened(server.url) as storage:
        harness = Harness.on(advisor, Stores.on(storage, ttl=WEEK, own_server=True))
        await harness.say("should we fine-tune a bot for the Initech merger?")
        assert written(tmp_path)
        await harness.say("yes, forget me")
        async with asyncio.timeout(HUNG):
            while written(tmp_path):
                await asyncio.sleep(0.02)
    await server.close()


def written(folder: Path) -> bool:
    """Whether the text stands anywhere below a folder, or may: the server is just replacing a file."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    try:
        return any(b"Initech" in file.read_bytes() for file in files)
    except FileNotFoundError:
        return True
