"""How a text is cut into clauses of words."""

import pytest

from knowledge.reading.tokens import sentences
from knowledge.reading.word_lists import english


def clauses(text: str) -> list[str]:
    return [
        " ".join(word.text for word in clause) for sentence in sentences(text, english()) for clause in sentence.clauses
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("we have none either", ["we have none"]),
        ("we have none, really", ["we have none", "really"]),
        ("really", ["really"]),
        ("we have none", ["we have none"]),
    ],
)
def test_a_word_at_the_end_that_adds_nothing_is_left_out(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts
