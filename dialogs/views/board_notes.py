"""Layouts of short replies about ideas: answers noted, closed cards, problems with a file, the export."""

from dialogs.board_csv import as_csv
from dialogs.catalogue import Catalogue
from dialogs.replies.ideas import (
    BoardExport,
    ClosedIdeas,
    FileProblems,
    IdeasNoted,
)
from dialogs.view import (
    Element,
    Items,
    Note,
    Paragraph,
    Preformatted,
    as_line,
)
from dialogs.views.idea_parts import verdict_cell
from knowledge.interfaces import Reading

_NOTED_SHOWN = 4


_PROBLEMS_SHOWN = 12


def ideas_noted(catalogue: Catalogue, reply: IdeasNoted) -> tuple[Element, ...]:
    """Which answers were recorded for which ideas."""
    by_answer: dict[tuple[str, str], list[int]] = {}
    for number, readings in reply.given.items():
        for question, reading in readings.items():
            if number in reply.ideas and isinstance(reading, Reading):
                by_answer.setdefault((question, reading.option), []).append(number)
    shown = list(by_answer.items())
    lines = tuple(
        catalogue.line(
            "noted",
            numbers=", ".join(map(str, numbers)),
            question=reply.pack.question(question).name,
            answer=reply.pack.question(question).option(option).record,
        )
        for (question, option), numbers in shown[:_NOTED_SHOWN]
    )
    outcomes = tuple(
        catalogue.line("noted_outcome", number=row.number, verdict=verdict_cell(catalogue, reply.pack, row))
        for row in reply.rows[:_NOTED_SHOWN]
    )
    return tuple(Note(line) for line in (*lines, *outcomes))


def closed_ideas(catalogue: Catalogue, reply: ClosedIdeas) -> tuple[Element, ...]:
    """One line."""
    question = reply.question
    if question is None:
        return (Note(catalogue.line("closed_list")),)
    numbers = ", ".join(str(idea.number) for idea in reply.ideas)
    given = {idea.chosen.get(question.id) for idea in reply.ideas}
    option = given.pop() if len(given) == 1 else None
    if option is None:
        return (Note(catalogue.line("closed_ideas", question=question.name, numbers=numbers)),)
    answer = question.option(option).record
    return (Note(catalogue.line("noted", numbers=numbers, question=question.name, answer=answer)),)


def file_problems(catalogue: Catalogue, reply: FileProblems) -> tuple[Element, ...]:
    """The problems, line by line, and how to send the file right."""
    lead = catalogue.line("file_taken", count=reply.taken) if reply.taken else catalogue.line("file_not_taken")
    shown = reply.problems[:_PROBLEMS_SHOWN]
    more = len(reply.problems) - len(shown)
    elements: list[Element] = [Paragraph(lead), Items(tuple(map(as_line, shown)))]
    if more:
        elements.append(Note(catalogue.line("file_more", count=more)))
    return tuple(elements)


def board_export(catalogue: Catalogue, reply: BoardExport) -> tuple[Element, ...]:
    """The file as text to be copied."""
    last = reply.first + len(reply.rows) - 1
    whole = len(reply.rows) == reply.total
    lead = (
        catalogue.line("export_lead", count=reply.total)
        if whole
        else catalogue.line("export_part", first=reply.first, last=last, total=reply.total)
    )
    return Paragraph(lead), Preformatted(as_csv(reply.pack, reply.rows))
