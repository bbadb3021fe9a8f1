"""What each number stands for in a terminal."""

from dataclasses import replace

from bot.terminal.numbered_buttons import numbered_presses
from bot.terminal.text import Screen, render_text
from dialogs.message import Action, Press, Verb
from dialogs.view import Button, Buttons, Choices, Feedback, Paragraph, View, as_line

YES, NO, WHY, BACK, AGAIN = (
    Button(Action(verb), verb.value.title()) for verb in (Verb.SHOW, Verb.HELP, Verb.WHY, Verb.BACK, Verb.RESTART)
)
UP, DOWN = (Button(Action(Verb.FEEDBACK, (value,)), value.title()) for value in ("up", "down"))
FEEDBACK = Feedback("result:x", UP, DOWN)


def rows(*elements: object, width: int | None = None) -> list[str]:
    return render_text(View(tuple(elements)), Screen(width)).split("\n")  # type: ignore[arg-type]


def test_choices_are_numbered_first_and_a_menu_beside_them_is_not() -> None:
    elements = (Buttons((WHY, BACK), menu=True), Choices((YES, NO)), Buttons((AGAIN,)))
    assert numbered_presses(View(elements)) == {
        1: Press(YES.action, 0),
        2: Press(NO.action, 0),
        3: Press(AGAIN.action, 0),
    }
    alone = View(tuple(element for element in elements if not isinstance(element, Choices)))
    assert numbered_presses(alone) == {1: Press(WHY.action, 0), 2: Press(BACK.action, 0), 3: Press(AGAIN.action, 0)}


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


def test_a_menu_has_numbers_unless_choices_stand_there_and_one_of_short_names_is_not_shown() -> None:
    menu, titled = Buttons((WHY, BACK), menu=True), Buttons((WHY._replace(short="1"), BACK), menu=True, title="Open")
    assert rows(replace(titled, buttons=(WHY, BACK))) == ["[1] Why  [2] Back"]
    assert rows(menu) == ["[1] Why  [2] Back"]
    assert rows(menu, Choices((YES,))) == ["[Why]  [Back]", "  1 Show"]
    assert list(numbered_presses(View((titled,)))) == []
    assert rows(Paragraph(as_line("a")), titled, Paragraph(as_line("b"))) == ["a", "b"]
