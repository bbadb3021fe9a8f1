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
    found = transcripts.transcripts_for("slack channel", True)
    assert {"digression", "two-people"} <= {transcript.id for transcript in found}
    assert all(transcript.name and transcript.steps for transcript in found)


def test_a_person_stays_the_same_until_another_is_named() -> None:
    two = next(
        transcript for transcript in transcripts.transcripts_for("slack channel", True) if transcript.id == "two-people"
    )
    assert [step.who.id for step in two.steps[:3]] == ["ana", "ben", "ana"]


def test_what_makes_no_sense_on_a_channel_is_not_offered_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.yaml").write_text("name: One\nnot_on: {teams channel: no}\nsteps: [{say: hello}]\n")
    monkeypatch.setattr(transcripts, "FOLDER", tmp_path)
    assert [transcript.id for transcript in transcripts.transcripts_for("slack channel", True)] == ["one"]
    assert transcripts.transcripts_for("teams channel", True) == ()


def test_what_presses_an_old_card_needs_a_platform_that_keeps_them() -> None:
    assert "late-press" in {transcript.id for transcript in transcripts.transcripts_for("teams channel", True)}
    assert "late-press" not in {transcript.id for transcript in transcripts.transcripts_for("teams channel", False)}


def test_outside_a_checkout_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts, "FOLDER", tmp_path / "away")
    assert transcripts.transcripts_for("slack channel", True) == ()


class FakeTab:
    """A tab that records what people type."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str, bool]] = []

    async def say(self, who: Persona, spot: RoomThread, text: str, mention: bool) -> RoomThread:
        self.messages.append((who.id, text, mention))
        return RoomThread(spot.room, "thread")


async def test_an_aside_does_not_mention_the_advisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.yaml").write_text("name: One\nsteps: [{say: hello}, {who: ben, say: lunch, aside: true}]\n")
    monkeypatch.setattr(transcripts, "PAUSE", 0)
    tab, began = FakeTab(), []
    transcript = transcripts.Transcript.read(tmp_path / "one.yaml")
    await transcripts.play(transcript, "slack channel", cast(Tab, tab), "C1", Changes(), began.append)
    assert tab.messages == [("ana", "hello", True), ("ben", "lunch", False)]
    assert began == [RoomThread("C1", "thread")]


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
    (tmp_path / "one.yaml").write_text(
        "name: One\nsteps: [{say: hello}, {say: only in Teams, not_on: {slack channel: no}}, {say: bye}]\n"
    )
    monkeypatch.setattr(transcripts, "PAUSE", 0)
    transcript = transcripts.Transcript.read(tmp_path / "one.yaml")
    said = {}
    for channel in ("slack channel", "teams channel"):
        tab = FakeTab()
        await transcripts.play(transcript, channel, cast(Tab, tab), "C1", Changes(), lambda _thread: None)
        said[channel] = [text for _, text, _ in tab.messages]
    assert said == {"slack channel": ["hello", "bye"], "teams channel": ["hello", "only in Teams", "bye"]}


def test_a_result_a_list_two_people_and_a_lesson_come_first() -> None:
    for channel in ("slack channel", "teams channel"):
        found = [transcript.id for transcript in transcripts.transcripts_for(channel, True)]
        assert found[:4] == ["support-by-buttons", "triage", "two-people", "learn"]
