"""Typed text is brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.phrasings import Spelling
from knowledge.text_normalization import Normaliser, plain

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


@pytest.mark.parametrize("typed", ["promp", "prompt", "prompty", "aprompt", "promtp"])
def test_a_letter_too_many_too_few_or_out_of_place_is_a_slip(typed: str) -> None:
    assert normalise(typed) == "prompt"


@pytest.mark.parametrize("typed", ["prom", "promp7", "pronpts", "prptom", "prompts", "ask"])
def test_what_is_short_or_no_word_or_farther_away_or_known_is_no_slip(typed: str) -> None:
    """A variant is known as well, and so is what it stands for, even where it looks like a slip of another word."""
    other = Normaliser(Spelling(variants={"prompd": "ask"}, words=("prompt", "asks"), kept=("prompts",)))
    assert other(typed) == typed
    assert other("prompd") == "ask"


def test_of_the_variants_the_longest_counts() -> None:
    words = Normaliser(Spelling(variants={"a": "one", "a b": "two", "a b c d": "four"}))
    assert words("a b c d") == "four"
    assert words("a b c") == "two c"


def test_a_long_text_is_cut() -> None:
    assert normalise("x" * 4000 + "y") == "x" * 4000


@given(st.text(max_size=200))
def test_any_text_has_a_form_and_normalising_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_plain_keeps_case() -> None:
    assert plain("It\u2019s  OK\x07") == "It's OK"
