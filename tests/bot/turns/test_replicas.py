"""What processes leave to each other, and looks that fail."""

import asyncio
from dataclasses import dataclass

import pytest

from bot.batch.idea_file import BadFile
from bot.storage.boards import BoardAddress
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry, Share
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.board_watch import LOOK_INTERVAL
from bot.turns.redelivery import GIVE_UP_AFTER, OVERDUE_AFTER
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.message import Action, Message, Person, Press, Typed, Verb
from tests.bot.harness import NOON, PLACE, FakeSurface, Harness
from tests.bot.server_clock import ClockedRedelivery
from tests.bot.turns.test_board_watch import Days, other, watch
from tests.bot.turns.test_triaged_files import ADDRESS, MESSAGE, FilePlace

ASKED = "should we fine-tune our support bot?"
ANSWERS = ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable")
LATER = NOON + OVERDUE_AFTER + 30


def entry(content: Typed | Press, message_id: str = "never", at: int = NOON, **more: object) -> OutboxEntry:
    message = Message(message_id, Person("ana"), at, content)
    return OutboxEntry("test", PLACE, {"channel": "C1"}, message, "token")._replace(**more)


async def test_what_a_surface_cannot_show_on_the_card_is_a_message_of_its_own(harness: Harness) -> None:
    await harness.say(ASKED)
    for answer in ANSWERS:
        await harness.press(f"answer:{answer}")
    before = list(harness.surface.messages)
    await harness.press("details")
    (new,) = [message for message in harness.surface.messages if message not in before]
    assert len(harness.surface.messages[new].elements) > 5
    assert new not in harness.surface.live(), "there is nothing to press on it"
    harness.surface.can_expand = True
    await harness.press("details")
    assert len(harness.surface.messages) == len(before) + 1


async def test_a_message_that_never_had_its_effect_is_not_answered_by_who_finds_it(harness: Harness) -> None:
    await harness.say(ASKED)
    shown = harness.surface.texts()
    await harness.outbox.add(entry(Typed("yes")))
    assert await harness.redelivery(LATER).deliver_overdue() == 0
    assert harness.surface.texts() == shown
    assert await harness.pending() == 0


@pytest.mark.parametrize(("waited", "shown"), [(GIVE_UP_AFTER, 1), (GIVE_UP_AFTER + 1, 0)])
async def test_a_reply_is_of_use_for_an_hour(harness: Harness, waited: int, shown: int) -> None:
    assert GIVE_UP_AFTER == 3600
    processed = await harness.process(Typed(ASKED), "e1")
    assert await harness.redelivery(processed.message.at + waited).deliver_overdue() == shown
    assert len(harness.surface.messages) == shown
    assert await harness.pending() == 0


async def test_a_result_that_is_gone_is_not_posted_again(harness: Harness, service: Service) -> None:
    await harness.outbox.add(entry(Press(Action(Verb.SHARE)), "share:1", share=Share("look", 0)))
    assert await harness.redelivery(LATER).deliver_overdue() == 0
    assert harness.surface.messages == {}
    assert await harness.pending() == 0


async def test_where_the_card_is_cannot_be_asked_in_an_outage(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    processed = await harness.process(Typed(ASKED))
    await harness.service.delivery.deliver(processed, harness.surface)
    (message,) = harness.surface.messages
    assert (await harness.service.live_card(processed)).message == message

    async def away(*_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(harness.sessions, "load", away)
    assert await harness.service.live_card(processed) is None
    known = processed._replace(live=Card("m7", {}))
    assert await harness.service.live_card(known) == Card("m7", {})


@dataclass
class Lost(FilePlace):
    """From which the file is gone."""

    async def fetch(self, name: str, url: str) -> bytes:
        raise BadFile("It is not there any more.")


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (Lost(), "not there any more"),
        (FilePlace(stored=b"PK\x03\x04"), "workbook"),
        (FakeSurface(), None),
    ],
    ids=["gone", "no table", "no place for files"],
)
async def test_a_file_that_cannot_be_judged_later_is_said_to_be_so(
    service: Service, stores: Stores, place: FakeSurface, says: str | None
) -> None:
    message = MESSAGE._replace(content=Typed("triage\na bot\nposters"))
    await service.delivery.triaged_files.note("fake", Place("slack:T1:C1", "1"), ADDRESS, message, "a.csv", "https://x")
    processed = await service.process(Place("slack:T1:C1", "1"), message, channel="fake", address=ADDRESS)
    await service.delivery.deliver(processed, FakeSurface())
    redelivery = ClockedRedelivery(service.delivery, stores.outbox, {"fake": lambda _: place}, lambda: LATER)
    assert await redelivery.deliver_overdue() == (says is not None)
    assert [says in text and "a.csv" in text for text in place.texts()] == ([True] if says else [])
    assert await stores.outbox.size() == 0


async def test_a_look_at_the_boards_that_fails_is_followed_by_another(
    advisor: Advisor, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    days, looked = Days(float(NOON)), list[str]()
    watching = watch(advisor, stores, days)
    errors = [StorageUnavailable("away"), RuntimeError("broken"), asyncio.CancelledError()]

    async def look() -> int:
        looked.append("look")
        raise errors[len(looked) - 1]

    monkeypatch.setattr(watching, "look", look)
    with pytest.raises(asyncio.CancelledError):
        await watching.run()
    assert len(looked) == 3
    assert days.waited == [LOOK_INTERVAL] * 2


async def test_a_board_that_nobody_can_be_reached_from_reminds_nobody(advisor: Advisor, stores: Stores) -> None:
    await stores.boards.apply(Place("slack:T1:C1", "1.0"), [other("a")], BoardAddress("another", {"channel": "C1"}))
    await stores.boards.apply(Place("slack:T1:C2", "1.0"), [other("b")], BoardAddress("fake", {"channel": "C2"}))
    await stores.boards.apply(Place("slack:T1:C3", "1.0"), [other("c")])
    assert await watch(advisor, stores, Days(float(NOON))).look() == 1
    assert await stores.outbox.size() == 1


async def test_a_board_that_cannot_be_read_keeps_no_other_from_being_looked_at(
    advisor: Advisor, stores: Stores, storage: Storage, key_prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    for space in ("slack:T1:C1", "slack:T1:C2"):
        await stores.boards.apply(Place(space, "1.0"), [other(space)], BoardAddress("fake", {"channel": "C1"}))
    for key in await storage.command("KEYS", f"{key_prefix}*T1:C1*"):
        await storage.command("SET", key, "no board")
    assert await watch(advisor, stores, Days(float(NOON))).look() == 1
    assert "a board cannot be read" in caplog.text
