"""Layouts of passages, of outside entries and terms, and of what is not covered."""

import math

from dialogs.catalogue import Catalogue
from dialogs.message import Action, Verb
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, ShownEntry, VerdictComparison
from dialogs.view import Button, Buttons, Element, Heading, Items, Line, Note, Paragraph, Span, Style, Table, as_line
from dialogs.views.outside import origin, source_line, titled
from dialogs.views.result_elements import feedback
from knowledge.outside import OutsideEntry, Term, TermOrigin
from knowledge.pack import Item, Pack

_QUESTIONS_A_MINUTE = 5


def passage_reply(catalogue: Catalogue, reply: PassageReply) -> tuple[Element, ...]:
    """The passage and its section in the source; what else may have been meant and outside facts are buttons."""
    passage = reply.passage
    elements: list[Element] = [Heading(as_line(passage.title, Style.STRONG), level=2), Paragraph(as_line(passage.text))]
    if passage.items and not reply.brief:
        elements.append(Items(tuple(_item(item) for item in passage.items)))
    if passage.note and not reply.brief:
        elements.append(Paragraph(as_line(passage.note)))
    elements.append(
        Note(source_line(catalogue, "passage_source", reply.pack, section=reply.pack.section(passage.section).title))
    )
    elements += titled(catalogue, "meant_otherwise", reply.others)
    elements += titled(catalogue, "outside_more", reply.outside)
    elements.append(feedback(catalogue, passage.id))
    if reply.offer:
        elements += offer(catalogue, reply.pack)
    return tuple(elements)


def _item(item: Item) -> Line:
    if item.text is None:
        return as_line(item.name)
    return (Span(item.name, Style.STRONG), Span(f": {item.text}"))


def offer(catalogue: Catalogue, pack: Pack) -> list[Element]:
    """The offer to decide for a project of the person's own."""
    note = Note(catalogue.line("offer_start", length=length(catalogue, pack)))
    return [note, Buttons((start_button(catalogue),))]


def length(catalogue: Catalogue, pack: Pack) -> str:
    """How many questions there are, and how long they take."""
    count = len(pack.questions)
    minutes = math.ceil(count / _QUESTIONS_A_MINUTE)
    key = "length_one" if count == 1 else "length_minute" if minutes == 1 else "length_minutes"
    return catalogue.text(key, count=count, minutes=minutes)


def start_button(catalogue: Catalogue) -> Button:
    return Button(Action(Verb.START), catalogue.text("greeting_start"), primary=True)


def did_you_mean(catalogue: Catalogue, reply: DidYouMean) -> tuple[Element, ...]:
    """Up to three passages to pick from."""
    several = len(reply.passages) > 1
    likely = "did_you_mean" if several else "did_you_mean_one"
    unsure = "not_sure_what_is_asked" if several else "not_sure_what_is_asked_one"
    return tuple(titled(catalogue, likely if reply.likely else unsure, reply.passages))


def not_covered(catalogue: Catalogue, reply: NotCovered) -> tuple[Element, ...]:
    """What is covered instead."""
    lead = "not_covered_topic" if reply.topic else "not_covered" if reply.asked else "tell_the_idea"
    elements: list[Element] = [Paragraph(catalogue.line(lead, covers=reply.pack.covers, topic=reply.topic))]
    if reply.passages:
        closest = "not_covered_nearest" if reply.topic else "not_covered_closest"
        elements += titled(catalogue, closest, reply.passages, nearest=reply.passages[0].title)
    if reply.offer:
        elements += offer(catalogue, reply.pack)
    return tuple(elements)


def verdict_comparison(catalogue: Catalogue, reply: VerdictComparison) -> tuple[Element, ...]:
    comparison = reply.comparison
    columns = tuple(v for v in reply.pack.verdicts if all(v.id in row.cells for row in comparison.rows))
    header = (catalogue.text("compared_aspect"), *(verdict.name for verdict in columns))
    rows = tuple((row.aspect, *(row.cells[verdict.id] for verdict in columns)) for row in comparison.rows)
    return (
        Heading(as_line(comparison.title, Style.STRONG), level=2),
        Table(header, rows),
        Note(as_line(comparison.note)),
    )


def entry_reply(catalogue: Catalogue, reply: EntryReply) -> tuple[Element, ...]:
    """Each entry with its source, or that it is out of date."""
    elements = [element for shown in reply.entries for element in _entry(catalogue, reply.pack, shown)]
    elements += titled(catalogue, "meant_otherwise", reply.others)
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
