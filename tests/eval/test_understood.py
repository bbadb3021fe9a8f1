"""Labelled talks: each label is a command, and what is counted is what was carried out."""

import json
from pathlib import Path

from bot.model.scores import report
from dialogs.candidate_build import talks
from dialogs.commands.command import Command
from knowledge.pack_loader import builtin
from tests.eval.understood import understood
from tests.shipped import shipped

TALKS = sorted((*talks().glob("*.jsonl"), *(builtin() / "talks").glob("*.jsonl")))


def test_each_line_of_a_talk_is_labelled_with_commands() -> None:
    lines = [json.loads(line) for talk in TALKS for line in talk.read_text("utf-8").splitlines()]
    assert len(lines) > 300
    for line in lines:
        assert "press" in line or all(map(Command.from_json, line["commands"])), line


def test_a_line_counts_by_what_was_carried_out(tmp_path: Path) -> None:
    none = {"ideas": [], "question": "none", "option": "none", "value": "", "quote": "", "sure": "none"}
    said = [("rules", {"command": "explain", "what": "rules"}), ("rules", {"command": "go", "what": "stop"})]
    talk = tmp_path / "talk.jsonl"
    talk.write_text("".join(json.dumps({"text": t, "commands": [{**none, **label}]}) + "\n" for t, label in said))
    assert report(understood(shipped(), talk)).startswith(
        "lines 2, whole 1, with several wishes 0, of these whole 0, part 1, right 1, wrong 1, missed 1"
    )
