"""What a pack is learnt from, and never shows: the files `training/<field of the pack>.jsonl`, a text a line.

`{"under": "passages/faq-cost", "text": …}` is a text under these keys of the field. In `descriptions.jsonl`
`{"author": 3, "label": "data yes", "text": …}` is a text of an author under a label (`phrasings.Descriptions`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.problems import PackError, Problem
from knowledge.yaml_document import Plain, Trail, YamlDocument, read_text

_AUTHORED = "descriptions"

Row = TypeVar("Row", bound="TrainingRow")


class TrainingRow(BaseModel):
    """A line of a file that is learnt from."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: str


class _Under(TrainingRow):
    under: str = Field(min_length=1)


class _Authored(TrainingRow):
    author: int = Field(ge=0)
    label: str
    scenarios: bool = False
    unlabelled: list[str] = []


def read_rows(file: Path, kind: type[Row]) -> Iterator[tuple[int, Row]]:
    """The rows of a file, each with its line; PackError, with every problem found, after the last one."""
    problems: list[Problem] = []
    for line, content in enumerate(read_text(file).split("\n"), 1):
        if content.strip():
            try:
                yield line, kind.model_validate_json(content)
            except ValidationError as error:
                problems += [Problem(file, line, *_worded(details, kind)) for details in error.errors()]
    if problems:
        raise PackError(problems)


def _worded(details: Any, kind: type[TrainingRow]) -> tuple[str, str]:
    """What is wrong in a line, and what would be right."""
    name, known = ".".join(map(str, details["loc"])), f"Known keys: {', '.join(kind.model_fields)}."
    return (f"`{name}` is not right: {details['msg']}." if name else f"{details['msg']}."), known


def read_training(file: Path) -> YamlDocument:
    """A file as the field of the pack that it is named for, as if it stood in a YAML file."""
    key, data, authors = file.stem, dict[Any, Any](), dict[int, int]()
    lines: dict[Trail, int] = {(key,): 1}
    problems: list[Problem] = []
    for line, row in read_rows(file, _Authored if key == _AUTHORED else _Under):
        under: Trail = tuple(row.under.split("/")) if isinstance(row, _Under) else ()
        if isinstance(row, _Authored):
            at = authors.setdefault(row.author, len(authors))
            data.setdefault(at, {"scenarios": row.scenarios, "unlabelled": row.unlabelled})
            under = (at, "texts", row.label)
        texts = _texts(data, under)
        if texts is None:
            problems.append(Problem(file, line, "This stands both under a key and under keys of it.", "Keep one."))
            continue
        trail = (key, *under, len(texts))
        texts.append(row.text)
        for end in range(1, len(trail) + 1):
            lines.setdefault(trail[:end], line)
    if problems:
        raise PackError(problems)
    return YamlDocument(file, {key: [*data.values()] if key == _AUTHORED else data}, lines)


def _texts(data: dict[Any, Any], under: Trail) -> list[Plain] | None:
    """The list under these keys, which are added where they are missing; None where something else stands there."""
    for name in under[:-1]:
        data = data.setdefault(name, {})
        if not isinstance(data, dict):
            return None
    found = data.setdefault(under[-1], [])
    return found if isinstance(found, list) else None
