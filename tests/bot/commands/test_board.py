"""`advisor board check`: what would come out differently is named, and nothing is changed."""

import time
from datetime import date
from pathlib import Path

import pytest

from bot.commands.board import check
from bot.storage.place import Place
from bot.storage.stores import Stores
from dialogs.answer import Answer, AnswerMethod
from dialogs.ideas.board import Idea, Judge
from tests.bot.run import advisor
from tests.dialogs.talk import Talk
from tests.shipped import shipped

CHANNEL = Place("slack:T1:C1", "1.0")
NO_DATA = {"data": Answer(option="no", how=AnswerMethod.BUTTON, by="ana", at=1)}


def idea(row: str, judged: str = "", pack: str = "", **more: object) -> Idea:
    return Idea(id=row, title=f"secret {row}", by="ana", at=int(time.time()), judged=judged, pack=pack, **more)


@pytest.mark.parametrize(
    ("judged", "pack", "was"),
    [
        ("hybrid", "older", "hybrid"),
        ("", "older", ""),
        ("prompt_engineering", "older", None),
        ("hybrid", "", None),
        ("hybrid", "now", None),
    ],
)
def test_an_idea_says_what_it_was_by_another_pack(judged: str, pack: str, was: str | None) -> None:
    version = shipped().pack.version if pack == "now" else pack
    assert Judge(shipped().knowledge.judgements).row(idea("a", judged, version, answers=NO_DATA)).was == was


async def test_the_check_goes_through_all_boards(stores: Stores) -> None:
    boards = stores.boards
    await boards.apply(
        CHANNEL, [idea("a", "hybrid", "older", answers=NO_DATA), idea("b", "prompt_engineering", "older")]
    )
    await boards.apply(Place("teams:t:19:x"), [idea("c", "prompt_engineering", "older", answers=NO_DATA)])
    before = await boards.load(CHANNEL)
    found = await check(stores, shipped().pack, date(2026, 11, 26))
    assert (found.boards, found.ideas) == (2, 3)
    assert {space: [row.number for row in rows] for space, rows in found.different.items()} == {"slack:T1:C1": [1, 2]}
    assert await boards.load(CHANNEL) == before


def test_the_list_marks_it_until_somebody_answers() -> None:
    talk = Talk(shipped())
    talk.say("triage\nslogans, we have no data\nletters\npoems")
    board = talk.conversation.board
    old = board.find(1).replace(judged="hybrid", pack="older")
    talk.conversation = talk.conversation.replace(board=board.put(old))
    talk.say("ideas")
    assert "was hybrid; the questions changed" in talk.card
    talk.say("idea 1")
    assert "It was hybrid." in talk.card
    talk.say("1: budget is limited")
    talk.say("ideas")
    assert "was hybrid" not in talk.card


def test_the_command_says_how_many_there_are(tmp_path: Path) -> None:
    done = advisor(tmp_path, "board", "check")
    assert done.stdout.startswith("0 boards, 0 ideas, 0 would come out differently")
    assert done.returncode == 0
