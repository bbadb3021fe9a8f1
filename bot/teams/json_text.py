"""JSON, written once: a card goes into the answer to a press and into everybody's message as the text that it is."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NewType

Written = NewType("Written", str)
"""A value as JSON."""

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def written(value: object) -> Written:
    """The value as JSON, as short as it goes."""
    return Written(_encoder.encode(value))


def holding(members: Mapping[str, Any], name: str, value: Written) -> Written:
    """An object with these members, at least one, and a last one that is written already."""
    return extended(written(members), name, value)


def extended(whole: Written, name: str, value: Written) -> Written:
    """An object with at least one member, and one more."""
    return Written(f'{whole[:-1]},"{name}":{value}}}')


def row(values: Iterable[Written]) -> Written:
    """An array."""
    return Written(f"[{','.join(values)}]")
