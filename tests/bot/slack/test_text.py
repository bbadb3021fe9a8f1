"""Text in and out: nothing is lost on the way in, nothing comes alive on the way out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.text import (
    SlackText,
    clean,
    escape,
    escaped_length,
    has_markup,
    join_texts,
    render_line,
    title,
    truncate,
    typed_text,
)
from dialogs.message import Person
from dialogs.view import Mention, Span, Style

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


def formatted(*texts: str) -> list[SlackText]:
    return [SlackText(text, formatted=True) for text in texts]


@pytest.mark.parametrize(
    ("texts", "limit", "together"),
    [
        (["aaaaa", "bbbb"], 10, ["aaaaa\nbbbb"]),
        (["aaaaa", "bbbbb"], 10, ["aaaaa", "bbbbb"]),
        (["a", "b", "c"], 5, ["a\nb\nc"]),
        (["a", "b", "c"], 4, ["a\nb", "c"]),
        (["😀", "b"], 4, ["😀\nb"]),
        (["😀", "bb"], 4, ["😀", "bb"]),
        ([], 9, []),
    ],
)
def test_texts_are_joined_up_to_the_limit(texts: list[str], limit: int, together: list[str]) -> None:
    assert list(join_texts(formatted(*texts), limit)) == formatted(*together)


def test_texts_of_different_kinds_stay_apart() -> None:
    first, plain, last = SlackText("a", True), SlackText("*", False), SlackText("b", True)
    assert list(join_texts([first, plain, last], 99)) == [first, plain, last]
    assert list(join_texts([plain, plain], 99)) == [SlackText("*\n*", False)]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", "*b*"),
        ("(", ")", "(*b*)"),
        ("a ", " c", "a *b* c"),
        ("a", " c", "ab c"),
        ("a ", "c", "a bc"),
        ("a: ", ".", "a: *b*."),
        ("a", "c", "abc"),
    ],
)
def test_marks_stand_only_where_slack_reads_them(before: str, after: str, shown: str) -> None:
    assert render_line((Span(before), Span("b", Style.STRONG), Span(after))) == SlackText(shown, formatted=True)


def test_a_mention_right_beside_leaves_no_room_for_marks() -> None:
    ana = Mention(Person("U012ABC"))
    assert render_line((ana, Span("b", Style.STRONG))) == SlackText("<@U012ABC>b", formatted=True)
    assert render_line((Span("b", Style.STRONG), ana)) == SlackText("b<@U012ABC>", formatted=True)
    assert render_line((ana, Span(" b ", Style.STRONG), ana)) == SlackText("<@U012ABC> *b* <@U012ABC>", formatted=True)


def test_emphasis_does_not_go_over_lines() -> None:
    assert render_line((Span("a\nb", Style.STRONG),)) == SlackText("a\nb", formatted=True)


def test_parts_that_make_an_emoji_together_are_plain() -> None:
    parts = (Span(":", Style.QUIET), Span("tada"), Span(":", Style.QUIET))
    assert render_line(parts) == SlackText(":tada:", formatted=False)


def test_a_line_that_is_plain_names_whom_it_mentions() -> None:
    assert render_line((Span("*x* by "), Mention(Person("U012ABC"))), "• ") == SlackText(
        "• *x* by @U012ABC", formatted=False
    )


@pytest.mark.parametrize("line", [(), (Span(""),), (Span(" \n"), Span(" ", Style.STRONG))])
def test_of_nothing_there_is_no_text(line: tuple[Span, ...]) -> None:
    assert render_line(line) is None


def test_a_title_is_strong_unless_something_in_it_is() -> None:
    ana = Mention(Person("U012ABC"))
    assert title((Span("a", Style.QUIET), ana)) == (Span("a", Style.STRONG), ana)
    eve = Mention(Person("U012EVE", "Eve"))
    assert title((Span("Idea of "), eve)) == (Span("Idea of ", Style.STRONG), Span("Eve", Style.STRONG))
    partly = (Span("a"), Span("b", Style.STRONG))
    assert title(partly) == partly
