"""What people see: one live card, replies in their order, and what is for one person alone."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.record import Card
from bot.storage.redis_retries import Timeouts
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from bot.turns.channel import Undeliverable
from bot.turns.observer import Outcome
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA
from dialogs.message import Message, Person, Press, Typed
from dialogs.view import View
from dialogs.views.plain_text import plain
from tests import servers
from tests.bot.harness import ADDRESS, NOON, PLACE, WEEK, Harness, opened, pressable, taken
from tests.patience import HUNG


async def test_a_typed_answer_turns_the_old_card_into_a_record(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.say("yes")
    old, new = harness.surface.texts()
    assert old == "Training data: yes, hundreds or more"
    assert "Question 2 of 5" in new
    assert harness.surface.live() == ["m2"]


async def test_the_live_card_is_followed_across_presses_and_texts(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.press("answer:data:yes")
    await harness.say("high")
    await harness.press("answer:domain:general")
    await harness.say("limited")
    assert len(harness.surface.live()) == 1
    assert harness.surface.live()[0] == list(harness.surface.messages)[-1]


async def test_an_overtaken_card_loses_its_buttons(harness: Harness) -> None:
    first = await harness.process(Typed("should we fine-tune our support bot?"))
    second = await harness.process(Typed("yes"))
    await harness.service.delivery.deliver(second, harness.surface)
    await harness.service.delivery.deliver(first, harness.surface)
    assert harness.surface.live() == ["m1"]
    assert "Question 2 of 5" in plain(harness.surface.messages["m1"])


class LosesMarks(Sessions):
    """A server that is away for the next marks."""

    away = 2

    async def mark_delivered(self, *marked: Any) -> int:
        if self.away:
            self.away -= 1
            raise StorageUnavailable("away")
        return await super().mark_delivered(*marked)


@pytest.fixture
def losing(harness: Harness, advisor: Advisor, key_prefix: str) -> Service:
    """Another process, for which the server is away."""
    sessions = LosesMarks(harness.storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
    stores = replace(Stores.on(harness.storage, ttl=WEEK, prefix=key_prefix), sessions=sessions)
    return Service(advisor, stores, now=lambda: NOON)


@pytest.mark.parametrize(
    ("patience", "outcome", "live"), [(HUNG, Outcome.SHOWN, ["m1"]), (0, Outcome.PENDING, ["m1", "m2"])]
)
async def test_an_overtaken_card_loses_its_buttons_as_soon_as_redis_is_back(
    harness: Harness,
    losing: Service,
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    outcome: Outcome,
    live: list[str],
) -> None:
    monkeypatch.setattr("bot.storage.background.RETRY_PAUSE", 0)
    monkeypatch.setattr("bot.turns.live_card.RECORD_TIMEOUT", patience)
    first = await harness.process(Typed("should we fine-tune our support bot?"))
    second = await harness.process(Typed("yes"))
    await harness.service.delivery.deliver(second, harness.surface)
    assert await losing.delivery.deliver(first, harness.surface) is outcome
    assert harness.surface.live() == live


async def test_the_card_before_becomes_a_record_even_where_nobody_could_note_it(
    harness: Harness, losing: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turns.live_card.RECORD_TIMEOUT", 0)
    monkeypatch.setattr(LosesMarks, "away", 1)
    both = [await harness.process(Typed(text)) for text in ("should we fine-tune our support bot?", "yes")]
    outcomes = await asyncio.gather(*[losing.delivery.deliver(each, harness.surface) for each in both])
    assert outcomes == [Outcome.PENDING, Outcome.SHOWN]
    assert harness.surface.live() == ["m2"]


async def test_a_card_shown_late_over_a_newer_one_is_shown_anew(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    first = await harness.process(harness.button("answer:data:yes"))
    second = await harness.process(harness.button("answer:volume:low"))
    await harness.service.delivery.deliver(second, harness.surface)
    await harness.service.delivery.deliver(first, harness.surface)
    (text,) = harness.surface.texts()
    assert "Question 3 of 5" in text
    assert all(pressable(view) for view in harness.surface.edits)


async def at_once(harness: Harness, *contents: Typed | Press) -> None:
    """Somebody says all of this before any reply is shown."""
    processed = [await harness.process(content) for content in contents]
    await asyncio.gather(*[harness.service.delivery.deliver(each, harness.surface) for each in processed])


async def test_replies_that_are_under_way_at_once_leave_one_live_card(harness: Harness) -> None:
    """Where the first one's card is was not on record when the others were taken."""
    await at_once(harness, Typed("should we fine-tune our support bot?"), Typed("yes"), Typed("high"))
    assert harness.surface.live() == ["m3"]
    assert "Question 3 of 5" in harness.surface.texts()[-1]


async def test_of_replies_that_are_under_way_at_once_only_the_last_stays_live(harness: Harness) -> None:
    """The card on record is not the one that the last of them comes after."""
    await harness.say("should we fine-tune our support bot?")
    await at_once(harness, Typed("yes"), Typed("high"))
    assert harness.surface.live() == ["m3"]


async def test_a_press_on_a_card_that_a_reply_is_just_leaving_behind_changes_the_new_one(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await at_once(harness, Typed("yes"), harness.button("restart"))
    assert harness.surface.live() == ["m2"]
    assert "Question 1 of 5" in plain(harness.surface.messages["m2"])


@pytest.mark.parametrize(("third", "live"), [(Harness.button("answer:volume:high"), "m1"), (Typed("high"), "m3")])
async def test_a_reply_is_shown_on_or_below_the_card_that_is_live_and_not_an_overtaken_one(
    harness: Harness, elsewhere: Service, third: Typed | Press, live: str
) -> None:
    """Another process has shown the second reply's card before the first one is shown here."""
    first = await harness.process(Typed("should we fine-tune our support bot?"))
    await elsewhere.delivery.deliver(await taken(elsewhere, "yes", who="ben", at=NOON), harness.surface)
    both = [first, await harness.process(third)]
    assert [each.live and each.live.message for each in both] == [None, "m1"]
    await asyncio.gather(*[harness.service.delivery.deliver(each, harness.surface) for each in both])
    assert harness.surface.live() == [live]
    assert "Question 3 of 5" in plain(harness.surface.messages[live])


async def test_a_card_that_is_overtaken_by_an_answer_without_a_message_shows_the_newest(harness: Harness) -> None:
    """No other message is on record."""
    first = await harness.process(Typed("should we fine-tune our support bot?"))
    second = await harness.process(harness.button("answer:data:yes"))
    await harness.sessions.mark_delivered(PLACE, None, second.revision)
    await harness.service.delivery.deliver(first, harness.surface)
    (text,) = harness.surface.texts()
    assert "Question 2 of 5" in text
    assert (await harness.sessions.load(PLACE)).card == Card("m1", ADDRESS)


@pytest.mark.parametrize(
    ("can_whisper", "whispered"), [(True, ["Not quite", "These lessons are"]), (False, ["These lessons are"])]
)
async def test_what_is_confidential_is_said_only_where_nobody_else_sees_it(
    harness: Harness, can_whisper: bool, whispered: list[str]
) -> None:
    """What tells right from wrong is; that the lessons are somebody else's is not."""
    harness.surface.can_whisper = can_whisper
    for who, content in (("ana", Typed("learn")), ("ana", Typed("1")), ("ben", harness.button("lesson:1:a"))):
        message = Message(f"{who} {content}", Person(who), NOON, content, private=False)
        processed = await harness.service.process(PLACE, message, channel="test", address={})
        await harness.service.delivery.deliver(processed, harness.surface)
    found = [plain(view) for view in harness.surface.whispers]
    assert [text[: len(begins)] for text, begins in zip(found, whispered, strict=True)] == whispered


async def test_a_press_on_a_card_that_is_not_on_record_yet_edits_that_card(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    typed = await harness.process(Typed("yes"))
    # The new card is visible before its delivery is recorded, and somebody is quick.
    shown = await harness.surface.post(typed.view or View(()))
    quick = await taken(harness.service, harness.button("answer:volume:low"), pressed=shown)
    await harness.service.delivery.deliver(quick, harness.surface)
    assert "Question 3 of 5" in plain(harness.surface.messages[shown.message])


async def test_what_can_never_be_delivered_is_no_trouble_without_redis(advisor: Advisor, tmp_path: Path) -> None:
    port = servers.free_port()
    async with opened(f"redis://127.0.0.1:{port}", timeouts=Timeouts(total=0.1)) as storage:
        harness = Harness.on(advisor, Stores.on(storage, ttl=WEEK))
        with servers.node(tmp_path / "own", port):
            processed = await harness.process(Typed("should we fine-tune our support bot?"))
        harness.surface.trouble = Undeliverable("the channel is gone")
        assert await harness.service.delivery.deliver(processed, harness.surface) is Outcome.LOST


async def test_what_a_surface_cannot_show_on_the_card_is_a_message_of_its_own(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable"):
        await harness.press(f"answer:{answer}")
    before = list(harness.surface.messages)
    await harness.press("details")
    (new,) = [message for message in harness.surface.messages if message not in before]
    assert len(harness.surface.messages[new].elements) > 5
    assert new not in harness.surface.live(), "there is nothing to press on it"
    harness.surface.can_expand = True
    await harness.press("details")
    assert len(harness.surface.messages) == len(before) + 1
