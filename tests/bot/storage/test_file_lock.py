"""Folders and locks that are one user's and one process's."""

import stat
from pathlib import Path

import pytest

from bot.storage.file_lock import FileLock, private_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("before", [None, 0o700, 0o755, 0o770, 0o701])
def test_a_folder_is_for_nobody_else(tmp_path: Path, before: int | None) -> None:
    folder = tmp_path / "deep" / "folder"
    if before is not None:
        folder.mkdir(parents=True)
        folder.chmod(before)
    assert private_folder(folder) == folder.resolve()
    assert mode(folder) == 0o700


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "own").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "own")
    for path in (tmp_path / "file", tmp_path / "link"):
        with pytest.raises(OSError):
            private_folder(path)


def test_a_lock_is_one_process_s_until_it_is_released(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock") as first, FileLock(tmp_path / "lock") as second:
        assert first.acquire()
        assert not second.acquire()
        first.release()
        assert first.released
        assert second.acquire(shared=True)
        with FileLock(tmp_path / "lock") as third:
            assert third.acquire(shared=True)
            assert not third.acquire()
    assert mode(tmp_path / "lock") == 0o600
