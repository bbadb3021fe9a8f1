"""Forms are read as Python's own parser reads them, whatever is in them."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.forms import fields

pieces = st.sampled_from([*"%=&+_ \n\réx", "%3D", "%26", "%0A", "%zz", "%4", "%C3%A9"])


@given(st.lists(pieces, max_size=20).map("".join))
def test_a_form_is_read_as_python_reads_it(text: str) -> None:
    assert fields(text.encode()) == dict(parse_qsl(text, keep_blank_values=True))


@pytest.mark.parametrize("raw", [b"text=%FF", b"text=\xff", b"%FF=x"])
def test_what_is_not_utf_8_is_refused(raw: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        fields(raw)
