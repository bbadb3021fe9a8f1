"""The layout of news about ideas since they were judged."""

from dialogs.board import IdeaRow
from dialogs.catalogue import Catalogue
from dialogs.replies.ideas import IdeasChanged
from dialogs.view import Element, Items, Line, Note, Paragraph, as_line
from dialogs.views.idea_parts import linked, lost_facts
from knowledge.pack import Pack

SHOWN = 10


def ideas_changed(catalogue: Catalogue, reply: IdeasChanged) -> tuple[Element, ...]:
    """Each idea with its news, how to look at it, and how to stop these messages."""
    key = "news_lead_yours" if reply.owner is None else "news_lead"
    whose = {} if reply.owner is None else {"person": reply.owner}
    more = len(reply.rows) - SHOWN
    return (
        Paragraph(catalogue.line(key, count=len(reply.rows), **whose)),
        Items(tuple(_news(catalogue, reply.pack, row) for row in reply.rows[:SHOWN]), plain=True),
        *([Note(catalogue.line("news_more", count=more))] if more > 0 else []),
        Note(catalogue.line("news_what_now")),
    )


def _news(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> Line:
    facts = lost_facts(pack, row)
    if row.was is None:
        return catalogue.line("news_fact", idea=linked(row.idea), facts=facts)
    was = _named(catalogue, pack, row.was)
    now = _named(catalogue, pack, row.verdict.id if row.verdict is not None else "")
    line = catalogue.line("news_verdict", idea=linked(row.idea), was=was, now=now)
    return (*line, *as_line(" "), *catalogue.line("news_fact_too", facts=facts)) if facts else line


def _named(catalogue: Catalogue, pack: Pack, verdict: str) -> str:
    known = [one.name.lower() for one in pack.verdicts if one.id == verdict]
    return known[0] if known else verdict or catalogue.text("not_enough_said")
