"""The layout of outside entries and terms that answer a question."""

from dialogs.catalogue import Catalogue
from dialogs.replies.passages import EntryReply, ShownEntry
from dialogs.view import Element, Heading, Line, Note, Paragraph, Style, as_line
from dialogs.views.feedback import feedback
from dialogs.views.outside import origin, others, source_line
from dialogs.views.passages import offer
from knowledge.outside import OutsideEntry, Term, TermOrigin
from knowledge.pack import Pack


def entry_reply(catalogue: Catalogue, reply: EntryReply) -> tuple[Element, ...]:
    """Each entry with its source, or that it is out of date."""
    elements = [element for shown in reply.entries for element in _entry(catalogue, reply.pack, shown)]
    elements += others(catalogue, reply.others)
    current = tuple(shown.entry.id for shown in reply.entries if shown.current)
    if current:
        elements.append(feedback(catalogue, *current))
    if reply.offer:
        elements += offer(catalogue, reply.pack)
    return tuple(elements)


def _entry(catalogue: Catalogue, pack: Pack, shown: ShownEntry) -> list[Element]:
    entry = shown.entry
    heading = Heading(as_line(entry.title, Style.STRONG), level=2)
    if not shown.current:
        return [heading, Paragraph(catalogue.line("outside_outdated")), Note(_origin(catalogue, entry, "outside_was"))]
    elements: list[Element] = [heading, Paragraph(as_line(entry.text))]
    if isinstance(entry, Term):
        if entry.example:
            elements.append(Paragraph(catalogue.line("term_example", example=entry.example)))
        if entry.section is not None:
            section = pack.section(entry.section).title
            elements.append(Note(source_line(catalogue, "passage_source", pack, section=section)))
        if entry.says is TermOrigin.ARTICLE:
            return elements
        key = "outside_partly" if entry.says is TermOrigin.BOTH else "outside_source"
        return [*elements, Note(_origin(catalogue, entry, key))]
    return [*elements, Note(_origin(catalogue, entry, "outside_source"))]


def _origin(catalogue: Catalogue, entry: OutsideEntry | Term, key: str) -> Line:
    return catalogue.line(key, origin=origin(catalogue, entry))
