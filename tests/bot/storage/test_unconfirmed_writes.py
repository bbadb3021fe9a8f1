"""Writes that Redis did not confirm: what was refused never counts, what somebody has built on stays."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.record import SaveResult, StoredConversation
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from bot.storage.unconfirmed_writes import UnconfirmedWrite
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA
from dialogs.message import Press, Typed
from dialogs.view import View
from dialogs.views.plain_text import plain
from tests.bot.harness import NOON, PLACE, WEEK, Harness, opened, taken
from tests.patience import HUNG


class LosesAnswers(Sessions):
    """A server whose next answer to a save is lost, although the save is applied.

    `instead`: the save itself is lost, and this happens in its place. `leaves`: from then on nothing can be
    looked up, until `away` is over; `looked` says that it was tried. `between` happens after the next load,
    `meanwhile` before the next save is applied.
    """

    def __init__(self, *made: Any, **options: Any) -> None:
        super().__init__(*made, **options)
        self.lose = self.leaves = self.away = False
        self.instead: Callable[[], Awaitable[object]] | None = None
        self.between: Callable[[], Awaitable[object]] | None = None
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.looked = asyncio.Event()

    async def load(self, place: Place) -> StoredConversation:
        if self.away:
            self.looked.set()
            raise StorageUnavailable("away")
        stored = await super().load(place)
        if self.between is not None:
            between, self.between = self.between, None
            await between()
        return stored

    async def save(self, place: Place, *written: Any, **options: Any) -> SaveResult:
        if self.instead is not None:
            instead, self.instead = self.instead, None
            await instead()
            raise StorageUnavailable("the save was lost")
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        saved = await super().save(place, *written, **options)
        if self.lose:
            self.lose = False
            self.away = self.leaves
            raise StorageUnavailable("the answer was lost")
        return saved


@dataclass
class Losing(Harness):
    """A process whose server loses answers on demand; the first question is open there."""

    sessions: LosesAnswers

    async def refused(
        self, content: Typed | Press, message_id: str | None = None, *, who: str = "ana", leaves: bool = False
    ) -> None:
        """Its write is applied, and the answer is lost; `leaves`: the server is away from then on."""
        self.sessions.lose, self.sessions.leaves = True, leaves
        with pytest.raises(StorageUnavailable):
            await self.process(content, message_id, who)

    async def back(self) -> None:
        """The server is there again, and what is in doubt has been looked at."""
        self.sessions.away = False
        async with asyncio.timeout(HUNG):
            await self.service.background.join()

    async def chosen(self) -> dict[str, str]:
        """The answers that are on record."""
        return dict((await self.conversation()).chosen)


@pytest.fixture
async def losing(advisor: Advisor, redis_url: str, key_prefix: str) -> AsyncIterator[Losing]:
    async with opened(redis_url) as storage:
        sessions = LosesAnswers(storage, schema=SCHEMA, ttl=WEEK, prefix=key_prefix)
        harness = Losing.on(advisor, replace(Stores.on(storage, ttl=WEEK, prefix=key_prefix), sessions=sessions))
        await harness.say("should we fine-tune our support bot?")
        yield harness


async def test_a_write_that_was_refused_never_counts_later(losing: Losing) -> None:
    await losing.refused(Typed("1"))
    # The person was told that it did not count, and types it again: it answers the same question, not the next one.
    await losing.say("1")
    assert await losing.chosen() == {"data": "yes"}


async def test_a_refused_write_is_taken_back_without_another_turn(losing: Losing) -> None:
    await losing.refused(Typed("1"), "refused")
    await losing.back()
    assert (await losing.chosen(), await losing.pending()) == ({}, 0)
    assert (await losing.process(Typed("1"), "refused")).turn.duplicate, "nor does it count when it is repeated"
    assert await losing.chosen() == {}


async def test_a_refused_write_is_taken_back_once_redis_is_there_again(
    losing: Losing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.background.RETRY_PAUSE", 0)
    await losing.refused(Typed("1"), leaves=True)
    await losing.sessions.looked.wait()
    await losing.back()
    assert (await losing.chosen(), await losing.pending()) == ({}, 0)


@pytest.mark.parametrize("applied_first", [True, False])
async def test_of_two_writes_that_were_refused_at_once_the_one_that_was_applied_is_taken_back(
    losing: Losing, applied_first: bool
) -> None:
    """Neither is on record yet when the other one is taken, and both are refused before anything can be looked up."""
    sessions = losing.sessions

    async def refused(text: str) -> None:
        with pytest.raises(StorageUnavailable):
            await losing.process(Typed(text))

    async def nothing() -> None:
        """Happens instead of the save."""

    async def applied() -> None:
        await losing.refused(Typed("1"), leaves=True)

    async def lost() -> None:
        sessions.away, sessions.lose, sessions.instead = True, False, nothing
        await refused("2")
        sessions.lose = True

    if applied_first:
        sessions.instead = applied
        await refused("2")
    else:
        sessions.meanwhile = lost
        await applied()
    assert (await Sessions.load(sessions, PLACE)).revision == 2
    await losing.back()
    assert (await losing.chosen(), await losing.pending()) == ({}, 0)


async def test_what_somebody_shows_while_it_is_being_taken_back_stays(losing: Losing, elsewhere: Service) -> None:
    losing.sessions.between = losing.redelivery(NOON + OVERDUE_AFTER + 9, elsewhere).deliver_overdue
    await losing.refused(losing.button("answer:data:yes"))
    await losing.back()
    assert "Question 2 of 5" in losing.surface.texts()[-1]
    assert await losing.chosen() == {"data": "yes"}


async def test_a_refused_write_on_a_record_that_cannot_be_read_any_more_is_left_alone(
    losing: Losing, key_prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    await losing.refused(Typed("1"))
    await losing.storage.command("HSET", PLACE.key(key_prefix), "schema", SCHEMA + 1)
    before = await losing.storage.command("HGETALL", PLACE.key(key_prefix))
    await losing.back()
    assert await losing.storage.command("HGETALL", PLACE.key(key_prefix)) == before
    assert "can no longer be checked" in caplog.text


async def test_what_is_not_in_doubt_any_more_takes_no_memory(losing: Losing) -> None:
    await losing.refused(Typed("1"))
    assert [found for found in gc.get_objects() if isinstance(found, UnconfirmedWrite)]
    await losing.back()
    gc.collect()
    assert not [found for found in gc.get_objects() if isinstance(found, UnconfirmedWrite)]


async def test_what_another_process_wrote_for_the_same_message_is_not_taken_back(
    losing: Losing, elsewhere: Service
) -> None:
    """A mention arrives as two events: one is refused here, the other counts elsewhere."""
    losing.sessions.instead = lambda: taken(elsewhere, "1")
    with pytest.raises(StorageUnavailable):
        await taken(losing.service, "1")
    await losing.back()
    assert await losing.chosen() == {"data": "yes"}


async def test_what_is_pressed_again_elsewhere_counts_and_is_not_taken_back(losing: Losing, elsewhere: Service) -> None:
    """Here it was refused, and nobody knows yet that it was written."""
    await losing.refused(losing.button("answer:data:yes"), leaves=True)
    again = await taken(elsewhere, losing.button("answer:data:yes"), at=NOON + 60)
    assert "Question 2 of 5" in plain(again.view or View(()))
    await losing.back()
    assert await losing.chosen() == {"data": "yes"}


async def test_what_somebody_else_has_shown_is_not_taken_back(losing: Losing, elsewhere: Service) -> None:
    await losing.refused(losing.button("answer:data:yes"), leaves=True)
    assert await losing.redelivery(NOON + OVERDUE_AFTER + 9, elsewhere).deliver_overdue() == 1
    assert "Question 2 of 5" in losing.surface.texts()[-1]
    await losing.back()
    assert await losing.chosen() == {"data": "yes"}


async def test_a_late_delivery_of_what_was_before_shows_nothing_of_a_refused_write(
    losing: Losing, elsewhere: Service
) -> None:
    late = await losing.process(losing.button("answer:data:yes"))
    await losing.refused(losing.button("answer:volume:low"), leaves=True)
    await elsewhere.delivery.deliver(late, losing.surface)
    assert "Question 2 of 5" in losing.surface.texts()[-1]
    await losing.back()
    assert await losing.chosen() == {"data": "yes"}


async def test_two_people_who_are_refused_in_the_same_outage_are_both_undone(
    losing: Losing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one's write came while the first one's could not be looked at yet."""
    monkeypatch.setattr("bot.storage.background.RETRY_PAUSE", 0)
    for who, button in (("ana", "answer:data:yes"), ("ben", "answer:data:no")):
        await losing.refused(losing.button(button), who=who, leaves=True)
    await losing.back()
    assert await losing.chosen() == {}
