"""Layouts of texts to take away: from the record alone, so that nothing in them was not said or worked out here."""

import json
import re
from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.commands.command import What
from dialogs.ideas.board import IdeaRow, clearest_first
from dialogs.replies.ideas import IdeaComparison
from dialogs.replies.results import Recommendation
from dialogs.replies.texts import ListText, PromptText, ResultText, Told
from dialogs.view import Element, Paragraph, Preformatted, Table, as_line, line_text
from dialogs.views.idea_card import idea_comparison
from dialogs.views.idea_parts import deciding_answers, stage_of, staged, verdict_cell
from dialogs.views.questions import within
from dialogs.views.recommendation import STEP_MARK, first_sentences
from dialogs.views.result_elements import change_lines, main_change, names, stands_by_default, strength_key
from dialogs.views.sums import sum_sentences
from knowledge.judgement import Change
from knowledge.pack import UNSURE, Question, Verdict

_REASONS = 3
"""Most answers that a text gives as reasons."""

_BRIEF = 2
"""Sentences in which there is room for one reason and the beginning of the first step."""

_MOST_WORDS = 90
"""Words of the verdict, the reasons, the first step and what would change it; in more, only the step's beginning."""

_STEP = 2
"""Which of these sentences is the first step."""

_BRACKETS = re.compile(r" \([^()]*\)")

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
    if reply.what is What.TABLE:
        return (
            Paragraph(catalogue.line("summary_lead")),
            Preformatted(_as_markdown(_one_table(catalogue, *reply.results))),
        )
    share = max(1, reply.most // len(reply.results))
    told = [_sentences(catalogue, reply, each, share)[:share] for each in reply.results]
    alone = reply.what is What.SUMMARY and len(told) == 1
    titles = (each.result.subject for each in reply.results)
    return _prose(catalogue, reply.what, "; ".join(titles), told[0] if alone else [" ".join(said) for said in told])


def _sentences(catalogue: Catalogue, reply: ResultText, told: Told, most: int) -> list[str]:
    result, pack, brief = told.result, told.result.pack, most <= _BRIEF
    step, reasons = within(result.first_step), _reasons(catalogue, result)
    advice = _advice(result.verdict, plain=reply.plain)
    if brief:
        advice, step = advice.partition(",")[0], STEP_MARK.split(step)[0]
    reason = _default(catalogue, result) or next(iter(reasons), [""])[0]
    key = "text_brief" if brief and reason and (most == 1 or not reply.shorter) else "text_verdict"
    key_of_title = "text_status" if told.status else "text_title"
    title = catalogue.text(key_of_title, title=result.subject, status=_label(catalogue, told))
    said = [catalogue.text(key, title=title, advice=advice, reason=reason)]
    summed = [*sum_sentences(catalogue, told.sums, plain=reply.plain)]
    if brief:
        return [*said, *summed, catalogue.text("text_step", step=step)]
    said.append(_why(catalogue, result, reasons))
    said.append(catalogue.text("text_step", step=first_sentences(step, 1).rstrip(".")))
    said += [_change(catalogue, result, main_change(result), plain=reply.plain)] if result.changes else []
    if sum(len(sentence.split()) for sentence in said) > _MOST_WORDS:
        said[_STEP] = catalogue.text("text_step", step=STEP_MARK.split(step)[0])
    said[1:1] = summed
    if told.notes:
        said.append(catalogue.text("text_noted", notes="; ".join(told.notes)))
    points = {reason.question for reason in result.decided.reasons if reason.towards is not None}
    unclear = [question for question in pack.questions if question.id not in points]
    return [*said, catalogue.text("text_unclear", questions=names(unclear))] if unclear else said


def _why(catalogue: Catalogue, result: Recommendation, reasons: Sequence[Sequence[str]]) -> str:
    """The reasons in a sentence; where no answer is one, that not enough speaks for the last verdict."""
    why = catalogue.text("text_but").join(_listed(catalogue, side) for side in reasons)
    if default := _default(catalogue, result):
        return catalogue.text("text_default_only" if why else "text_default", default=default, reasons=why)
    strength = catalogue.text(_STRENGTHS[strength_key(result.decided.strength)])
    return catalogue.text("text_why", strength=strength, reasons=why)


def _default(catalogue: Catalogue, result: Recommendation) -> str:
    """Why it is the default verdict, if no answer points to it; else nothing."""
    if result.decided.agree or not stands_by_default(result):
        return ""
    return catalogue.text("verdict_count_default", last=result.pack.verdicts[-1].name.lower())


def _label(catalogue: Catalogue, told: Told) -> str:
    return catalogue.statuses.get(told.status, told.status)


def _advice(verdict: Verdict, *, plain: bool) -> str:
    """The advice inside a sentence; `plain`: without the approach's name in brackets."""
    advice = verdict.plain or within(verdict.meaning).rstrip(".")
    return _BRACKETS.sub("", advice) if plain else advice


def _plain_name(verdict: Verdict) -> str:
    """What is to be done, without the approach's name."""
    return verdict.headline or verdict.meaning


def _change(catalogue: Catalogue, result: Recommendation, change: Change, *, plain: bool) -> str:
    """Which other answers would change the verdict, and to which."""
    pack, verdict = result.pack, result.pack.verdict(change.verdict)
    answers = [_clause(catalogue, pack.question(q), option) for q, option in change.answers.items()]
    other = catalogue.text("text_quoted", advice=_advice(verdict, plain=True).partition(",")[0])
    named = other if plain else verdict.name.lower()
    return catalogue.text("text_change", answers=_listed(catalogue, answers), verdict=named)


def _one_table(catalogue: Catalogue, told: Told) -> Table:
    """One result, a line for each part of it."""
    result, given = told.result, told.result.given
    strength = catalogue.text(strength_key(result.decided.strength))
    why = catalogue.text("text_but").join(_listed(catalogue, side) for side in _reasons(catalogue, result))
    status = _label(catalogue, told) if told.status else ""
    parts = (
        ("list_verdict", catalogue.text("list_verdict_cell", verdict=result.verdict.name, strength=strength)),
        ("reasons_title", why),
        ("first_step_title", first_sentences(result.first_step, 1)),
        ("change_title", "; ".join(map(line_text, change_lines(catalogue, result, 1)))),
        ("text_status_name", status),
        ("text_notes_name", "; ".join(told.notes)),
    )
    answers = [
        (question.name, question.option(given.get(question.id, UNSURE)).record) for question in result.pack.questions
    ]
    named = [(catalogue.text(key), text) for key, text in parts if text]
    return Table((catalogue.text("compared_aspect"), result.subject), (*named[:1], *answers, *named[1:]))


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


def _prose(catalogue: Catalogue, what: What, subject: str, lines: Sequence[str]) -> tuple[Element, ...]:
    head = (catalogue.text("text_subject", subject=subject), catalogue.text("text_hello")) if what is What.MAIL else ()
    return (Paragraph(catalogue.line("summary_lead")), *(Paragraph(as_line(line)) for line in (*head, *lines)))


def prompt_text(catalogue: Catalogue, reply: PromptText) -> tuple[Element, ...]:
    """A first prompt, a line for each of its parts; what was noted is among them."""
    lines = [catalogue.text("prompt_task", title=reply.title)]
    lines += [catalogue.text("prompt_notes", notes="; ".join(reply.notes))] if reply.notes else []
    lines += map(catalogue.text, ("prompt_steps", "prompt_examples", "prompt_form", "prompt_unsure", "prompt_input"))
    return (Paragraph(catalogue.line("summary_lead")), *(Paragraph(as_line(line)) for line in lines))


def list_text(catalogue: Catalogue, reply: ListText) -> tuple[Element, ...]:
    """A line for each idea, or verdict, what is open, and with what to begin; or a table, or JSON, to be copied."""
    if reply.what in (What.NOTE, What.MAIL, What.SUMMARY):
        return _prose(catalogue, reply.what, reply.pack.title, _lines(catalogue, reply))
    text = _as_json(catalogue, reply) if reply.what is What.JSON else _as_markdown(_table(catalogue, reply))
    for verdict in reply.pack.verdicts if reply.plain else ():
        text = text.replace(f"| {verdict.name}", f"| {_plain_name(verdict)}")  # no title begins a cell
    return (Paragraph(catalogue.line("summary_lead")), Preformatted(text))


def _lines(catalogue: Catalogue, reply: ListText) -> list[str]:
    """What each verdict has, the last of the scale first; what is open; and with what to begin, if there is room. No
    idea is left out: in too few lines, one has the rest.
    """
    lines = [_idea_line(catalogue, reply, *each) for each in zip(reply.rows, reply.results, strict=False)]
    for verdict in () if lines else reversed(reply.pack.verdicts):
        those = [_with_question(catalogue, row) for row in reply.rows if row.verdict == verdict]
        if those:
            name = _plain_name(verdict) if reply.plain else verdict.name
            lines.append(catalogue.text("text_ideas", verdict=name, count=len(those), ideas="; ".join(those)))
    asks = [_with_question(catalogue, row) for row in reply.rows if row.verdict is None and not reply.results]
    if asks:
        lines.append(catalogue.text("text_open", count=len(asks), ideas="; ".join(asks)))
    first = next((row for row in clearest_first(reply.rows) if row.verdict is not None), None)
    if first is not None and len(reply.rows) > 1:
        lines += [catalogue.text("text_first", idea=first.idea.label)] if len(lines) < reply.most else []
    return lines if len(lines) <= reply.most else [*lines[: reply.most - 1], ". ".join(lines[reply.most - 1 :])]


def _with_question(catalogue: Catalogue, row: IdeaRow) -> str:
    """An idea, with the question that gives its verdict or could still change it."""
    idea = staged(catalogue, row.idea)
    if row.ask is None or len(row.possible) < 2:
        return idea
    return catalogue.text("text_loose" if row.verdict else "text_ask", idea=idea, question=row.ask.name.lower())


def _idea_line(catalogue: Catalogue, reply: ListText, row: IdeaRow, result: Recommendation | None) -> str:
    """The verdict on an idea, why, and what is next."""
    idea = staged(catalogue, row.idea)
    if result is None:
        question = "–" if row.ask is None else row.ask.name.lower()
        return catalogue.text("text_idea_open", idea=idea, question=question)
    verdict = _plain_name(result.verdict).rstrip(".") if reply.plain else result.verdict.name
    step = STEP_MARK.split(within(result.first_step))[0]
    why = _why(catalogue, result, _reasons(catalogue, result))
    return catalogue.text("text_idea", idea=idea, verdict=verdict, why=why, step=step)


def _table(catalogue: Catalogue, reply: ListText) -> Table:
    if len(reply.rows) in _SIDE_BY_SIDE:
        elements = idea_comparison(catalogue, IdeaComparison(reply.pack, reply.rows))
        return next(element for element in elements if isinstance(element, Table))
    header = tuple(map(catalogue.text, ("list_idea", "list_verdict", "list_decided_by", "list_missing")))
    stages = any(row.idea.status for row in reply.rows)
    rows = (
        (
            staged(catalogue, row.idea),
            verdict_cell(catalogue, reply.pack, row),
            deciding_answers(catalogue, reply.pack, row),
            names(row.missing) or catalogue.text("list_nothing"),
            *([stage_of(catalogue, row.idea) or catalogue.text("list_nothing")] if stages else []),
        )
        for row in reply.rows
    )
    return Table((*header, *([catalogue.text("list_status")] if stages else [])), tuple(rows))


def _as_markdown(table: Table) -> str:
    lines = (table.header, ("---",) * len(table.header), *table.rows)
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    """The text as a cell in Markdown: on one line, in which no bar ends it."""
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())


def _as_json(catalogue: Catalogue, reply: ListText) -> str:
    """One idea a line, with what is known of it."""
    ideas = (
        {
            "number": row.number or None,
            "title": row.idea.title,
            "owner": row.idea.name or None,
            "verdict": None if row.verdict is None else row.verdict.id,
            "strength": None if row.verdict is None else catalogue.text(strength_key(row.strength)),
            "answers": row.idea.chosen,
            "missing": [question.id for question in row.missing],
            "status": row.idea.status or None,
            "status_by": row.idea.stage.who or None,
            "status_on": row.idea.stage.day or None,
            "notes": [note.text for note in row.idea.kept_notes],
        }
        for row in reply.rows
    )
    return "[\n" + ",\n".join(json.dumps(idea, ensure_ascii=False) for idea in ideas) + "\n]"
