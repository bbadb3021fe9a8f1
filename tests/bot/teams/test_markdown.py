"""Words stay words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.markdown import inert, is_markup, lookalike

MARKUP = [
    "**a**",
    "_a_",
    "`a`",
    "[a](b)",
    "<at>a</at>",
    "a\nb",
    "~~a~~",
    "&lt;",
    "&#60;",
    "- a",
    "+ a",
    "1. a",
    "2) a",
    "# a",
    "\\",
]


@pytest.mark.parametrize("text", MARKUP)
def test_what_could_be_markup(text: str) -> None:
    assert is_markup(text)


PLAIN = [
    "Question 2 of 5 · Volume and speed",
    "Fine-tuning · strong (4 of 5)",
    "Q&A",
    "a ~ b",
    "3.5 times",
    "what? yes!",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_plain(text: str) -> None:
    assert not is_markup(text)


UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@given(st.text())
def test_nothing_that_can_be_seen_changes(text: str) -> None:
    shown = inert(text).replace("\N{ZERO WIDTH SPACE}", "")
    assert shown == "".join(c for c in text if c in "\n\t" or not UNSEEN.match(c)).replace("\N{ZERO WIDTH SPACE}", "")


def test_nothing_turns_the_direction_of_what_follows() -> None:
    """“invoice(turn)fdp.exe” must not read as “invoiceexe.pdf”."""
    turning = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert inert("a".join(turning)) == lookalike("a".join(turning)) == "a" * 11


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("see https://evil.example/x", "https://"),
        ("www.evil.example", "www."),
        ("evil.example", "evil.example"),
        ("ana@evil.example", "ana@"),
        ("{{DATE(2026-01-01)}}", "{{"),
    ],
)
def test_links_addresses_and_dates_are_broken_up(text: str, gone: str) -> None:
    assert gone not in inert(text)


@given(st.text(alphabet="ab/:.@w{} htps", max_size=40))
def test_no_link_is_left_however_the_text_is_made(text: str) -> None:
    found = inert(text)
    assert not any(found[i].isalnum() and found[i + 1 : i + 4] == "://" for i in range(len(found)))
    assert "{{" not in found


def test_a_mention_of_the_advisor_can_be_copied() -> None:
    assert inert("like “@Advisor 1”") == "like “@Advisor 1”"


@given(st.text())
def test_lookalikes_hold_no_markup(text: str) -> None:
    assert not set("\\`*_[]<>~") & set(lookalike(text))


@given(st.text(alphabet="ab/:.@w{} htps", max_size=40))
def test_what_is_looked_for_first_misses_no_link(text: str) -> None:
    assert inert(f"{text} https://a") == f"{inert(text)} https\N{ZERO WIDTH SPACE}://a"
