"""Redaction: a text without names, mentions, addresses and numbers, so that it can be kept and shown to others. Pure.

A word is removed in case of doubt: the rest tells what people ask, not who asks.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from dialogs.catalogue import Catalogue
from knowledge.interfaces import Knowledge
from knowledge.matching.examples import WORD
from knowledge.pack import Pack
from knowledge.yaml_document import packaged

GAP = "…"
"""Stands for what was removed."""

TEXT_LIMIT = 200
"""Most characters of a text that are kept."""

_READ = 4 * TEXT_LIMIT
"""Most characters of a text that are read."""

_ADDRESSES = re.compile(
    r"<[^<>]*>"  # markup of a channel: mentions, links
    r"|\S+@\S+"  # mail
    r"|\+[\d(][\d ()/-]*\d"  # telephone
    r"|(?:https?|ftp|file|mailto|slack|msteams):\S+"
    r"|(?<!\w)[@#]\w[\w.’'-]*"
    r"|(?<!\w)(?:[\w-]+\.)+(?:[a-z]{2,})(?:[/:]\S*)?(?!\w)"  # hosts, files
    r"|(?:[A-Za-z]:)?(?:[/\\~][\w.-]+){2,}"
    r"|[$€£]?\d(?:[\w.,:%/-]*\w)?%?",  # numbers, amounts, times, dates
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"<at\b[^<>]*>.*?</at>|<[^<>]*>"  # markup of a channel: mentions, links
    r"|\S+@\S+"  # mail
    r"|(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+"
    r"|(?<!\w)@\w[\w.’'-]*"
    r"|(?<!\w)(?:[\w-]+\.)+(?:[a-z]{2,}/\S*|(?:com|org|net|io|ai|eu|gov|edu|info|co|uk|de|fr|us)\b(?!\.\w))"
    r"|(?<!\w)(?:[A-Za-z]:)?(?:[/\\~][\w.-]+){2,}"
    r"|\+[\d(][\d ()./-]{5,}\d"  # telephone: international, with a leading zero, with an area code in parentheses
    r"|(?<![\w.,])(?<!\d )(?:\(0\d+\)|00?[1-9])[\d ()/-]{4,}\d(?![\w.,]\d)"
    r"|(?<!\w)(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?!\w)",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_ENDS = ".!?:;"
_GAPS = re.compile(rf"{GAP}(?:[\s,/&+-]*{GAP})+")
_SHOUTED = 0.6
"""Share of capital letters from which capitals say nothing about a word."""


def without_addresses(text: str) -> str:
    """The text without mentions, mail addresses, links, paths and telephone numbers; names and amounts stay."""
    return _DIRECT.sub(GAP, text)


class Redaction:
    """Redacts texts. Capitalised words stay if the pack or the interface uses them."""

    def __init__(self, knowledge: Knowledge, catalogue: Catalogue) -> None:
        self._names = _names()
        shown = " ".join(_shown(knowledge.pack))
        self._capitalised = {word for word in _words(shown) if word[:1].isupper()}
        typed = (phrase for phrases in catalogue.commands.values() for phrase in phrases)
        texts = (shown, *typed, *catalogue.phrases["question"])
        self._common = knowledge.common_words.union(word for text in texts for word in _words(text) if word.islower())

    def redact(self, text: str, names: Iterable[str] = ()) -> str:
        """The text on one line, up to TEXT_LIMIT characters. `names` are the names of participants."""
        known = {word.lower() for name in names for word in _words(name)}
        flat = _ADDRESSES.sub(GAP, " ".join(text[:_READ].split()))
        letters = [letter for letter in flat if letter.isalpha()]
        shouted = bool(letters) and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)
        parts, end = list[str](), 0
        for found in WORD.finditer(flat):
            between = flat[end : found.start()]
            parts.append(between)
            first = shouted or not end or any(mark in between for mark in _SENTENCE_ENDS)
            parts.append(GAP if self._tells(found[0], known, first=first) else found[0])
            end = found.end()
        redacted = _GAPS.sub(GAP, "".join((*parts, flat[end:]))).strip()
        return redacted if len(redacted) <= TEXT_LIMIT else f"{redacted[: TEXT_LIMIT - 1].rstrip()}{GAP}"

    def _tells(self, word: str, known: set[str], *, first: bool) -> bool:
        """Whether a word may reveal a person, a place or an amount."""
        bare = re.sub(r"[’']s?$", "", word)
        lower = bare.lower()
        if any(map(str.isdigit, bare)) or lower in known or lower in self._names:
            return True
        if lower == bare or lower in ("i", "i'm", "i’m", "i'd", "i’d", "i'll", "i’ll", "i've", "i’ve"):
            return False
        if first:
            return lower not in self._common
        return bare not in self._capitalised


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _shown(pack: Pack) -> Iterator[str]:
    """What the pack says itself, which names nobody."""
    yield pack.subject
    yield pack.covers
    for entry in pack.entries:
        yield from (entry.title, entry.text)
    for question in pack.questions:
        yield from (question.name, question.prompt, *(option.label for option in question.options))


@cache
def _names() -> frozenset[str]:
    return frozenset(packaged("dialogs.catalogue", "names.yaml")["names"])
