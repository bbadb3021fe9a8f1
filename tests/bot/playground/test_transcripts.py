"""The transcripts, as the page offers them."""

import asyncio
from pathlib import Path
from typing import cast

import pytest

from bot.playground import transcripts
from bot.playground.changes import Changes
from bot.playground.server import growing_ids
from bot.playground.tab import Persona, RoomThread
from bot.playground.transcripts import Tab
from tests.patience import HUNG


def test_all_transcripts_can_be_read_and_each_has_a_name() -> None:
    found = transcripts.transcripts_for("slack channel")
    assert {"digression", "two-people"} <= {transcript.id for transcript in found}
    assert all(transcript.name and transcript.steps for transcript in found)


def test_what_makes_no_sense_on_a_channel_is_not_offered_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.yaml").write_text("name: One\nnot_on: {teams channel: no}\nsteps: [{say: hello}]\n")
    monkeypatch.setattr(transcripts, "FOLDER", tmp_path)
    assert [transcript.id for transcript in transcripts.transcripts_for("slack channel")] == ["one"]
    assert transcripts.transcripts_for("teams channel") == ()


def test_what_presses_an_old_card_is_not_offered() -> None:
    assert "late-press" not in {transcript.id for transcript in transcripts.transcripts_for("slack channel")}


def test_outside_a_checkout_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts, "FOLDER", tmp_path / "away")
    assert transcripts.transcripts_for("slack channel") == ()


class FakeTab:
    """A tab that records what people type."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str, bool]] = []

    async def say(self, who: Persona, spot: RoomThread, text: str, mention: bool) -> RoomThread:
        self.messages.append((who.id, text, mention))
        return RoomThread(spot.room, "thread")


async def played(
    folder: Path, steps: str, channel: str, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, str, bool]]:
    """Who says what to whom."""
    (folder / "one.yaml").write_text(f"name: One\nsteps: {steps}\n")
    for name, value in (("FOLDER", folder), ("PAUSE", 0)):
        monkeypatch.setattr(transcripts, name, value)
    (transcript,), tab = transcripts.transcripts_for(channel), FakeTab()
    async for thread in transcripts.play(transcript, channel, cast(Tab, tab), "C1", Changes()):
        assert thread == RoomThread("C1", "thread")
    return tab.messages


async def test_a_person_stays_the_same_until_another_is_named_and_an_aside_mentions_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = "[{say: hello}, {who: ben, say: lunch, aside: true}, {say: sure}, {who: eve, say: me too}]"
    said = await played(tmp_path, steps, "slack channel", monkeypatch)
    assert said == [("ana", "hello", True), ("ben", "lunch", False), ("ben", "sure", True), ("ana", "me too", True)]


def test_ids_grow_though_the_clock_stands_still() -> None:
    new_id = growing_ids(lambda: 1_795_000_000.0)
    assert [new_id(), new_id()] == ["1795000000000", "1795000000001"]


async def test_changes_are_heard_until_the_end() -> None:
    changes = Changes()
    heard = 0
    async for _ in changes.each():
        heard += 1
        changes.notify()
        if heard == 3:
            changes.end()
    assert heard == 3


async def test_waiting_for_what_never_holds_ends() -> None:
    assert await Changes().until(lambda: False, 0.01) is False
    assert await Changes().until(lambda: True, 0.01) is True


async def test_what_holds_after_the_end_is_seen() -> None:
    changes = Changes()
    changes.end()
    assert await changes.until(lambda: True, HUNG) is True
    assert await changes.until(lambda: False, HUNG) is False


async def test_what_comes_to_hold_is_seen_when_it_is_told() -> None:
    changes, there = Changes(), list[str]()
    waiting = asyncio.create_task(changes.until(lambda: "here" in there, HUNG))
    for news in ("nothing", "here"):
        await asyncio.sleep(0)
        there.append(news)
        changes.notify()
    assert await waiting is True


async def test_a_step_that_makes_no_sense_on_a_channel_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = "[{say: hello}, {say: only in Teams, not_on: {slack channel: no}}, {say: bye}]"
    for channel, said in (("slack channel", ["hello", "bye"]), ("teams channel", ["hello", "only in Teams", "bye"])):
        assert [text for _, text, _ in await played(tmp_path, steps, channel, monkeypatch)] == said


def test_a_result_a_list_two_people_and_a_lesson_come_first() -> None:
    for channel in ("slack channel", "teams channel"):
        found = [transcript.id for transcript in transcripts.transcripts_for(channel)]
        assert found[:4] == ["support-by-buttons", "triage", "two-people", "learn"]
