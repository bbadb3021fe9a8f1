"""View → Adaptive Card 1.5, built from elements that phones show as well."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.teams.elements import Block, Draw, Drawn, drawn
from bot.teams.interfaces import Outgoing
from bot.teams.json_text import Written, extended, holding, row, written
from bot.teams.markdown import lookalike
from dialogs.view import Button, Buttons, Choices, Divider, Element, Line, Note, Paragraph, View, said
from dialogs.views.plain_text import plain

LIMIT = 18_000
"""Bytes of a card as UTF-8. Teams refused a card above 28 KB; an older page counts a message as UTF-16, up to 40 KB."""

ACTIONS_IN_A_SET = 6
FALLBACK_LIMIT = 3_000
SUMMARY_LIMIT = 200


def outgoing(view: View, hint: Line | None = None, draw: Draw = drawn) -> Outgoing:
    """The message that shows a view: its card, within LIMIT, and a summary. `hint` stands below what can be pressed.

    What does not fit is left out from the end, and all buttons stay.
    """
    parts = [draw(element) for element in view.elements]
    summary = _cut(" ".join(_text(parts).split()), SUMMARY_LIMIT)
    if hint is not None and any(map(_can_be_pressed, parts)):
        parts.append(draw(Note(hint)))
    return Outgoing(_fitting(parts, view.revision), summary)


def first_line(view: View) -> str:
    """What a message begins with."""
    return plain(view).partition("\n")[0]


def size(made: Written) -> int:
    """Bytes on the wire."""
    return len(made.encode())


def _fitting(parts: Sequence[Drawn], revision: int) -> Written:
    made = _card(parts, revision)
    if size(made) <= LIMIT:
        return made
    others = sum(not _can_be_pressed(part) for part in parts)

    def shortened(kept: int) -> Written:
        return _card(tuple(_beginning(parts, kept)), revision)

    fitting = bisect(range(others), LIMIT, key=lambda kept: size(shortened(kept)))
    return shortened(max(0, fitting - 1))


def _beginning(parts: Iterable[Drawn], kept: int) -> Iterator[Drawn]:
    """So many of the parts that are no buttons, three dots, and all buttons."""
    left = kept
    for part in parts:
        if _can_be_pressed(part):
            yield part
        elif left >= 0:
            yield part if left else drawn(Note(said("…")))
            left -= 1


def _can_be_pressed(part: Drawn) -> bool:
    return isinstance(part.element, Choices | Buttons)


def _text(parts: Iterable[Drawn]) -> str:
    """The whole of it, as `plain` would have it."""
    return "\n".join(part.text for part in parts if part.text)


def _card(parts: Iterable[Drawn], revision: int) -> Written:
    blocks = _Blocks(revision)
    body = [block for part in parts for block in blocks.of(part)]
    frame = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": _cut(lookalike(_text(parts)), FALLBACK_LIMIT) or "…",
        "msteams": {"width": "Full"},
    }
    return holding(frame, "body", row(body or drawn(Paragraph(said("…"))).blocks))


class _Blocks:
    """The blocks of one card. It counts buttons, since ids must not repeat, and remembers a divider."""

    def __init__(self, revision: int) -> None:
        self._revision = revision
        self._ids: Counter[str] = Counter()
        self._divided = False

    def of(self, part: Drawn) -> Iterator[Written]:
        """The blocks of one part."""
        if isinstance(part.element, Divider):
            self._divided = True
        for block in part.blocks or map(written, _sets(self._actions(part.element))):
            yield extended(block, "separator", written(True)) if self._divided else block
            self._divided = False

    def _actions(self, element: Element) -> list[Block]:
        match element:
            case Choices(buttons):
                return [self._action(button, f"{n} {button.label}") for n, button in enumerate(buttons, 1)]
            case Buttons(buttons, menu):
                return [self._action(button, button.label, menu) for button in buttons]
            case _:
                return []

    def _action(self, button: Button, title: str, menu: bool = False) -> Block:
        """A press comes back by `verb` and `data`; clients without Action.Execute send the same as Action.Submit."""
        action = button.action
        data = {**action.data, "revision": self._revision}
        self._ids[action.id] += 1
        again = self._ids[action.id]
        return {
            "type": "Action.Execute",
            "id": action.id if again == 1 else f"{action.id}#{again}",
            "title": title,
            "verb": action.verb.value,
            "data": data,
            **({"tooltip": button.description} if button.description else {}),
            **({"style": "positive"} if button.primary else {}),
            **({"mode": "secondary"} if menu else {}),
            "fallback": {"type": "Action.Submit", "title": title, "data": {"verb": action.verb.value, **data}},
        }


def _sets(actions: list[Block]) -> Iterator[Block]:
    for start in range(0, len(actions), ACTIONS_IN_A_SET):
        yield {"type": "ActionSet", "actions": actions[start : start + ACTIONS_IN_A_SET]}


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
