"""The layout of the advisor's Home tab for one person: what it is for, and their newest recommendations."""

from dataclasses import dataclass

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.message import Person, day_of
from dialogs.view import Element, Heading, Items, Line, Note, Paragraph, Style, View, as_line
from dialogs.views.outside import source_line
from dialogs.views.passages import length
from knowledge.pack import Pack, Verdict


@dataclass(frozen=True, slots=True)
class PastRecommendation:
    """A recommendation in which a conversation of the person has ended. `title` is "" if no idea was described; `at` is
    when the last answer was given, in seconds since 1970; `link` leads to the conversation, "" where nothing does.
    """

    title: str
    verdict: Verdict
    at: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class OwnIdeas:
    """The person's ideas in one place: how many, the newest ones with a link to each ("" for none), and when the first
    of these was added. `place` is the platform's id of the place, "" for what is between them and the advisor.
    """

    count: int
    newest: tuple[tuple[str, str], ...]
    at: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The recommendations of a person, and their ideas by place; the newest first."""

    recommendations: tuple[PastRecommendation, ...] = ()
    boards: tuple[OwnIdeas, ...] = ()


def home(catalogue: Catalogue, pack: Pack, history: History | None) -> View:
    """The Home tab. `history` is None if it could not be looked up."""
    elements: list[Element] = [
        Paragraph(catalogue.line("greeting", subject=pack.subject, length=length(catalogue, pack))),
        Heading(as_line(catalogue.text("home_title"), Style.STRONG), level=2),
    ]
    if history is None:
        elements.append(Paragraph(catalogue.line("home_unknown")))
    elif not history.recommendations:
        elements += (
            Paragraph(catalogue.line("home_empty")),
            Items(tuple(as_line(example) for example in pack.examples)),
        )
    else:
        elements.append(Items(tuple(_line(catalogue, one) for one in history.recommendations)))
    if history is not None and history.boards:
        elements.append(Heading(as_line(catalogue.text("home_boards"), Style.STRONG), level=2))
        elements.append(Items(tuple(_board(catalogue, one) for one in history.boards)))
    elements += (Note(catalogue.line("home_data")), Note(source_line(catalogue, "greeting_source", pack)))
    return View(tuple(elements))


def _board(catalogue: Catalogue, one: OwnIdeas) -> Line:
    titles = [as_line(title or catalogue.text("untitled"), Style.STRONG, link) for title, link in one.newest]
    ideas = tuple(part for title in titles for part in (*as_line(", "), *title))[1:]
    more = one.count - len(titles)
    place = Person(one.place) if one.place else catalogue.text("home_direct")
    return catalogue.line("home_board_more" if more else "home_board", place=place, ideas=ideas, more=more)


def _line(catalogue: Catalogue, one: PastRecommendation) -> Line:
    date, shown = short_day(day_of(one.at)), as_line(one.title or one.verdict.name, Style.STRONG, one.link)
    if not one.title:
        return catalogue.line("home_untitled", verdict=shown, date=date)
    return catalogue.line("home_item", title=shown, verdict=one.verdict.name, date=date)
