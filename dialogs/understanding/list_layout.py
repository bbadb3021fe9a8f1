"""How a pasted text is laid out: its lines and the parts of a list that is written in one line, with their marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from knowledge.sentences import sentences

_ARROW = r"[-=]{1,2}>|→|⇒"
_SIGN = rf"{_ARROW}|[-*•·–—▪◦‣>+]|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?"
LIST_MARK = re.compile(rf"^\s*(?:(?:{_SIGN}|\(?\d{{1,3}}(?:[.):]|\s[-–—:])|\(?[a-z][.)]|\[[ x]?\])\s+)+", re.IGNORECASE)
_BEGINS, _BARE = re.compile(r"(?m)^\s*\(?(\d{1,3})(?=[.):]?\s)"), re.compile(r"(?m)^(\s*\d{1,3})(?=\s+\w)")

_INLINE_SIGN = re.compile(r"(?<=\s)(?=[•·▪◦‣\u2700-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?\s)")
"""Signs that stand between ideas in one line. A hyphen or a star there may be anything."""

_ORDERS = (
    tuple("123456789"),
    tuple("abcdefghi"),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"),
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
)
_DIGITS, _WORDS = _ORDERS[0], _ORDERS[3:]
_NUMBER = "|".join(sorted({number for order in _ORDERS for number in order}, key=len, reverse=True))
_COUNTER = re.compile(
    rf"(?<![^\s(])(?P<noun>[^\W\d]+[ \t]+)?(?P<sign>[(#])?(?P<number>{_NUMBER})"
    r"(?P<end>[.)/]{1,2}|\s?[:,]|\s[-–—](?=\s)|(?=\s))\s*",
    re.IGNORECASE,
)
"""A counter may have a noun before it: "idea #1 - …", "Thing two: …"."""

_FEWEST_BARE = 3
"""Least counters within a line that are digits alone: "1 invoices, 2 dunning letters, 3 …"."""

_SEPARATORS = (re.compile(r"\s*;\s+"), re.compile(r"\s+/{1,2}\s+"), re.compile(r"\s+\|\s+"))
_MOST_LINES = 3
"""Only in a text of at most this many lines, separators stand between ideas."""

_LONGEST, _SHORT = 30, 10
"""Most words of a part of a line, and of each if there are only two."""

_CONTINUES = re.compile(rf"\s*(?:{_ARROW})\s*")

_LOOSE_END = re.compile(r"[\s,;]+(?:(?:and|or|&)\s*)?$", re.IGNORECASE)


class Part(NamedTuple):
    """A line of a text, or a part of a line: its words without the mark, and whether it had one."""

    text: str
    marked: bool


def parts_of(text: str, *, whole_lines: bool = False) -> tuple[Part, ...]:
    """The lines of a text and the parts of those that hold several, in their order; empty ones are left out.

    `whole_lines`: none is cut.
    """
    numbers = [*map(int, _BEGINS.findall(text))]
    running = len(numbers) > 1 and numbers == [*range(1, len(numbers) + 1)]
    text = _continued(_BARE.sub(r"\1.", text) if running else text)
    text = text if whole_lines else _counted(text)
    lines = [line for line in text.splitlines() if line.strip()]
    if whole_lines:
        return _lines(lines)
    if len(lines) <= _MOST_LINES:
        lines = [piece for line in lines for piece in _at_signs(line) if piece.strip()]
    if len(lines) <= _MOST_LINES and not any(map(LIST_MARK.match, lines)):
        lines = [piece for line in lines for piece in _separated(line)]
    return _lines(lines)


def _continued(text: str) -> str:
    """The text with each line that begins with an arrow at the end of the line above, if that has another mark."""
    lines: list[str] = []
    for line in text.splitlines():
        arrow = _CONTINUES.match(line)
        if arrow is not None and lines and LIST_MARK.match(lines[-1]) and not _CONTINUES.match(lines[-1]):
            lines[-1] = f"{lines[-1].rstrip()}, {line[arrow.end() :]}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _lines(lines: Iterable[str]) -> tuple[Part, ...]:
    parts = [
        Part(_LOOSE_END.sub("", LIST_MARK.sub("", line)).strip(), LIST_MARK.match(line) is not None) for line in lines
    ]
    return tuple(part for part in parts if part.text)


def _at_signs(line: str) -> list[str]:
    """A line cut before each sign in it; a single one is no mark of a list, nor are several in a row."""
    pieces = _INLINE_SIGN.split(line)
    return pieces if len(pieces) > 2 and all(re.search(r"\w", piece) for piece in pieces) else [line]


def _counted(text: str) -> str:
    """The text with each counted part on a line of its own: "1. …, 2. …", "first, … second, …", "idea #1 - …"."""
    run = max((_run(text, order) for order in _ORDERS), key=len)  # digits, letters or words
    if len(run) < 2:
        return text
    pieces, end = [text[: run[0].start()]], len(text)
    starts = [found.start() for found in run[1:]] + [end]
    pieces += [f"\n- {text[found.end() : stop].rstrip(' .')}" for found, stop in zip(run, starts, strict=True)]
    return "".join(pieces)


def _run(text: str, order: tuple[str, ...]) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    at = 0
    while len(run) < len(order) and (found := _next_counter(text, at, order, order[len(run)])) is not None:
        run.append(found)
        at = found.end()
    bare = [found for found in run if not (found["end"].strip() or found["sign"] or _begins_line(text, found.start()))]
    return run if not bare or len(run) >= _FEWEST_BARE else []


def _next_counter(text: str, at: int, order: tuple[str, ...], number: str) -> re.Match[str] | None:
    """The next place with this number where it counts something."""
    while (found := _COUNTER.search(text, at)) is not None:
        if found["number"].lower() == number and _counts(text, found, order):
            return found
        at = found.end("noun") if found["noun"] else found.end()  # the noun may be a counter itself: "a second …"
    return None


def _counts(text: str, found: re.Match[str], order: tuple[str, ...]) -> bool:
    """Whether a number counts parts. Within a line a mark has to follow, or a part to end before it: "by 2, …" and
    "type a. …" count nothing.
    """
    end, before = found["end"].strip(), text[: found.start()].rstrip(" \t(")
    if _begins_line(text, found.start()):
        return bool(end or found["sign"]) or (order is _DIGITS and not found["noun"])
    begins = before[-1:] in ".!?:;,\n"
    if order in _WORDS:
        return begins and end in (":", ",")
    if found["noun"]:
        return begins and bool(end)
    return (bool(end) and end[0] in ".)/") or found["sign"] == "#" or (begins and order is _DIGITS and not end)


def _begins_line(text: str, at: int) -> bool:
    return not text[:at].rpartition("\n")[2].strip()


def _separated(line: str) -> Iterator[str]:
    """The parts of a line between semicolons or strokes, what stands before a colon in the first one apart."""
    for separator in _SEPARATORS:
        first, *others = separator.split(line)
        lead, colon, behind = first.partition(": ")
        pieces = [behind if colon else first, *others]
        if _are_parts(pieces, slashes=separator is not _SEPARATORS[0]):
            yield from (f"{lead}:", *pieces) if colon else pieces
            return
    yield line


def _are_parts(pieces: Sequence[str], *, slashes: bool) -> bool:
    """Whether pieces may be ideas: no prose, short if there are two, hardly any single words between strokes."""
    if len(pieces) < (3 if slashes else 2) or any(len(sentences(piece)) > 1 for piece in pieces[:-1]):
        return False
    lengths = [len(piece.split()) for piece in pieces]
    return max(lengths) <= (_LONGEST if len(pieces) > 2 else _SHORT) and (not slashes or lengths.count(1) <= 1)
