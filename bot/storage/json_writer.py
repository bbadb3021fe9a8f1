"""Writes JSON. A platform may send values that orjson refuses; they must not make a message fail."""

import json

import orjson


def to_json(value: object) -> bytes:
    """A value as JSON in UTF-8. TypeError where it holds what JSON does not know.

    Numbers of more than 64 bits are written as they are, halves of surrogate pairs as "?".
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
