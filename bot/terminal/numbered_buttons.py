"""The numbers of buttons in a terminal, so that each is reachable by keyboard.

Choices are numbered from 1 as everywhere, further buttons count on from there. Beside choices a menu has no numbers,
since a number is an answer there: its words are typed. Nor has a menu of what has short names to be typed.
"""

from collections.abc import Iterator, Mapping

from dialogs.message import Press, Verb
from dialogs.view import Button, Buttons, Choices, Feedback, View


def numbered_buttons(view: View, first: int = 1) -> Iterator[tuple[int, Button]]:
    """Each button that has a number, with it."""
    return enumerate(_in_order(view), first)


def numbered_presses(view: View, first: int = 1) -> Mapping[int, Press]:
    return {
        number: Press(button.action, view.revision, view.about if button.action.verb is Verb.FEEDBACK else "")
        for number, button in numbered_buttons(view, first)
    }


def is_typed(buttons: Buttons) -> bool:
    """Whether a menu is not shown, since what it holds has short names to be typed."""
    return bool(buttons.title) and any(button.short for button in buttons.buttons)


def _in_order(view: View) -> Iterator[Button]:
    choices = [element for element in view.elements if isinstance(element, Choices)]
    further = [element for element in view.elements if isinstance(element, Buttons) and not is_typed(element)]
    for choice in choices:
        yield from choice.buttons
    for buttons in further:
        if not (choices and buttons.menu):
            yield from buttons.buttons
    for element in view.elements:
        if isinstance(element, Feedback):
            yield from (element.up, element.down)
