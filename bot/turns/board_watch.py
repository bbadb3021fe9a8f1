"""The daily look at all boards: whose advice would come out differently now, or rests on a fact that is out of date.

Stored answers are decided again, texts are never read anew, and nothing is changed. One process at a time has the
lease; if it dies, another begins again, and what was told is not told twice. A reminder is an entry of the outbox,
which any replica delivers; its text is made when it is delivered, from the board at that time.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from bot.storage.background import repeat
from bot.storage.boards import BoardAddress
from bot.storage.errors import CorruptRecord
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.redelivery import OVERDUE_AFTER
from dialogs.advisor import Advisor
from dialogs.ideas.board import Board, IdeaRow, Judge
from dialogs.message import Message, Person, Typed, day_of

log = logging.getLogger(__name__)

LOOK_INTERVAL = 900.0
"""Seconds between two checks whether today's look is done."""

REMINDER_PAUSE = 1.0
"""Seconds between two reminders: 60 a minute for all replicas, since one of them has the lease."""

THREAD = "@reminder"
"""The thread of a reminder's entry; nothing is stored under it."""


@dataclass(eq=False)
class BoardWatch:
    """Looks at all boards daily, as long as the process lives.

    `channels` are those that are on; `token` tells this process from others; `now` gives seconds since 1970, `sleep`
    waits for some seconds.
    """

    advisor: Advisor
    stores: Stores
    channels: Container[str]
    now: Callable[[], float]
    token: str
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def run(self) -> None:
        """Looks once a day, until it is cancelled."""
        await repeat(self.look, "the daily look at the boards", LOOK_INTERVAL, sleep=self.sleep)

    async def look(self) -> int:
        """Today's look, unless it is done or another process is at it; returns how many were reminded."""
        today, reminded, reminders = day_of(self.now()), 0, self.stores.reminders
        if await reminders.is_done(today):
            return reminded
        async for space in self.stores.boards.spaces():
            if not await reminders.hold(self.token):
                return reminded
            reminded += await self._look_at(space, today)
        await reminders.note_done(today)
        return reminded

    async def _look_at(self, space: str, today: date) -> int:
        try:
            board = await self.stores.boards.load(Place(space))
        except CorruptRecord as error:
            log.error("a board cannot be read: %s", error)
            return 0
        changed = rows_by_owner(self.advisor.flows.board.judge, board, today)
        address = await self.stores.boards.address(Place(space)) if changed else None
        if address is None or address.channel not in self.channels:
            return 0
        reminded = 0
        for owner, rows in changed.items():
            reminded += await self._remind(space, address, owner, rows)
        return reminded

    async def _remind(self, space: str, address: BoardAddress, owner: Person, rows: Iterable[IdeaRow]) -> int:
        reminders, place = self.stores.reminders, Place(space, THREAD, direct=True)
        news = frozenset(news_of(row, self.advisor.pack.version) for row in rows)
        told = await reminders.told(space, owner.id)
        if news <= told or not await reminders.are_wanted(address.channel, place.scope, owner.id):
            return 0
        message = Message(f"reminder:{space}:{owner.id}", owner, int(self.now()), Typed(""))
        token = _token(space, owner.id, news)
        entry = OutboxEntry(address.channel, place, address.to(owner.id), message, token, reminder=True)
        await reminders.tell(entry, space, told | news, OVERDUE_AFTER)
        await reminders.hold(self.token)
        await self.sleep(REMINDER_PAUSE)
        return 1


def rows_by_owner(judge: Judge, board: Board, today: date) -> Mapping[Person, list[IdeaRow]]:
    """The rows of a board that have news, by the owner of the idea."""
    found: dict[str, list[IdeaRow]] = {}
    for idea in board.shown:
        row = judge.row(idea, today)
        if row.has_news:
            found.setdefault(idea.by, []).append(row)
    return {rows[0].idea.owner: rows for rows in found.values()}


def _token(space: str, person: str, news: Iterable[str]) -> str:
    """The token of a reminder: the same for the same news, so that it is told once even if that could not be stored."""
    return blake2s("\n".join((space, person, *sorted(news))).encode(), digest_size=8).hexdigest()


def news_of(row: IdeaRow, version: str) -> str:
    """An identifier of the news about an idea: each is told once, and later news has another one."""
    parts = (row.idea.id, "" if row.was is None else version, *row.lost)
    return blake2s(" ".join(parts).encode(), digest_size=6).hexdigest()
