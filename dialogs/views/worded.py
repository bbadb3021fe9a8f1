"""The layout of an answer that a language model worded."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from dialogs.catalogue import Catalogue
from dialogs.replies import Reply
from dialogs.replies.worded import Worded
from dialogs.view import RUNNING_TEXT, Buttons, Choices, Element, Feedback, Note, Paragraph, as_line

Layout = Callable[[Catalogue, Reply], tuple[Element, ...]]


def worded(catalogue: Catalogue, reply: Worded, layout_of: Layout) -> tuple[Element, ...]:
    """The sentences, a paragraph, or one each for a text; what they rest on; and the buttons of what they stand for."""
    built_in = tuple(element for each in reply.replies for element in layout_of(catalogue, each))
    lines = reply.sentences if reply.text else (" ".join(reply.sentences),)
    said = tuple(Paragraph(as_line(line)) for line in lines)
    if reply.opening:
        return (*said, *built_in)
    if reply.text:
        return (Paragraph(catalogue.line("summary_lead")), *said)
    kept = without_offers(built_in)
    sources = tuple(Note(as_line(source)) for source in reply.sources)
    return (*said, *sources, *(each for each in built_in if each not in kept))


def without_offers(elements: Sequence[Element]) -> tuple[Element, ...]:
    """What is said: all but buttons, feedback, and the lines that lead to buttons."""
    pressed = (Buttons, Choices, Feedback)
    pairs = zip_longest(elements, elements[1:])
    return tuple(
        each
        for each, below in pairs
        if each is not None
        and not isinstance(each, pressed)
        and not (isinstance(each, RUNNING_TEXT) and isinstance(below, Buttons))
    )
