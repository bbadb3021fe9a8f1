"""The layout of a recommendation: the verdict first, then why, then what to do."""

from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.conversation import AnswerMethod
from dialogs.message import Action, Verb
from dialogs.replies import Recommendation
from dialogs.view import Button, Buttons, Element, Heading, Items, Line, Note, Paragraph, Style, as_line
from dialogs.views.lessons import learn_button
from dialogs.views.passages import beyond, source_line
from dialogs.views.questions import edit_button
from knowledge.decision import Change, Reason
from knowledge.pack import Claim, Pack, Question

_LOW, _HIGH = 0.34, 0.67
_CHANGES_SHOWN = 2
_FACTS_SHOWN = 2


def recommendation(catalogue: Catalogue, reply: Recommendation) -> tuple[Element, ...]:
    """Verdict, reasons, what would change it, next steps, closest case, closest FAQ, outside facts, source."""
    pack = reply.pack
    elements: list[Element] = [_verdict(catalogue, reply), Paragraph(as_line(reply.verdict.meaning))]
    if pack.deciding.default is not None and _stands_by_default(reply):
        elements.append(Paragraph(as_line(pack.deciding.default.text)))
    elements += _reasons(catalogue, reply)
    if reply.changes:
        elements += (_title(catalogue, "change_title"), Items(change_lines(catalogue, reply, _CHANGES_SHOWN)))
    if reply.steps:
        elements += (_title(catalogue, "steps_title"), _numbered(reply.steps))
    if reply.path:
        elements += (_title(catalogue, "path_title"), _numbered(reply.path))
    elements += _scenario(catalogue, reply)
    if reply.faq is not None:
        faq = catalogue.line("faq_text", title=reply.faq.title, text=reply.faq.text)
        elements += (_title(catalogue, "faq_title"), Paragraph(faq))
    elements += beyond(catalogue, reply.beyond[:_FACTS_SHOWN])
    elements += (Note(source_line(catalogue, "recommendation_source", pack)), _buttons(catalogue, pack))
    return tuple(elements)


def change_lines(catalogue: Catalogue, reply: Recommendation, most: int | None = None) -> tuple[Line, ...]:
    """Which other answers would give which verdict, the smallest changes first."""
    return tuple(_change(catalogue, reply.pack, change) for change in reply.changes[:most])


def _buttons(catalogue: Catalogue, pack: Pack) -> Buttons:
    return Buttons(
        (
            *(edit_button(catalogue, question) for question in pack.questions),
            Button(Action(Verb.RESTART), catalogue.text("restart_label")),
            *([learn_button(catalogue)] if pack.lessons else []),
        )
    )


def _numbered(claims: Sequence[Claim]) -> Items:
    return Items(tuple(as_line(claim.text) for claim in claims), numbered=True)


def _title(catalogue: Catalogue, key: str) -> Heading:
    return Heading(as_line(catalogue.text(key), Style.STRONG), level=2)


def _verdict(catalogue: Catalogue, reply: Recommendation) -> Heading:
    strength = catalogue.text(strength_key(reply.decided.strength))
    count = _count(catalogue, reply)
    return Heading(catalogue.line("verdict_heading", verdict=reply.verdict.name, strength=strength, count=count))


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
    if _stands_by_default(reply):
        return catalogue.text("verdict_count_default", last=last.name.lower())
    if decided.verdict in (first.id, last.id) and decided.agree == 1:
        return catalogue.text("verdict_count_one", total=total)
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


def _stands_by_default(reply: Recommendation) -> bool:
    """Whether the first verdict stands although no more answers point to it than to the last one."""
    decided = reply.decided
    return decided.verdict == reply.pack.verdicts[0].id and not decided.forced and decided.agree <= decided.against


def _reasons(catalogue: Catalogue, reply: Recommendation) -> list[Element]:
    reasons = reply.decided.reasons
    elements: list[Element] = []
    if reasons:
        elements += (_title(catalogue, "reasons_title"), Items(reason_lines(catalogue, reply)))
    given = {reason.question for reason in reasons}
    left = [question for question in reply.pack.questions if question.id not in given]
    if left:
        elements.append(Note(catalogue.line("reason_unanswered", questions=_names(left))))
    return elements


def reason_lines(catalogue: Catalogue, reply: Recommendation) -> tuple[Line, ...]:
    """What each answer says about the verdict."""
    return tuple(_reason(catalogue, reply, reason) for reason in reply.decided.reasons)


def _reason(catalogue: Catalogue, reply: Recommendation, reason: Reason) -> Line:
    question = reply.pack.question(reason.question)
    if reason.towards is None:
        return catalogue.line("reason_open", question=question.name, text=reason.text)
    towards = reply.pack.verdict(reason.towards).name.lower()
    answer = next(record.answer for record in reply.records if record.question.id == question.id)
    if answer.how is AnswerMethod.READ and answer.evidence:
        return catalogue.line(
            "reason_read", question=question.name, text=reason.text, towards=towards, evidence=answer.evidence
        )
    return catalogue.line("reason", question=question.name, text=reason.text, towards=towards)


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


def _scenario(catalogue: Catalogue, reply: Recommendation) -> list[Element]:
    scenario = reply.scenario
    if scenario is None:
        return []
    finding = catalogue.line("scenario_text", name=scenario.name, finding=scenario.finding.text)
    notes = [
        catalogue.text(key, questions=_names(questions))
        for key, questions in (("scenario_like", reply.like), ("scenario_unlike", reply.unlike))
        if questions
    ]
    if reply.by_answers:
        notes.append(catalogue.text("scenario_by_answers"))
    note = [Note(as_line(" ".join(notes)))] if notes else []
    return [_title(catalogue, "scenario_title"), Paragraph(finding), *note]


def _names(questions: Sequence[Question]) -> str:
    return ", ".join(question.name.lower() for question in questions)
