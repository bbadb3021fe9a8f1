"""JSON Schema for the files of a pack, so that editors complete and check them.

`python -m knowledge.schema` writes one file for each usual name of a YAML file, and one for files that hold any part.
"""

import json
import sys
from pathlib import Path
from typing import Any

from knowledge.pack import Pack

FOLDER = Path(__file__).with_name("schema")

ANY = "any"
"""Stem of the schema for a file with any of the pack's fields."""

_OWN = (
    "questions",
    "scenarios",
    "passages",
    "comparison",
    "outside",
    "terms",
    "phrasings",
    "reading",
    "quantities",
    "statements",
    "short_answers",
    "descriptions",
)
_LESSONS = ("lessons", "practice")
_ALL = tuple(name for name in Pack.model_fields if name != "version")

STEMS: dict[str, tuple[str, ...]] = {
    "pack": tuple(name for name in _ALL if name not in (*_OWN, *_LESSONS)),
    **{name: (name,) for name in _OWN},
    "lessons": _LESSONS,
    ANY: _ALL,
}
"""The fields of the pack that stand in a file of each name, where authors keep to the usual ones."""


def schema(stem: str) -> dict[str, Any]:
    """The JSON Schema of the YAML file with this stem; KeyError where STEMS has none."""
    fields = STEMS[stem]
    whole = Pack.model_json_schema()
    properties = {name: whole["properties"][name] for name in fields}
    required = [] if stem == ANY else [name for name in whole["required"] if name in fields] or list(fields)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Any part of a pack" if stem == ANY else f"{stem}.yaml of a pack",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
        "$defs": _used(properties, whole["$defs"]),
    }


def _used(part: object, definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that a part of a schema refers to, and those that they refer to."""
    names: set[str] = set()
    waiting = [part]
    while waiting:
        for name in _references(waiting.pop()):
            if name not in names:
                names.add(name)
                waiting.append(definitions[name])
    return {name: definitions[name] for name in sorted(names)}


def _references(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"].rpartition("/")[2]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(_references, part.values()))
    if isinstance(part, list):
        return set().union(*map(_references, part))
    return set()


def rendered(stem: str) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(stem), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes every schema."""
    FOLDER.mkdir(exist_ok=True)
    for stem in STEMS:
        file = FOLDER / f"{stem}.schema.json"
        file.write_text(rendered(stem), encoding="utf-8")
        sys.stdout.write(f"wrote {file.name}\n")


if __name__ == "__main__":
    main()
