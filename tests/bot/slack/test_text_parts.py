"""How lines are put together for Slack: marks, limits, links and where a text is cut."""

import pytest

from bot.slack.text import (
    SlackText,
    clean,
    escaped_length,
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


def test_a_title_is_strong_where_nothing_in_it_is() -> None:
    plain, strong = (Span("a"), Span("b", QUIET)), (Span("a"), Span("b", STRONG))
    assert [part.style for part in title(plain)] == [STRONG, STRONG]
    assert title(strong) == strong
    assert title((Mention(Person("U1")),)) == (Mention(Person("U1")),)


def test_texts_are_joined_up_to_the_limit_and_by_kind() -> None:
    def joined(limit: int, *texts: tuple[str, bool]) -> list[str]:
        return [one.text for one in join_texts([SlackText(*text) for text in texts], limit)]

    assert joined(5, ("aa", True), ("bb", True)) == ["aa\nbb"]
    assert joined(4, ("aa", True), ("bb", True)) == ["aa", "bb"]
    assert joined(9, ("aa", True), ("bb", False), ("cc", False)) == ["aa", "bb\ncc"]
    assert joined(9) == []
    assert SlackText("a", True).to_object() == {"type": "mrkdwn", "text": "a", "verbatim": True}
    assert SlackText("a", False).to_object() == {"type": "plain_text", "text": "a", "emoji": False}


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
