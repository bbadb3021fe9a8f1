"""Layouts of short replies about ideas: closed cards, problems with a file, the export, news
since they were judged.
"""

from itertools import chain

from dialogs.catalogue import Catalogue
from dialogs.ideas.board import IdeaRow
from dialogs.ideas.board_csv import as_csv
from dialogs.replies.ideas import BoardExport, ClosedIdeas, FileProblems, IdeasChanged
from dialogs.view import Element, File, Items, Line, Note, Paragraph, Preformatted, as_line
from dialogs.views.idea_parts import linked, lost_facts, verdict_name
from knowledge.pack import Pack

_PROBLEMS_SHOWN = 12
_CHANGED_SHOWN = 10


def closed_ideas(catalogue: Catalogue, reply: ClosedIdeas) -> tuple[Element, ...]:
    question = reply.question
    if question is None:
        return (Note(catalogue.line("closed_list")),)
    numbers = ", ".join(str(idea.number) for idea in reply.ideas)
    given = {idea.chosen.get(question.id) for idea in reply.ideas}
    option = given.pop() if len(given) == 1 else None
    key, answer = ("closed_ideas", "") if option is None else ("noted", question.option(option).shortest)
    return (Note(catalogue.line(key, numbers=numbers, question=question.name, answer=answer)),)


def file_problems(catalogue: Catalogue, reply: FileProblems) -> tuple[Element, ...]:
    """The problems, line by line, and how to send the file right."""
    lead = catalogue.line("file_taken", count=reply.taken) if reply.taken else catalogue.line("file_not_taken")
    shown = reply.problems[:_PROBLEMS_SHOWN]
    more = len(reply.problems) - len(shown)
    rest = (Note(catalogue.line("file_more", count=more)),) if more else ()
    return (Paragraph(lead), Items(tuple(map(as_line, shown))), *rest)


def board_export(catalogue: Catalogue, reply: BoardExport) -> tuple[Element, ...]:
    """The file as text to be copied."""
    last, key = reply.first + len(reply.rows) - 1, "export_lead" if len(reply.rows) == reply.total else "export_part"
    lead = catalogue.line(key, count=reply.total, first=reply.first, last=last, total=reply.total)
    return Paragraph(lead), Preformatted(as_csv(reply.pack, reply.rows))


def export_file(catalogue: Catalogue, reply: BoardExport) -> File | None:
    """All ideas in a file; with a byte order mark, by which spreadsheets recognise UTF-8."""
    if not reply.parts:
        return None
    data = as_csv(reply.pack, chain.from_iterable(reply.parts)).encode("utf-8-sig", "replace")
    lead = catalogue.line("export_file", count=reply.total)
    return File(catalogue.text("export_file_name"), data, lead, len(reply.parts))


def ideas_changed(catalogue: Catalogue, reply: IdeasChanged) -> tuple[Element, ...]:
    """Each idea with its news, how to look at it, and how to stop these messages."""
    key = "news_lead_yours" if reply.owner is None else "news_lead"
    whose = {} if reply.owner is None else {"person": reply.owner}
    more = len(reply.rows) - _CHANGED_SHOWN
    return (
        Paragraph(catalogue.line(key, count=len(reply.rows), **whose)),
        Items(tuple(_news(catalogue, reply.pack, row) for row in reply.rows[:_CHANGED_SHOWN]), plain=True),
        *([Note(catalogue.line("news_more", count=more))] if more > 0 else []),
        Note(catalogue.line("news_what_now")),
    )


def _news(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> Line:
    facts = lost_facts(pack, row)
    if row.was is None:
        return catalogue.line("news_fact", idea=linked(catalogue, row.idea), facts=facts)
    was = verdict_name(catalogue, pack, row.was)
    now = verdict_name(catalogue, pack, row.verdict.id if row.verdict is not None else "")
    line = catalogue.line("news_verdict", idea=linked(catalogue, row.idea), was=was, now=now)
    return (*line, *as_line(" "), *catalogue.line("news_fact_too", facts=facts)) if facts else line
