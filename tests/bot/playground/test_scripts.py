"""The transcripts, as the page offers them."""

from pathlib import Path

import pytest

from bot.playground import scripts
from bot.playground.changes import Changes


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
