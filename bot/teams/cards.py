"""A view as an Adaptive Card 1.5, built from elements that phones show as well.

Cards that are too long for Teams lose their links first, then what stands at their end; all buttons stay.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, assert_never

from pydantic_core import to_json

from bot.teams.activities import TARGETED
from bot.teams.interfaces import OutgoingMessage
from bot.teams.markdown import inert, is_markup, lookalike
from dialogs.message import Verb
from dialogs.view import (
    Button,
    Buttons,
    Check,
    Choices,
    Divider,
    Drawing,
    Element,
    Feedback,
    Heading,
    Items,
    Line,
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
    line_text,
    without_links,
)
from dialogs.views.plain_text import plain

CardBlock = dict[str, Any]
"""An element of a card."""

CACHE_SIZE = 500
"""Messages kept in memory. Rendering takes 100 to 300 µs, and asking for a kept message 10; those that people get by
clicks alone are some 360. One with words that somebody typed stays until so many others have been rendered."""

MAX_ACTIONS_IN_SET = 6
"""Actions of one ActionSet; more go into further sets. Those of a menu are not counted."""

MENU = "menu"
"""First part of the id of what a menu holds."""

CHECK = "check"
"""First part of the ids of what is asked before a button does something."""

MAX_CARD = 18_000
"""Bytes of a card as UTF-8. Teams refused a card above 28 KB; an older page counts a message as UTF-16, up to 40 KB."""

MAX_FALLBACK = 3_000
MAX_SPOKEN = 2_000
"""Bytes of what is read out in place of a drawing: where there is more, the card itself needs the room."""

MAX_SUMMARY = 200

MAX_LINES, MAX_TEXT = 2, 500
"""Lines and characters of what is shown as text, without a card."""

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_LOOKS: Mapping[Style, CardBlock] = {
    Style.PLAIN: {},
    Style.STRONG: {"weight": "Bolder"},
    Style.QUIET: {"isSubtle": True},
}


@lru_cache(maxsize=CACHE_SIZE)
def render_message(view: View, hint: Line | None = None, targeted: bool = False) -> OutgoingMessage:
    """The message that shows a view: its card, within MAX_CARD, and a summary.

    `hint` is shown below all buttons, but not below a result or an answer to a question, which can be rated or shared
    and ask for nothing, nor below a question without a heading, which follows on what was typed or pressed.
    `targeted`: only one person sees it, and its buttons say so when they are pressed.

    What does not fit is left out from the end, and all buttons stay.
    """
    summary = _cut(" ".join(plain(view).split()), MAX_SUMMARY)
    rated = any(isinstance(element, Feedback) for element in view.elements)
    kinds = {type(element) for element in view.elements}
    quiet = rated or any(map(_is_shared, view.elements)) or (Choices in kinds and Heading not in kinds)
    has_hint = not quiet and any(map(has_buttons, view.elements))
    elements = (*view.elements, Note(hint)) if hint is not None and has_hint else view.elements
    feedback = rated and not targeted
    card = card_that_fits(elements, lambda kept: _card(kept, view.revision, targeted)).decode()
    return OutgoingMessage(card, summary, feedback=feedback, text=_text_alone(view))


def _text_alone(view: View) -> str | None:
    """The text of a record, a notice or a confirmation, which needs no card; None for everything else."""
    if not 0 < len(view.elements) <= MAX_LINES or not all(isinstance(e, Paragraph | Note) for e in view.elements):
        return None
    text = lookalike(plain(view))
    return text if text.strip() and len(text) <= MAX_TEXT else None


def first_line(view: View) -> str:
    return plain(view).partition("\n")[0]


def _is_shared(element: Element) -> bool:
    return isinstance(element, Buttons) and any(button.action.verb is Verb.SHARE for button in element.buttons)


def _card(elements: Sequence[Element], revision: int, targeted: bool) -> bytes:
    renderer = _CardRenderer(revision, targeted)
    body = _joined(renderer.render(elements))
    spoken = _cut(lookalike(plain(View(tuple(elements)))), MAX_FALLBACK) or "…"
    drawn = any(isinstance(element, Drawing) for element in elements)
    card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": spoken,
        "msteams": {"width": "Full"},
        **({"speak": spoken} if drawn and len(spoken.encode()) <= MAX_SPOKEN else {}),
        "body": body or [_text(as_line("…"))],
    }
    return to_json(card)


class _CardRenderer:
    """Renders the elements of one card. It counts buttons, since ids must not repeat, and remembers a divider."""

    def __init__(self, revision: int, targeted: bool = False) -> None:
        self._revision = revision
        self._mark = {TARGETED: True} if targeted else {}
        self._ids: Counter[str] = Counter()
        self._divider = False
        self._menus = 0

    def render(self, elements: Iterable[Element]) -> Iterator[CardBlock]:
        """The blocks of the elements; buttons below each other share their row."""
        above: type[Element] | None = None
        for kind, group in groupby(elements, type):
            if kind is Buttons:
                yield from self._buttons([element for element in group if isinstance(element, Buttons)])
                continue
            for number, element in enumerate(group):
                if isinstance(element, Divider):
                    self._divider = True
                close = {"spacing": "None"} if number and kind in (Heading, Note) else {}
                if not number and above is Heading and kind is Paragraph:
                    close = {"spacing": "Small"}
                for block in self._blocks(element):
                    yield block | close | {"separator": True} if self._divider else block | close
                    self._divider = False
            above = kind

    def _buttons(self, rows: Sequence[Buttons]) -> Iterator[CardBlock]:
        """The buttons; then, hidden until its title is pressed, each menu that has one."""
        shown: list[CardBlock] = []
        hidden: list[CardBlock] = []
        for row in rows:
            for button in row.buttons:
                if button.check is not None:
                    red, asked = self._asked(button, button.check)
                    shown.append(red)
                    hidden += asked
            if not (row.menu and row.title):
                shown += [self._action(each, each.label, row.menu) for each in row.buttons if each.check is None]
                continue
            sets = list(_sets([self._action(button, button.short or button.label) for button in row.buttons]))
            for block in sets:
                self._menus += 1
                hidden.append(block | {"id": f"{MENU}#{self._menus}", "isVisible": False})
            opens = [block["id"] for block in hidden[len(hidden) - len(sets) :]]
            shown.append({"type": "Action.ToggleVisibility", "title": f"{row.title} ▾", "targetElements": opens})
        for block in (*_sets(shown), *hidden):
            yield block | {"separator": True} if self._divider else block
            self._divider = False

    def _asked(self, button: Button, check: Check) -> tuple[CardBlock, list[CardBlock]]:
        """A red button, and what it shows: the question, with a red button that does it."""
        red = {"style": "destructive"}
        asked = _text(as_line(check.question))
        does: CardBlock = {"type": "ActionSet", "actions": [self._action(button, check.yes or button.label) | red]}
        self._menus += 1
        hidden = [
            block | {"id": f"{CHECK}#{self._menus}.{n}", "isVisible": False} for n, block in enumerate((asked, does))
        ]
        targets = [block["id"] for block in hidden]
        opens = {"type": "Action.ToggleVisibility", "title": button.label, "targetElements": targets, **red}
        return opens, hidden

    def _blocks(self, element: Element) -> Iterator[CardBlock]:
        match element:
            case Heading(line, level):
                yield _heading(line_text(line), level)
            case Paragraph(line):
                yield _text(line)
            case Note(line):
                yield _text(line, size="Small", isSubtle=True) | {"spacing": "Small"}
            case Items(lines, numbered, is_plain):
                for number, line in enumerate(lines, 1):
                    mark = "" if is_plain else f"{number}. " if numbered else "• "
                    yield _text((*as_line(mark), *line) if mark else line) | {"spacing": "Small"}
            case Drawing(lines):
                for number, line in enumerate(lines):
                    yield _text(line) | {"spacing": "None" if number else "Small"}
            case Table(header, compact=compact):
                for number, row in enumerate(element.drawn):
                    first = as_line(row[0], Style.STRONG, element.link(number))
                    yield from _compact_row(header, first, row) if compact else _row(header, first, row)
            case Choices(buttons):
                yield from _sets([self._action(button, f"{n} {button.label}") for n, button in enumerate(buttons, 1)])
            case Preformatted(text):
                for shown in text.split("\n"):
                    # A run without anything to see takes no height.
                    yield _text(as_line(shown or _NO_BREAK_SPACE), fontType="Monospace") | {"spacing": "None"}
            case Link(text, url):
                run = {"type": "TextRun", "text": inert(text), **_leads_to(url)}
                yield {"type": "RichTextBlock", "inlines": [run]}
            case Divider() | Feedback() | Buttons():  # Teams itself shows feedback, below the card
                return
            case _:
                assert_never(element)

    def _action(self, button: Button, title: str, menu: bool = False) -> CardBlock:
        """A press comes back by `verb` and `data`; clients without Action.Execute send the same as Action.Submit."""
        action = button.action
        data = {**action.data, "revision": self._revision, **self._mark}
        self._ids[action.id] += 1
        count = self._ids[action.id]
        return {
            "type": "Action.Execute",
            "id": action.id if count == 1 else f"{action.id}#{count}",
            "title": title,
            "verb": action.verb.value,
            "data": data,
            **({"tooltip": button.description} if button.description else {}),
            **({"style": "positive"} if button.primary else {}),
            **({"mode": "secondary"} if menu else {}),
            "fallback": {"type": "Action.Submit", "title": title, "data": {"verb": action.verb.value, **data}},
        }


def _joined(blocks: Iterable[CardBlock]) -> list[CardBlock]:
    """The blocks, a menu in the row of the buttons above it."""
    joined: list[CardBlock] = []
    for block in blocks:
        above = joined[-1].get("actions", []) if joined and "isVisible" not in joined[-1] else []
        actions = block.get("actions", [])
        is_menu = bool(actions) and all(action.get("mode") == "secondary" for action in actions)
        if above and is_menu and "separator" not in block:
            joined[-1] = {**joined[-1], "actions": [*above, *actions]}
        else:
            joined.append(block)
    return joined


def _sets(actions: list[CardBlock]) -> Iterator[CardBlock]:
    for is_menu, group in groupby(actions, lambda action: action.get("mode") == "secondary"):
        alike = list(group)
        size = len(alike) if is_menu else MAX_ACTIONS_IN_SET
        for start in range(0, len(alike), size):
            yield {"type": "ActionSet", "actions": alike[start : start + size]}


def _heading(text: str, level: int) -> CardBlock:
    look = {"size": "Large" if level == 1 else "Default", "weight": "Bolder"}
    if is_markup(text):
        return _text(as_line(text), **look)
    return {"type": "TextBlock", "text": inert(text) or " ", "wrap": True, "style": "heading", **look}


def _text(line: Line, **look: object) -> CardBlock:
    """Running text: one run for as long as style and address stay the same."""
    runs = [
        {"type": "TextRun", "text": text, **_LOOKS[style], **look, **_leads_to(url)}
        for (style, url), parts in groupby(line, _style)
        if (text := inert(line_text(tuple(parts))))
    ]
    return {"type": "RichTextBlock", "inlines": runs or [{"type": "TextRun", "text": " ", **look}]}


def _style(part: Span | Mention) -> tuple[Style, str]:
    return (part.style, part.url) if isinstance(part, Span) else (Style.PLAIN, "")


def _leads_to(url: str) -> CardBlock:
    return {"selectAction": {"type": "Action.OpenUrl", "url": url}} if url else {}


def _row(header: Sequence[str], first: Line, row: Sequence[str]) -> Iterator[CardBlock]:
    """A row as a small block of its own, since phones show no tables: the first cell, then name and value each."""
    yield _text(first) | {"spacing": "Medium"}
    for name, value in zip(header[1:], row[1:], strict=True):
        yield _text((*as_line(f"{name}: ", Style.QUIET), *as_line(value))) | {"spacing": "None"}


def _compact_row(header: Sequence[str], first: Line, row: Sequence[str]) -> Iterator[CardBlock]:
    """The first cell, and all others in a line below it; only a number needs its name."""
    yield _text(first) | {"spacing": "Small"}
    named = zip(header[1:], row[1:], strict=True)
    parts = [f"{name}: {value}" if value.isdecimal() else value for name, value in named]
    yield _text(as_line(" · ".join(parts))) | {"spacing": "None"}


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def card_that_fits(elements: Sequence[Element], render: Callable[[Sequence[Element]], bytes]) -> bytes:
    """The card of these elements, or of those of them with which it is within MAX_CARD."""
    card = render(elements)
    if len(card) <= MAX_CARD:
        return card
    elements = tuple(map(without_links, elements))
    card = render(elements)
    if len(card) <= MAX_CARD:
        return card
    others = sum(not has_buttons(element) for element in elements)

    def shortened(kept: int) -> bytes:
        return render(tuple(_beginning(elements, kept)))

    fitting = bisect(range(others), MAX_CARD, key=lambda kept: len(shortened(kept)))
    return shortened(max(0, fitting - 1))


def _beginning(elements: Iterable[Element], kept: int) -> Iterator[Element]:
    """The first `kept` elements without buttons, three dots, and all buttons."""
    left = kept
    for element in elements:
        if has_buttons(element):
            yield element
        elif left >= 0:
            yield element if left else Note(as_line("…"))
            left -= 1


def has_buttons(element: Element) -> bool:
    return isinstance(element, Choices | Buttons)
