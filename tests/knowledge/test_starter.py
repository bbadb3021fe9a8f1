"""The small pack to begin with."""

from pathlib import Path

import pytest

from knowledge.pack_loader import load_pack
from knowledge.starter import NameTaken, WrongName, write_starter


def test_it_is_written_under_its_name_and_can_be_used_at_once(tmp_path: Path) -> None:
    written = write_starter(tmp_path / "shelf" / "own-pack")
    assert sorted(written) == sorted((tmp_path / "shelf" / "own-pack").iterdir())
    assert load_pack(tmp_path / "shelf" / "own-pack").id == "own-pack"
    assert all("NAME" not in file.read_text() for file in written)


@pytest.mark.parametrize("name", ["a", "a" * 40, "a-1_b"])
def test_a_name_that_can_be_an_id(name: str, tmp_path: Path) -> None:
    assert write_starter(tmp_path / name)


@pytest.mark.parametrize("name", ["A", "1a", "a b", "a" * 41, "ä"])
def test_a_name_that_cannot(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongName):
        write_starter(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_only_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert write_starter(tmp_path / "empty")
    before = {file: file.read_text() for file in (tmp_path / "empty").iterdir()}
    with pytest.raises(NameTaken):
        write_starter(tmp_path / "empty")
    assert {file: file.read_text() for file in (tmp_path / "empty").iterdir()} == before
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NameTaken):
        write_starter(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"
