"""The boards of ideas: one for each place, in the slot of its space.

A board's head holds the next number and which idea has which; its ideas lie in pages of a hundred, a hash each, by
number. So a change reads and writes only what it changes, in two round trips, however many ideas there are. Each idea
has its own expiry, which no later write extends; a page lives as long as its newest idea.

A change is a set of whole ideas as they were when it was made. It is merged into what is stored (`Idea.merged`), so it
can be applied twice, late, and in any order.
"""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.redis_client import Arguments
from bot.storage.redis_retries import Storage, Value, eval_command
from bot.storage.scripts import boards as scripts
from dialogs.ideas.board import Board, Idea

log = logging.getLogger(__name__)

PAGE = 100
"""Ideas in one key."""

_TRIES = 20

_PERSON = ("user", "person")
"""The keys of the sender in the channels' addresses."""


@dataclass(frozen=True, slots=True)
class BoardAddress:
    """Where an idea was last added to a board: the channel, and what it needs to post there, without the person unless
    the board is theirs alone."""

    channel: str
    address: Mapping[str, str]

    def without_person(self) -> Self:
        """The same address without the person, but for one at which nobody else sees anything."""
        if "targeted" in self.address:
            return self
        return replace(self, address={name: "" if name in _PERSON else part for name, part in self.address.items()})

    def to(self, person: str) -> Mapping[str, str]:
        return {name: part or person if name in _PERSON else part for name, part in self.address.items()}


class Boards:
    """Keeps ideas, each for `ttl` after it was added. StorageUnavailable and CorruptRecord as from `Storage`."""

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str) -> None:
        self._storage = storage
        self._prefix = prefix
        self._ttl = int(ttl / timedelta(milliseconds=1))

    async def load(self, place: Place) -> Board:
        """The board of a place. What cannot be read is left out; what has expired is removed."""
        where: list[Value] = [self._pages(place), PAGE]
        now, following, pages = await self._storage.script(scripts.LOAD, [self._head(place)], where)
        found = [_idea(number, idea) for page in pages for number, idea in zip(page[::2], page[1::2], strict=True)]
        ideas = [idea for idea in found if idea is not None]
        expired = [idea for idea in ideas if 0 < idea.until <= int(now)]
        if expired:
            gone: list[Arguments] = [("HDEL", self._head(place), *[f"id:{idea.id}" for idea in expired])]
            gone += [("HDEL", f"{self._pages(place)}{(idea.number - 1) // PAGE}", idea.number) for idea in expired]
            await self._storage.pipeline(*gone)
            ideas = [idea for idea in ideas if idea not in expired]
        return Board(ideas=tuple(sorted(ideas, key=lambda idea: idea.number)), next=int(following))

    async def reserve(self, place: Place, new: Sequence[Idea]) -> int:
        """Reserves the numbers of new ideas; returns the number that the first must have.

        It differs if somebody else has taken a number meanwhile, or if these ideas are numbered already: a platform may
        deliver a message twice at the same moment.
        """
        values: list[Value] = [new[0].number, self._ttl, *[idea.id for idea in new]]
        return int(await self._storage.script(scripts.RESERVE, [self._head(place)], values))

    def order_command(self, place: Place) -> Arguments:
        """The command whose answer is the number of a change that is about to be made: the order in which changes
        count."""
        return eval_command(scripts.ORDER, [self._head(place)], [self._ttl])

    async def apply(self, place: Place, ideas: Sequence[Idea], address: BoardAddress | None = None) -> bool:
        """Merges ideas into the board; an idea without a number gets the next one. Idempotent.

        `address` is noted where an idea is new. Returns False where a later change stands in place of one of these.
        """
        keep = [idea if idea.until else idea.replace(until=idea.at + self._ttl // 1000) for idea in ideas]
        for _ in range(_TRIES):
            merged = await self._write(place, keep, address)
            if merged is not None:
                return all(idea.is_in(one) for idea, one in zip(keep, merged, strict=True))
        raise StorageUnavailable("too many changes of a board at the same moment")

    async def _write(self, place: Place, ideas: Sequence[Idea], address: BoardAddress | None) -> list[Idea] | None:
        """The ideas as they are then; None where one of them has changed meanwhile, so that nothing is written."""
        head, pages = self._head(place), self._pages(place)
        wanted: list[Value] = [pages, PAGE, *[idea.id for idea in ideas]]
        stored = await self._storage.script(scripts.READ, [head], wanted)
        values: list[Value] = []
        whole: list[Idea] = []
        for idea, number, document in zip(ideas, stored[::2], stored[1::2], strict=True):
            before = _idea(number, document) if document else None
            merged = idea if before is None else before.merged(idea)
            whole.append(merged)
            text = _document(merged)
            if text != document:
                values += [idea.id, int(number) if number else idea.number, document, text]
        if not values:
            return whole
        if any(not number for number in stored[::2]) or any(not document for document in stored[1::2]):
            await self._note(place, address)
        values = [pages, PAGE, self._ttl, *values]
        return whole if await self._storage.script(scripts.WRITE, [head], values, confirm=True) else None

    async def _note(self, place: Place, address: BoardAddress | None) -> None:
        """Adds the board to the index before it is written: a board that is not in the index would not be found."""
        index = f"{self._prefix}:boards"
        commands: list[tuple[Value, ...]] = [
            ("ZADD", index, 0, place.board.space),
            ("PEXPIRE", index, self._ttl),
        ]
        if address is not None:
            head, where = self._head(place), to_json([address.channel, dict(address.address)])
            commands += [("HSET", head, "address", where), ("PEXPIRE", head, self._ttl)]
        await self._storage.pipeline(*commands)

    async def address(self, place: Place) -> BoardAddress | None:
        """The address of a board; None if no version has stored it."""
        found = await self._storage.command("HGET", self._head(place), "address")
        return None if found is None else BoardAddress(*from_json(found))

    async def spaces(self) -> AsyncIterator[str]:
        """The spaces with a board, from the index, a hundred at a time; each once, if none is added meanwhile."""
        index, start = f"{self._prefix}:boards", 0
        while found := await self._storage.command("ZRANGE", index, start, start + PAGE - 1):
            for space in found:
                yield space.decode()
            start += len(found)

    async def forget(self, place: Place, person: str) -> int:
        """Removes the ideas of a person, their answers to those of others, and the address where no idea is left; how
        many answers that were."""
        answers = 0
        while True:
            board = await self.load(place)
            left = [(idea, idea.without_person(person)) for idea in board.ideas]
            changed = [(old, new) for old, new in left if old != new]
            if not changed:
                if not board.shown:
                    await self._storage.command("HDEL", self._head(place), "address")
                return answers
            values: list[Value] = []
            for old, new in changed:
                values += [old.id, old.number, _document(old), _document(new)]
            values = [self._pages(place), PAGE, self._ttl, *values]
            if await self._storage.script(scripts.WRITE, [self._head(place)], values, confirm=True):
                answers += sum(a.by == person for old, _ in changed for a in old.answers.values())

    def _head(self, place: Place) -> str:
        return place.board.key(self._prefix)

    def _pages(self, place: Place) -> str:
        return f"{self._head(place)}:"


def _idea(number: bytes, document: bytes) -> Idea | None:
    try:
        # Inserted before parsing: copying each idea would take as long again, and a list may have a thousand.
        return Idea.model_validate_json(b'{"number":%d,%b' % (int(number), document[1:]))
    except (ValidationError, ValueError):
        log.error("an idea of a board cannot be read; it is left out")
        return None


def _document(idea: Idea) -> bytes:
    """The stored form: without the number, which is its name in the page."""
    return idea.model_dump_json(exclude={"number"}, exclude_defaults=True).encode()
