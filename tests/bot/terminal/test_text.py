"""A view as text for a terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.text import Screen, render_text
from dialogs.message import Action, Person, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Heading,
    Items,
    Link,
    Mention,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Style,
    Table,
    View,
    as_line,
)

YES, NO = (Button(Action(Verb.ANSWER, ("data", option)), option.title()) for option in ("yes", "no"))
WHY, BACK = Button(Action(Verb.WHY), "Why do you ask?"), Button(Action(Verb.BACK), "Back")
AGAIN = Button(Action(Verb.RESTART), "Start over")
VIEW = View(
    (
        Note(as_line("Domain: general")),
        Heading((Span("Question 2", Style.STRONG),)),
        Paragraph((Span("Asked by "), Mention(Person("U1", "Ben")), Span(".", Style.QUIET))),
        Buttons((WHY, BACK), menu=True),
        Choices((YES, NO)),
        Buttons((AGAIN,)),
        Items((as_line("one"), as_line("two")), numbered=True),
        Divider(),
        Table(("Aspect", "A"), (("Cost", "low"),)),
        Preformatted("# A\n* \x1b b"),
    )
)


def test_every_part_is_written_plainly() -> None:
    assert render_text(VIEW, Screen()) == (
        "Domain: general\n\nQuestion 2\nAsked by Ben.\n[Why do you ask?]  [Back]\n  1 Yes\n  2 No\n[3] Start over\n"
        "1. one\n2. two\nCost\n  A: low\n# A\n*   b"
    )


def test_emphasis_only_where_it_can_be_shown() -> None:
    shown = render_text(VIEW, Screen(80, colour=True))
    assert "\n\x1b[1mQuestion 2\x1b[0m\n" in shown
    assert "\x1b" not in render_text(VIEW, Screen(80))


def test_people_move_no_cursor() -> None:
    evil = View((Paragraph(as_line("a\x1b[2Jb\x9bc\u202ed\x07")), Choices((Button(YES.action, "\x1b]0;x\x07"),))))
    for screen in (Screen(), Screen(40, colour=True)):
        assert not re.search("[\x07\x9b\u202e]|\x1b(?!\\[[012]m)", render_text(evil, screen))


LONG = View((Paragraph(as_line("word " * 60)), Items((as_line("item " * 40),), numbered=True), Buttons((WHY,) * 9)))


@pytest.mark.parametrize("width", [24, 40, 96])
def test_lines_fit_and_lists_hang(width: int) -> None:
    lines = render_text(LONG, Screen(width)).split("\n")
    assert max(map(len, lines)) <= width
    at = next(number for number, line in enumerate(lines) if line.startswith("1. item"))
    assert lines[at + 1].startswith("   item")


@given(st.text(st.sampled_from("ab \n"), max_size=60), st.integers(5, 30))
def test_wrapping_loses_nothing(words: str, width: int) -> None:
    view = View((Paragraph(as_line(words)),))
    assert render_text(view, Screen(width)).split() == words.split()
    assert re.sub("\x1b\\[[0-9]m", "", render_text(view, Screen(width, colour=True))) == render_text(
        view, Screen(width)
    )


@given(st.lists(st.tuples(st.text(st.sampled_from("ab "), min_size=1, max_size=8), st.sampled_from(Style)), max_size=6))
def test_emphasis_is_closed_on_every_line(spans: list[tuple[str, Style]]) -> None:
    view = View((Paragraph(tuple(Span(words, style) for words, style in spans)),))
    for line in render_text(view, Screen(12, colour=True)).split("\n"):
        assert re.fullmatch("([^\x1b]|\x1b\\[[12]m[^\x1b]+\x1b\\[0m)*", line)


@pytest.mark.parametrize(
    ("width", "lines"), [(14, ["aaaa bbbb cccc"]), (13, ["aaaa bbbb", "cccc"]), (16, ["aaaa bbbb cccc"])]
)
def test_each_word_takes_its_letters_and_one_space(width: int, lines: list[str]) -> None:
    assert render_text(View((Paragraph(as_line("aaaa bbbb cccc")),)), Screen(width)).split("\n") == lines


@pytest.mark.parametrize(("width", "lines"), [(9, ["aaaa bbbb"]), (8, ["aaaa", "bbbb"]), (3, ["aaaa", "bbbb"])])
def test_a_word_stays_on_the_line_as_long_as_it_fits(width: int, lines: list[str]) -> None:
    assert render_text(View((Paragraph(as_line("aaaa bbbb")),)), Screen(width)).split("\n") == lines
    assert render_text(View((Items((as_line("aaaa bbbb"),)),)), Screen(width + 2)).split("\n") == [
        f"{mark}{line}" for mark, line in zip(("- ", "  "), lines, strict=False)
    ]


BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def coloured(*parts: Span, heading: bool = False) -> str:
    element = Heading(parts) if heading else Paragraph(parts)
    return render_text(View((element,)), Screen(80, colour=True))


def test_neighbours_in_one_emphasis_share_its_marks() -> None:
    assert coloured(Span("a b c", Style.STRONG)) == f"{BOLD}a b c{RESET}"
    assert coloured(Span("a", Style.STRONG), Span("b", Style.STRONG)) == f"{BOLD}ab{RESET}"
    assert coloured(Span("a", Style.STRONG), Span("b", Style.QUIET)) == f"{BOLD}a{RESET}{DIM}b{RESET}"
    assert coloured(Span("a"), Span(" b ", Style.QUIET), Span("c")) == f"a {DIM}b{RESET} c"


def test_a_heading_is_strong_and_what_is_quiet_in_it_stays_quiet() -> None:
    assert coloured(Span("a "), Span("b", Style.QUIET), heading=True) == f"{BOLD}a{RESET} {DIM}b{RESET}"


def test_who_has_no_name_is_called_by_the_id() -> None:
    assert render_text(
        View((Paragraph((Mention(Person("U1")), Span(", "), Mention(Person("U2", "Ben")))),)), Screen()
    ) == ("U1, Ben")


def test_numbers_of_choices_and_cells_are_wrapped_below_their_words() -> None:
    choice = Choices((Button(YES.action, "aaaa bbbb"),))
    assert render_text(View((choice,)), Screen(8)).split("\n") == ["  1 aaaa", "    bbbb"]
    cells = Table(("Aspect", "A"), (("Cost", "bbbb cccc"),))
    assert render_text(View((cells,)), Screen(10)).split("\n") == ["Cost", "  A: bbbb", "  cccc"]


def test_line_ends_in_a_text_keep_its_margin() -> None:
    assert render_text(View((Items((as_line("a\nb"),)),)), Screen()).split("\n") == ["- a", "  b"]


def test_a_button_is_not_broken_over_lines() -> None:
    assert render_text(View((Buttons((WHY, BACK)),)), Screen(20)).split("\n") == ["[1] Why do you ask?", "[2] Back"]


def test_an_empty_part_leaves_no_line() -> None:
    assert (
        render_text(
            View((Paragraph(as_line("a")), Paragraph(as_line("")), Divider(), Paragraph(as_line("b")))), Screen()
        )
        == "a\nb"
    )


def rows(*elements: object, width: int | None = None) -> list[str]:
    return render_text(View(tuple(elements)), Screen(width)).split("\n")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        (Items((as_line("a"), as_line("b"))), ["- a", "- b"]),
        (Items((as_line("a"), as_line("b")), numbered=True), ["1. a", "2. b"]),
        (Items((as_line("a"),), plain=True), ["a"]),
        (Table(("Idea", "Verdict", "Left"), (("x", "good", "2"),)), ["x", "  Verdict: good", "  Left: 2"]),
        (Table(("Idea", "Verdict", "Left"), (("x", "good", "2"),), compact=True), ["x", "  Verdict: good · Left: 2"]),
        (Preformatted("a\n\nb"), ["a", "", "b"]),
        (Link("there", "https://x.org"), ["there: https://x.org"]),
        (Paragraph(as_line("a\nb")), ["a", "b"]),
    ],
)
def test_each_part_has_its_rows(element: object, shown: list[str]) -> None:
    assert rows(element) == shown


def test_headings_and_dividers_stand_apart() -> None:
    a = Paragraph(as_line("a"))
    assert rows(a, Heading(as_line("T")), a) == ["a", "", "T", "a"]
    assert rows(Heading(as_line("T")), Note(as_line(" ")), a) == ["T", "a"]
    assert rows(a, Divider(), a) == ["a", "a"]
