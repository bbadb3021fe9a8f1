"""The layout of the advisor's own page for one person: what it is for, and their newest recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dialogs.catalogue import Catalogue
from dialogs.view import Element, Heading, Items, Line, Note, Paragraph, Style, View, as_line
from dialogs.views.outside import source_line
from dialogs.views.passages import length
from knowledge.pack import Pack, Verdict


@dataclass(frozen=True, slots=True)
class PastRecommendation:
    """A recommendation that a conversation of the person has come to. `title` is "" where no idea was described; `at`
    is when its last answer was given, in seconds since 1970."""

    title: str
    verdict: Verdict
    at: int


def home(catalogue: Catalogue, pack: Pack, past: Sequence[PastRecommendation] | None) -> View:
    """`past` are the newest ones, the newest first; None where they could not be looked up."""
    elements: list[Element] = [
        Paragraph(catalogue.line("greeting", subject=pack.subject, length=length(catalogue, pack))),
        Heading(as_line(catalogue.text("home_title"), Style.STRONG), level=2),
    ]
    if past is None:
        elements.append(Paragraph(catalogue.line("home_unknown")))
    elif not past:
        elements += (
            Paragraph(catalogue.line("home_empty")),
            Items(tuple(as_line(example) for example in pack.examples)),
        )
    else:
        elements.append(Items(tuple(_line(catalogue, one) for one in past)))
    elements.append(Note(source_line(catalogue, "greeting_source", pack)))
    return View(tuple(elements))


def _line(catalogue: Catalogue, one: PastRecommendation) -> Line:
    day = datetime.fromtimestamp(one.at, UTC)
    date = f"{day.day} {day:%b %Y}"
    if not one.title:
        return catalogue.line("home_untitled", verdict=one.verdict.name, date=date)
    return catalogue.line("home_item", title=one.title, verdict=one.verdict.name, date=date)
