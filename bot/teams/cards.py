"""View → Adaptive Card 1.5, built from elements that phones show as well."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, assert_never

from bot.teams.chat import Outgoing
from bot.teams.escaping import inert, is_markup, lookalike
from bot.teams.writing import Written, written
from dialogs.plain import plain
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Element,
    Heading,
    Items,
    Line,
    Mention,
    Note,
    Paragraph,
    Span,
    Style,
    Table,
    View,
    said,
    words,
)

LIMIT = 18_000
"""Bytes of a card as UTF-8. Teams refused a card above 28 KB; an older page counts a message as UTF-16, up to 40 KB."""

ACTIONS_IN_A_SET = 6
FALLBACK_LIMIT = 3_000
SUMMARY_LIMIT = 200

Block = dict[str, Any]


def outgoing(view: View, hint: Line | None = None) -> Outgoing:
    """The message that shows a view. `hint` stands below what can be pressed."""
    return Outgoing(card(view, hint), _cut(" ".join(plain(view).split()), SUMMARY_LIMIT))


def first_line(view: View) -> str:
    """What a message begins with."""
    return plain(view).partition("\n")[0]


def card(view: View, hint: Line | None = None) -> Written:
    """The card of a view, within LIMIT: what does not fit is left out from the end, and all buttons stay."""
    elements = _with_hint(view.elements, hint)
    made = written(_card(elements, view.revision))
    if size(made) <= LIMIT:
        return made
    others = sum(not isinstance(element, Choices | Buttons) for element in elements)

    def shortened(kept: int) -> Written:
        return written(_card(tuple(_beginning(elements, kept)), view.revision))

    fitting = bisect(range(others), LIMIT, key=lambda kept: size(shortened(kept)))
    return shortened(max(0, fitting - 1))


def size(made: Written) -> int:
    """Bytes on the wire."""
    return len(made.encode())


def _with_hint(elements: tuple[Element, ...], hint: Line | None) -> tuple[Element, ...]:
    if hint is None or not any(isinstance(element, Choices | Buttons) for element in elements):
        return elements
    return (*elements, Note(hint))


def _beginning(elements: tuple[Element, ...], kept: int) -> Iterator[Element]:
    """So many of the parts that are no buttons, three dots, and all buttons."""
    left = kept
    for element in elements:
        if isinstance(element, Choices | Buttons):
            yield element
        elif left >= 0:
            yield element if left else Note(said("…"))
            left -= 1


def _card(elements: tuple[Element, ...], revision: int) -> Block:
    blocks = _Blocks(revision)
    body = [block for element in elements for block in blocks.of(element)]
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": _cut(lookalike(plain(View(elements))), FALLBACK_LIMIT) or "…",
        "msteams": {"width": "Full"},
        "body": body or [_rich(said("…"))],
    }


class _Blocks:
    """The elements of one card. It counts buttons, since ids must not repeat, and remembers a divider."""

    def __init__(self, revision: int) -> None:
        self._revision = revision
        self._ids: Counter[str] = Counter()
        self._divided = False

    def of(self, element: Element) -> Iterator[Block]:
        """The blocks of one element."""
        if isinstance(element, Divider):
            self._divided = True
            return
        for block in self._blocks(element):
            yield {**block, "separator": True} if self._divided else block
            self._divided = False

    def _blocks(self, element: Element) -> Iterator[Block]:
        match element:
            case Heading(line, level):
                yield _heading(words(line), level)
            case Paragraph(line):
                yield _rich(line)
            case Note(line):
                yield _rich(line, size="Small", isSubtle=True) | {"spacing": "Small"}
            case Items(lines, numbered):
                for number, line in enumerate(lines, 1):
                    yield _rich((*said(f"{number}. " if numbered else "• "), *line)) | {"spacing": "Small"}
            case Table(header, rows):
                for row in rows:
                    yield from _row(header, row)
            case Choices(buttons):
                numbered_ = [self._action(button, f"{n} {button.label}") for n, button in enumerate(buttons, 1)]
                yield from _sets(numbered_)
            case Buttons(buttons, menu):
                yield from _sets([self._action(button, button.label, menu) for button in buttons])
            case Divider():
                return
            case _:
                assert_never(element)

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


def _heading(text: str, level: int) -> Block:
    look = {"size": "Large" if level == 1 else "Default", "weight": "Bolder"}
    if is_markup(text):
        return _rich(said(text), **look)
    return {"type": "TextBlock", "text": inert(text) or " ", "wrap": True, "style": "heading", **look}


_LOOKS: Mapping[Style, Block] = {Style.PLAIN: {}, Style.STRONG: {"weight": "Bolder"}, Style.QUIET: {"isSubtle": True}}


def _rich(line: Line, **look: object) -> Block:
    """Running text: one run for as long as the style stays the same."""
    runs = [
        {"type": "TextRun", "text": text, **_LOOKS[style], **look}
        for style, parts in groupby(line, _style)
        if (text := inert(words(tuple(parts))))
    ]
    return {"type": "RichTextBlock", "inlines": runs or [{"type": "TextRun", "text": " ", **look}]}


def _style(part: Span | Mention) -> Style:
    return part.style if isinstance(part, Span) else Style.PLAIN


def _row(header: Sequence[str], row: Sequence[str]) -> Iterator[Block]:
    """A row as a small block of its own, since phones show no tables: the first cell, then name and value each."""
    yield _rich(said(row[0], Style.STRONG)) | {"spacing": "Medium"}
    for name, value in zip(header[1:], row[1:], strict=True):
        yield _rich((*said(f"{name}: ", Style.QUIET), *said(value))) | {"spacing": "None"}


def _sets(actions: list[Block]) -> Iterator[Block]:
    for start in range(0, len(actions), ACTIONS_IN_A_SET):
        yield {"type": "ActionSet", "actions": actions[start : start + ACTIONS_IN_A_SET]}


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
