"""`advisor board check`: which ideas would come out differently by the pack that is used now, rest on old facts, or
were told in private and stand on a board of several people.

The stored answers are decided again; no text is read anew, and nothing is changed. The output has places, numbers and
verdicts, and nothing that people wrote.
"""

import asyncio
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.assembly import open_storage, open_stores, pack_folder
from bot.commands.output import print_error
from bot.config.environment import read_settings
from bot.config.settings import Settings
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.place import Place
from bot.storage.stores import Stores
from dialogs.ideas.board import IdeaRow, Judge
from knowledge.checks.pack_checks import open_pack
from knowledge.judgement import Judgements
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class BoardCheck:
    """What was found: boards, their ideas, and by place those that would come out differently or rest on old
    facts, and the numbers of those that were probably told in private."""

    boards: int
    ideas: int
    different: Mapping[str, tuple[IdeaRow, ...]]
    private: Mapping[str, tuple[int, ...]]


def run(_arguments: Namespace, environment: Mapping[str, str]) -> int:
    """A line for each idea that differs or was told in private, then a summary; 1 where there is one, or Redis is
    away."""
    settings = read_settings(environment)
    today = datetime.now(UTC).date()
    pack, _ = open_pack(pack_folder(settings), today)
    try:
        found = asyncio.run(_check(settings, pack, today))
    except StorageUnavailable as error:
        print_error(f"Redis does not answer: {error}")
        return 1
    for space, rows in found.different.items():
        for row in rows:
            now = row.verdict.id if row.verdict is not None else "not enough said"
            if row.was is not None:
                print(f"{space}: idea {row.number} was {row.was or 'not enough said'}, now {now}")
            if row.lost:
                print(f"{space}: idea {row.number} called for facts that are out of date: {', '.join(row.lost)}")
    for space, numbers in found.private.items():
        told = f"{space}: probably told in private, and stored by an earlier version for everybody there:"
        print(f"{told} ideas {', '.join(map(str, numbers))}. Their owners can remove them.")
    news = [row for changed in found.different.values() for row in changed]
    different, old = sum(row.was is not None for row in news), sum(bool(row.lost) for row in news)
    print(
        f"{found.boards} boards, {found.ideas} ideas, {different} would come out differently "
        f"by version {pack.version}, {old} called for facts that are out of date."
    )
    return 1 if news or found.private else 0


async def _check(settings: Settings, pack: Pack, today: date) -> BoardCheck:
    async with open_storage(settings, patient=True) as storage:
        return await check(open_stores(settings, storage), pack, today)


async def check(stores: Stores, pack: Pack, today: date) -> BoardCheck:
    """Looks at every board that is in the index now, one after the other."""
    judge, different, private = Judge(Judgements(pack)), dict[str, tuple[IdeaRow, ...]](), dict[str, tuple[int, ...]]()
    number = ideas = 0
    for space in [space async for space in stores.boards.spaces()]:
        try:
            board = await stores.boards.load(Place(space))
            told = await stores.told_in_private(Place(space), board.shown)
        except CorruptRecord as error:
            print_error(f"{space}: {error}")
            continue
        number += bool(board.shown)
        ideas += len(board.shown)
        judged = (judge.row(idea, today) for idea in board.shown)
        rows = tuple(row for row in judged if row.has_news)
        if rows:
            different[space] = rows
        if told:
            private[space] = tuple(idea.number for idea in told)
    return BoardCheck(number, ideas, different, private)
