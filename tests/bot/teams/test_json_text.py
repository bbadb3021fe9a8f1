"""What was written before becomes part of what is written now."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.teams.json_text import holding, written

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values, min_size=1), values)
def test_the_whole_reads_as_if_written_at_once(members: dict[str, object], value: object) -> None:
    assert json.loads(holding(members, "last", written(value))) == {**members, "last": value}


def test_as_short_as_it_goes() -> None:
    assert written({"a": ["ä", 1]}) == '{"a":["ä",1]}'
