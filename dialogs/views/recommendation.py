"""The layout of a recommendation: the verdict first, then why, then what to do."""

from collections.abc import Sequence

from dialogs.action import Action, Verb
from dialogs.catalogue import Catalogue
from dialogs.conversation import How
from dialogs.reply import Recommendation
from dialogs.view import Button, Buttons, Element, Heading, Items, Line, Note, Paragraph, Style, said
from dialogs.views.learning import learn_button
from dialogs.views.passages import beyond, source_line
from dialogs.views.questions import edit_button
from knowledge.deciding import Change, Reason
from knowledge.pack import Question

_LOW, _HIGH = 0.34, 0.67
_CHANGES_SHOWN = 2
_FACTS_SHOWN = 2


def recommendation(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Verdict, reasons, what would change it, next steps, closest case, closest FAQ, outside facts, source."""
    return (
        Heading(_verdict(catalogue, reply)),
        Paragraph(said(reply.verdict.meaning)),
        *_reasons(catalogue, reply),
        *_changes(catalogue, reply),
        *_titled(catalogue, "steps_title", tuple(said(step.text) for step in reply.steps), numbered=True),
        *_titled(catalogue, "path_title", tuple(said(claim.text) for claim in reply.path), numbered=True),
        *_scenario(catalogue, reply),
        *_faq(catalogue, reply),
        *beyond(catalogue, reply.beyond[:_FACTS_SHOWN]),
        Note(source_line(catalogue, "recommendation_source", reply.pack)),
        Buttons(
            (
                *(edit_button(catalogue, question) for question in reply.pack.questions),
                Button(Action(Verb.RESTART), catalogue.text("restart_label")),
                *([learn_button(catalogue)] if reply.pack.lessons else []),
            )
        ),
    )


def _title(catalogue: Catalogue, key: str) -> Heading:
    return Heading(said(catalogue.text(key), Style.STRONG), level=2)


def _titled(catalogue: Catalogue, key: str, lines: tuple[Line, ...], numbered: bool = False) -> tuple[Element, ...]:
    return (_title(catalogue, key), Items(lines, numbered)) if lines else ()


def _verdict(catalogue: Catalogue, reply: Recommendation) -> Line:
    return catalogue.line(
        "verdict_heading",
        verdict=reply.verdict.name,
        strength=catalogue.text(strength_key(reply.decided.strength)),
        count=_count(catalogue, reply),
    )


def strength_key(strength: float) -> str:
    """The catalogue's key for a strength of 0..1."""
    if strength < _LOW:
        return "strength_low"
    return "strength_high" if strength >= _HIGH else "strength_middle"


def _count(catalogue: Catalogue, reply: Recommendation) -> str:
    pack, decided = reply.pack, reply.decided
    total = len(pack.questions)
    first, last = pack.verdicts[0], pack.verdicts[-1]
    if decided.forced is not None:
        question = pack.question(decided.forced)
        record = next(r for r in decided.reasons if r.question == question.id).option
        return catalogue.text("verdict_count_forced", question=question.name, record=question.option(record).record)
    if decided.verdict in (first.id, last.id):
        return catalogue.text("verdict_count_end", agree=decided.agree, total=total)
    return catalogue.text(
        "verdict_count_mixed",
        low=decided.against,
        high=decided.agree,
        total=total,
        first=first.name.lower(),
        last=last.name.lower(),
    )


def _reasons(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    lines = tuple(_reason(catalogue, reply, reason) for reason in reply.decided.reasons)
    given = {reason.question for reason in reply.decided.reasons}
    left = [question for question in reply.pack.questions if question.id not in given]
    elements = _titled(catalogue, "reasons_title", lines)
    if left:
        elements = (*elements, Note(catalogue.line("reason_unanswered", questions=_names(left))))
    return elements


def _reason(catalogue: Catalogue, reply: Recommendation, reason: Reason) -> Line:
    question = reply.pack.question(reason.question)
    if reason.towards is None:
        return catalogue.line("reason_open", question=question.name, text=reason.text)
    towards = reply.pack.verdict(reason.towards).name.lower()
    answer = next(record.answer for record in reply.records if record.question.id == question.id)
    if answer.how is How.READ and answer.evidence:
        return catalogue.line(
            "reason_read", question=question.name, text=reason.text, towards=towards, evidence=answer.evidence
        )
    return catalogue.line("reason", question=question.name, text=reason.text, towards=towards)


def _changes(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    lines = tuple(_change(catalogue, reply, change) for change in reply.changes[:_CHANGES_SHOWN])
    return _titled(catalogue, "change_title", lines)


def _change(catalogue: Catalogue, reply: Recommendation, change: Change) -> Line:
    pack = reply.pack
    answers = catalogue.text("change_and").join(
        catalogue.text("change_answer", question=question.name, record=question.option(option).record)
        for question, option in ((pack.question(q), option) for q, option in change.answers.items())
    )
    return catalogue.line("change_if", answers=answers, verdict=pack.verdict(change.verdict).name.lower())


def _scenario(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    scenario = reply.scenario
    if scenario is None:
        return ()
    elements: list[Element] = [
        _title(catalogue, "scenario_title"),
        Paragraph(catalogue.line("scenario_text", name=scenario.name, finding=scenario.finding.text)),
    ]
    notes = [
        catalogue.text(key, questions=_names(questions))
        for key, questions in (("scenario_like", reply.like), ("scenario_unlike", reply.unlike))
        if questions
    ]
    if reply.by_answers:
        notes.append(catalogue.text("scenario_by_answers"))
    if notes:
        elements.append(Note(said(" ".join(notes))))
    return tuple(elements)


def _faq(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    if reply.faq is None:
        return ()
    return (
        _title(catalogue, "faq_title"),
        Paragraph(catalogue.line("faq_text", title=reply.faq.title, text=reply.faq.text)),
    )


def _names(questions: Sequence[Question]) -> str:
    return ", ".join(question.name.lower() for question in questions)
