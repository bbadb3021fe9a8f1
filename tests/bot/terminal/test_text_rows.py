"""Which rows the parts of a view take in a terminal."""

import pytest

from bot.terminal.text import Screen, render_text
from dialogs.message import Action, Verb
from dialogs.view import (
    Button,
    Choices,
    Divider,
    Heading,
    Items,
    Link,
    Note,
    Paragraph,
    Preformatted,
    Table,
    View,
    as_line,
)

YES = Button(Action(Verb.SHOW), "Show")


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


def test_rows_are_wrapped_below_their_first_word() -> None:
    lines = (as_line("aa bb cc"), as_line("dd"))
    assert rows(Items(lines), width=7) == ["- aa bb", "  cc", "- dd"]
    assert rows(Items(lines), width=6) == ["- aa", "  bb", "  cc", "- dd"]
    assert rows(Paragraph(as_line("aaaaaaa b")), width=3) == ["aaaaaaa", "b"]
    assert rows(Choices((Button(YES.action, "aa bb"),)), width=6) == ["  1 aa", "    bb"]


def test_emphasis_covers_each_word_and_is_not_counted() -> None:
    shown = render_text(View((Heading(as_line("aa bb")), Note(as_line("cc")))), Screen(5, colour=True))
    assert shown == "\x1b[1maa bb\x1b[0m\n\x1b[2mcc\x1b[0m"
    assert render_text(View((Paragraph(as_line("aa")),)), Screen(colour=True)) == "aa"
