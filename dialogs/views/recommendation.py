"""The layout of a recommendation at a glance: the verdict, what weighs most, what to do first.

It has up to 170 words, so that it takes two screens of a phone; `details` shows the rest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dialogs.catalogue import Catalogue
from dialogs.feedback import about_result
from dialogs.message import Action, Verb
from dialogs.replies.results import Moved, Recommendation, ShortResult
from dialogs.view import Button, Buttons, Element, Heading, Items, Line, Note, Paragraph, Style, View, as_line
from dialogs.views.feedback import feedback
from dialogs.views.lessons import learn_button
from dialogs.views.outside import called_line, source_line
from dialogs.views.plain_text import plain
from dialogs.views.questions import edit_button
from knowledge.decision import Change
from knowledge.pack import Pack, Question, Verdict

MOST_WORDS = 170
"""Words of all visible text but the buttons' labels."""

_BUTTON_LINE = 8
"""Words in whose room a button of its own stands, on a phone."""

_LOW, _HIGH = 0.34, 0.67
_SENTENCE_END = re.compile(r"\s(?<=[.!?]\s)\s*(?=[A-Z])")
"""Begins with what is looked for, so that a text is not matched at each of its characters."""

_Part = Callable[[Catalogue, Recommendation, int], Iterator[Element]]
"""Makes a part of the recommendation, so long."""


@dataclass(frozen=True, slots=True)
class _Length:
    """How much is shown of what can be shortened: reasons, changes, sentences of the step, the case and the FAQ."""

    reasons: int = 3
    changes: int = 2
    step: int = 9
    case: int = 2
    faq: int = 2


_LENGTHS = (
    _Length(),
    _Length(faq=1),
    _Length(faq=0),
    _Length(faq=0, case=1),
    _Length(faq=0, case=1, reasons=2),
    _Length(faq=0, case=1, reasons=2, changes=1),
    _Length(faq=0, case=1, reasons=2, changes=1, step=1),
    _Length(faq=0, case=1, reasons=1, changes=1, step=1),
)
"""From the longest to the shortest: the FAQ goes down to its title, the case to a sentence, then a reason goes."""


def recommendation(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Title, verdict, which answers pull where, reasons, what would change it, first step, closest case and FAQ."""
    made: dict[tuple[_Part, int], tuple[tuple[Element, ...], int]] = {}

    def part(make: _Part, length: int) -> tuple[tuple[Element, ...], int]:
        """A part and its words: most parts are the same in several of the lengths."""
        if (make, length) not in made:
            elements = tuple(make(catalogue, reply, length))
            made[make, length] = elements, word_count(elements)
        return made[make, length]

    most = MOST_WORDS - (_BUTTON_LINE if reply.called is not None else 0)
    parts: list[tuple[tuple[Element, ...], int]] = []
    for length in _LENGTHS:
        parts = [part(make, length_of(length)) for make, length_of in _PARTS]
        if sum(words for _, words in parts) <= most:
            break
    shown = (element for elements, _ in parts for element in elements)
    about = feedback(catalogue, about_result(reply.verdict.id))
    return (*shown, *result_buttons(catalogue, reply, detailed=False), about)


def word_count(elements: Sequence[Element]) -> int:
    """Words of all visible text but the buttons' labels; bullets, arrows and other single signs are no words."""
    words = plain(View(tuple(elements))).split()
    return sum([len(word) > 1 or word.isalnum() for word in words])


def _head(catalogue: Catalogue, reply: Recommendation, _: int) -> Iterator[Element]:
    yield from title(reply)
    strength = catalogue.text(strength_key(reply.decided.strength))
    yield Heading(catalogue.line("verdict_heading", verdict=reply.verdict.name, strength=strength))
    if reply.called is not None:
        yield from called_line(catalogue, reply.called)
    if reply.moved is not None:
        yield Note(moved_line(catalogue, reply.moved, reply.verdict))
    yield from directions(catalogue, reply)


def short_result(catalogue: Catalogue, reply: ShortResult) -> tuple[Element, ...]:
    """The verdict, which answers pull where, what to do first."""
    result = reply.recommendation
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


def title(reply: Recommendation) -> tuple[Element, ...]:
    """The idea in the person's own words, where there are any."""
    return (Heading(as_line(reply.title, Style.STRONG), level=2),) if reply.title else ()


def subtitle(catalogue: Catalogue, key: str) -> Heading:
    """The title of a part."""
    return Heading(as_line(catalogue.text(key), Style.STRONG), level=2)


def strength_key(strength: float) -> str:
    """The catalogue's key for a strength of 0..1."""
    if strength < _LOW:
        return "strength_low"
    return "strength_high" if strength >= _HIGH else "strength_middle"


def stands_by_default(reply: Recommendation) -> bool:
    """Whether the first verdict stands although no more answers point to it than to the last one."""
    decided = reply.decided
    return decided.verdict == reply.pack.verdicts[0].id and not decided.forced and decided.agree <= decided.against


def against_answers(catalogue: Catalogue, reply: Recommendation) -> Line | None:
    """Why the verdict is not the one that most answers point to; None if it is, or where nothing explains it."""
    default, decided = reply.pack.deciding.default, reply.decided
    if default is not None and stands_by_default(reply):
        return as_line(default.text)
    forcing = next((reason for reason in reply.main if reason.question == decided.forced), None)
    if forcing is not None:
        question = reply.pack.question(forcing.question)
        return catalogue.line("forced_line", question=question.name, text=forcing.text)
    return as_line(reply.path[0].text) if reply.path else None


def moved_line(catalogue: Catalogue, moved: Moved, verdict: Verdict) -> Line:
    """What an answer that was changed has moved."""
    values = {
        "question": moved.question.name,
        "old": moved.question.option(moved.old).record,
        "new": moved.question.option(moved.new).record,
        "before": moved.before.name,
    }
    if moved.before.id == verdict.id:
        return catalogue.line("moved_nothing", **values)
    return catalogue.line("moved", verdict=verdict.name, **values)


def directions(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Which answers point where, in words and numbers: the two ends of the scale, then what is open."""
    pack = reply.pack
    towards = {reason.question: reason.towards for reason in reply.decided.reasons}
    lines = []
    for verdict in (pack.verdicts[0], pack.verdicts[-1]):
        there = [question for question in pack.questions if towards.get(question.id) == verdict.id]
        if there:
            key, count = ("pull_one", {}) if len(there) == 1 else ("pull_many", {"count": len(there)})
            lines.append(catalogue.line(key, verdict=verdict.name.lower(), questions=names(there), **count))
    still_open = [question for question in pack.questions if towards.get(question.id) is None]
    if still_open:
        lines.append(catalogue.line("pull_open", questions=names(still_open)))
    return (Items(tuple(lines)),) if lines else ()


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


def change_lines(catalogue: Catalogue, reply: Recommendation, most: int | None = None) -> tuple[Line, ...]:
    """Which other answers would give which verdict, the smallest changes first."""
    return tuple(_change(catalogue, reply.pack, change) for change in reply.changes[:most])


def _change(catalogue: Catalogue, pack: Pack, change: Change) -> Line:
    return catalogue.line(
        "change_if", answers=answers_text(catalogue, pack, change), verdict=pack.verdict(change.verdict).name.lower()
    )


def answers_text(catalogue: Catalogue, pack: Pack, change: Change) -> str:
    """Answers in one phrase."""
    return catalogue.text("change_and").join(
        catalogue.text("change_answer", question=question.name, record=question.option(option).record)
        for question, option in ((pack.question(q), option) for q, option in change.answers.items())
    )


def _scenario(catalogue: Catalogue, reply: Recommendation, sentences: int) -> Iterator[Element]:
    scenario = reply.scenario
    if scenario is None:
        return
    yield subtitle(catalogue, "scenario_title_by_answers" if reply.by_answers else "scenario_title")
    finding = first_sentences(scenario.finding.text, sentences)
    yield Paragraph(catalogue.line("scenario_short", name=scenario.name, finding=finding))
    yield from differences_note(catalogue, reply)


def differences_note(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Why the closest case comes out otherwise, where it does."""
    if not reply.differences:
        return ()
    parts = [
        catalogue.text(
            "difference" if theirs is not None else "difference_unsaid",
            question=question.name.lower(),
            yours=question.option(yours).record,
            theirs=question.option(theirs).record if theirs is not None else "",
        )
        for question, yours, theirs in reply.differences
    ]
    return (Note(catalogue.line("scenario_differs", differences=catalogue.text("change_and").join(parts))),)


def _faq(catalogue: Catalogue, reply: Recommendation, sentences: int) -> Iterator[Element]:
    if reply.faq is None:
        return
    yield subtitle(catalogue, "faq_title")
    text = first_sentences(reply.faq.text, sentences)
    yield Paragraph(
        catalogue.line("faq_text", title=reply.faq.title, text=text) if text else as_line(reply.faq.title, Style.STRONG)
    )
    yield from faq_note(catalogue, reply)


def faq_note(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Why an FAQ that speaks for another verdict does not settle it here."""
    if reply.faq_reason is None:
        return ()
    question = reply.pack.question(reply.faq_reason.question)
    record = question.option(reply.faq_reason.option).record
    return (Note(catalogue.line("faq_differs", question=question.name.lower(), record=record)),)


_PARTS: tuple[tuple[_Part, Callable[[_Length], int]], ...] = (
    (_head, lambda _: 0),
    (_reasons, lambda length: length.reasons),
    (_changes, lambda length: length.changes),
    (_first_step, lambda length: length.step),
    (_scenario, lambda length: length.case),
    (_faq, lambda length: length.faq),
    (_source, lambda _: 0),
)
"""From top to bottom, each with what its length depends on."""


def first_sentences(text: str, count: int) -> str:
    """So many sentences of a text, from its beginning."""
    return " ".join(_SENTENCE_END.split(text, count)[:count])


def names(questions: Sequence[Question]) -> str:
    """Questions by their names."""
    return ", ".join(question.name.lower() for question in questions)


def result_buttons(catalogue: Catalogue, reply: Recommendation, *, detailed: bool) -> tuple[Element, ...]:
    """The rest of it, each answer to change, and what else to do. `detailed`: the rest is shown already."""
    pack = reply.pack
    edits = tuple(edit_button(catalogue, question) for question in pack.questions)
    more = () if detailed else (Button(Action(Verb.DETAILS), catalogue.text("details_label")),)
    share = Button(Action(Verb.SHARE), catalogue.text("share_result_label"))
    learn = (learn_button(catalogue),) if pack.lessons else ()
    return (
        Buttons((*more, share)),
        Buttons(edits),
        Buttons((Button(Action(Verb.RESTART), catalogue.text("restart_label")), *learn), menu=True),
    )
