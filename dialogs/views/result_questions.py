"""Layouts of the answers to questions about a result: reasons, changes, strength, steps, case, source, what-if."""

from collections.abc import Callable, Mapping

from dialogs.catalogue import Catalogue, Value
from dialogs.commands.command import What
from dialogs.replies.results import OtherResult, Recommendation, ResultPart
from dialogs.view import Buttons, Element, Items, Note, Paragraph, View, as_line, line_text
from dialogs.views.details import closest_case, details, numbered, reason_lines
from dialogs.views.outside import source_line
from dialogs.views.receipts import counted, counted_out, offer_button
from dialogs.views.recommendation import short_result
from dialogs.views.result_elements import answer_count, change_lines, names, strength_key, verdict_line
from knowledge.decision import final_verdict


def reasons(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """What is advised and what decides; then each answer with what it says about the verdict."""
    verdict, advice = result.verdict, (result.verdict.headline or result.verdict.meaning).rstrip(".")
    decides = line_text(verdict_line(catalogue, result)).partition(" · ")[2].rstrip(".")
    lead = Paragraph(catalogue.line("reasons_short", advice=advice, count=decides, verdict=verdict.name))
    lines = reason_lines(catalogue, result)
    count = counted(catalogue, result)
    counted_below = (Paragraph(count),) if count else ()
    return (lead, Items(lines), *counted_below) if lines else (Paragraph(verdict_line(catalogue, result)),)


def changes(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    lines = change_lines(catalogue, result)
    if not lines:
        return (Paragraph(catalogue.line("changes_none", verdict=result.verdict.name)),)
    return (Paragraph(catalogue.line("changes_short", verdict=result.verdict.name)), Items(lines))


def strength(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """The strength in a word, and the count behind it."""
    pack, given = result.pack, result.given
    missing = names([question for question in pack.questions if question.id not in given])
    key = "strength_final" if missing and final_verdict(pack, given) is not None else "strength_short"
    word, count = catalogue.text(strength_key(result.decided.strength)), answer_count(catalogue, result)
    values: dict[str, Value] = {"verdict": result.verdict.name, "strength": word, "count": count, "questions": missing}
    keys = (key, "strength_open") if missing and key == "strength_short" else (key,)
    return tuple(Paragraph(catalogue.line(each, **values)) for each in keys)


def steps(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    lead = Paragraph(catalogue.line("steps_short", verdict=result.verdict.name))
    return (lead, numbered(result.path or result.steps))


def case(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """What the closest case is for, and where it is alike."""
    if result.scenario is None:
        return (Paragraph(catalogue.line("case_none")),)
    return (Paragraph(catalogue.line("case_short")), *closest_case(catalogue, result))


def source(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """The article, and the section behind each reason."""
    pack = result.pack
    named = ((pack.question(r.question).name, r.text, pack.section(r.section).title) for r in result.decided.reasons)
    lines = tuple(catalogue.line("source_section", question=q, text=text, section=s) for q, text, s in named)
    lead = Paragraph(source_line(catalogue, "recommendation_source", pack))
    return (lead, Items(lines)) if lines else (lead,)


def other_result(catalogue: Catalogue, reply: OtherResult) -> tuple[Element, ...]:
    """The verdict with other answers, beside the current one."""
    answers = catalogue.answers_text(reply.answers)
    same = reply.verdict == reply.now
    key, now = "other_result_same" if same else "other_result", reply.now.name.lower()
    line = catalogue.line(key, answers=answers, verdict=reply.verdict.name, now=now)
    if same and reply.since:
        kept = "; ".join(catalogue.answers_text((answer,)) for answer in reply.since)
        line = (*line, *as_line(" "), *catalogue.line("other_result_since", answers=kept))
    if reply.counted is not None:
        line = (*line, *as_line(" "), *counted_out(catalogue, *reply.counted))
    amount, limits = reply.between
    line = (*line, *as_line(" "), *catalogue.line("between_limits", amount=amount, limits=limits)) if amount else line
    shown = Paragraph(catalogue.line("for_idea", idea=reply.idea) + line if reply.idea else line)
    if not reply.label:
        return (shown,)
    return (shown, Note(catalogue.line("other_result_offer")), Buttons((offer_button(reply.label, 1),)))


def part(catalogue: Catalogue, reply: ResultPart) -> tuple[Element, ...]:
    """A part of a result; anything else is all of it in short."""
    shown = _PARTS.get(reply.what, short_result)(catalogue, reply.recommendation)
    return View(shown).without_buttons().elements if reply.listed else shown


_PARTS: Mapping[What, Callable[[Catalogue, Recommendation], tuple[Element, ...]]] = {
    What.DETAILS: details,
    What.VERDICT: reasons,
    What.STRENGTH: strength,
    What.WOULD_CHANGE: changes,
    What.STEPS: steps,
    What.CASE: case,
    What.SOURCES: source,
}
"""The layouts of a result's parts."""
