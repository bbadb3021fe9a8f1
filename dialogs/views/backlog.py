"""The layout of a table of ideas."""

from dialogs.catalogue import Catalogue
from dialogs.replies import BacklogPage, RankedIdea
from dialogs.view import Element, Heading, Note, Table
from dialogs.views.recommendation import strength_key

_EVIDENCE_SHOWN = 40
_READ_SHOWN = 160


def backlog_page(catalogue: Catalogue, reply: BacklogPage) -> tuple[Element, ...]:
    """One line an idea: verdict, what it was read from, what is missing; below it how to go on."""
    last = reply.first + len(reply.ideas) - 1
    header = tuple(
        catalogue.text(key) for key in ("backlog_idea", "backlog_verdict", "backlog_read", "backlog_missing")
    )
    elements: list[Element] = [
        Heading(catalogue.line("backlog_title", first=reply.first, last=last, total=reply.total)),
        Table(header, tuple(_row(catalogue, idea) for idea in reply.ideas)),
    ]
    if reply.last_page:
        if reply.left_out:
            elements.append(Note(catalogue.line("backlog_left_out", count=reply.left_out)))
        elements.append(Note(catalogue.line("backlog_hint")))
    return tuple(elements)


def _row(catalogue: Catalogue, idea: RankedIdea) -> tuple[str, ...]:
    nothing = catalogue.text("backlog_nothing")
    strength = catalogue.text(strength_key(idea.strength))
    read = "; ".join(
        catalogue.text(
            "backlog_read_cell",
            question=question.name,
            # The id is the shortest word for it, and what people may type.
            answer=reading.option,
            evidence=reading.evidence[:_EVIDENCE_SHOWN],
        )
        for question, reading in idea.readings
    )
    return (
        idea.title,
        catalogue.text("backlog_verdict_cell", verdict=idea.verdict.name, strength=strength),
        (read if len(read) <= _READ_SHOWN else read[: _READ_SHOWN - 1] + "…") or nothing,
        ", ".join(question.name.lower() for question in idea.missing) or nothing,
    )
