"""Which marks of a text end something, and which stand for nothing."""

import pytest

from knowledge.reading.number_parser import BREAK, tokenize
from knowledge.reading.quantity_words import english_quantities


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("one. two", ["one", BREAK, "two"]),
        ("one.. two", ["one", "two"]),
        ("one... two", ["one", "two"]),
        ("one ... two", ["one", "two"]),
        ("one . two", ["one", BREAK, "two"]),
        ("approx. 20", ["approx", "20"]),
        ("ten. 20", ["ten", "20"]),
        ("one-off", ["one", "off"]),
        ("one - off", ["one", "-", "off"]),
        ("one\ntwo", ["one", BREAK, "two"]),
        ("one's \"two\" 'three' *four*", ["one", "two", "three", "four"]),
        ("one! two? three; four", ["one", BREAK, "two", BREAK, "three", BREAK, "four"]),
        ("one, two", ["one", BREAK, "two"]),
    ],
)
def test_what_a_text_is_made_of(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(text, english_quantities())] == tokens
