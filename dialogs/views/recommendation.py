"""The layout of a recommendation: the verdict first, then why, then what to do."""

from collections.abc import Callable, Hashable, Sequence

from dialogs.catalogue import Catalogue
from dialogs.conversation import How
from dialogs.message import Action, Verb
from dialogs.once import Once
from dialogs.replies import Recommendation
from dialogs.view import Button, Buttons, Element, Heading, Items, Line, Note, Paragraph, Style, said
from dialogs.views.lessons import learn_button
from dialogs.views.passages import beyond_items, source_line
from dialogs.views.questions import edit_button
from knowledge.decision import Change, Reason
from knowledge.pack import Claim, Pack, Question

_LOW, _HIGH = 0.34, 0.67
_CHANGES_SHOWN = 2
_FACTS_SHOWN = 2


def recommendation(catalogue: Catalogue, once: Once, reply: Recommendation) -> tuple[Element, ...]:
    """Verdict, reasons, what would change it, next steps, closest case, closest FAQ, outside facts, source."""
    steps, path, verdict, facts = reply.steps, reply.path, reply.verdict, reply.beyond[:_FACTS_SHOWN]
    return (
        _verdict(catalogue, once, reply),
        once.part(lambda: Paragraph(said(verdict.meaning)), "meaning", verdict.id),
        *_default(once, reply),
        *_reasons(catalogue, once, reply),
        *_changes(catalogue, once, reply),
        *_titled(once, catalogue, "steps_title", lambda: _claims(steps), *(step.text for step in steps)),
        *_titled(once, catalogue, "path_title", lambda: _claims(path), *(claim.text for claim in path)),
        *_scenario(catalogue, once, reply),
        *_faq(catalogue, once, reply),
        *_titled(once, catalogue, "beyond_title", lambda: beyond_items(catalogue, facts), *(fact.id for fact in facts)),
        once.part(lambda: Note(source_line(catalogue, "recommendation_source", reply.pack)), "recommendation_source"),
        once.part(lambda: _buttons(catalogue, reply.pack), "recommendation_buttons"),
    )


def _buttons(catalogue: Catalogue, pack: Pack) -> Buttons:
    return Buttons(
        (
            *(edit_button(catalogue, question) for question in pack.questions),
            Button(Action(Verb.RESTART), catalogue.text("restart_label")),
            *([learn_button(catalogue)] if pack.lessons else []),
        )
    )


def _claims(claims: Sequence[Claim]) -> Items:
    return Items(tuple(said(claim.text) for claim in claims), numbered=True)


def _title(catalogue: Catalogue, once: Once, key: str) -> Heading:
    return once.part(lambda: Heading(said(catalogue.text(key), Style.STRONG), level=2), key)


def _titled(
    once: Once, catalogue: Catalogue, title: str, items: Callable[[], Items], *key: Hashable
) -> tuple[Element, ...]:
    """A list under its title, kept under what its lines follow from; nothing where that is nothing."""
    return (_title(catalogue, once, title), once.part(items, f"{title}_items", *key)) if key else ()


def _verdict(catalogue: Catalogue, once: Once, reply: Recommendation) -> Heading:
    verdict, strength, count = reply.verdict, strength_key(reply.decided.strength), _count(catalogue, reply)

    def heading() -> Heading:
        values = {"verdict": verdict.name, "strength": catalogue.text(strength), "count": count}
        return Heading(catalogue.line("verdict_heading", **values))

    return once.part(heading, "verdict_heading", verdict.id, strength, count)


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


def _default(once: Once, reply: Recommendation) -> tuple[Element, ...]:
    claim = reply.pack.deciding.default
    if claim is None or not _stands_by_default(reply):
        return ()
    return (once.part(lambda: Paragraph(said(claim.text)), "default"),)


def _reasons(catalogue: Catalogue, once: Once, reply: Recommendation) -> tuple[Element, ...]:
    reasons = reply.decided.reasons

    def items() -> Items:
        return Items(tuple(_reason(catalogue, reply, reason) for reason in reasons))

    elements: tuple[Element, ...] = ()
    if any(record.answer.how is How.READ for record in reply.records):
        elements = (_title(catalogue, once, "reasons_title"), items()) if reasons else ()
    else:
        key = [part for reason in reasons for part in (reason.question, reason.option, reason.towards)]
        elements = _titled(once, catalogue, "reasons_title", items, *key)
    given = {reason.question for reason in reasons}
    left = [question for question in reply.pack.questions if question.id not in given]
    if left:
        names = _names(left)
        note = once.part(lambda: Note(catalogue.line("reason_unanswered", questions=names)), "reason_unanswered", names)
        elements = (*elements, note)
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


def _changes(catalogue: Catalogue, once: Once, reply: Recommendation) -> tuple[Element, ...]:
    changes = reply.changes[:_CHANGES_SHOWN]

    def items() -> Items:
        return Items(tuple(_change(catalogue, reply, change) for change in changes))

    return _titled(
        once, catalogue, "change_title", items, *((change.verdict, *change.answers.items()) for change in changes)
    )


def _change(catalogue: Catalogue, reply: Recommendation, change: Change) -> Line:
    pack = reply.pack
    answers = catalogue.text("change_and").join(
        catalogue.text("change_answer", question=question.name, record=question.option(option).record)
        for question, option in ((pack.question(q), option) for q, option in change.answers.items())
    )
    return catalogue.line("change_if", answers=answers, verdict=pack.verdict(change.verdict).name.lower())


def _scenario(catalogue: Catalogue, once: Once, reply: Recommendation) -> tuple[Element, ...]:
    scenario = reply.scenario
    if scenario is None:
        return ()

    def finding() -> Paragraph:
        return Paragraph(catalogue.line("scenario_text", name=scenario.name, finding=scenario.finding.text))

    elements: list[Element] = [
        _title(catalogue, once, "scenario_title"),
        once.part(finding, "scenario_text", scenario.id),
    ]
    notes = [
        catalogue.text(key, questions=_names(questions))
        for key, questions in (("scenario_like", reply.like), ("scenario_unlike", reply.unlike))
        if questions
    ]
    if reply.by_answers:
        notes.append(catalogue.text("scenario_by_answers"))
    if notes:
        elements.append(once.part(lambda: Note(said(" ".join(notes))), "scenario_notes", *notes))
    return tuple(elements)


def _faq(catalogue: Catalogue, once: Once, reply: Recommendation) -> tuple[Element, ...]:
    faq = reply.faq
    if faq is None:
        return ()
    return (
        _title(catalogue, once, "faq_title"),
        once.part(lambda: Paragraph(catalogue.line("faq_text", title=faq.title, text=faq.text)), "faq_text", faq.id),
    )


def _names(questions: Sequence[Question]) -> str:
    return ", ".join(question.name.lower() for question in questions)
