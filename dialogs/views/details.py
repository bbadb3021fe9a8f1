"""The layout of a recommendation in full; the card shows the most important parts."""

from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.conversation import AnswerMethod
from dialogs.replies.results import Recommendation
from dialogs.view import Element, Heading, Items, Line, Note, Paragraph, as_line
from dialogs.views.outside import called_with_origin, outside_links, source_line
from dialogs.views.result_elements import (
    answer_count,
    change_lines,
    differences_note,
    faq_differs,
    names,
    result_buttons,
    strength_key,
    subtitle,
    title,
)
from knowledge.decision import Reason
from knowledge.pack import Claim

_CHANGES_SHOWN = 2
FACTS_SHOWN = 3
"""Most outside entries that a recommendation links to."""


def details(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """Verdict, reasons, what would change it, next steps, closest case, closest FAQ, outside facts, source, buttons."""
    elements: list[Element] = [*title(result), _verdict(catalogue, result)]
    if result.called is not None:
        elements += called_with_origin(catalogue, result.called)
    elements.append(Paragraph(as_line(result.verdict.meaning)))
    elements += _reasons(catalogue, result)
    if result.changes:
        elements += (subtitle(catalogue, "change_title"), Items(change_lines(catalogue, result, _CHANGES_SHOWN)))
    if result.steps:
        elements += (subtitle(catalogue, "steps_title"), numbered(result.steps))
    if result.path:
        elements += (subtitle(catalogue, "path_title"), numbered(result.path))
    if result.scenario is not None:
        elements += (subtitle(catalogue, "scenario_title"), *closest_case(catalogue, result))
    if result.faq is not None:
        faq = catalogue.line("faq_text", title=result.faq.title, text=result.faq.text)
        elements += (subtitle(catalogue, "faq_title"), Paragraph(faq))
        elements += (Note(differs),) if (differs := faq_differs(catalogue, result)) else ()
    others = [entry for entry in result.outside if entry != result.called]
    elements += outside_links(catalogue, others[:FACTS_SHOWN])
    elements += (Note(source_line(catalogue, "recommendation_source", result.pack)),)
    return (*elements, *result_buttons(catalogue, result, detailed=True))


def numbered(claims: Sequence[Claim]) -> Items:
    return Items(tuple(as_line(claim.text) for claim in claims), numbered=True)


def _verdict(catalogue: Catalogue, result: Recommendation) -> Heading:
    strength = catalogue.text(strength_key(result.decided.strength))
    count = answer_count(catalogue, result)
    return Heading(catalogue.line("verdict_counted", verdict=result.verdict.name, strength=strength, count=count))


def _reasons(catalogue: Catalogue, result: Recommendation) -> list[Element]:
    reasons = result.decided.reasons
    elements: list[Element] = []
    if reasons:
        elements += (subtitle(catalogue, "reasons_title"), Items(reason_lines(catalogue, result)))
    given = {reason.question for reason in reasons}
    left = [question for question in result.pack.questions if question.id not in given]
    if left:
        elements.append(Note(catalogue.line("reason_unanswered", questions=names(left))))
    return elements


def reason_lines(catalogue: Catalogue, result: Recommendation) -> tuple[Line, ...]:
    """What each answer says about the verdict."""
    return tuple(_reason(catalogue, result, reason) for reason in result.decided.reasons)


def _reason(catalogue: Catalogue, result: Recommendation, reason: Reason) -> Line:
    question = result.pack.question(reason.question)
    if reason.towards is None:
        return catalogue.line("reason_open", question=question.name, text=reason.text)
    towards = result.pack.verdict(reason.towards).name.lower()
    answer = next(record.answer for record in result.records if record.question.id == question.id)
    evidence = answer.evidence or "" if answer.how is AnswerMethod.READ else ""
    values = {"question": question.name, "text": reason.text, "towards": towards, "evidence": evidence}
    return catalogue.line("reason_read" if evidence else "reason", **values)


def closest_case(catalogue: Catalogue, result: Recommendation) -> tuple[Element, ...]:
    """The closest case, where it is like the idea, and where it is not; nothing if there is none."""
    scenario = result.scenario
    if scenario is None:
        return ()
    finding = catalogue.line("scenario_text", name=scenario.name, finding=scenario.finding.text)
    notes = [
        catalogue.text(key, questions=names(questions))
        for key, questions in (("scenario_like", result.like), ("scenario_unlike", result.unlike))
        if questions
    ]
    if result.by_answers:
        notes.append(catalogue.text("scenario_by_answers"))
    note = (Note(as_line(" ".join(notes))),) if notes else ()
    return (Paragraph(finding), *differences_note(catalogue, result), *note)
