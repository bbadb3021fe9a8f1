"""What people see: one live card, replies in their order, and what is for one person alone."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.record import Card
from bot.storage.redis import Patience, Storage
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from bot.turns.channel import Undeliverable
from bot.turns.delivery import Outcome, Processed
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA
from dialogs.message import Message, Person, Press, Typed
from dialogs.view import View
from dialogs.views.plain_text import plain
from tests import servers
from tests.bot.desk import NOON, PLACE, WEEK, Desk, pressable
from tests.patience import HUNG


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


async def test_an_overtaken_card_loses_its_buttons(desk: Desk) -> None:
    first = await desk.process(Typed("should we fine-tune our support bot?"))
    second = await desk.process(Typed("yes"))
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
    monkeypatch.setattr("bot.turns.delivery.PAUSE", 0)
    monkeypatch.setattr("bot.turns.delivery.RECORDED_WITHIN", patience)
    sessions = LosesMarks(desk.storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
    stores = replace(Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), sessions=sessions)
    elsewhere = Service(advisor, stores, now=lambda: NOON)
    first = await desk.process(Typed("should we fine-tune our support bot?"))
    second = await desk.process(Typed("yes"))
    await desk.service.deliver(second, desk.wall)
    assert await elsewhere.deliver(first, desk.wall) is outcome
    assert desk.wall.live() == live


async def test_the_card_before_becomes_a_record_even_where_nobody_could_note_it(
    desk: Desk, advisor: Advisor, key_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turns.delivery.RECORDED_WITHIN", 0)
    sessions = LosesMarks(desk.storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
    sessions.away = 1
    stores = replace(Stores.on(desk.storage, ttl=WEEK, prefix=key_prefix), sessions=sessions)
    service = Service(advisor, stores, now=lambda: NOON)
    taken = [await desk.process(Typed(text)) for text in ("should we fine-tune our support bot?", "yes")]
    outcomes = await asyncio.gather(*[service.deliver(each, desk.wall) for each in taken])
    assert outcomes == [Outcome.OWED, Outcome.SHOWN]
    assert desk.wall.live() == ["m2"]


async def test_a_card_shown_late_over_a_newer_one_is_shown_anew(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    first = await desk.process(desk.button("answer:data:yes"))
    second = await desk.process(desk.button("answer:volume:low"))
    await desk.service.deliver(second, desk.wall)
    await desk.service.deliver(first, desk.wall)
    (text,) = desk.wall.texts()
    assert "Question 3 of 5" in text
    assert all(pressable(view) for view in desk.wall.edits)


async def test_replies_that_are_under_way_at_once_leave_one_live_card(desk: Desk) -> None:
    """Where the first one's card is was not on record when the others were taken."""
    taken = [await desk.process(Typed(text)) for text in ("should we fine-tune our support bot?", "yes", "high")]
    await asyncio.gather(*[desk.service.deliver(each, desk.wall) for each in taken])
    assert desk.wall.live() == ["m3"]
    assert "Question 3 of 5" in desk.wall.texts()[-1]


async def test_of_replies_that_are_under_way_at_once_only_the_last_stays_live(desk: Desk) -> None:
    """The card on record is not the one that the last of them comes after."""
    await desk.say("should we fine-tune our support bot?")
    taken = [await desk.process(Typed(text)) for text in ("yes", "high")]
    await asyncio.gather(*[desk.service.deliver(each, desk.wall) for each in taken])
    assert desk.wall.live() == ["m3"]


async def test_a_press_on_a_card_that_a_reply_is_just_leaving_behind_changes_the_new_one(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    taken = [await desk.process(Typed("yes")), await desk.process(desk.button("restart"))]
    await asyncio.gather(*[desk.service.deliver(each, desk.wall) for each in taken])
    assert desk.wall.live() == ["m2"]
    assert "Question 1 of 5" in plain(desk.wall.messages["m2"])


async def overtaken(desk: Desk, elsewhere: Service) -> Processed:
    """A first reply that is still to be shown here, after another process has shown the second one's card."""
    first = await desk.process(Typed("should we fine-tune our support bot?"))
    second = Message("second", Person("ben"), NOON, Typed("yes"))
    await elsewhere.deliver(await elsewhere.process(PLACE, second, channel="wall", address={}), desk.wall)
    return first


@pytest.mark.parametrize(("third", "live"), [(Desk.button("answer:volume:high"), "m1"), (Typed("high"), "m3")])
async def test_a_reply_is_shown_on_or_below_the_card_that_is_live_and_not_an_overtaken_one(
    desk: Desk, elsewhere: Service, third: Typed | Press, live: str
) -> None:
    first = await overtaken(desk, elsewhere)
    taken = [first, await desk.process(third)]
    assert [each.live and each.live.message for each in taken] == [None, "m1"]
    await asyncio.gather(*[desk.service.deliver(each, desk.wall) for each in taken])
    assert desk.wall.live() == [live]
    assert "Question 3 of 5" in plain(desk.wall.messages[live])


async def test_a_card_that_is_overtaken_by_an_answer_without_a_message_shows_the_newest(desk: Desk) -> None:
    """As where a press is answered with the card itself: no other message is on record."""
    first = await desk.process(Typed("should we fine-tune our support bot?"))
    second = await desk.process(desk.button("answer:data:yes"))
    await desk.service.delivered(second, None, desk.wall)
    await desk.service.deliver(first, desk.wall)
    (text,) = desk.wall.texts()
    assert "Question 2 of 5" in text
    assert (await desk.sessions.load(PLACE)).card == Card("m1", {"channel": "C1"})


@pytest.mark.parametrize(
    ("discreet", "whispered"), [(True, ["Not quite", "These lessons are"]), (False, ["These lessons are"])]
)
async def test_what_is_confidential_is_said_only_where_nobody_else_sees_it(
    desk: Desk, discreet: bool, whispered: list[str]
) -> None:
    """What tells right from wrong is; that the lessons are somebody else's is not."""
    desk.wall.discreet = discreet
    for who, content in (("ana", Typed("learn")), ("ana", Typed("1")), ("ben", desk.button("lesson:1:a"))):
        message = Message(f"{who} {content}", Person(who), NOON, content, private=False)
        taken = await desk.service.process(PLACE, message, channel="wall", address={})
        await desk.service.deliver(taken, desk.wall)
    found = [plain(view) for view in desk.wall.whispers]
    assert [text[: len(begins)] for text, begins in zip(found, whispered, strict=True)] == whispered


async def test_a_press_on_a_card_that_is_not_on_record_yet_edits_that_card(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    typed = await desk.process(Typed("yes"))
    # The new card is visible before its delivery is recorded, and somebody is quick.
    shown = await desk.wall.post(typed.view or View(()))
    message = Message("quick", Person("ana"), NOON + 50, desk.button("answer:volume:low"))
    quick = await desk.service.process(PLACE, message, channel="wall", address={}, pressed=shown)
    await desk.service.deliver(quick, desk.wall)
    assert "Question 3 of 5" in plain(desk.wall.messages[shown.message])


async def test_what_can_never_be_delivered_is_no_trouble_without_redis(advisor: Advisor, tmp_path: Path) -> None:
    port = servers.free_port()
    storage = Storage(f"redis://127.0.0.1:{port}", patience=Patience(total=0.1))
    stores = Stores.on(storage, ttl=WEEK)
    desk = Desk(Service(advisor, stores, now=lambda: NOON), stores.sessions, stores.outbox, storage)
    with servers.node(tmp_path / "own", port):
        taken = await desk.process(Typed("should we fine-tune our support bot?"))
    desk.wall.trouble = Undeliverable("the channel is gone")
    assert await desk.service.deliver(taken, desk.wall) is Outcome.LOST
    await storage.close()
