"""Text on its way to and from Slack: what people wrote never becomes formatting, a mention or a link.

Slack writes `&`, `<` and `>` as entities, and everything between `<` and `>` is a command to it. Its formatting
(mrkdwn) has no escape for `*`, `_`, `~`, a backtick, `:name:` or a leading `>`. A line with one of these is shown as
plain text: exact, at the cost of its emphasis. Lengths are counted in UTF-16 units of the escaped text, the strictest
of the ways in which Slack may count.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, takewhile
from typing import Any, NamedTuple

from dialogs.message import Person
from dialogs.view import Line, Mention, Span, Style

ELLIPSIS = "…"

MAX_ESCAPE = 5
"""UTF-16 units of the longest escaped character."""

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, halves of surrogate pairs, and what turns the direction of the text that follows."""

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MARKUP = re.compile(r"\*|_|~|`|:[\w+'-]+:")
"""Each branch begins with a literal character: `re` then searches in a third of the time."""

_QUOTATION = re.compile(r"^\s*>", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…]['\"’”)]*(?=\s)|\n")
_SPACE = re.compile(r"\s")
_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")

_STYLE_MARKS = {Style.PLAIN: "", Style.STRONG: "*", Style.QUIET: "_"}
_MAY_PRECEDE = frozenset("([\"'“‘·→:,;–—/-")
_MAY_FOLLOW = frozenset(")]\"'”’·→:,;.?!…–—/-")
"""Characters beside a mark with which Slack still reads it as one."""


def clean(text: str) -> str:
    """The text without invisible characters and those that change the order of others; line ends as newlines."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text))


def escape(text: str) -> str:
    """The text as Slack shows it, character for character, where it does not look for formatting."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def has_markup(text: str) -> bool:
    """Whether Slack would see formatting, an emoji's name or a quotation in the text."""
    return _MARKUP.search(text) is not None or (">" in text and _QUOTATION.search(text) is not None)


def utf16_length(text: str) -> int:
    """The length of the text as it is, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped_length(text: str) -> int:
    """The length of the text once it is escaped, in UTF-16 units."""
    return utf16_length(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def truncate(text: str, limit: int) -> str:
    """The text with an escaped length of at most `limit` (≥ 1): whole, or up to a sentence's or a word's end."""
    if MAX_ESCAPE * len(text) <= limit or escaped_length(text) <= limit:
        return text
    head = _head(text, limit - 2)
    half = len(head) // 2
    ends = [found.end() for found in _SENTENCE_END.finditer(head) if found.end() > half]
    if ends:
        return f"{head[: ends[-1]].rstrip()} {ELLIPSIS}"
    spaces = [found.start() for found in _SPACE.finditer(head) if found.start() > half]
    return head[: spaces[-1] if spaces else None].rstrip() + ELLIPSIS


def _head(text: str, limit: int) -> str:
    used = accumulate(map(escaped_length, text))
    return text[: sum(1 for _ in takewhile(lambda units_so_far: units_so_far <= limit, used))]


def typed_text(text: str, bot: str | None) -> str:
    """What a person typed, from a message's text: without the mention of the bot, references by their names, entities
    undone once."""
    without = re.sub(rf"<@{re.escape(bot)}(\|[^<>]*)?>[,:]?", " ", text) if bot else text
    named = _REFERENCE.sub(lambda found: _reference_name(found[1], found[2]), without)
    plain = named.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub(r"[ \t]+", " ", clean(plain)).strip()


def _reference_name(target: str, label: str | None) -> str:
    """How a reference reads: `@U1`, `#general`, `@here`, a link by its label or address."""
    match target[:1]:
        case "@" | "#":
            return target[0] + (label or target[1:]).lstrip("@#")
        case "!":
            return label or "@" + target[1:].split("^")[0]
        case _:
            return label or target


class SlackText(NamedTuple):
    """Escaped text; `formatted`: Slack looks for mrkdwn in it."""

    text: str
    formatted: bool

    def to_object(self) -> dict[str, Any]:
        """The text object. `verbatim`: Slack makes no links and mentions of its own."""
        if self.formatted:
            return {"type": "mrkdwn", "text": self.text, "verbatim": True}
        return plain_text_object(self.text)


def plain_text_object(text: str) -> dict[str, Any]:
    """A text object in which nothing is formatting. `text` is escaped already."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mention(person: Person) -> str:
    """A person by their name where it is known, so that nobody is notified; else a person or a channel by a mention."""
    return escape(person.name) if person.name else f"<{'#' if person.id.startswith(('C', 'G')) else '@'}{person.id}>"


def link(text: str, url: str) -> str:
    """A link of our own, which Slack may show as one. A bar or a line's end in its text would end it."""
    label = " ".join(escape(text).replace("|", "∣").split())
    return f"<{url}|{label}>"


def render_line(line: Line, prefix: str = "") -> SlackText | None:
    """The line in Slack's form; None where there is nothing to show."""
    parts = _merge_spans(line)
    texts = [part.text if isinstance(part, Span) else f"@{part.person.id}" for part in parts]
    shown = "".join(texts)
    if not shown.strip():
        return None
    if has_markup(shown):  # also what two parts make together
        return SlackText(prefix + escape(shown).strip(), formatted=False)
    marked, end = "", 0
    for part, text in zip(parts, texts, strict=True):
        start, end = end, end + len(text)
        marked += _with_marks(part, shown[:start][-1:], shown[end : end + 1])
    return SlackText(prefix + marked.strip(), formatted=True)


def title(line: Line) -> Line:
    """The line as a title: strong as a whole where nothing in it is."""
    if any(isinstance(part, Span) and part.style is Style.STRONG for part in line):
        return line
    return tuple(part._replace(style=Style.STRONG) if isinstance(part, Span) else part for part in line)


def join_texts(texts: Iterable[SlackText], limit: int) -> Iterator[SlackText]:
    """Texts one below the other in as few objects as their kind and the limit (UTF-16 units) allow."""
    current: SlackText | None = None
    for text in texts:
        if current is None:
            current = text
        elif current.formatted is text.formatted and utf16_length(current.text) + utf16_length(text.text) < limit:
            current = SlackText(f"{current.text}\n{text.text}", current.formatted)
        else:
            yield current
            current = text
    if current is not None:
        yield current


def _merge_spans(line: Line) -> Line:
    """Neighbours of one style as one span, since marks that touch are not read as marks. Links stay apart."""
    if len(line) == 1:
        return line
    merged: list[Span | Mention] = []
    for part in line:
        last = merged[-1] if merged else None
        if isinstance(part, Span) and isinstance(last, Span) and (part.style, part.url) == (last.style, last.url):
            merged[-1] = last._replace(text=last.text + part.text)
        else:
            merged.append(part)
    return tuple(merged)


def _with_marks(part: Span | Mention, before: str, after: str) -> str:
    """One part with its marks, where the characters beside them let Slack read them as such."""
    if isinstance(part, Mention):
        return mention(part.person)
    mark, core = _STYLE_MARKS[part.style], part.text.strip()
    if not core or not (mark or part.url):
        return escape(part.text)
    left, _, right = part.text.partition(core)
    stands_free = _is_free(left or before, _MAY_PRECEDE) and _is_free(right or after, _MAY_FOLLOW)
    if "\n" in core or not stands_free:
        mark = ""
    shown = link(core, part.url) if part.url else escape(core)
    return escape(left) + mark + shown + mark + escape(right)


def _is_free(beside: str, allowed: frozenset[str]) -> bool:
    """`beside`: the character next to a mark, spaces, or nothing at the line's end."""
    return not beside or beside.isspace() or beside in allowed
