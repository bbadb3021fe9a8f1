"""Sources: lines on the article, and on outside entries, which say so and have a date."""

from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.message import Action, Verb
from dialogs.view import Button, Buttons, Element, Heading, Items, Line, Note, Paragraph, Style, as_line
from knowledge.outside import OutsideEntry, OutsideText, SourceGrade, Term
from knowledge.pack import Entry, Pack

_LABEL_LIMIT = 72

_ORIGINS = {SourceGrade.A: "outside_origin", SourceGrade.B: "outside_reported", SourceGrade.C: "outside_reported_once"}


def origin(catalogue: Catalogue, entry: OutsideText | Term) -> str:
    """Source and date of an outside entry, and whether it is second hand, from several sources or one."""
    if entry.read is None or entry.source is None:
        raise ValueError(f"{entry.id} does not come from outside")
    key = _ORIGINS[entry.confidence or SourceGrade.A]
    return catalogue.text(key, source=entry.source, date=short_day(entry.read))


def outside_links(catalogue: Catalogue, entries: Sequence[OutsideEntry]) -> list[Element]:
    """Outside facts under a title that says so: a line each with its source, and a button to read on."""
    if not entries:
        return []
    lines = tuple(
        catalogue.line("outside_item", text=entry.line or entry.text, origin=origin(catalogue, entry))
        for entry in entries
    )
    title = Heading(as_line(catalogue.text("outside_title"), Style.STRONG), level=2)
    return [title, Items(lines), Buttons(tuple(entry_button(entry) for entry in entries))]


def titled(catalogue: Catalogue, key: str, entries: Sequence[Entry], **values: str) -> list[Element]:
    """Entries as buttons below a line; nothing for none."""
    buttons = tuple(map(entry_button, entries))
    return [Paragraph(catalogue.line(key, **values)), Buttons(buttons)] if buttons else []


def called_line(catalogue: Catalogue, entry: OutsideEntry, *, whole: bool) -> Note:
    """One line on the entry that an idea calls for, or only its title; source and date are shown where one reads on."""
    return Note(catalogue.line("outside_called", line=(whole and entry.line) or entry.title))


def called_with_origin(catalogue: Catalogue, entry: OutsideEntry) -> list[Element]:
    """The same with source and date, and a button to read on, where there is room."""
    line = catalogue.text("outside_item", text=entry.line or entry.title, origin=origin(catalogue, entry))
    return [Paragraph(catalogue.line("outside_called", line=line)), Buttons((read_on_button(catalogue, entry),))]


def read_on_button(catalogue: Catalogue, entry: OutsideEntry) -> Button:
    label = catalogue.text("outside_read_on")
    return Button(Action(Verb.PASSAGE, (entry.id,)), label, entry.title[:_LABEL_LIMIT])


def entry_button(entry: Entry) -> Button:
    """Shows a passage, an outside entry or a term."""
    return Button(Action(Verb.PASSAGE, (entry.id,)), entry.title[:_LABEL_LIMIT])


def source_line(catalogue: Catalogue, key: str, pack: Pack, **values: str) -> Line:
    """The source: title, publisher, date, and the publisher's commercial interest if the text has a place for it."""
    source = pack.source
    published = short_day(source.published)
    return catalogue.line(
        key, title=source.title, publisher=source.publisher, date=published, interest=source.interest, **values
    )
