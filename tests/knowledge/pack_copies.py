"""Copies of the small test pack with one thing changed."""

import shutil
from pathlib import Path

SMALL = Path(__file__).parents[1] / "packs" / "build-or-buy"


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """Replaces text in a file of the small pack, which is copied into the folder unless one is there. The folder."""
    if not (folder / "pack.yaml").exists():
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    path = folder / f"{file}.yaml"
    text = path.read_text()
    assert text.count(old) >= 1, f"{old!r} is not in {file}.yaml"
    path.write_text(text.replace(old, new, 1))
    return folder


def line_of(folder: Path, file: str, text: str) -> int:
    """The number, from 1, of the line in which a text begins."""
    content = (folder / f"{file}.yaml").read_text()
    start = content.index(text) + len(text) - len(text.lstrip())
    return content.count("\n", 0, start) + 1


def split(problem: str) -> tuple[str, int | None, str]:
    """File, line and the rest of a problem's text."""
    file, line, rest = problem.split(":", 2)
    return file, None if line == "None" else int(line), rest.strip()
