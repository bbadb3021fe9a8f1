"""`advisor board check`: which ideas would come out differently by the pack that is used now.

Their answers are replayed; no text is read anew, and nothing is changed. It names places, numbers and verdicts, and no
words of anybody.
"""

import asyncio
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.assembly import open_storage, open_stores, pack_folder
from bot.commands.console import print_error
from bot.config.settings import Settings
from bot.storage.boards import Boards
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.place import Place
from dialogs.board import IdeaRow, Judge
from knowledge.checks.pack_checks import open_pack
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class BoardCheck:
    """What was found: boards, their ideas, and those that would come out differently, by place."""

    boards: int
    ideas: int
    different: Mapping[str, tuple[IdeaRow, ...]]


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """A line for each idea that differs, then a summary; 1 where one differs or Redis is away."""
    settings = Settings.from_environment(environment)
    pack, _ = open_pack(pack_folder(settings), datetime.now(UTC).date())
    try:
        found = asyncio.run(_check(settings, pack))
    except StorageUnavailable as error:
        print_error(f"Redis does not answer: {error}")
        return 1
    for space, rows in found.different.items():
        for row in rows:
            now = row.verdict.id if row.verdict is not None else "not enough said"
            print(f"{space}: idea {row.number} was {row.was or 'not enough said'}, now {now}")
    count = sum(map(len, found.different.values()))
    print(f"{found.boards} boards, {found.ideas} ideas, {count} would come out differently by version {pack.version}.")
    return 1 if count else 0


async def _check(settings: Settings, pack: Pack) -> BoardCheck:
    async with open_storage(settings) as storage:
        return await check(open_stores(settings, storage).boards, pack)


async def check(boards: Boards, pack: Pack) -> BoardCheck:
    """Looks at every board in the index, one after the other."""
    judge, different = Judge(pack), dict[str, tuple[IdeaRow, ...]]()
    number = ideas = 0
    async for space in boards.spaces():
        try:
            board = await boards.load(Place(space))
        except CorruptRecord as error:
            print_error(f"{space}: {error}")
            continue
        number += bool(board.shown)
        ideas += len(board.shown)
        rows = tuple(row for row in map(judge.row, board.shown) if row.was is not None)
        if rows:
            different[space] = rows
    return BoardCheck(number, ideas, different)
