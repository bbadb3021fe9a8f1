"""Elements made ready for Slack, one by one: cleaned, shortened, and written for the eye and for screen readers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.slack.mrkdwn import escape
from bot.slack.text import Text, name, rendered, strong
from bot.slack.truncation import shortened
from dialogs.view import Element, Heading, Items, Note, Paragraph, View
from dialogs.views.plain_text import plain


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element at some limit: itself, shortened; `texts`, where it is running text; `spoken`, what is read aloud."""

    element: Element
    texts: tuple[Text, ...]
    spoken: str


Draw = Callable[[Element, int], Drawn]
"""An element with a cost of at most so much for each of its texts (≥ 50)."""

At = Callable[[int], tuple[Drawn, ...]]
"""All elements of a view at some limit."""


def drawn(element: Element, limit: int) -> Drawn:
    """The element at this limit."""
    short = shortened(element, limit)
    return Drawn(short, texts(short), plain(View((short,)), name, escape))


class Keeping:
    """Draws once what is `fixed`: the same object in every conversation, for as long as the process lives."""

    def __init__(self, fixed: Callable[[Element], bool]) -> None:
        self._fixed = fixed
        self._kept: dict[tuple[int, int], Drawn] = {}

    def __call__(self, element: Element, limit: int) -> Drawn:
        """See `drawn`."""
        if not self._fixed(element):
            return drawn(element, limit)
        key = (id(element), limit)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = drawn(element, limit)
        return found


def each(view: View, draw: Draw) -> At:
    """The view's elements; what is asked for more than once, for blocks and for the text, is drawn once."""
    return cache(lambda limit: tuple([draw(element, limit) for element in view.elements]))


def texts(element: Element) -> tuple[Text, ...]:
    """The lines of an element that is running text."""
    match element:
        case Heading(line):
            lines = [rendered(strong(line))]
        case Paragraph(line) | Note(line):
            lines = [rendered(line)]
        case Items(items, numbered):
            lines = [rendered(line, f"{i}. " if numbered else "• ") for i, line in enumerate(items, 1)]
        case _:
            lines = []
    return tuple([line for line in lines if line is not None])
