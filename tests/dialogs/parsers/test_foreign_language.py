"""Texts in other languages are told by their common words."""

import pytest

from dialogs.advisor import Advisor
from tests.dialogs.parsers.meanings import fresh, meant


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("ich will", "Unknown"),
        ("ich a b c nicht d", "no_german"),
        ("ich a b c nicht d e", "Unknown"),
        ("ich avons je nous", "no_french"),
    ],
)
def test_a_language_is_told_by_its_common_words(advisor: Advisor, text: str, meaning: str) -> None:
    assert meant(advisor, fresh(advisor), text) == meaning
