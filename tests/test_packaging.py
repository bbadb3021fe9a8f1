"""What an installation holds: every file that is no Python must be named as package data, or it stays behind."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_BEHIND = {".py", ".pyc"}
PLAYGROUND = ROOT / "bot" / "playground"
"""Its page is built and served in a checkout alone."""


def test_every_data_file_is_packaged() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    missing = [
        str(file.relative_to(ROOT))
        for package in ("bot", "dialogs", "knowledge")
        for file in (ROOT / package).rglob("*")
        if file.is_file()
        and file.suffix not in LEFT_BEHIND
        and PLAYGROUND not in file.parents
        and not any(fnmatch(str(file.relative_to(ROOT / package)), pattern) for pattern in data.get(package, []))
    ]
    assert missing == []
