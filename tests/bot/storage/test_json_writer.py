"""Whatever a platform names can be written as JSON and read back."""

from typing import Any

import orjson
import pytest
from pydantic_core import from_json

from bot.storage.record import to_json


@pytest.mark.parametrize("value", [{"a": [1, "ä", None, True]}, {"a": 10**40}, {"a": -(2**70), "b": ["x"]}, {}])
def test_what_is_written_is_read_back(value: Any) -> None:
    assert from_json(to_json(value)) == value


def test_half_of_a_surrogate_pair_is_no_character() -> None:
    assert from_json(to_json({"a": "\ud800 x", "\udfff": 1})) == {"a": "? x", "?": 1}


def test_it_is_as_orjson_writes_it_where_that_can() -> None:
    assert to_json({"a": [1, "ä"]}) == orjson.dumps({"a": [1, "ä"]})
    assert to_json({"a": [2**64, "ä"]}) == '{"a":[18446744073709551616,"ä"]}'.encode()


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json({"a": object()})
