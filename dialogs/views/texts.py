"""Layouts of texts to take away: from the record alone, so that nothing in them was not said or worked out here."""

import json
import re
from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.commands.command import What
from dialogs.replies.ideas import IdeaComparison
from dialogs.replies.results import Recommendation
from dialogs.replies.texts import ListText, ResultText
from dialogs.view import Element, Paragraph, Preformatted, Table, as_line
from dialogs.views.idea_card import idea_comparison
from dialogs.views.idea_parts import deciding_answers, numbered, staged, verdict_cell
from dialogs.views.recommendation import first_sentences
from dialogs.views.result_elements import names, strength_key
from knowledge.pack import Question

_REASONS = 3
"""Most answers that a text gives as reasons."""

_BRIEF = 2
"""Sentences in which there is room for one reason and the beginning of the first step."""

_HEAD = re.compile(r"[:,.]")
"""Where the beginning of a step ends."""

_STRENGTHS = {
    "strength_high": "text_strength_high",
    "strength_middle": "text_strength_middle",
    "strength_low": "text_strength_low",
}
"""How a text says what a card says of the strength."""

_SIDE_BY_SIDE = range(2, 5)
"""Ideas that a table has in columns, so that each answer is in it."""


def result_text(catalogue: Catalogue, reply: ResultText) -> tuple[Element, ...]:
    """What is advised, why, the first step, what would change it, what was noted, what is open: as many as there may
    be; a paragraph an idea where there are several.
    """
    share = max(1, reply.most // len(reply.results))
    told = [_sentences(catalogue, *each, share, shorter=reply.shorter)[:share] for each in reply.results]
    alone = reply.what is What.SUMMARY and len(told) == 1
    titles = (result.title or result.pack.title for result, _ in reply.results)
    return _prose(catalogue, reply.what, "; ".join(titles), told[0] if alone else [" ".join(said) for said in told])


def _sentences(
    catalogue: Catalogue, result: Recommendation, notes: Sequence[str], most: int, *, shorter: bool
) -> list[str]:
    pack, advice = result.pack, result.verdict.plain or _within(result.verdict.meaning).rstrip(".")
    title = result.title or pack.title
    step, reasons = _within((result.path or result.steps)[0].text), _reasons(catalogue, result)
    if most <= _BRIEF:
        advice, step = advice.partition(",")[0], _HEAD.split(step)[0]
    key = "text_brief" if most <= _BRIEF and reasons and not shorter else "text_verdict"
    said = [catalogue.text(key, title=title, advice=advice, reason=reasons[0][0] if reasons else "")]
    if most <= _BRIEF:
        return [*said, catalogue.text("text_step", step=step)]
    if reasons:
        strength = catalogue.text(_STRENGTHS[strength_key(result.decided.strength)])
        why = catalogue.text("text_but").join(_listed(catalogue, side) for side in reasons)
        said.append(catalogue.text("text_why", strength=strength, reasons=why))
    said.append(catalogue.text("text_step", step=first_sentences(step, 1).rstrip(".")))
    for change in result.changes[:1]:
        answers = [_clause(catalogue, pack.question(q), option) for q, option in change.answers.items()]
        verdict = pack.verdict(change.verdict).name.lower()
        said.append(catalogue.text("text_change", answers=_listed(catalogue, answers), verdict=verdict))
    if notes:
        said.append(catalogue.text("text_noted", notes="; ".join(notes)))
    points = {reason.question for reason in result.decided.reasons if reason.towards is not None}
    unclear = [question for question in pack.questions if question.id not in points]
    return [*said, catalogue.text("text_unclear", questions=names(unclear))] if unclear else said


def _reasons(catalogue: Catalogue, result: Recommendation) -> list[list[str]]:
    """The answers that lead to the verdict; where both sides do, those of each side."""
    sides: dict[str | None, list[str]] = {}
    points = [reason for reason in result.main if reason.towards is not None]
    for reason in ([reason for reason in points if reason.towards == result.verdict.id] or points)[:_REASONS]:
        clause = _clause(catalogue, result.pack.question(reason.question), reason.option)
        sides.setdefault(reason.towards, []).append(clause)
    return list(sides.values())


def _clause(catalogue: Catalogue, question: Question, option: str) -> str:
    answer = question.option(option)
    return answer.plain or catalogue.text("text_answer", question=question.name.lower(), record=answer.record)


def _listed(catalogue: Catalogue, clauses: Sequence[str]) -> str:
    *others, last = clauses
    joined = catalogue.text("text_list").join(others)
    return catalogue.text("change_and").join(filter(None, (joined, last)))


def _within(sentence: str) -> str:
    """A sentence inside another."""
    return sentence[:1].lower() + sentence[1:]


def _prose(catalogue: Catalogue, what: What, subject: str, lines: Sequence[str]) -> tuple[Element, ...]:
    head = (catalogue.text("text_subject", subject=subject), catalogue.text("text_hello")) if what is What.MAIL else ()
    return (Paragraph(catalogue.line("summary_lead")), *(Paragraph(as_line(line)) for line in (*head, *lines)))


def list_text(catalogue: Catalogue, reply: ListText) -> tuple[Element, ...]:
    """A line for each verdict, then what is open and with what to begin; or a table, or JSON, to be copied."""
    if reply.what in (What.NOTE, What.MAIL, What.SUMMARY):
        return _prose(catalogue, reply.what, reply.pack.title, _lines(catalogue, reply)[: reply.most])
    text = _as_json(reply) if reply.what is What.JSON else _as_markdown(_table(catalogue, reply))
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
            staged(catalogue, row.idea),
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
            "status": row.idea.status or None,
            "notes": [note.text for note in row.idea.kept_notes],
        }
        for row in reply.rows
    )
    return "[\n" + ",\n".join(json.dumps(idea, ensure_ascii=False) for idea in ideas) + "\n]"
