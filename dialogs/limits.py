"""Truncation of a text before anything is parsed: what is read of it, and whether something was left out. Pure.

Parsers are slow at texts of many parts, so marks, numbers and words count beside characters. Prose and lists as people
write them are not touched by that.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_TEXT = 4_000
"""Characters of a text that are read."""

MAX_LINES = 200
"""Lines of a list that are read."""

MAX_LINE = 500
"""Characters of a line of a list that are read."""

MAX_WORD = 100
"""Characters of a word; what is longer is none, and what follows is not read."""

MAX_TEXT_PARTS, MAX_LIST_PARTS = 1_150, 5_000
"""Parts of a text and of a list that are read: a word is one, a mark and a number are some."""

MAX_REMARK_PARTS = 260
"""Parts of an answer, a question or a wish that are read, also of what is said about one idea of a list: some 200
words. A longer text describes an idea, or is a list of ideas."""

MAX_COST = 10
"""Most that one text counts for in a limit by cost."""

_COST_CHARACTERS, _COST_LINES = 500, 20
"""Characters, and lines, that count for one more."""

_MARK_PARTS, _NUMBER_PARTS = 3, 10
_LIST_LINES = 8
"""Lines within the characters of one text from which it counts as a list."""

_PART = re.compile(r"(?P<word>\w+)|[^\w\s]|\n")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?<=[^\W\d])[.!?](?=\s)|\n")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_CACHED = 64


@dataclass(frozen=True, slots=True)
class BoundedText:
    """What is read of a text; of a list, `lines` of it. `cut`: something of it was left out."""

    text: str
    lines: int
    cut: bool

    @property
    def is_list(self) -> bool:
        return self.lines > 0


@lru_cache(maxsize=_CACHED)
def bounded(text: str) -> BoundedText:
    """What is read of a text of any length. Runs of blank lines become one."""
    whole = text[: MAX_LINES * MAX_LINE]
    plain = _BLANK_LINES.sub("\n\n", _LINE_END.sub("\n", whole)).strip("\n")
    listed = sum(1 for line in plain[:MAX_TEXT].split("\n") if line.strip()) >= _LIST_LINES
    kept = "\n".join(line[:MAX_LINE] for line in plain.split("\n")[:MAX_LINES]) if listed else plain
    read = kept[: _end(kept, MAX_LIST_PARTS)] if listed else prose(kept)
    cut = len(read) < len(plain.rstrip()) or len(whole) < len(text)
    return BoundedText(read, read.count("\n") + 1 if listed else 0, cut)


def cost(text: str) -> int:
    """What reading a text counts for in a limit by cost: 1 for a short one."""
    return min(MAX_COST, 1 + len(text) // _COST_CHARACTERS + text.count("\n", 0, MAX_LINES * MAX_LINE) // _COST_LINES)


def prose(text: str) -> str:
    """What is read of a text that is no list."""
    return text[: _end(text[:MAX_TEXT], MAX_TEXT_PARTS)]


def remark(text: str) -> str:
    """What is read of a text for answers and for what it wants: no line and no sentence by half, if these are short."""
    end = _end(text, MAX_REMARK_PARTS)
    whole = max((found.end() for found in _SENTENCE.finditer(text, 0, end)), default=0)
    end = max(text.rfind(" ", 0, end), 0) or end if end < len(text) else end  # no number by half
    return text[:whole].rstrip() if end < len(text) and whole > end // 2 else text[:end]


def _end(text: str, parts: int) -> int:
    """The place up to which a text has at most so many parts."""
    for found in _PART.finditer(text):
        word = found["word"]
        parts -= _MARK_PARTS if not word else _NUMBER_PARTS if _DIGIT.search(word) else 1
        if parts < 0:
            return found.start()
        if word and len(word) > MAX_WORD:
            return found.start() + MAX_WORD
    return len(text)
