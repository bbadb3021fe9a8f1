"""Running text as a Slack text object: with emphasis where nothing in it could be taken for formatting, else bare.

Slack's formatting has no escape for `*`, `_`, `~`, a backtick, `:name:` or a leading `>`. A line that has one of these
is shown as plain text: exact, at the cost of its emphasis.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.slack.mrkdwn import escape, has_markup, units
from dialogs.message import Person
from dialogs.view import Line, Mention, Span, Style

_MARKS = {Style.PLAIN: "", Style.STRONG: "*", Style.QUIET: "_"}
_BEFORE = frozenset("([\"'“‘·→:,;–—/-")
_AFTER = frozenset(")]\"'”’·→:,;.?!…–—/-")


@dataclass(frozen=True, slots=True)
class Text:
    """Text ready for Slack; `marked`: with formatting."""

    text: str
    marked: bool

    def joined(self, other: "Text") -> "Text":
        """Both, one below the other."""
        return Text(f"{self.text}\n{other.text}", self.marked)

    def to_object(self) -> dict[str, Any]:
        """The text object. `verbatim`: Slack makes no links and mentions of its own."""
        if self.marked:
            return {"type": "mrkdwn", "text": self.text, "verbatim": True}
        return plain_text(self.text)


def plain_text(text: str) -> dict[str, Any]:
    """A text object in which nothing is formatting. `text` is escaped already."""
    return {"type": "plain_text", "text": text, "emoji": False}


def name(person: Person) -> str:
    """How a person with an id of Slack's is mentioned."""
    return f"<@{person.id}>"


def rendered(line: Line, prefix: str = "") -> Text | None:
    """The line as Slack takes it; None where there is nothing to show."""
    parts = _merged(line)
    texts = [part.text if isinstance(part, Span) else part.person.id for part in parts]
    if not "".join(texts).strip():
        return None
    if any(has_markup(part.text) for part in parts if isinstance(part, Span)):
        shown = "".join([escape(part.text) if isinstance(part, Span) else f"@{part.person.id}" for part in parts])
        return Text(prefix + shown.strip(), marked=False)
    shown = "".join([_marked(parts, position) for position in range(len(parts))])
    return Text(prefix + shown.strip(), marked=True)


def strong(line: Line) -> Line:
    """A title: strong as a whole where nothing in it is."""
    if any(isinstance(part, Span) and part.style is Style.STRONG for part in line):
        return line
    return tuple(Span(part.text, Style.STRONG) if isinstance(part, Span) else part for part in line)


def gathered(texts: Iterable[Text], limit: int) -> Iterator[Text]:
    """Texts one below the other in as few objects as their kind and the limit (UTF-16 units) allow."""
    current: Text | None = None
    for text in texts:
        if current is None:
            current = text
        elif current.marked is text.marked and units(current.text) + units(text.text) < limit:
            current = current.joined(text)
        else:
            yield current
            current = text
    if current is not None:
        yield current


def _merged(line: Line) -> Line:
    """Neighbours of one style as one span, since marks that touch are not read as marks."""
    if len(line) == 1:
        return line
    merged: list[Span | Mention] = []
    for part in line:
        last = merged[-1] if merged else None
        if isinstance(part, Span) and isinstance(last, Span) and part.style is last.style:
            merged[-1] = Span(last.text + part.text, part.style)
        else:
            merged.append(part)
    return tuple(merged)


def _marked(parts: Line, position: int) -> str:
    """One part with its marks, where they stand free so that Slack reads them as such."""
    part = parts[position]
    if isinstance(part, Mention):
        return name(part.person)
    mark = _MARKS[part.style]
    if not mark:
        return escape(part.text)
    core = part.text.strip()
    if not core or "\n" in core or not _free(parts, position, part.text):
        return escape(part.text)
    before, _, after = part.text.partition(core)
    return escape(before) + mark + escape(core) + mark + escape(after)


def _free(parts: Line, position: int, own: str) -> bool:
    before = _edge(parts[:position], last=True) if own == own.lstrip() else " "
    after = _edge(parts[position + 1 :], last=False) if own == own.rstrip() else " "
    return (not before or before.isspace() or before in _BEFORE) and (not after or after.isspace() or after in _AFTER)


def _edge(parts: Line, last: bool) -> str:
    """The character next to a part; empty at the line's end."""
    for part in reversed(parts) if last else parts:
        text = part.text if isinstance(part, Span) else "@"
        if text:
            return text[-1] if last else text[0]
    return ""
