"""The layout of a recommendation at a glance: the verdict, the main reasons, the first step.

It has up to 170 words, so that it fits two screens of a phone; `details` shows the rest.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from dialogs.catalogue import Catalogue
from dialogs.feedback import about_result
from dialogs.replies.results import Recommendation
from dialogs.view import RUNNING_TEXT, Element, Heading, Items, Line, Note, Paragraph, Style, as_line, line_text
from dialogs.views.feedback import feedback
from dialogs.views.outside import called_line, source_line
from dialogs.views.result_elements import (
    change_lines,
    differences_note,
    directions,
    faq_note,
    result_buttons,
    stands_by_default,
    strength_key,
    subtitle,
    title,
)

MAX_WORDS = 170
"""Most words of all running text."""


_BUTTON_LINE = 8
"""Words that take as much room as a separate button, on a phone."""


_SENTENCE_END = re.compile(r"\s(?<=[.!?]\s)\s*(?=[A-Z])")
"""Begins with the whitespace, so that the engine does not try a match at every character."""


_Part = Callable[[Catalogue, Recommendation, int], Iterator[Element]]
"""Makes a part of the recommendation. Its length counts reasons, changes, or sentences of the step, case or FAQ."""


def recommendation(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Title, verdict, directions, reasons, what would change it, first step, closest case and FAQ."""
    most = MAX_WORDS - (_BUTTON_LINE if reply.called is not None else 0)
    parts = {make: tuple(make(catalogue, reply, length)) for make, length in _GREATEST_LENGTHS.items()}
    words = {make: word_count(elements) for make, elements in parts.items()}
    for make, length in _SHORTER:
        if sum(words.values()) <= most:
            break
        parts[make] = tuple(make(catalogue, reply, length))
        words[make] = word_count(parts[make])
    shown = (element for elements in parts.values() for element in elements)
    about = feedback(catalogue, about_result(reply.verdict.id))
    return (*shown, *result_buttons(catalogue, reply, detailed=False), about)


def word_count(elements: Sequence[Element]) -> int:
    """Words of all running text; bullets, arrows and dots between words do not count."""
    text = " ".join([line_text(line) for element in elements for line in _lines(element)])
    # To count spaces takes a fifth of the time for splitting, which is a seventh of that for a card with a result.
    return text.count(" ") + 1 - text.count(" · ") - text.count(" → ") if text else 0


def _lines(element: Element) -> tuple[Line, ...]:
    if isinstance(element, Items):
        return element.lines
    return (element.line,) if isinstance(element, RUNNING_TEXT) else ()


def _head(catalogue: Catalogue, reply: Recommendation, _: int) -> Iterator[Element]:
    yield from title(reply)
    strength = catalogue.text(strength_key(reply.decided.strength))
    yield Heading(catalogue.line("verdict_heading", verdict=reply.verdict.name, strength=strength))
    if reply.called is not None:
        yield from called_line(catalogue, reply.called)
    yield from directions(catalogue, reply)


def short_result(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """The verdict, the directions of the answers, and the first step."""
    strength = catalogue.text(strength_key(result.decided.strength))
    heading = Heading(catalogue.line("verdict_heading", verdict=result.verdict.name, strength=strength))
    return (heading, *directions(catalogue, result), *_first_step(catalogue, result, 1))


def _changes(catalogue: Catalogue, reply: Recommendation, most: int) -> Iterator[Element]:
    if reply.changes:
        yield subtitle(catalogue, "change_title")
        yield Items(change_lines(catalogue, reply, most))


def _first_step(catalogue: Catalogue, reply: Recommendation, sentences: int) -> Iterator[Element]:
    if reply.path:
        yield subtitle(catalogue, "path_title")
        yield Items(tuple(as_line(claim.text) for claim in reply.path))
    elif reply.steps:
        yield subtitle(catalogue, "first_step_title")
        yield Paragraph(as_line(first_sentences(reply.steps[0].text, sentences)))


def _source(catalogue: Catalogue, reply: Recommendation, _: int) -> Iterator[Element]:
    yield Note(source_line(catalogue, "recommendation_source", reply.pack))


def _reasons(catalogue: Catalogue, reply: Recommendation, most: int) -> Iterator[Element]:
    default = reply.pack.deciding.default
    lead = default if default is not None and stands_by_default(reply) else None
    reasons = reply.main[: most - (lead is not None)]
    lines = [
        catalogue.line("reason_open", question=reply.pack.question(reason.question).name, text=reason.text)
        for reason in reasons
    ]
    if lead is not None:
        lines.insert(0, as_line(lead.text))
    if lines:
        yield subtitle(catalogue, "reasons_title")
        yield Items(tuple(lines))


def _scenario(catalogue: Catalogue, reply: Recommendation, sentences: int) -> Iterator[Element]:
    scenario = reply.scenario
    if scenario is None:
        return
    yield subtitle(catalogue, "scenario_title_by_answers" if reply.by_answers else "scenario_title")
    finding = first_sentences(scenario.finding.text, sentences)
    yield Paragraph(catalogue.line("scenario_short", name=scenario.name, finding=finding))
    yield from differences_note(catalogue, reply)


def _faq(catalogue: Catalogue, reply: Recommendation, sentences: int) -> Iterator[Element]:
    if reply.faq is None:
        return
    yield subtitle(catalogue, "faq_title")
    text = first_sentences(reply.faq.text, sentences)
    yield Paragraph(
        catalogue.line("faq_text", title=reply.faq.title, text=text) if text else as_line(reply.faq.title, Style.STRONG)
    )
    yield from faq_note(catalogue, reply)


_GREATEST_LENGTHS: dict[_Part, int] = {
    _head: 0,
    _reasons: 3,
    _changes: 2,
    _first_step: 9,
    _scenario: 2,
    _faq: 2,
    _source: 0,
}
"""The parts from top to bottom, each with its greatest length."""

_SHORTER: tuple[tuple[_Part, int], ...] = (
    (_faq, 1),
    (_faq, 0),
    (_scenario, 1),
    (_reasons, 2),
    (_changes, 1),
    (_first_step, 1),
    (_reasons, 1),
)
"""What is shortened, one after the other, until the words fit: first the FAQ, to its title, then the case, a reason."""


def first_sentences(text: str, count: int) -> str:
    """The first sentences of a text."""
    return " ".join(_SENTENCE_END.split(text, count)[:count]) if count else ""
