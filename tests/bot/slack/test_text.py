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
    link,
    mention,
    render_line,
    title,
    truncate,
    typed_text,
    utf16_length,
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


def test_a_title_is_strong_unless_something_in_it_is() -> None:
    ana = Mention(Person("U012ABC"))
    assert title((Span("a", Style.QUIET), ana)) == (Span("a", Style.STRONG), ana)
    partly = (Span("a"), Span("b", Style.STRONG))
    assert title(partly) == partly


def test_texts_of_different_kinds_stay_apart() -> None:
    first, plain, last = SlackText("a", True), SlackText("*", False), SlackText("b", True)
    assert list(join_texts([first, plain, last], 99)) == [first, plain, last]
    assert list(join_texts([plain, plain], 99)) == [SlackText("*\n*", False)]
    assert first.to_object() == {"type": "mrkdwn", "text": "a", "verbatim": True}
    assert plain.to_object() == {"type": "plain_text", "text": "*", "emoji": False}


STRONG, QUIET = Style.STRONG, Style.QUIET


def shown(*parts: Span | Mention, prefix: str = "") -> str:
    found = render_line(parts, prefix)
    assert found is not None
    return found.text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((Span("a", STRONG), Span(" b")), "*a* b"),
        ((Span("a "), Span("b", STRONG)), "a *b*"),
        ((Span("a"), Span("b", STRONG)), "ab"),
        ((Span("a", STRONG), Span("b")), "ab"),
        ((Span("("), Span("a", STRONG), Span(")")), "(*a*)"),
        ((Span("→"), Span("a", QUIET), Span("…")), "→_a_…"),
        ((Span("“"), Span("a", STRONG), Span("”!")), "“*a*”!"),
        ((Span("?"), Span("a", STRONG)), "?a"),
        ((Span("a", STRONG), Span("(")), "a("),
        ((Span("a", STRONG), Span(" "), Span("b", QUIET)), "*a* _b_"),
        ((Span("a\nb", STRONG),), "a\nb"),
        ((Span(" a ", STRONG), Span("b")), "*a* b"),
        ((Span("", STRONG), Span("b", STRONG)), "*b*"),
        ((Span("a", url="https://x.org"),), "<https://x.org|a>"),
        ((Span("a", STRONG, "https://x.org"), Span(" b", STRONG)), "*<https://x.org|a>* *b*"),
        ((Span("a", STRONG, "https://x.org"), Span("b")), "<https://x.org|a>b"),
        ((Span("by "), Mention(Person("U1"))), "by <@U1>"),
        ((Mention(Person("U1", "A<b")), Span("!")), "A&lt;b!"),
        ((Mention(Person("U1")), Span("a", STRONG)), "<@U1>a"),
        ((Span("a", STRONG), Mention(Person("U1"))), "a<@U1>"),
        ((Mention(Person("U1")), Span(" a ", STRONG), Mention(Person("U1"))), "<@U1> *a* <@U1>"),
    ],
)
def test_marks_stand_where_slack_reads_them(parts: tuple[Span | Mention, ...], text: str) -> None:
    assert shown(*parts) == text


def test_a_line_with_formatting_of_its_own_is_plain() -> None:
    assert render_line((Span("a*b", STRONG),), "• ") == SlackText("• a*b", formatted=False)
    assert render_line((Span(":"), Span("x", STRONG), Span(":"))) == SlackText(":x:", formatted=False)
    assert render_line((Span("_ "), Mention(Person("U1")))) == SlackText("_ @U1", formatted=False)
    assert shown(Span(" a "), prefix="1. ") == "1. a"
    assert render_line((Span(" "), Span("\n"))) is None
    assert render_line(()) is None


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "a…"),
        ("a&b", 7, "a&b"),
        ("a&b", 6, "a…"),
        ("<<<", 12, "<<<"),
        ("<<<", 11, "<<…"),
        ("One. Two three four", 12, "One. Two…"),
        ("Ones ok. Two three", 13, "Ones ok. …"),
        ("aaaa bbbb cccc", 12, "aaaa bbbb…"),
        ("aaa bbbbbbbbbbbbb", 14, "aaa bbbbbbbb…"),
        ("line one\nline two is long", 16, "line one …"),
        ("😀😀😀", 6, "😀😀😀"),
        ("😀😀😀", 5, "😀…"),
    ],
)
def test_a_text_is_cut_at_a_sentence_a_word_or_a_letter(text: str, limit: int, cut: str) -> None:
    assert truncate(text, limit) == cut
    assert escaped_length(cut) <= limit


def test_lengths_are_counted_as_slack_may_count_them() -> None:
    assert [utf16_length(text) for text in ("", "ab", "é", "😀", "\ud800")] == [0, 2, 1, 2, 1]
    assert escaped_length("a&<>😀") == 1 + 5 + 4 + 4 + 2


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("a\r\nb", "a\nb"), ("a\rb\x0bc", "a\nb\nc"), ("a\x00b\u202ec", "abc"), ("a\tb", "a\tb"), ("plain é", "plain é")],
)
def test_what_cannot_be_seen_goes(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_links_and_mentions_of_our_own_are_escaped() -> None:
    assert link("a|b <c>\nd", "https://x.org") == "<https://x.org|a∣b &lt;c&gt; d>"
    assert mention(Person("U1", "A & B")) == "A &amp; B"
    assert mention(Person("U1")) == "<@U1>"


@pytest.mark.parametrize(
    ("sent", "bot", "text"),
    [
        ("<@U1>: hi", "U1", "hi"),
        ("<@U1> hi", None, "@U1 hi"),
        ("<@U12> hi", "U1", "@U12 hi"),
        ("<#C1|> x", None, "#C1 x"),
        ("<!date^1^x|today>", None, "today"),
        ("<!subteam^S1>", None, "@subteam"),
        ("<mailto:a@b.c|a@b.c>", None, "a@b.c"),
        ("a\t\tb", None, "a b"),
    ],
)
def test_references_read_as_their_names(sent: str, bot: str | None, text: str) -> None:
    assert typed_text(sent, bot) == text
