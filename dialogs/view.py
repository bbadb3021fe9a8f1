"""How a reply is laid out, free of any channel. Each channel turns each element into its own form.

Text is never markup: emphasis is a style, a person is a `Mention`, and channels escape every character they show.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from dialogs.message import Action, Person


class Style(StrEnum):
    """Emphasis of a span."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


class Span(NamedTuple):
    """Some text in one style. `url` is a link, on channels that have links; it never comes from what people write."""

    text: str
    style: Style = Style.PLAIN
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """The name of a person, or of a channel by its id; shown without notifying anybody, where a platform allows it."""

    person: Person


Line = tuple[Span | Mention, ...]
"""Running text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a card or of one of its parts. `level` 1 is the card's own."""

    line: Line
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: sources, records, hints."""

    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list with numbers or bullets; `plain`: with neither, since each line begins with a number of its own."""

    lines: tuple[Line, ...]
    numbered: bool = False
    plain: bool = False


class Check(NamedTuple):
    """What is asked before something that cannot be undone, and the two answers."""

    question: str
    yes: str
    no: str


class Button(NamedTuple):
    """Something to press. `description` is what a screen reader says (up to 75 characters).

    `short` is its label in a row of many buttons. `check` is asked first; such a button is red, and only for the person
    whose message it answers.
    """

    action: Action
    label: str
    description: str = ""
    primary: bool = False
    short: str = ""
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of the open question, shown with numbers from 1, which can also be typed."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Buttons:
    """Further buttons. A channel may put them in a menu if `menu` is true; `title` says what is chosen from it."""

    buttons: tuple[Button, ...]
    menu: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; each row has as many cells as the header.

    `compact`: where there is no room for columns, a row takes two lines rather than one for each cell. `links`: where
    the first cell of each row leads, as for a `Span`. `caption` says what the table holds; a table with one can be
    sorted. `marks` are drawn before the last cell of each row, and say nothing that its words do not.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    compact: bool = False
    links: tuple[str, ...] = ()
    caption: str = ""
    marks: tuple[str, ...] = ()

    @property
    def drawn(self) -> tuple[tuple[str, ...], ...]:
        if not self.marks:
            return self.rows
        return tuple((*row[:-1], f"{mark} {row[-1]}") for row, mark in zip(self.rows, self.marks, strict=True))

    def link(self, row: int) -> str:
        """Where the first cell of this row (from 0) leads; "" for nowhere."""
        return self.links[row] if 0 <= row < len(self.links) else ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is shown as a picture made of characters, and the same in `words` for whoever has it read out."""

    lines: tuple[Line, ...]
    words: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between parts."""


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text to be copied unchanged."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place of the channel itself, such as a thread; its address never comes from what people write."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """A request for feedback in the platform's own form; `about` is the subject of the press.

    `up` and `down` are buttons for channels without such a form.
    """

    about: str
    up: Button
    down: Button


RUNNING_TEXT = (Heading, Paragraph, Note)
"""Elements that are one line."""

Element = (
    Heading | Paragraph | Note | Items | Choices | Buttons | Table | Drawing | Divider | Preformatted | Link | Feedback
)


class File(NamedTuple):
    """A file to take away, and a line about it.

    `messages`: how many messages, from the one with this file on, say the same as text.
    """

    name: str
    data: bytes
    lead: Line
    messages: int = 1


class View(NamedTuple):
    """One message of the advisor. `revision` goes with every button, so that a late press is recognised. Where files
    can be sent, `file` is shown in its place."""

    elements: tuple[Element, ...]
    revision: int = 0
    file: File | None = None

    @property
    def about(self) -> str:
        """The subject of feedback on it; "" if no feedback is asked for."""
        return next((element.about for element in self.elements if isinstance(element, Feedback)), "")

    def without_checks(self) -> "View":
        """The same message without buttons for one person alone."""
        shown = (e for e in self.elements if not (isinstance(e, Buttons) and any(each.check for each in e.buttons)))
        return View(tuple(shown), self.revision)

    def without_buttons(self) -> "View":
        """The same message without anything to press."""
        kept = tuple(element for element in self.elements if not isinstance(element, Choices | Buttons | Feedback))
        return View(kept, self.revision)


def without_links(element: Element) -> Element:
    """The element without the links of its table rows or list lines, for messages that are too long."""
    match element:
        case Table(links=links) if any(links):
            return replace(element, links=())
        case Items(lines):
            return replace(element, lines=tuple(tuple(map(_without_link, line)) for line in lines))
        case _:
            return element


def _without_link(part: Span | Mention) -> Span | Mention:
    return part._replace(url="") if isinstance(part, Span) and part.url else part


def line_text(line: Line) -> str:
    return "".join([part.text if isinstance(part, Span) else part.person.name or part.person.id for part in line])


def as_line(text: str, style: Style = Style.PLAIN, url: str = "") -> Line:
    return (Span(text, style, url),)
