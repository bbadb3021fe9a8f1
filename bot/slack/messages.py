"""Whole messages: what is the same in every conversation is made once, but for the revision on its buttons."""

from collections.abc import Callable

from bot.slack.blocks import Body, body
from bot.slack.buttons import revised
from bot.slack.renderer import Keeping
from dialogs.view import Element, View

KEPT = 1_000
"""Messages that are kept, of some ten KB each: a question after so many different answers."""

_REVISIONS = (0, 999_999_999_999)
"""The one with the fewest digits, and one that has as many as any."""


class Messages:
    """Makes the bodies of messages. `fixed` tells which elements are the same object in every conversation, for as long
    as the process lives."""

    def __init__(self, fixed: Callable[[Element], bool]) -> None:
        self._fixed = fixed
        self._draw = Keeping(fixed)
        self._kept: dict[tuple[int, ...], Body | None] = {}

    def of(self, view: View) -> Body:
        """See `blocks.body`."""
        if not all(map(self._fixed, view.elements)):
            return body(view, self._draw)
        key = tuple(map(id, view.elements))
        if key not in self._kept:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = self._of_any_revision(view.elements)
        kept = self._kept[key]
        return body(view, self._draw) if kept is None else _at(kept, view.revision)

    def _of_any_revision(self, elements: tuple[Element, ...]) -> Body | None:
        """The body that serves for every revision; None where what fits into the message depends on it."""
        short, long = (body(View(elements, revision), self._draw) for revision in _REVISIONS)
        return short if _at(long, _REVISIONS[0]) == short else None


def _at(made: Body, revision: int) -> Body:
    return Body(made.text, tuple([revised(block, revision) for block in made.blocks]))
