"""A small whole pack to begin with: `advisor knowledge new` writes a copy of it under a name of its own."""

import re
from importlib.resources import files
from pathlib import Path

_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_NAME = "NAME"


class WrongName(ValueError):
    """The folder's name cannot be the id of a pack."""


class NameTaken(ValueError):
    """There is something in the folder already."""


def write_starter(folder: Path) -> tuple[Path, ...]:
    """Writes a valid pack whose id is the folder's name; the files. WrongName, NameTaken, or OSError."""
    if not _ID.fullmatch(folder.name):
        raise WrongName(folder.name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NameTaken(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sorted(files(__package__).joinpath("pack").iterdir(), key=lambda file: file.name):
        if source.name.endswith(".yaml"):
            target = folder / source.name
            target.write_text(source.read_text(encoding="utf-8").replace(_NAME, folder.name), encoding="utf-8")
            written.append(target)
    return tuple(written)
