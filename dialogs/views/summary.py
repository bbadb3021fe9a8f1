"""Layouts of a result for other people: the summary as Markdown, and the result that is shared."""

from dialogs.catalogue import Catalogue
from dialogs.message import day_of
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.results import Recommendation, ResultSummary, SharedResult
from dialogs.view import Element, Heading, Items, Line, Link, Note, Paragraph, Preformatted, Style, as_line, line_text
from dialogs.views.dates import long_day
from dialogs.views.outside import source_line
from dialogs.views.result_elements import against_answers, change_lines, directions, strength_key, subtitle

_CHANGES_SHOWN = 2


def summary(catalogue: Catalogue, reply: ResultSummary) -> tuple[Element, ...]:
    """The result as Markdown source."""
    result = reply.recommendation
    pack = result.pack
    strength = catalogue.text(strength_key(result.decided.strength))
    giver = _only_giver(reply)
    why = against_answers(catalogue, result)
    lines = [
        catalogue.text("summary_title", title=_title(result)),
        "",
        catalogue.text("summary_verdict", verdict=result.verdict.name, strength=strength),
        result.verdict.meaning,
        *([] if why is None else [line_text(why)]),
        "",
        catalogue.text("summary_answers") if giver is None else catalogue.text("summary_answers_by", person=giver),
        *(f"- {line_text(line)}" for line in _answers(catalogue, reply)),
        "",
        catalogue.text("summary_reasons"),
        *(
            catalogue.text("summary_reason", question=pack.question(r.question).name, text=r.text)
            for r in result.decided.reasons
        ),
        "",
        catalogue.text("summary_changes"),
        *(f"- {line_text(line)}" for line in change_lines(catalogue, result, _CHANGES_SHOWN)),
        "",
        catalogue.text("summary_steps"),
        *(catalogue.text("summary_step", number=n, text=step.text) for n, step in enumerate(result.steps, 1)),
        "",
        *([catalogue.text("summary_link", link=reply.link)] if reply.link else []),
        line_text(source_line(catalogue, "summary_source", pack, day=long_day(day_of(reply.at)))),
    ]
    return (Paragraph(catalogue.line("summary_lead")), Preformatted("\n".join(lines)))


def shared(catalogue: Catalogue, reply: SharedResult) -> tuple[Element, ...]:
    """The result for people outside the conversation, without buttons."""
    result = reply.summary.recommendation
    strength = catalogue.text(strength_key(result.decided.strength))
    elements: list[Element] = [
        Heading(as_line(_title(result), Style.STRONG), level=2),
        Heading(catalogue.line("verdict_heading", verdict=result.verdict.name, strength=strength)),
        *directions(catalogue, result),
    ]
    why = against_answers(catalogue, result)
    if why is not None:
        elements.append(Paragraph(why))
    if reply.note:
        elements.append(Paragraph(catalogue.line("shared_note", note=reply.note)))
    if reply.summary.records:
        elements += [_answers_title(catalogue, reply.summary), Items(_answers(catalogue, reply.summary))]
    if result.changes:
        elements += [subtitle(catalogue, "change_title"), Items(change_lines(catalogue, result, _CHANGES_SHOWN))]
    if result.steps:
        elements += [subtitle(catalogue, "first_step_title"), Paragraph(as_line(result.steps[0].text))]
    if reply.by.name:
        elements.append(Note(catalogue.line("shared_by", person=reply.by)))
    elements.append(Note(source_line(catalogue, "summary_source", result.pack, day=long_day(day_of(reply.summary.at)))))
    if reply.summary.link:
        elements.append(Link(catalogue.text("shared_link"), reply.summary.link))
    return tuple(elements)


def _title(result: Recommendation) -> str:
    return " ".join((result.title or result.pack.title).split())


def _answers_title(catalogue: Catalogue, reply: ResultSummary) -> Heading:
    giver = _only_giver(reply)
    if giver is None:
        return subtitle(catalogue, "shared_answers")
    return Heading(as_line(catalogue.text("shared_answers_by", person=giver), Style.STRONG), level=2)


def _only_giver(reply: ResultSummary) -> str | None:
    """The name of the person who gave all answers, if it was one: it is shown once, not after each answer."""
    givers = {record.by.id if record.by is not None else None for record in reply.records}
    first = reply.records[0].by if len(givers) == 1 else None
    return None if first is None else first.name


def _answers(catalogue: Catalogue, reply: ResultSummary) -> tuple[Line, ...]:
    once = _only_giver(reply) is not None
    return tuple(_answer(catalogue, record._replace(by=None) if once else record) for record in reply.records)


def _answer(catalogue: Catalogue, record: RecordedAnswer) -> Line:
    values = {"question": record.question.name, "answer": record.question.option(record.answer.option).record}
    if record.by is None:
        return catalogue.line("summary_answer", **values)
    return catalogue.line("summary_answer_by", person=record.by, **values)
