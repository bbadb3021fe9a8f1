"""Cards that are too long for Teams lose their links first, then what stands at their end; all buttons stay."""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence

from dialogs.view import Buttons, Choices, Element, Note, as_line, without_links

MAX_CARD = 18_000
"""Bytes of a card as UTF-8. Teams refused a card above 28 KB; an older page counts a message as UTF-16, up to 40 KB."""


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
    """Whether an element is something to press."""
    return isinstance(element, Choices | Buttons)
