"""Text in and out: nothing is lost on the way in, nothing comes alive on the way out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.text import clean, escape, escaped_length, has_markup, truncate, typed_text

BOT = "U0ADVISOR0"

TYPED = {
    "a mention in front": ("<@U0ADVISOR0> should we?", "should we?"),
    "a mention with a name and a comma": ("<@U0ADVISOR0|advisor>, should we?", "should we?"),
    "a mention inside": ("hey <@U0ADVISOR0> should we?", "hey should we?"),
    "nothing but a mention": (" <@U0ADVISOR0> ", ""),
    "somebody else": ("ask <@U0BEN|ben> and <@U0EVE>", "ask @ben and @U0EVE"),
    "entities, once": ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
    "entities of entities": ("&amp;lt;", "&lt;"),
    "a link": ("see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"),
    "a link with a label": ("see <https://example.org|example.org>", "see example.org"),
    "a channel": ("in <#C012AB|general>", "in #general"),
    "everybody": ("<!channel> or <!subteam^S1|@ops> or <!here>", "@channel or @ops or @here"),
    "spaces": ("  a \t b  ", "a b"),
    "another direction": ("a\u202eb", "ab"),
}


@pytest.mark.parametrize(("sent", "text"), TYPED.values(), ids=TYPED)
def test_what_a_person_typed(sent: str, text: str) -> None:
    assert typed_text(sent, BOT) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])))
def test_what_is_escaped_is_read_as_it_was(text: str) -> None:
    assert typed_text(escape(text), None) == re.sub(" +", " ", text).strip()


@given(st.text(), st.integers(1, 60))
def test_a_cut_text_fits_and_says_that_it_goes_on(text: str, limit: int) -> None:
    short = truncate(text, limit)
    assert escaped_length(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1].rstrip()))


def test_a_text_is_cut_at_a_sentence_then_at_a_word() -> None:
    assert truncate("One sentence here. Another one that is long.", 30) == "One sentence here. …"
    assert truncate("no end of a sentence anywhere here", 32) == "no end of a sentence anywhere…"
    assert truncate("x" * 40, 10) == "x" * 8 + "…"


@pytest.mark.parametrize(
    "text", ["*a*", "a_b_c", "~5 ~6", "`x`", ":tada:", "> quoted", "line\n> quoted", "2*3"], ids=repr
)
def test_formatting_is_noticed(text: str) -> None:
    assert has_markup(text)


@pytest.mark.parametrize("text", ["a - b", "10:30", "x > y", "“quoted”", "a:b", "C++", "https://example.org/a-b"])
def test_what_is_no_formatting_is_left_alone(text: str) -> None:
    assert not has_markup(text)


@given(st.text())
def test_clean_text_can_be_sent(text: str) -> None:
    shown = clean(text)
    shown.encode("utf-8")
    assert not any(character in shown for character in "\x00\r\u202e\u2066")
    assert clean(shown) == shown
