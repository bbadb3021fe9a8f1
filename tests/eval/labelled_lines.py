"""Reads sets of whole conversations and of their beginnings: a JSON object a line."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

Line = TypeVar("Line", bound=BaseModel)


def read(file: Path, kind: type[Line]) -> tuple[Line, ...]:
    """The lines of a file; none where it does not exist. ValidationError where one is not as it should be."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return tuple(kind.model_validate_json(line) for line in lines if line.strip())
