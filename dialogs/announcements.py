"""Where a new idea begins in a text: behind chat and words that announce it ("ok thx. new idea: …")."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dialogs.catalogue.phrases import TitlePhrases
from knowledge.typed_answers.word_parser import fold, folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CUT = re.compile(r"(?<!\s)(?:\s*[.!?;…]+(?=\s|$)|\s*\n\s*|\s*[:,](?=\s|$)|\s+[-–—]+(?=\s)|\s*—\s*)")
"""A mark with the spaces around it; it begins behind a sign, so that a run of spaces is looked at once."""

_MOST_WORDS, _MOST_BEFORE = 14, 4
"""Most words of one part of an announcement, and most parts before the one that announces."""

_MOST_ANNOUNCING = 30
"""Most words of one part that announce something."""

_SHARE = 0.5
"""Least share of words of announcements in the part that announces, and in those before it."""


class Segment(NamedTuple):
    """A part of a text between punctuation marks. `ends` is the mark behind it, "\\n" for the end of a line."""

    text: str
    start: int
    end: int
    ends: str

    @property
    def words(self) -> tuple[str, ...]:
        return fold(self.text)

    @property
    def closes(self) -> bool:
        """Whether a sentence or a line ends here."""
        return not self.ends or self.ends in "\n.!?;…"


class Announced(NamedTuple):
    """The idea behind an announcement. `surely`: it is called a new one in so many words. Else what was open is only
    given up, or most words speak of something new.
    """

    idea: str
    surely: bool


def segments(phrases: TitlePhrases, text: str) -> tuple[Segment, ...]:
    """The parts of a text between marks; no mark of an abbreviation cuts."""
    return tuple(_segments(phrases, text))


def _segments(phrases: TitlePhrases, text: str) -> Iterator[Segment]:
    start = 0
    for found in _CUT.finditer(text):
        before = fold(text[start : found.start()])
        mark = found[0].strip()[-1:] or "\n"
        if mark == "." and before and (len(before[-1]) == 1 or before[-1] in phrases.abbreviations):
            continue
        if before:
            yield _segment(text, start, found.start(), mark)
        start = found.end()
    if fold(text[start:]):
        yield _segment(text, start, len(text), "")


def _segment(text: str, start: int, end: int, mark: str) -> Segment:
    part = text[start:end]
    return Segment(part.strip(), start + len(part) - len(part.lstrip()), end, mark)


def says_nothing(phrases: TitlePhrases, words: Sequence[str]) -> bool:
    """Whether words are only chat: greetings, thanks, an announcement."""
    return phrases.around.issuperset(words)


def announced(phrases: TitlePhrases, text: str) -> Announced | None:
    """The idea that a text announces; None if it announces none or names none behind it."""
    parts = segments(phrases, text)
    idea_at, surely, gives_up, perhaps = 0, False, False, False
    for number, part in enumerate(parts[: _MOST_BEFORE + 1]):
        words = part.words
        gives_up = gives_up or _gives_up(phrases, words)
        length = _announcing(phrases, words)
        if length == len(words):
            surely, idea_at = True, part.end
        elif length:
            surely, idea_at = True, part.start + _offset(part.text, length)
            break
        elif _gives_up(phrases, words):
            idea_at = part.end
        elif number == len(parts) - 1 or not _is_around(phrases, words):
            break
        elif _names_new(phrases, words):
            perhaps, idea_at = True, part.end
    idea = text[idea_at:].lstrip(" \t\n.:;,!?-–—…") if surely or gives_up or perhaps else ""
    return Announced(idea, surely) if fold(idea) and not says_nothing(phrases, fold(idea)) else None


def _is_around(phrases: TitlePhrases, words: Sequence[str]) -> bool:
    """Whether most words of a short part are those of announcements."""
    around = sum(word in phrases.around for word in words)
    return len(words) <= _MOST_WORDS and around > _SHARE * len(words)


def _gives_up(phrases: TitlePhrases, words: Sequence[str]) -> bool:
    """Whether a part gives up what was open: "scrap that", "actually bin this"."""
    pairs = pairwise(words)
    return says_nothing(phrases, words) and any(a in phrases.drops and b in phrases.dropped for a, b in pairs)


def _announcing(phrases: TitlePhrases, words: tuple[str, ...]) -> int:
    """How many words at the beginning of a part announce a new idea; 0 if none do. Before a name without a mark they
    have to end in a thing or in a word that leads to the name.
    """
    if says_nothing(phrases, words) and (_names_new(phrases, words) or phrases.bare.intersection(words[-1:])):
        return len(words)
    end = 0
    for at in range(1, min(len(words), _MOST_ANNOUNCING)):
        if words[at - 1] not in phrases.around and words[at - 1] not in phrases.joins:
            break
        if _names_new(phrases, words[:at]) and (words[at - 1] in phrases.joins or _ends_in_thing(phrases, words[:at])):
            end = at
    while 0 < end < len(words) - 1 and words[end] in phrases.joins:
        end += 1
    return end


def _ends_in_thing(phrases: TitlePhrases, words: Sequence[str]) -> bool:
    """Whether words end in "new idea", "next one" and the like, and in nothing that may be part of a name."""
    return words[-1] in phrases.closing and len(words) > 1 and words[-2] in phrases.bare


def _names_new(phrases: TitlePhrases, words: tuple[str, ...]) -> bool:
    """Whether a kind and a thing, or what begins anew, are among the words."""
    pairs = [*pairwise(words), *zip(words, words[2:], strict=False)]
    if any(
        (a in phrases.kinds and b in phrases.things) or (a in phrases.begin and b in phrases.anew) for a, b in pairs
    ):
        return True
    text = f" {' '.join(words)} "
    return any(f" {' '.join(phrase)} " in text for phrase in folded(phrases.whole))


def _offset(text: str, words: int) -> int:
    """Where the first so many words of a text end."""
    found = list(_WORD.finditer(text))
    return found[min(words, len(found)) - 1].end() if found else 0
