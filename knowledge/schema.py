"""JSON Schema for the files of a pack, so that editors complete and check them.

`python -m knowledge.schema` writes one file for each usual name of a YAML file, and one for files that hold any part.
"""

import json
import sys
from pathlib import Path
from typing import Any

from knowledge.pack import DERIVED, Pack

FOLDER = Path(__file__).with_name("schema")

ANY = "any"
"""Stem of the schema for a file with any of the pack's fields."""

_OWN = (
    "questions",
    "scenarios",
    "passages",
    "comparison",
    "outside",
    "advice",
    "terms",
    "phrasings",
    "reading",
    "quantities",
    "statements",
    "short_answers",
    "descriptions",
)
_LESSONS = ("lessons", "practice")
_SPELLING = ("spelling", "anchors")
_ALL = tuple(name for name in Pack.model_fields if name not in DERIVED)

STEMS: dict[str, tuple[str, ...]] = {
    "pack": tuple(name for name in _ALL if name not in (*_OWN, *_LESSONS, *_SPELLING)),
    **{name: (name,) for name in _OWN},
    "lessons": _LESSONS,
    "spelling": _SPELLING,
    ANY: _ALL,
}
"""The fields of the pack that stand in a file of each name, where authors keep to the usual ones."""


def schema(stem: str) -> dict[str, Any]:
    """The JSON Schema of the YAML file with this stem, whose fields are those of ANY; KeyError where STEMS has none."""
    fields = STEMS[stem]
    whole = Pack.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": False}
    if stem == ANY:
        properties = {name: whole["properties"][name] for name in fields}
        return {**head, "title": "Any part of a pack", "properties": properties, "$defs": whole["$defs"]}
    return {
        **head,
        "title": f"{stem}.yaml of a pack",
        "properties": {name: {"$ref": f"{ANY}.schema.json#/properties/{name}"} for name in fields},
        "required": [name for name in whole["required"] if name in fields] or list(fields),
    }


def rendered(stem: str) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(stem), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for stem in STEMS:
        file = FOLDER / f"{stem}.schema.json"
        file.write_text(rendered(stem), encoding="utf-8")
        sys.stdout.write(f"wrote {file.name}\n")


if __name__ == "__main__":
    main()
