"""Buttons and menus of one message as blocks: no action may occur twice, and one button may be the primary one.

A button has the id of its action, and the card's revision as its value. A menu's own id carries the revision, and each
of its options has the id of an action as its value.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.slack.limits import MAX_CONFIRM, MAX_LABEL, MAX_OPTION_VALUE
from bot.slack.text import ELLIPSIS, clean, escape, escaped_length, plain_text_object, truncate, utf16_length
from dialogs.view import Button, Buttons, Check, Choices, Element

Block = dict[str, Any]

MENU = "menu"
"""First part of a menu's id."""


_PER_ACTIONS, _PER_MENU, _PER_SELECT = 25, 5, 100


class ActionBlocks:
    """The action blocks of one message, at a revision of its card: what they have used is not used again below."""

    def __init__(self, revision: int) -> None:
        self._revision = revision
        self._seen: set[str] = set()
        self._menus = 0
        self._has_primary = False

    def render(self, elements: Iterable[Element]) -> Iterator[Block]:
        rendered = [block for element in elements for block in self._element(element)]
        for start in range(0, len(rendered), _PER_ACTIONS):
            yield {"type": "actions", "elements": rendered[start : start + _PER_ACTIONS]}

    def _element(self, element: Element) -> Iterator[Block]:
        if not isinstance(element, Choices | Buttons):
            return
        buttons: Iterable[Button] = element.buttons
        if isinstance(element, Choices):
            buttons = [_numbered(button, number) for number, button in enumerate(element.buttons, 1)]
        new = [button for button in buttons if self._is_new(button)]
        if isinstance(element, Buttons) and element.menu and element.title and new:
            placeholder = plain_text_object(escape(element.title))
            yield {"type": "static_select", "placeholder": placeholder, **self._options(new[:_PER_SELECT])}
        elif isinstance(element, Buttons) and element.menu and len(new) > 1:
            for start in range(0, len(new), _PER_MENU):
                yield {"type": "overflow", **self._options(new[start : start + _PER_MENU])}
        else:
            yield from (self._button(button) for button in new)

    def _is_new(self, button: Button) -> bool:
        action_id = button.action.id
        new = action_id not in self._seen and utf16_length(action_id) <= MAX_OPTION_VALUE
        self._seen.add(action_id)
        return new

    def _button(self, button: Button) -> Block:
        block: Block = {
            "type": "button",
            "action_id": button.action.id,
            "text": plain_text_object(label_of(button)),
            "value": str(self._revision),
        }
        if button.description:
            block["accessibility_label"] = escape(button.description)
        if button.primary and not self._has_primary:
            self._has_primary = True
            block["style"] = "primary"
        if button.check is not None:
            block |= {"style": "danger", "confirm": _confirmation(button, button.check)}
        return block

    def _options(self, buttons: list[Button]) -> Block:
        self._menus += 1
        options = [{"text": plain_text_object(label_of(button)), "value": button.action.id} for button in buttons]
        return {"action_id": f"{MENU}:{self._menus}:{self._revision}", "options": options}


def _confirmation(button: Button, check: Check) -> Block:
    """What Slack asks once the button is pressed."""
    texts = {"title": button.label, "text": check.question, "confirm": check.yes, "deny": check.no}
    shown = {key: escape(truncate(clean(text).strip(), MAX_CONFIRM[key])) or ELLIPSIS for key, text in texts.items()}
    return {**{key: plain_text_object(text) for key, text in shown.items()}, "style": "danger"}


def label_of(button: Button) -> str:
    """What stands on a button, escaped and never empty."""
    return escape(button.label or ELLIPSIS)


def _numbered(button: Button, number: int) -> Button:
    """With its number on it. A screen reader's name for it has to hold what can be seen."""
    words = button.label or ELLIPSIS
    label = truncate(f"{number} {words}", MAX_LABEL)
    named = button.description.replace(words, label, 1) if words else ""
    return button._replace(label=label, description=named if escaped_length(named) <= MAX_LABEL else "")
