"""Typed text is brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.phrasings import Spelling
from knowledge.text_normalization import LONGEST, Normaliser, plain, punctuated

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


@pytest.mark.parametrize(
    ("dictated", "marks"),
    [
        ("twenty a week comma no rush full stop", "twenty a week ,     no rush ."),
        ("One letter NEW PARAGRAPH then the next", "One letter .             then the next"),
        ("not one comma may differ", "not one comma may differ"),
        ("the full stop is missing", "the full stop is missing"),
        ("as a comma-separated file", "as a comma-separated file"),
        ("comma separated values", "comma separated values"),
        ("commando", "commando"),
    ],
)
def test_dictated_marks_become_marks_and_everything_keeps_its_place(dictated: str, marks: str) -> None:
    found = punctuated(dictated)
    assert found.rstrip() == marks
    assert len(found) == len(dictated)
