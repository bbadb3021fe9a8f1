"""Text as sentences, clauses and tokens with their places; amounts are one token."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from text_to_num import find_numbers  # type: ignore[import-untyped]

from knowledge.reading.dictated_marks import punctuated
from knowledge.reading.negations import with_apostrophes, without_slip
from knowledge.reading.number_parser import NumberWord
from knowledge.reading.word_lists import WordLists
from knowledge.text_normalization import plain

NUMBER = "#"
"""The text of a token that stands for an amount."""

_RUN_ON = 14
"""A clause without marks of more words than this may be several."""

_LEAST_PART = 4
"""Least words of a part of such a clause."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\s*[\n\r;•|]+\s*|(?<=\w)\s*\.{2,}\s*")
_WORD = re.compile(
    r"[$€£~<>]|\d+(?:[.,]\d+)*(?:\s?[-–]\s?\d+(?:[.,]\d+)*)?[a-z%]*\+?|[^\W\d_]+\d?(?:['.][^\W\d_]+)*\.?|[%+]",
    re.UNICODE | re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"\s*[,()\[\]\"]\s+|\s+-+\s+|\s*[()\[\]]\s*|\s*→\s*|\s*[-=]>\s*")
_UNIT = re.compile(r"(\d[\d.,\s–-]*)([a-z%]+)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s?[-–]\s?\d+(?:[.,]\d+)*)?([a-z]*)\+?")


@dataclass(frozen=True, slots=True)
class WordToken:
    """A lower-case word and its span in the sentence."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as typed, and its clauses; `asks`: it holds a question mark."""

    text: str
    clauses: tuple[tuple[WordToken, ...], ...]
    asks: bool

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.text for clause in self.clauses for token in clause)

    def cut(self, tokens: Sequence[WordToken]) -> str:
        """What was typed for these tokens, from the first to the last."""
        return self.text[min(token.start for token in tokens) : max(token.end for token in tokens)].strip(" .,;")


def sentences(text: str, lists: WordLists) -> Iterator[Sentence]:
    """The sentences of a text, without control characters."""
    for piece in _SENTENCE_END.split(punctuated(with_apostrophes(text)).replace("\r", "\n")):
        sentence = plain(piece)
        if sentence:
            clauses = tuple(clause for clause in _clauses(sentence, lists) if clause)
            yield Sentence(sentence, clauses, "?" in sentence)


def _clauses(sentence: str, lists: WordLists) -> Iterator[tuple[WordToken, ...]]:
    start = 0
    for end in [*_CLAUSE_END.finditer(sentence), None]:
        stop = len(sentence) if end is None else end.start()
        tokens = _numbered(list(_words(sentence, start, stop, lists)), lists)
        yield from _at_conjunctions(tokens, lists)
        start = stop if end is None else end.end()


def _at_conjunctions(tokens: list[WordToken], lists: WordLists) -> Iterator[tuple[WordToken, ...]]:
    for clause in _joined(tokens, lists):
        for part in _run_on(clause, lists) if len(clause) > _RUN_ON else [clause]:
            yield part[:-1] if len(part) > 1 and part[-1].text in lists.trailing else part


def _run_on(clause: tuple[WordToken, ...], lists: WordLists) -> Iterator[tuple[WordToken, ...]]:
    """The parts of a clause that runs on without marks.

    Each begins with a subject and its verb that no word before introduces ("that we have").
    """
    start = 0
    for at in range(_LEAST_PART, len(clause) - 1):
        opens = clause[at].text in lists.subjects and clause[at + 1].text in lists.verbs
        if opens and at - start >= _LEAST_PART and clause[at - 1].text not in lists.introducing:
            yield clause[start:at]
            start = at
    yield clause[start:]


def _joined(tokens: list[WordToken], lists: WordLists) -> Iterator[tuple[WordToken, ...]]:
    """The clauses between conjunctions."""
    clause: list[WordToken] = []
    for token in tokens:
        fixed = bool(clause) and f"{clause[-1].text} {token.text}" in lists.fixed_phrases
        if token.text in lists.conjunctions and clause and not fixed:
            yield tuple(clause)
            clause = []
        clause.append(token)
    yield tuple(clause)


def _words(sentence: str, start: int, stop: int, lists: WordLists) -> Iterator[WordToken]:
    for found in _WORD.finditer(sentence, start, stop):
        word = found[0].casefold().rstrip(".")
        unit = _UNIT.fullmatch(word)
        if unit and unit[2] not in lists.multipliers:
            cut = found.start() + len(unit[1])
            yield WordToken(unit[1], found.start(), cut)
            yield WordToken(unit[2], cut, found.end())
            continue
        word = without_slip(word)
        for part in lists.contractions.get(word, word).split():
            if part in lists.interjections:
                continue
            yield WordToken(part, found.start(), found.end())


def _numbered(tokens: list[WordToken], lists: WordLists) -> list[WordToken]:
    """The tokens with each amount as one: figures, spelled numbers, and words such as "a few hundred"."""
    words = [token.text for token in tokens]
    spelled = {found.start: found.end - found.start for found in find_numbers(list(map(NumberWord, words)), "en", 0.0)}
    result: list[WordToken] = []
    at = 0
    while at < len(tokens):
        length = _amount(words, at, lists)
        if not length and words[at] not in _NOT_NUMBERS:
            length = spelled.get(at, 0)
        if length:
            while at + length < len(words) and words[at + length] in lists.multipliers:
                length += 1
            result.append(WordToken(NUMBER, tokens[at].start, tokens[at + length - 1].end))
        else:
            result.append(tokens[at])
        at += max(length, 1)
    return result


_NOT_NUMBERS = frozenset(["one", "ones", "second", "first", "third", "zero", "o"])


def _amount(words: list[str], at: int, lists: WordLists) -> int:
    """How many words from here are an amount in words or figures."""
    phrase = lists.amount_phrases.at(words, at)
    if phrase is not None:
        return phrase[0]
    figure = _FIGURE.fullmatch(words[at])
    return int(figure is not None and (not figure[1] or figure[1] in lists.multipliers))
