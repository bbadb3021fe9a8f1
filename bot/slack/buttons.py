"""What can be pressed, as Slack's action blocks.

A plain button has the id of its action and the card's revision as its value. A menu's own id carries the revision, and
each of its options has the id of an action as its value.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.slack.mrkdwn import ELLIPSIS, escape, units
from bot.slack.text import plain_text
from dialogs.view import Button, Buttons, Choices, Element

Block = dict[str, Any]

MENU = "menu"
"""First part of a menu's id."""

_ID = 150
"""What Slack takes as the value of a menu's option; the id of a button may be longer."""

_PER_ACTIONS, _PER_MENU = 25, 5


class ButtonBlocks:
    """The action blocks of one message, in which no action may stand twice and one button may be the primary one."""

    def __init__(self, revision: int) -> None:
        self._revision = revision
        self._known: set[str] = set()
        self._menus = 0
        self._has_primary = False

    def of(self, elements: Iterable[Element]) -> Iterator[Block]:
        shown = [made for element in elements for made in self._elements(element)]
        for start in range(0, len(shown), _PER_ACTIONS):
            yield {"type": "actions", "elements": shown[start : start + _PER_ACTIONS]}

    def _elements(self, element: Element) -> Iterator[Block]:
        if not isinstance(element, Choices | Buttons):
            return
        fresh = [button for button in element.buttons if self._is_new(button)]
        if isinstance(element, Buttons) and element.menu and len(fresh) > 1:
            yield from (self._menu(fresh[start : start + _PER_MENU]) for start in range(0, len(fresh), _PER_MENU))
        else:
            yield from (self._button(button) for button in fresh)

    def _is_new(self, button: Button) -> bool:
        action_id = button.action.id
        new = action_id not in self._known and units(action_id) <= _ID
        self._known.add(action_id)
        return new

    def _button(self, button: Button) -> Block:
        made: Block = {
            "type": "button",
            "action_id": button.action.id,
            "text": plain_text(_label(button)),
            "value": str(self._revision),
        }
        if button.description:
            made["accessibility_label"] = escape(button.description)
        if button.primary and not self._has_primary:
            self._has_primary = True
            made["style"] = "primary"
        return made

    def _menu(self, buttons: list[Button]) -> Block:
        """A menu; its own id carries the revision, each of its options the id of a button."""
        self._menus += 1
        options = [{"text": plain_text(_label(button)), "value": button.action.id} for button in buttons]
        return {"type": "overflow", "action_id": f"{MENU}:{self._menus}:{self._revision}", "options": options}


def revised(block: Block, revision: int) -> Block:
    """The block with another revision on all that can be pressed."""
    if block["type"] != "actions":
        return block
    return {**block, "elements": [_revised(element, revision) for element in block["elements"]]}


def _revised(element: Block, revision: int) -> Block:
    if element["type"] == "button":
        return {**element, "value": str(revision)}
    return {**element, "action_id": f"{element['action_id'].rpartition(':')[0]}:{revision}"}


def _label(button: Button) -> str:
    return escape(button.label) or ELLIPSIS
