"""After every turn exactly one card is live, also where a platform is slow and people are quick."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.record import Card, DeliveryResult
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.live_card import LiveCards, ShownCard
from bot.turns.observer import Outcome
from bot.turns.processed_message import Processed
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.message import Message, Person, Typed
from dialogs.view import View
from dialogs.views import Superseded, current_view
from dialogs.views.plain_text import plain
from tests.bot import server_clock
from tests.bot.harness import ADDRESS, NOON, PLACE, FakeSurface, Harness, Slow, Watched, taken
from tests.patience import HUNG

ASKED = Typed("should we fine-tune our support bot?")


@dataclass
class Lagging(FakeSurface):
    """Takes a while for each call, as platforms do; what arrives later may be done first."""

    dice: Random = field(default_factory=lambda: Random(1))
    at_most: float = 0.03

    async def _late(self, call: Awaitable[Any]) -> Any:
        await asyncio.sleep(self.dice.random() * self.at_most)
        answer = await call
        await asyncio.sleep(self.dice.random() * self.at_most)
        return answer

    async def post(self, view: View) -> Card:
        return await self._late(super().post(view))

    async def update(self, card: Card, view: View) -> Card:
        return await self._late(super().update(card, view))

    async def delete(self, card: Card, record: View) -> None:
        await self._late(super().delete(card, record))


async def press(service: Service, button: str, pressed: str, revision: int | None) -> Processed:
    """A press on a card as somebody sees it, who may be behind what others see already."""
    action = Harness.button(button, revision)
    return await taken(service, action, f"press {button}", at=NOON + 900, pressed=Card(pressed, ADDRESS))


async def test_a_press_on_a_card_that_has_become_a_record_changes_the_live_one(harness: Harness) -> None:
    """Somebody's network is slow: the reply to what they typed is there, and they still see the buttons above it."""
    await harness.say(ASKED.text)
    await harness.say("why")
    pressed = await press(harness.service, "answer:data:yes", "m1", 1)
    await harness.service.delivery.deliver(pressed, harness.surface)
    assert harness.surface.live() == ["m3"]
    why, card = harness.surface.texts()
    assert why.startswith("Why I ask")
    assert "Question 2 of 5" in card


async def test_what_an_older_delivery_repeats_beside_a_newer_one_is_edited_again(
    harness: Harness, elsewhere: Service
) -> None:
    """The older one had been recorded once, and repeats its edit; the platform carries that out last."""
    await harness.say(ASKED.text)
    earlier = await press(harness.service, "answer:data:yes", "m1", 1)
    await harness.service.delivery.deliver(earlier, harness.surface)
    later = await press(elsewhere, "answer:volume:high", "m1", 2)

    @dataclass
    class Overwritten(FakeSurface):
        async def update(self, card: Card, view: View) -> Card:
            updated = await super().update(card, view)
            if len(self.edits) == 1:
                self.messages[card.message] = earlier.view
                await harness.sessions.mark_delivered(PLACE, card, earlier.revision)
            return updated

    await elsewhere.delivery.deliver(later, Overwritten(messages=harness.surface.messages))
    assert "Question 3 of 5" in harness.surface.texts()[0]


@pytest.mark.parametrize("seed", range(12))
async def test_typing_and_pressing_at_once_leave_one_live_card(harness: Harness, elsewhere: Service, seed: int) -> None:
    """Each at a process of its own, on a platform that takes its time."""
    surface = Lagging(dice=Random(seed))
    harness.surface = surface
    await harness.say(ASKED.text)

    async def types() -> None:
        await harness.service.delivery.deliver(await harness.process(Typed("why")), surface)

    async def presses() -> None:
        await asyncio.sleep(surface.dice.random() * 0.06)
        await elsewhere.delivery.deliver(await press(elsewhere, "answer:data:yes", "m1", 1), surface)

    await asyncio.gather(types(), presses())
    assert len(surface.live()) == 1
    assert "Question 2 of 5" in plain(surface.messages[surface.live()[0]])
    assert (await harness.sessions.load(PLACE)).card == Card(surface.live()[0], ADDRESS)


async def test_a_card_that_another_process_made_live_meanwhile_is_the_one_that_shows_the_press(
    harness: Harness, elsewhere: Service
) -> None:
    """The typed answer is delivered between the press's effect and its delivery."""
    await harness.say(ASKED.text)
    typed = await harness.process(Typed("why"))
    pressed = await press(elsewhere, "answer:data:yes", "m1", 1)
    await harness.service.delivery.deliver(typed, harness.surface)
    await elsewhere.delivery.deliver(pressed, harness.surface)
    assert harness.surface.live() == ["m4"]
    why, card = harness.surface.texts()
    assert why.startswith("Why I ask")
    assert "Question 2 of 5" in card
    assert (await harness.sessions.load(PLACE)).card == Card("m4", ADDRESS)


@pytest.mark.parametrize("lost", [{1}, {2}, {1, 2}, {1, 3}])
async def test_a_record_whose_answers_are_lost_goes_on_where_it_was(
    harness: Harness, elsewhere: Service, monkeypatch: pytest.MonkeyPatch, lost: set[int]
) -> None:
    """Redis has made the mark, and its answer does not arrive: it is sent again, and knows of the card before."""
    await harness.say(ASKED.text)
    typed = await harness.process(Typed("why"))
    pressed = await press(elsewhere, "answer:data:yes", "m1", 1)
    await harness.service.delivery.deliver(typed, harness.surface)
    mark, marks = Sessions.mark_delivered, count(1)

    async def answers_get_lost(sessions: Sessions, *marked: Any) -> DeliveryResult:
        answer = await mark(sessions, *marked)
        if next(marks) in lost:
            raise StorageUnavailable("away")
        return answer

    monkeypatch.setattr(Sessions, "mark_delivered", answers_get_lost)
    monkeypatch.setattr("bot.storage.background.RETRY_PAUSE", 0)
    assert await elsewhere.delivery.deliver(pressed, harness.surface) is Outcome.SHOWN
    assert harness.surface.live() == ["m4"]
    assert "Question 2 of 5" in harness.surface.texts()[1]
    assert (await harness.sessions.load(PLACE)).card == Card("m4", ADDRESS)


async def test_a_card_that_another_process_made_live_meanwhile_becomes_a_record_of_what_is_typed(
    harness: Harness, elsewhere: Service
) -> None:
    await harness.say(ASKED.text)
    first, later = await harness.process(Typed("yes")), await taken(elsewhere, "high")
    await harness.service.delivery.deliver(first, harness.surface)
    await elsewhere.delivery.deliver(later, harness.surface)
    assert harness.surface.live() == ["m3"]


async def test_a_card_that_was_recorded_meanwhile_is_closed_though_the_conversation_has_gone_on(
    harness: Harness, elsewhere: Service
) -> None:
    await harness.say(ASKED.text)
    first, second = await harness.process(Typed("yes")), await taken(elsewhere, "high")
    await harness.service.delivery.deliver(first, harness.surface)
    assert len(harness.surface.edits) == 1, "what is newer is shown by its own delivery, not by an older one"
    third = await taken(harness.service, "general", "third", at=NOON + 60)
    await elsewhere.delivery.deliver(second, harness.surface)
    await harness.service.delivery.deliver(third, harness.surface)
    assert harness.surface.live() == ["m4"]
    assert "Question 4 of 5" in harness.surface.texts()[3]


async def test_a_delivery_that_was_overtaken_leaves_a_record_of_what_was_answered_on_its_card(
    harness: Harness, elsewhere: Service
) -> None:
    """The answers are typed so quickly that the second one's card is there, and on record, before the first one's."""
    await harness.say(ASKED.text)
    first, second = await harness.process(Typed("yes")), await taken(elsewhere, "high")
    await elsewhere.delivery.deliver(second, harness.surface)
    await harness.service.delivery.deliver(first, harness.surface)
    assert harness.surface.live() == ["m2"]
    assert "Question 3 of 5" in harness.surface.texts()[1]
    assert harness.surface.texts()[0] == "Training data: yes, hundreds or more"
    assert harness.surface.texts()[2] == "Volume and speed: high, or strict on time"


async def test_a_card_that_a_press_took_off_the_record_is_closed_by_who_posted_the_pressed_one(
    harness: Harness, elsewhere: Service
) -> None:
    """The pressed card was shown and not recorded yet; on record was one that its process did not know of."""
    await harness.say(ASKED.text)
    first, second = await harness.process(Typed("yes")), await taken(elsewhere, "high")
    await harness.service.delivery.deliver(first, harness.surface)
    pressed: list[Processed] = []

    async def presses() -> None:
        pressed.append(await press(harness.service, "answer:domain:general", "m3", second.revision))

    watched = Watched(messages=harness.surface.messages, numbers=harness.surface.numbers, then=presses)
    await elsewhere.delivery.deliver(second, watched)
    await harness.service.delivery.deliver(pressed[0], harness.surface)
    assert harness.surface.live() == ["m3"]
    assert harness.surface.texts()[1] == "Volume and speed: high, or strict on time"
    assert "Question 4 of 5" in harness.surface.texts()[2]


async def test_an_edit_that_lands_after_a_newer_one_is_edited_again(harness: Harness, elsewhere: Service) -> None:
    """Two presses on one card at two processes; the platform carries out the earlier edit last."""
    await harness.say(ASKED.text)
    earlier = await harness.process(Harness.button("answer:data:yes", 1))
    later = await press(elsewhere, "answer:volume:high", "m1", None)
    newer_was_shown = asyncio.Event()

    @dataclass
    class OutOfOrder(FakeSurface):
        async def update(self, card: Card, view: View) -> Card:
            first = not newer_was_shown.is_set()
            newer_was_shown.set()
            updated = await super().update(card, view)
            if first:
                await harness.service.delivery.deliver(earlier, harness.surface)
            return updated

    await elsewhere.delivery.deliver(later, OutOfOrder(messages=harness.surface.messages))
    assert "Question 3 of 5" in harness.surface.texts()[0]


async def test_a_reply_to_a_press_lands_on_the_pressed_message_after_its_process_died(harness: Harness) -> None:
    """The pressed card was posted, and nobody had recorded where it is when the process was killed."""
    await harness.say(ASKED.text)
    typed = await harness.process(Typed("yes"))
    new = await harness.surface.post(typed.view)
    harness.surface.messages["m1"] = typed.old.view
    await press(harness.service, "answer:volume:low", new.message, typed.revision)
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    record, live = harness.surface.texts()
    assert record == "Training data: yes, hundreds or more"
    assert "Question 3 of 5" in live
    assert harness.surface.live() == [new.message]


async def test_a_press_on_a_card_of_an_older_revision_moves_no_record(harness: Harness) -> None:
    await harness.say(ASKED.text)
    await harness.say("why")
    await press(harness.service, "answer:data:yes", "m1", 1)
    stored = await harness.sessions.load(PLACE)
    assert (stored.card, stored.delivered) == (Card("m3", ADDRESS), 2)


async def test_a_first_delivery_that_takes_long_is_left_to_its_process(
    harness: Harness, elsewhere: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.outbox.RENEW_INTERVAL", 0.01)
    processed = await harness.process(ASKED)
    renewed, renew = asyncio.Event(), harness.outbox.renew

    async def watched(*lease):
        answer = await renew(*lease)
        renewed.set()
        return answer

    monkeypatch.setattr(harness.outbox, "renew", watched)
    slow, theirs = Slow(), FakeSurface()
    delivering = asyncio.create_task(harness.service.delivery.deliver(processed, slow))
    others = harness.redelivery(NOON + 16, elsewhere, lambda entry: theirs)
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
        server_clock.ahead(14)
        for _ in range(2):  # the first may have been under way before
            renewed.clear()
            await renewed.wait()
        assert await others.deliver_overdue() == 0
        slow.answered.set()
        assert await delivering is Outcome.SHOWN
    assert await harness.pending() == 0


async def test_what_another_process_has_delivered_while_it_waited_here_is_not_shown_again(
    harness: Harness, elsewhere: Service
) -> None:
    """So long in its conversation's queue, and Redis away meanwhile, that its lease was lost."""
    processed = await harness.process(ASKED)
    assert await harness.redelivery(NOON + 60).deliver_overdue() == 1
    processed.lease.lost = True
    await harness.service.delivery.deliver(processed, harness.surface)
    assert list(harness.surface.messages) == ["m1"]


async def test_a_reply_whose_entry_a_failover_has_lost_is_shown_by_the_process_that_has_it(harness: Harness) -> None:
    """The entry is not there to be renewed, as if another process had delivered it, and none has."""
    processed = await harness.process(ASKED)
    await harness.outbox.acknowledge(processed.entry)
    processed.lease.lost = True
    await harness.service.delivery.deliver(processed, harness.surface)
    assert harness.surface.live() == ["m1"]


@dataclass
class Speechless(FakeSurface):
    """Can whisper nothing to anybody."""

    why: Exception = field(default_factory=lambda: Undeliverable("the app may not"))

    async def whisper(self, view: View) -> None:
        raise self.why


@pytest.mark.parametrize("why", [Undeliverable("the app may not"), TryLater("busy")])
async def test_what_stands_beside_a_reply_never_keeps_it(harness: Harness, why: Exception) -> None:
    harness.surface = surface = Speechless(why=why)
    for number, text in enumerate(("learn", "1")):  # what is right is told to the learner alone
        message = Message(f"m{number}", Person("ana"), NOON, Typed(text), private=False)
        processed = await harness.service.process(PLACE, message, channel="test", address={})
        assert (processed.aside is not None) == (text == "1")
        assert await harness.service.delivery.deliver(processed, surface) is Outcome.SHOWN
    assert len(surface.messages) == 2
    assert await harness.pending() == 0


@pytest.mark.parametrize("typed", [False, True])
async def test_the_card_on_record_goes_before_one_that_this_process_showed_earlier(
    harness: Harness, elsewhere: Service, monkeypatch: pytest.MonkeyPatch, typed: bool
) -> None:
    """A reply has been recorded and hangs in its acknowledgement, while another process posts the next card."""
    await harness.say(ASKED.text)
    surface, acknowledge = harness.surface, harness.outbox.acknowledge
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def hangs(*acknowledged: Any) -> None:
        reached.set()
        await go_on.wait()
        await acknowledge(*acknowledged)

    monkeypatch.setattr(harness.outbox, "acknowledge", hangs)
    deliver = harness.service.delivery.deliver
    first = asyncio.create_task(deliver(await harness.process(Typed("why")), surface))
    async with asyncio.timeout(HUNG):
        await reached.wait()
        await elsewhere.delivery.deliver(await taken(elsewhere, "yes", at=NOON + 2), surface)
        (posted,) = surface.live()
        if typed:
            later = await harness.process(Typed("high"))
        else:
            later = await press(harness.service, "answer:volume:high", posted, 3)
        second = asyncio.create_task(deliver(later, surface))
        await asyncio.sleep(0)  # it waits behind the first one now
        go_on.set()
        await asyncio.gather(first, second)
    (live,) = surface.live()
    assert typed or live == posted
    assert "Question 3 of 5" in plain(surface.messages[live])
    assert (await harness.sessions.load(PLACE)).card == Card(live, ADDRESS)


async def test_a_card_that_is_shown_again_while_the_next_is_posted_loses_its_buttons(
    harness: Harness, advisor: Advisor, stores: Stores
) -> None:
    """A process redelivers an earlier reply, and does not know yet that another has posted the next card."""
    await harness.say(ASKED.text)
    await harness.press("answer:data:yes")
    surface, cards = harness.surface, LiveCards(advisor, stores)
    stored = await stores.sessions.load(PLACE)
    first, question = stored.card, current_view(advisor, conversation_in(stored), NOON)
    later = conversation_in(stored).replace(revision=stored.revision + 1)
    await stores.sessions.save(PLACE, later.to_json(), later.revision, expected=stored.revision)

    second = await surface.post(question)  # the process that is quick, before it has recorded anything
    record = Superseded(question.without_buttons())
    await surface.update(first, record.view)
    late = await surface.post(question)  # the other one, for a reply that was delivered long ago
    known = frozenset([first.message])
    earlier = conversation_in(stored).replace(revision=stored.revision - 1)
    await cards.record(PLACE, ShownCard(question, late, earlier, known), NOON, surface)
    shown = ShownCard(question, second, later, known, record, in_place=False)
    await cards.record(PLACE, shown, NOON, surface)
    assert surface.live() == [second.message]


async def test_who_answers_on_the_other_of_two_cards_of_one_revision_goes_on_there(harness: Harness) -> None:
    """A dead process had posted it, and another one has shown the same on the card that is on record."""
    await harness.say(ASKED.text)
    typed = await harness.process(Typed("yes"))
    new = await harness.surface.post(typed.view)
    await harness.surface.update(Card("m1"), typed.view)
    await harness.sessions.mark_delivered(PLACE, Card("m1", ADDRESS), typed.revision)
    pressed = await press(harness.service, "answer:volume:low", new.message, typed.revision)
    await harness.service.delivery.deliver(pressed, harness.surface)
    assert "Question 3 of 5" in harness.surface.texts()[1]
    assert (await harness.sessions.load(PLACE)).card == new


async def test_a_pressed_card_that_gives_way_to_a_lower_one_becomes_a_record(
    harness: Harness, elsewhere: Service
) -> None:
    """It showed the question before the reply with the same question was posted below it."""
    await harness.say(ASKED.text)
    typed = await harness.process(Typed("yes"))
    await harness.surface.update(Card("m1"), typed.view)
    await harness.sessions.mark_delivered(PLACE, Card("m1", ADDRESS), typed.revision)
    pressed = await press(elsewhere, "answer:volume:low", "m1", typed.revision)
    await harness.service.delivery.deliver(typed, harness.surface)
    await elsewhere.delivery.deliver(pressed, harness.surface)
    assert harness.surface.texts()[0] == "Volume and speed: low, with time to spare"
    assert "Question 3 of 5" in harness.surface.texts()[1]
    assert harness.surface.live() == ["m2"]


async def test_where_the_card_is_cannot_be_asked_in_an_outage(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    processed = await harness.process(ASKED)
    await harness.service.delivery.deliver(processed, harness.surface)
    (message,) = harness.surface.messages
    assert (await harness.service.live_card(processed)).message == message

    async def away(*_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(harness.sessions, "load", away)
    assert await harness.service.live_card(processed) is None
    known = processed._replace(live=Card("m7", {}))
    assert await harness.service.live_card(known) == Card("m7", {})
