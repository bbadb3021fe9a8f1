"""Layouts of texts to take away: from the record alone, so that nothing in them was not said or worked out here."""

import json
from collections.abc import Iterable, Sequence

from dialogs.catalogue import Catalogue
from dialogs.commands.command import What
from dialogs.replies.ideas import IdeaComparison
from dialogs.replies.texts import ListText, ResultText
from dialogs.view import Element, Paragraph, Preformatted, Table, as_line
from dialogs.views.idea_card import idea_comparison
from dialogs.views.idea_parts import deciding_answers, numbered, verdict_cell
from dialogs.views.recommendation import first_sentences
from dialogs.views.result_elements import names, strength_key
from knowledge.pack import Question

_REASONS = 3
"""Most answers that a text gives as reasons."""

_SIDE_BY_SIDE = range(2, 5)
"""Ideas that a table has in columns, so that each answer is in it."""


def result_text(catalogue: Catalogue, reply: ResultText) -> tuple[Element, ...]:
    """The verdict, why, the first step, what would change it, what was noted, what is open: as many as there may be."""
    sentences = _sentences(catalogue, reply)[: reply.most]
    lines = sentences if reply.what is What.SUMMARY else [" ".join(sentences)]
    return _prose(catalogue, reply.what, reply.result.title or reply.result.pack.title, lines)


def _sentences(catalogue: Catalogue, reply: ResultText) -> list[str]:
    result, pack = reply.result, reply.result.pack
    strength = catalogue.text(strength_key(result.decided.strength))
    values = {"title": result.title or pack.title, "verdict": result.verdict.name.lower(), "strength": strength}
    said = [catalogue.text("text_verdict", **values, meaning=_within(result.verdict.meaning))]
    reasons = [reason for reason in result.main if reason.towards == result.verdict.id] or result.main
    if reasons:
        why = ((pack.question(reason.question).name.lower(), reason.text) for reason in reasons[:_REASONS])
        told = "; ".join(catalogue.text("text_reason", question=name, reason=text) for name, text in why)
        said.append(catalogue.text("text_why", reasons=told))
    said.append(catalogue.text("text_step", step=_within(first_sentences(result.steps[0].text, 1))))
    for change in result.changes[:1]:
        answers = _answers(catalogue, ((pack.question(q), option) for q, option in change.answers.items()))
        verdict = pack.verdict(change.verdict).name.lower()
        said.append(catalogue.text("text_change", answers=answers, verdict=verdict))
    if reply.notes:
        said.append(catalogue.text("text_noted", notes="; ".join(reply.notes)))
    points = {reason.question for reason in result.decided.reasons if reason.towards is not None}
    unclear = [question for question in pack.questions if question.id not in points]
    return [*said, catalogue.text("text_unclear", questions=names(unclear))] if unclear else said


def _within(sentence: str) -> str:
    """A sentence behind a colon."""
    return sentence[:1].lower() + sentence[1:]


def _answers(catalogue: Catalogue, answers: Iterable[tuple[Question, str]]) -> str:
    named = ((question.name.lower(), question.option(option).record) for question, option in answers)
    return ", ".join(catalogue.text("text_answer", question=name, record=record) for name, record in named)


def _prose(catalogue: Catalogue, what: What, subject: str, lines: Sequence[str]) -> tuple[Element, ...]:
    head = (catalogue.text("text_subject", subject=subject), catalogue.text("text_hello")) if what is What.MAIL else ()
    return (Paragraph(catalogue.line("summary_lead")), *(Paragraph(as_line(line)) for line in (*head, *lines)))


def list_text(catalogue: Catalogue, reply: ListText) -> tuple[Element, ...]:
    """A line for each verdict, then what is open and with what to begin; or a table, or JSON, to be copied."""
    if reply.what is What.JSON:
        text = _as_json(reply)
    elif reply.what in (What.TABLE, What.MARKDOWN):
        text = _as_markdown(_table(catalogue, reply))
    else:
        return _prose(catalogue, reply.what, reply.pack.title, _lines(catalogue, reply)[: reply.most])
    return (Paragraph(catalogue.line("summary_lead")), Preformatted(text))


def _lines(catalogue: Catalogue, reply: ListText) -> list[str]:
    """What each verdict has, the last of the scale first; what is open; and with what to begin."""
    lines = []
    for verdict in reversed(reply.pack.verdicts):
        those = [numbered(row.idea) for row in reply.rows if row.verdict is not None and row.verdict.id == verdict.id]
        if those:
            lines.append(catalogue.text("text_ideas", verdict=verdict.name, count=len(those), ideas="; ".join(those)))
    asks = {numbered(row.idea): "–" if row.ask is None else row.ask.name for row in reply.rows if row.verdict is None}
    if asks:
        named = (catalogue.text("text_ask", idea=idea, question=ask.lower()) for idea, ask in asks.items())
        lines.append(catalogue.text("text_open", count=len(asks), ideas="; ".join(named)))
    first = next((row for row in reply.rows if row.verdict is not None), None)
    return [*lines, catalogue.text("text_first", idea=numbered(first.idea))] if first and reply.rows[1:] else lines


def _table(catalogue: Catalogue, reply: ListText) -> Table:
    if len(reply.rows) in _SIDE_BY_SIDE:
        elements = idea_comparison(catalogue, IdeaComparison(reply.pack, reply.rows))
        return next(element for element in elements if isinstance(element, Table))
    header = tuple(map(catalogue.text, ("list_idea", "list_verdict", "list_decided_by", "list_missing")))
    rows = (
        (
            numbered(row.idea),
            verdict_cell(catalogue, reply.pack, row),
            deciding_answers(catalogue, reply.pack, row),
            names(row.missing) or catalogue.text("list_nothing"),
        )
        for row in reply.rows
    )
    return Table(header, tuple(rows))


def _as_markdown(table: Table) -> str:
    lines = (table.header, ("---",) * len(table.header), *table.rows)
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _as_json(reply: ListText) -> str:
    """One idea a line, with what is known of it."""
    ideas = (
        {
            "number": row.number or None,
            "title": row.idea.title,
            "verdict": None if row.verdict is None else row.verdict.id,
            "strength": None if row.verdict is None else round(row.strength, 2),
            "answers": row.idea.chosen,
            "missing": [question.id for question in row.missing],
        }
        for row in reply.rows
    )
    return "[\n" + ",\n".join(json.dumps(idea, ensure_ascii=False) for idea in ideas) + "\n]"
