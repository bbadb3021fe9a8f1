"""Typed text is brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.phrasings import Spelling
from knowledge.text_normalization import LONGEST, Normaliser, plain

SPELLING = Spelling(
    variants={"ft": "fine-tuning", "fine tuning": "fine-tuning", "what's": "what is", "whats": "what is"},
    words=("fine-tuning", "prompt", "budget"),
    kept=("prompts",),
)
normalise = Normaliser(SPELLING)


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("Whats FT", "what is fine-tuning"),
        ("What’s   fine tuning?", "what is fine-tuning ?"),
        ("FINE-TUNING", "fine-tuning"),
        ("ｆｔ", "fine-tuning"),
        ("bugdet", "budget"),
        ("promt", "prompt"),
        ("prompts", "prompts"),
        ("bud", "bud"),
        ("a\u200bb\x00c", "a b c"),
        ("数据", "数据"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_known_forms(typed: str, normalised: str) -> None:
    assert normalise(typed) == normalised


def test_only_one_slip_is_repaired() -> None:
    assert normalise("bugdte") == "bugdte"


def test_a_long_text_is_cut() -> None:
    assert len(normalise("word " * 20_000)) <= LONGEST


@given(st.text(max_size=200))
def test_any_text_has_a_form_and_normalising_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_plain_keeps_case() -> None:
    assert plain("It\u2019s  OK\x07") == "It's OK"
