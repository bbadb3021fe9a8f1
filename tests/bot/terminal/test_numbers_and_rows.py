"""What each number stands for in a terminal, and which rows parts of a view take."""

import pytest

from bot.terminal.text import Screen, numbered_presses, render_text
from dialogs.message import Action, Press, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Feedback,
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

YES, WHY, BACK = (Button(Action(verb), verb.value.title()) for verb in (Verb.SHOW, Verb.WHY, Verb.BACK))
UP, DOWN = (Button(Action(Verb.FEEDBACK, (value,)), value.title()) for value in ("up", "down"))
FEEDBACK = Feedback("result:x", UP, DOWN)


def rows(*elements: object, width: int | None = None) -> list[str]:
    return render_text(View(tuple(elements)), Screen(width)).split("\n")  # type: ignore[arg-type]


def test_numbers_go_on_from_choices_to_buttons_and_feedback() -> None:
    view = View((Buttons((WHY,)), FEEDBACK, Choices((YES,))), 4)
    assert numbered_presses(view) == {
        1: Press(YES.action, 4),
        2: Press(WHY.action, 4),
        3: Press(UP.action, 4, "result:x"),
        4: Press(DOWN.action, 4, "result:x"),
    }
    assert list(numbered_presses(view, 7)) == [7, 8, 9, 10]
    assert render_text(view, Screen(), 7) == "[8] Why\n[9] Up  [10] Down\n  7 Show"


def test_a_menu_has_numbers_unless_choices_stand_there_and_one_with_a_title_is_not_shown() -> None:
    menu, titled = Buttons((WHY, BACK), menu=True), Buttons((WHY, BACK), menu=True, title="Open")
    assert rows(menu) == ["[1] Why  [2] Back"]
    assert rows(menu, Choices((YES,))) == ["[Why]  [Back]", "  1 Show"]
    assert list(numbered_presses(View((titled,)))) == []
    assert rows(Paragraph(as_line("a")), titled, Paragraph(as_line("b"))) == ["a", "b"]


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
