"""The layout of a recommendation at a glance: the advice, what decides, a picture of the answers, what to do.

It has up to 112 words, so that it fits a screen of a phone; `details` shows the rest.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from dialogs.catalogue import Catalogue
from dialogs.message import about_result
from dialogs.replies.results import Recommendation
from dialogs.view import Drawing, Element, Items, Line, Note, Paragraph, View, as_line, line_text
from dialogs.views.outside import called_line, source_line
from dialogs.views.plain_text import plain
from dialogs.views.result_elements import (
    change_line,
    directions,
    faq_differs,
    feedback,
    headline,
    phrases,
    picture,
    result_buttons,
    title,
)

MAX_WORDS = 112
"""Most words of all visible text without the labels of buttons."""


_SENTENCE_END = re.compile(r"\s(?<=[.!?]\s)\s*(?=[A-Z])")
"""Begins with the whitespace, so that the engine does not try a match at every character."""


STEP_MARK = re.compile("[:,.]")
"""Where the beginning of a step ends."""


_Part = Callable[[Catalogue, Recommendation, int], Iterator[Element]]
"""Makes a part of the recommendation. What its length means is the part's own matter."""


def recommendation(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Title, advice, verdict, picture, first step, what would change it, closest case and FAQ, source."""
    parts = {make: tuple(make(catalogue, reply, length)) for make, length in _GREATEST_LENGTHS.items()}
    words = {make: word_count(elements) for make, elements in parts.items()}
    for make, length in _SHORTER:
        if sum(words.values()) <= MAX_WORDS:
            break
        parts[make] = tuple(make(catalogue, reply, length))
        words[make] = word_count(parts[make])
    shown = (element for elements in parts.values() for element in elements)
    about = feedback(catalogue, about_result(reply.verdict.id))
    return (*shown, *result_buttons(catalogue, reply, detailed=False), about)


def word_count(elements: Sequence[Element]) -> int:
    """Words of all visible text without the labels of buttons, or of what is read out where that is longer.

    Bullets, arrows and other signs do not count.
    """
    return sum(max(map(_words, _forms(element))) for element in elements)


def _forms(element: Element) -> Iterator[str]:
    """What is read out, and what is seen."""
    yield plain(View((element,)))
    if isinstance(element, Drawing):
        yield "\n".join(map(line_text, element.lines))


def _words(text: str) -> int:
    return len([word for word in text.split() if word[0].isalnum() or any(map(str.isalnum, word))])


def _head(catalogue: Catalogue, reply: Recommendation, length: int) -> Iterator[Element]:
    yield from title(reply)
    yield from headline(catalogue, reply)
    if reply.called is not None:
        yield called_line(catalogue, reply.called, whole=length > 0)


def _picture(catalogue: Catalogue, reply: Recommendation, length: int) -> Iterator[Element]:
    yield picture(catalogue, reply, near=length > 0)


def short_result(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """The advice and the verdict, the directions of the answers, and the first step."""
    return (*headline(catalogue, result), *directions(catalogue, result), *first_step(catalogue, result, 1))


def first_step(catalogue: Catalogue, reply: Recommendation, sentences: int) -> Iterator[Element]:
    """The way forward, or so many sentences of the first step, at least its beginning."""
    if reply.path:
        yield Paragraph(catalogue.line("path_line", text=" ".join(beginning(claim.text) for claim in reply.path)))
    elif reply.steps:
        text = reply.steps[0].text
        shown = first_sentences(text, sentences) if sentences else beginning(text)
        yield Paragraph(catalogue.line("first_step_line", text=shown))


def _changes(catalogue: Catalogue, reply: Recommendation, _: int) -> Iterator[Element]:
    if reply.changes:
        yield Items((change_line(catalogue, reply),), plain=True)


def _scenario(catalogue: Catalogue, reply: Recommendation, length: int) -> Iterator[Element]:
    if reply.scenario is not None:
        yield Note(case_line(catalogue, reply, by_answers=bool(length) and reply.by_answers))


def case_line(catalogue: Catalogue, reply: Recommendation, *, by_answers: bool) -> Line:
    """The closest case and its finding; where it comes out otherwise, first why, and at the end the verdict here.

    `by_answers`: it says that the answers have chosen it.
    """
    scenario = reply.scenario
    if scenario is None:
        raise ValueError("no case is close")
    label = catalogue.text("scenario_title_by_answers" if by_answers else "scenario_title")
    if not reply.differences:
        own = reply.verdict.id == scenario.finding.verdicts[0]  # else its second sentence names this verdict
        finding = first_sentences(scenario.finding.text, 1 if own else 2)
        finding = finding if own else f"{finding.partition(':')[0].rstrip('.')}."
        return catalogue.line("case_line", label=label, name=scenario.name, finding=finding)
    yours = phrases(catalogue, ((question, option) for question, option, _ in reply.differences))
    theirs = reply.pack.verdict(scenario.finding.verdicts[0]).name.lower()
    values = {"yours": yours, "name": scenario.name, "theirs": theirs, "verdict": reply.verdict.name.lower()}
    return catalogue.line("case_unlike", label=label, **values)


def _faq(catalogue: Catalogue, reply: Recommendation, length: int) -> Iterator[Element]:
    if reply.faq is None:
        return
    first, why = first_sentences(reply.faq.text, 1), faq_differs(catalogue, reply)
    text = (first, f"{first.partition(':')[0].rstrip('.')}.", "")[length]
    line = catalogue.line("faq_line", title=reply.faq.title, text=text)
    yield Note((*line, *as_line(" "), *why) if why else line)


def _source(catalogue: Catalogue, reply: Recommendation, _: int) -> Iterator[Element]:
    yield Note(source_line(catalogue, "recommendation_source", reply.pack))


_GREATEST_LENGTHS: dict[_Part, int] = {
    _head: 1,
    _picture: 1,
    first_step: 0,
    _changes: 0,
    _scenario: 1,
    _faq: 1,
    _source: 0,
}
"""The parts from top to bottom, each with its greatest length."""

_SHORTER: tuple[tuple[_Part, int], ...] = ((_scenario, 0), (_picture, 0), (_head, 0), (_faq, 2))
"""What is shortened, one after the other, until the words fit: what stands behind `details` as well."""


def beginning(text: str) -> str:
    """A step up to its first mark, as a sentence."""
    return f"{STEP_MARK.split(text, 1)[0]}."


def first_sentences(text: str, count: int) -> str:
    return " ".join(_SENTENCE_END.split(text, count)[:count]) if count else ""
