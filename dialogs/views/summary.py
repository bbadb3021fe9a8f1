"""Layouts of a result for other people: the record as a message, as Markdown source, and as a page that prints."""

import re
from collections.abc import Iterator, Sequence

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import long_day, short_day
from dialogs.message import day_of
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.results import Recommendation, ResultPage, ResultSummary, SharedResult
from dialogs.view import Element, File, Heading, Items, Link, Note, Paragraph, Preformatted, Style, as_line, line_text
from dialogs.views.details import numbered, reason_lines
from dialogs.views.html_page import html_page
from dialogs.views.outside import source_line
from dialogs.views.result_elements import (
    change_lines,
    directions,
    subtitle,
    verdict_line,
)

_CHANGES_SHOWN = 2

_LONGEST_NAME = 60
"""Characters of a title in the name of a file."""


def summary(catalogue: Catalogue, reply: ResultSummary) -> tuple[Element, ...]:
    """The record as Markdown source."""
    lines = [catalogue.text("summary_title", title=_title(reply.recommendation)), ""]
    for element in record(catalogue, reply):
        lines += _as_markdown(element)
    if reply.link:
        lines += ["", catalogue.text("summary_link", link=reply.link)]
    return (Paragraph(catalogue.line("summary_lead")), Preformatted("\n".join(lines)))


def _as_markdown(element: Element) -> list[str]:
    match element:
        case Heading(line):
            return ["", f"## {line_text(line)}"]
        case Items(lines, is_numbered):
            return [f"{f'{n}.' if is_numbered else '-'} {line_text(line)}" for n, line in enumerate(lines, 1)]
        case Paragraph(line):
            return [line_text(line)]
        case Note(line):
            return ["", line_text(line)]
        case _:
            return []


def page(catalogue: Catalogue, reply: ResultSummary) -> str:
    """The record as a page that prints."""
    return html_page(_title(reply.recommendation), (*record(catalogue, reply), *_link(catalogue, reply)))


def page_as_text(catalogue: Catalogue, reply: ResultPage) -> tuple[Element, ...]:
    """The page where there are no files: the record as Markdown source."""
    return summary(catalogue, reply.summary)


def page_file(catalogue: Catalogue, reply: ResultPage) -> File:
    """The page in a file that is named after the idea; of its title, only letters and digits can be in every name."""
    title = re.sub(r"[\W_]+", "-", _title(reply.summary.recommendation)).strip("-")[:_LONGEST_NAME]
    data = page(catalogue, reply.summary).encode("utf-8", "replace")
    return File(catalogue.text("record_file_name", title=title), data, catalogue.line("record_file"))


def shared(catalogue: Catalogue, reply: SharedResult) -> tuple[Element, ...]:
    """The record as a message for people outside the conversation, without buttons."""
    *told, source = record(catalogue, reply.summary, brief=True)
    note = [Paragraph(catalogue.line("shared_note", note=reply.note))] if reply.note else []
    by = [Note(catalogue.line("shared_by", person=reply.by))] if reply.by.name else []
    title = Heading(as_line(_title(reply.summary.recommendation), Style.STRONG))
    return (title, *note, *told, *by, source, *_link(catalogue, reply.summary))


def _link(catalogue: Catalogue, reply: ResultSummary) -> tuple[Element, ...]:
    return (Link(catalogue.text("shared_link"), reply.link),) if reply.link else ()


def record(catalogue: Catalogue, reply: ResultSummary, *, brief: bool = False) -> Iterator[Element]:
    """The advice as a sentence, why, the status of the idea, the answers with who gave them and when, what would change
    it, the plan, what was noted; lastly the source. In `brief` the reasons are counted.
    """
    result = reply.recommendation
    yield Paragraph(as_line(result.verdict.headline or result.verdict.meaning, Style.STRONG))
    yield Paragraph(verdict_line(catalogue, result))
    if reply.status:
        status = catalogue.statuses.get(reply.status, reply.status)
        yield Paragraph(catalogue.line("shared_status", status=status))
    if brief:
        yield from directions(catalogue, result)
    if reply.records:
        yield from _answers(catalogue, reply.records)
    if result.decided.reasons and not brief:
        yield from (subtitle(catalogue, "reasons_title"), Items(reason_lines(catalogue, result)))
    if result.changes:
        yield from (subtitle(catalogue, "change_title"), Items(change_lines(catalogue, result, _CHANGES_SHOWN)))
    for key, steps in (("steps_title", result.steps), ("path_title", result.path)):
        if steps:
            yield from (subtitle(catalogue, key), numbered(steps))
    if reply.notes:
        yield from (subtitle(catalogue, "shared_notes"), Items(tuple(map(as_line, reply.notes))))
    yield Note(source_line(catalogue, "summary_source", result.pack, day=long_day(day_of(reply.at))))


def _title(result: Recommendation) -> str:
    return " ".join(result.subject.split())


def _answers(catalogue: Catalogue, records: Sequence[RecordedAnswer]) -> Iterator[Element]:
    """The answers; who gave them and when is said once where it is the same for all."""
    givers = [record.by.name or "" if record.by is not None else "" for record in records]
    days = [short_day(day_of(record.answer.at)) for record in records]
    one, once = len(set(givers)) == 1, len(set(days)) == 1
    key = "shared_answers_by" if one and givers[0] else "shared_answers"
    title = catalogue.text(key, person=givers[0])
    heading = catalogue.text("shared_on", answers=title, day=days[0]) if once else title
    yield Heading(as_line(heading, Style.STRONG), level=2)
    lines = []
    for record, giver, day in zip(records, givers, days, strict=True):
        who = ", ".join(filter(None, ("" if one else giver, "" if once else day)))
        values = {"question": record.question.name, "answer": record.question.option(record.answer.option).record}
        lines.append(catalogue.line("summary_answer_by" if who else "summary_answer", who=who, **values))
    yield Items(tuple(lines))
