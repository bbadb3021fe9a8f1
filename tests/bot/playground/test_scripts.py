"""The transcripts, as the page offers them."""

from pathlib import Path
from typing import cast

import pytest

from bot.playground import scripts
from bot.playground.changes import Changes
from bot.playground.server import growing_ids
from bot.playground.tab import Person, Spot, Tab


def test_all_transcripts_can_be_read_and_each_has_a_name() -> None:
    found = scripts.found("slack channel", True)
    assert {"digression", "two-people"} <= {script.id for script in found}
    assert all(script.name and script.steps for script in found)


def test_a_person_stays_the_same_until_another_is_named() -> None:
    two = next(script for script in scripts.found("slack channel", True) if script.id == "two-people")
    assert [step.who.id for step in two.steps[:3]] == ["ana", "ben", "ana"]


def test_what_makes_no_sense_on_a_channel_is_not_offered_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.yaml").write_text("name: One\nnot_on: {teams channel: no}\nsteps: [{say: hello}]\n")
    monkeypatch.setattr(scripts, "FOLDER", tmp_path)
    assert [script.id for script in scripts.found("slack channel", True)] == ["one"]
    assert scripts.found("teams channel", True) == ()


def test_what_presses_an_old_card_needs_a_platform_that_keeps_them() -> None:
    assert "late-press" in {script.id for script in scripts.found("teams channel", True)}
    assert "late-press" not in {script.id for script in scripts.found("teams channel", False)}


def test_outside_a_checkout_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "FOLDER", tmp_path / "away")
    assert scripts.found("slack channel", True) == ()


class Listener:
    """A tab that keeps what is said."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, bool]] = []

    async def say(self, who: Person, spot: Spot, text: str, mention: bool) -> Spot:
        self.heard.append((who.id, text, mention))
        return Spot(spot.room, "thread")


async def test_an_aside_does_not_mention_the_advisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.yaml").write_text("name: One\nsteps: [{say: hello}, {who: ben, say: lunch, aside: true}]\n")
    monkeypatch.setattr(scripts, "PAUSE", 0)
    tab, began = Listener(), []
    script = scripts.Script.read(tmp_path / "one.yaml")
    await scripts.play(script, "slack channel", cast(Tab, tab), "C1", Changes(), began.append)
    assert tab.heard == [("ana", "hello", True), ("ben", "lunch", False)]
    assert began == [Spot("C1", "thread")]


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
    assert not await Changes().until(lambda: False, 0.01)
    assert await Changes().until(lambda: True, 0.01)
