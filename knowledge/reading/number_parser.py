"""Parser of numbers: figures, spelled ones, and vague ones such as "a couple of dozen"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from text_to_num import find_numbers  # type: ignore[import-untyped]

from knowledge.reading.quantity_words import QuantityWords

NAME = "\0name"
"""The text of a token that holds digits and is no amount: a date, a version, a time of day, an id."""

BREAK = "\0break"
"""The text of a token that ends a clause."""

_TOKEN = re.compile(
    r"(?P<figure>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]?\d)|\d+(?:[.,'’]\d+)*|\.\d+)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_GLUED_NAME = re.compile(r"([^\W\d_]+)-?\d[\w]*(?:[.-]\w+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_ENDS = frozenset(".;!?()[]{}\n|•,")


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A lower-case word, figure or mark. `glued`: nothing stands between it and the token before."""

    text: str
    start: int
    end: int
    glued: bool
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number from token `start` to before `end`.

    `factor`: what multiplied its first part ("5k", "five thousand"). `figure`: it began with digits.
    """

    low: float
    high: float
    start: int
    end: int
    approximate: bool = False
    factor: float = 1.0
    figure: bool = False

    @property
    def bare(self) -> bool:
        return self.figure and self.factor == 1.0


def tokenize(text: str, words: QuantityWords) -> list[NumberToken]:
    """The tokens of a text, in order. Total."""
    return list(_tokens(text, words))


def _tokens(text: str, words: QuantityWords) -> Iterator[NumberToken]:
    names = _names_for(words.months, words.clock_marks, words.ordinal_ends)
    openings = words.before.union(words.at_most, words.at_least, words.approximate, words.joins)
    at, last = 0, -1
    while at < len(text):
        if text[at].isspace():
            if text[at] == "\n":
                yield NumberToken(BREAK, at, at + 1, False)
            at += 1
            continue
        glued = at == last
        name = names.match(text, at) if not glued or not text[at - 1].isalnum() else None
        prefixed = _GLUED_NAME.match(text, at) if name is None and not glued else None
        if prefixed and prefixed[1].casefold() not in openings:
            name = prefixed
        if name is not None:
            last = name.end()
            yield NumberToken(NAME, at, last, glued)
        else:
            found = _TOKEN.match(text, at)
            last = found.end() if found else at + 1
            if found and (token := _token(found, text, glued)):
                yield token
        at = last


def _token(found: re.Match[str], text: str, glued: bool) -> NumberToken | None:
    """The token of a match; None for a hyphen within a word, a comma between groups, a dot after an abbreviation."""
    start, end = found.span()
    mark = found["mark"]
    if mark is None:
        word = found[0].casefold().replace("’", "'").removesuffix("'s")
        return NumberToken(word.replace(".", "") if found["word"] else word, start, end, glued, bool(found["figure"]))
    following = text[end : end + 1]
    if mark in "-–—−‐‑":
        if glued and following.isalpha() and not (mark == "—" and text[start - 1].isdigit()):
            return None
        return NumberToken("-", start, end, glued)
    if mark == "." and (following == "." or (glued and text[start - 1] == ".")):
        return None
    abbreviates = mark == "." and glued and following.isspace() and text[end:].lstrip()[:1].isdigit()
    if abbreviates or mark in "'’`\"*":
        return None
    return NumberToken(BREAK if mark in _ENDS else mark, start, end, glued)


@cache
def _names_for(months: frozenset[str], clock: tuple[str, ...], ordinals: tuple[str, ...]) -> re.Pattern[str]:
    month, marks, ends = (
        "|".join(map(re.escape, sorted(part, key=len, reverse=True))) for part in (months, clock, ordinals)
    )
    return re.compile(
        r"https?://\S+|[\w.+-]+@[\w-]+\.\w+"
        r"|\d{4}-\d{1,2}(?:-\d{1,2})?(?![\d-])|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)"
        r"|\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:" + marks + r")\b)?|\d{1,2}(?:\.\d\d)?\s?(?:" + marks + r")(?!\w)"
        r"|\d{1,3}/\d{1,3}(?:/\d+)?(?!\d)|\d+(?:" + ends + r")\b|\d+(?:\.\d+)?\s?[x×]\s?\d+|\d+(?:[.,]\d+)?x\b"
        r"|\d{1,2}\s(?:of\s)?(?:"
        + month
        + r")\b(?:\s\d{2,4})?|(?:"
        + month
        + r")\.?\s(?:\d{1,2}|(?:19|20)\d\d)\b(?![.,]?\d|\w|\s?[-/])"
        r"|\+\d[\d ().-]{6,}\d|0\d{2,}[\d /-]{3,}\d|\d{3}-\d{3,4}(?:-\d{4})?(?!\d)|\(\d{3}\)\s?\d{3}[\d -]+"
        r"|[#§]\s?\d[\d.]*|0\d{2,}(?![\d.,])|\d{12,}|'\d\d\b"
        r"|(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+\.\d+\.\d+(?:\.\d+)*",
        re.IGNORECASE,
    )


class Numbers:
    """The numbers among tokens."""

    def __init__(self, tokens: Sequence[NumberToken], words: QuantityWords) -> None:
        self._tokens = tokens
        self._texts = [token.text for token in tokens]
        self._words = words
        self._spelled = self._find_spelled()

    def at(self, start: int) -> Number | None:
        """The number that begins at a token, with what multiplies it."""
        words, tokens = self._words, self._tokens
        token = tokens[start]
        if token.figure:
            decimal = start + 1 < len(tokens) and tokens[start + 1].text in words.scales and tokens[start + 1].glued
            value = _value(token.text, decimal)
            if value is None:
                return None
            return self._scaled(Number(value, value, start, start + 1, figure=True))
        if token.text in words.plurals:
            return self._scaled(Number(2, 9, start, start, approximate=True))
        vague = words.vague_phrases.at(self._texts, start)
        if vague is not None:
            return self._vague(start, *vague)
        if start in self._spelled:
            end, value = self._spelled[start]
            last = words.scales.get(self._texts[end - 1], 1.0)
            number = self._scaled(Number(value, value, start, end))
            return replace(number, factor=number.factor * last)
        scale = start + 1 < len(tokens) and self._texts[start + 1] in words.scales and token.text in words.articles
        return self._scaled(Number(1, 1, start, start + 1)) if scale and len(self._texts[start + 1]) > 2 else None

    def _vague(self, start: int, length: int, entry: tuple[str, float, float]) -> Number | None:
        phrase, low, high = entry
        number = self._scaled(Number(low, high, start, start + length, approximate=low != high))
        following = self._texts[number.end : number.end + 1]
        alone = number.factor == 1.0 and not (following and following[0] in self._words.durations)
        return None if alone and phrase in self._words.dependent else number

    def _scaled(self, number: Number) -> Number:
        """The number times what follows it: "5 k", "two hundred thousand", "2 and a half million"."""
        words, tokens, end, factor = self._words, self._tokens, number.end, 1.0
        low, high = number.low, number.high
        half = words.phrases["halves"].at(self._texts, end)
        if half is not None:
            low, high, end = low + 0.5, high + 0.5, end + half[0]
        while end < len(tokens) and self._multiplies(end, number):
            factor *= words.scales[tokens[end].text]
            end += 1
            if end + 1 < len(tokens) and tokens[end].text == words.of and tokens[end + 1].text in words.plurals:
                end += 1
        return Number(low * factor, high * factor, number.start, end, number.approximate, factor, number.figure)

    def _multiplies(self, at: int, number: Number) -> bool:
        token = self._tokens[at]
        if token.text not in self._words.scales:
            return False
        if len(token.text) > 1 or token.text == "k":
            return token.text not in self._words.touching or token.glued
        return token.glued and number.figure

    def _find_spelled(self) -> Mapping[int, tuple[int, float]]:
        articles, scales = self._words.articles, self._words.scales
        texts = list(self._texts)
        for at, (text, following) in enumerate(pairwise(texts)):
            if text in articles and following in scales and len(following) > 2:
                texts[at] = "one"
        spoken = [NumberWord("." if text in self._words.spared or not text.isalpha() else text) for text in texts]
        return {found.start: (found.end, found.value) for found in find_numbers(spoken, "en", 0.0)}


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word, as `find_numbers` takes it."""

    word: str

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: "NumberWord") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def _value(figure: str, decimal: bool) -> float | None:
    """The number of a figure with separators; None if they make no sense. `decimal`: a multiplier touches it."""
    if _INDIAN.fullmatch(figure):
        return float(figure.replace(",", ""))
    groups = re.split(r"[.,'’ \u00a0\u202f]", figure)
    single = len(groups) == 2 and re.search(r"[.,]", figure)
    if _GROUPED.fullmatch(figure) and groups[0] != "0" and not (decimal and single):
        return float("".join(groups))
    if single:
        return float(f"{groups[0] or 0}.{groups[1]}")
    last = re.search(r"[.,](?=\d+$)", figure)
    if len(groups) > 2 and last:
        whole = figure[: last.start()]
        marks = set(re.findall(r"[.,]", whole))
        return (
            float(re.sub(r"\D", "", whole) + "." + figure[last.end() :])
            if last[0] not in marks and len(marks) == 1
            else None
        )
    return float(figure) if figure.isdigit() else None
