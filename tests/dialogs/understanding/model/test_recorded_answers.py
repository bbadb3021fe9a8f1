"""What a capable model would hear in the talks that nothing has learnt from: answers written in place of one, from the
requests alone, recorded in answers.jsonl.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from bot.model.scores import BySource, Taken, by_source
from dialogs.commands.command import WRITES, Command, Kind
from dialogs.understanding.model.answer import commands_in
from dialogs.understanding.model.request import Requests
from knowledge.pack_loader import builtin
from tests.eval.heard import as_file, asked
from tests.shipped import shipped

ANSWERS = Path(__file__).with_name("answers.jsonl")


@pytest.mark.whole
def test_with_a_model_more_lines_are_understood_whole_and_hardly_more_is_written() -> None:
    advisor = shipped()
    recorded = {row["n"]: row for row in map(json.loads, ANSWERS.read_text("utf-8").splitlines())}
    every: list[BySource] = []
    requests, changed = Requests(advisor), 0
    for number, one in enumerate(asked(advisor, builtin() / "talks"), 1):
        row, heard = recorded.get(number), None
        if one.text and row is not None:
            request = requests.about(one.line.before, one.text)
            changed += row["request"] != hashlib.sha256(as_file(request).encode()).hexdigest()[:16]
            heard = commands_in(advisor, one.line.before, request.line, _answer(row)).commands
        every.append(by_source(advisor, one.line, heard))
    print(f"{changed} of {len(recorded)} requests have changed since their answers were recorded")
    whole = {name: sum(taken.labelled == taken.did for taken in source) for name, source in _by_name(every)}
    unsaid = {name: sum(map(_writes_unsaid, source)) for name, source in _by_name(every)}
    assert whole["both"] >= 122 > 90 > whole["built_in"]
    assert unsaid["both"] <= unsaid["built_in"]


def _writes_unsaid(taken: Taken) -> bool:
    """Whether something is written that a line is not labelled with, but for notes, which are in its own words."""
    return any(kind in WRITES - {Kind.NOTE} for kind, *_ in taken.did - taken.labelled)


def _by_name(every: list[BySource]) -> list[tuple[str, list[Taken]]]:
    return [(name, [getattr(each, name) for each in every]) for name in BySource._fields]


def _answer(row: dict[str, Any]) -> str:
    """The text of an answer, with the fields that say nothing, which are not recorded."""
    return json.dumps({"commands": [{**Command(Kind.SET).as_json(), **each} for each in row["commands"]]})
