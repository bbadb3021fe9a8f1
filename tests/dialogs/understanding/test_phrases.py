"""Words are compared as a whole, and the longest phrase counts."""

import pytest

from dialogs.understanding.phrases import contains, rest_of, starts, without
from knowledge.typed_answers.word_parser import fold

PHRASES = ("please", "could you", "could you please tell", "well")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("could you please tell", ""),
        ("well could you go on please", "go on"),
        ("go on could you please tell", "go on"),
        ("please well please", ""),
        ("go please on", "go please on"),
        ("pleased to go", "pleased to go"),
        ("", ""),
    ],
)
def test_phrases_are_taken_off_both_ends(text: str, left: str) -> None:
    assert " ".join(without(fold(text), PHRASES)) == left


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("could you please tell me", "me"),
        ("could you please me", "please me"),
        ("please please me", "please me"),
        ("me please", "me please"),
        ("please", ""),
    ],
)
def test_what_follows_the_longest_phrase(text: str, rest: str) -> None:
    assert " ".join(rest_of(fold(text), PHRASES)) == rest


@pytest.mark.parametrize(
    ("text", "begins", "within"),
    [
        ("please go on", True, True),
        ("go on please", False, True),
        ("so could you go on", False, True),
        ("so could we say you", False, False),
        ("wells are deep", False, False),
        ("", False, False),
    ],
)
def test_phrases_begin_a_text_or_stand_in_it(text: str, begins: bool, within: bool) -> None:
    assert starts(fold(text), PHRASES) is begins
    assert contains(fold(text), PHRASES) is within
