"""A command passes few files."""

from dialogs.commands.command import Kind
from tests.bench.files import files_of_commands
from tests.shipped import shipped

MOST = 40

SAID = {Kind.CONFIRM, Kind.REJECT, Kind.CHAT, Kind.REMIND, Kind.TEAM, Kind.OUTCOME}
"""Kinds that are another command, or are answered in a sentence."""


def test_a_command_of_every_kind_passes_few_files() -> None:
    passed = files_of_commands(shipped())
    assert {*passed} == {*Kind} - SAID
    for kind, files in passed.items():
        assert "dialogs/executor/executor.py" in files, kind
        assert len(files) <= MOST, (kind, sorted(files))
