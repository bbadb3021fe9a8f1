"""Ideas that a text names: by number ("nr. 3", "#3", "3") or by words of a title ("the lab one")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.advisor import Advisor
from dialogs.ideas.board import Board
from dialogs.understanding.phrases import Words, is_opening
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold

_NOUN = r"(?:ideas?|numbers?|items?|points?|num|nr|no)\b\.?\s*"
SPELLED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERED = re.compile(
    rf"(?<![\w.,$€£/+-])(?:(?:the\s+)?{_NOUN})?#?(\d{{1,6}})(['’]s\b)?(?![\w%$€£/+]|[.,:]\d|\s*[%$€£])", re.IGNORECASE
)
_WRITTEN = re.compile(
    rf"\b(?:the\s+)?(?:idea|number|item|point|no\.)\s+({'|'.join(SPELLED)})\b(?!\s+(?:thing|idea|more))", re.IGNORECASE
)
_NAMED = re.compile(rf"(?:the\s+)?(?:{_NOUN}|#)", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|;|&|\band\b|\bn\b|\bplus\b)*\s*(?:\bthe\b\s*)?", re.IGNORECASE)
_RANGED = re.compile(r"\s*(?:-|–|\bto\b)\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PLURAL = re.compile(r"(?<=[sxz])es$|(?<=[cs]h)es$|s+$")
_SHORTEST, _SHORTEST_PREFIX = 3, 5
_LONGEST_RANGE = 50
_ACRONYM = re.compile(r"\b[A-Z]{2}\b")

PLACE = "number"
"""Stands for the ideas that a text names, in the phrases of the catalogue and in a `frame`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Ideas that stand together in a text, from `start` to `end`. `unknown`: one of the numbers is no idea.

    `named`: it says that it is about ideas ("nr 3", "the lab one"); a bare number may be an amount, bare words of a
    title may be about anything. `definite`: it is also that, or the words of a title are said of something that is
    known ("the shop texts").
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    named: bool
    by_title: bool = False
    unknown: bool = False
    definite: bool = False


def mentions(advisor: Advisor, board: Board, text: str) -> tuple[Mention, ...]:
    """All mentions of ideas in a text, in its order; those that only commas and "and" part are one."""
    found = sorted((*_by_number(board, text), *_by_title(advisor, board, text)), key=lambda mention: mention.start)
    joined: list[Mention] = []
    for mention in found:
        if joined and mention.start < joined[-1].end:
            continue
        last = joined[-1] if joined else None
        between = text[last.end : mention.start] if last is not None else ""
        if last is not None and _JOINED.fullmatch(between) and (between.strip() or last.by_title == mention.by_title):
            joined[-1] = _together(last, mention)
        elif last is not None and _RANGED.fullmatch(between) and not (last.by_title or mention.by_title):
            joined[-1] = _together(last, mention, board)
        else:
            joined.append(mention)
    return tuple(joined)


def _together(first: Mention, second: Mention, ranged: Board | None = None) -> Mention:
    between: Sequence[int] = ()
    if ranged is not None and first.numbers[-1] < second.numbers[0] < first.numbers[-1] + _LONGEST_RANGE:
        between = [n for n in range(first.numbers[-1], second.numbers[0]) if ranged.find(n) is not None]
    return Mention(
        first.start,
        second.end,
        tuple(dict.fromkeys((*first.numbers, *between, *second.numbers))),
        first.named or second.named,
        first.by_title and second.by_title,
        first.unknown or second.unknown,
        first.definite or second.definite,
    )


def _by_number(board: Board, text: str) -> Iterator[Mention]:
    for found in _NUMBERED.finditer(text):
        number = int(found[1])
        known, named = board.find(number) is not None, bool(found[2] or _NAMED.match(found[0]))
        if known or named:
            yield Mention(*found.span(), (number,), named, unknown=not known, definite=named)
    for found in _WRITTEN.finditer(text):
        number = SPELLED.index(found[1].lower()) + 1
        yield Mention(*found.span(), (number,), named=True, unknown=board.find(number) is None, definite=True)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    capital: bool


def _by_title(advisor: Advisor, board: Board, text: str) -> Iterator[Mention]:
    """Runs of words of one title, with "the" before and "one" or "thing" behind. The words of an answer name none."""
    talk = advisor.catalogue.board
    shorthand = advisor.catalogue.shorthand
    answers = {word for each in advisor.pack.questions for option in each.options for word in option.words}
    titles = {idea.number: _telling(advisor, idea.title) for idea in board.shown}
    tokens = [
        _Token("" if word in answers else shorthand.get(word, word), found.start(), found.end(), found[0].isupper())
        for found in _WORD.finditer(text)
        for word in ("".join(fold(found[0])),)
    ]
    at = 0
    while at < len(tokens):
        meant, end = _run(titles, tokens, at, frozenset(talk["title_fillers"]))
        if len(meant) != 1:
            at += 1
            continue
        (number,) = meant
        first, last = at, end
        while first and tokens[first - 1].word in talk["title_openers"] and _touch(text, tokens, first):
            first -= 1
        while last < len(tokens) and tokens[last].word in talk["title_nouns"] and _touch(text, tokens, last):
            last += 1
        told = {token.word for token in tokens[at:end]}
        whole = all(any(alike(word, one) for one in told) for word in titles[number])
        named = last > end or (first < at and len({*titles[number]}) <= 1) or whole
        known = first < at and (end - at > 1 or last == len(tokens) or not _touch(text, tokens, last))
        start = _start_of_paraphrase(advisor, text, tokens[first].start)
        named = named or start < tokens[first].start
        definite = named or known or _is_subject(advisor, text, tokens, (first, at, last, end))
        yield Mention(start, tokens[last - 1].end, (number,), named, by_title=True, definite=definite)
        at = last


def _start_of_paraphrase(advisor: Advisor, text: str, start: int) -> int:
    """Where "the one with the rota wishes" begins; `start` where it is said in no such way."""
    talk = advisor.catalogue.board
    nouns, links = ("|".join(map(re.escape, words)) for words in (talk["title_nouns"], talk["title_links"]))
    openers = "|".join(map(re.escape, talk["title_openers"]))
    found = re.search(rf"\b(?:{openers})\s+(?:{nouns})\s+(?:{links})\s+$", text[:start], re.IGNORECASE)
    return start if found is None else found.start()


def _is_subject(advisor: Advisor, text: str, tokens: Sequence[_Token], at: tuple[int, int, int, int]) -> bool:
    """Whether something is said of what the words of a title name: "the leases have …"; without "the" they have to
    open the text, and a single one needs a verb behind it.
    """
    talk = advisor.catalogue.board
    first, title, last, end = at
    if last == len(tokens) or not (tokens[last].word in talk["after"] or tokens[last].word in english().verbs):
        return False
    if first < title:
        return True
    alone = end - title == 1
    return is_opening(advisor, text[: tokens[title].start]) and (not alone or tokens[last].word in talk["verbs"])


def _touch(text: str, tokens: Sequence[_Token], at: int) -> bool:
    return not text[tokens[at - 1].end : tokens[at].start].strip()


def _run(
    titles: dict[int, Words], tokens: Sequence[_Token], start: int, fillers: frozenset[str]
) -> tuple[frozenset[int], int]:
    """The ideas whose titles have the words from `start` on, and where these end."""
    meant: frozenset[int] = frozenset()
    end, at = start, start
    while at < len(tokens):
        having = frozenset(n for n, words in titles.items() if any(alike(tokens[at].word, word) for word in words))
        if len(tokens[at].word) < _SHORTEST and at == start and not _is_acronym(tokens, at):
            having = frozenset()
        both = having & meant if meant else having
        if not both and (at == start or tokens[at].word not in fillers):
            break
        if both:
            meant, end = both, at + 1
        at += 1
    return meant, end


def _is_acronym(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a word of two letters may be a name: "IT", or "the it …", but not the "it" of "drop it"."""
    return tokens[at].capital or (at > 0 and tokens[at - 1].word == "the")


def _telling(advisor: Advisor, title: str) -> Words:
    """The words of a title that tell what it is about."""
    talk = advisor.catalogue.board
    # A title may end in a fact, "…, we have no data at all": that names no idea.
    questions = {word for question in advisor.pack.questions for word in fold(question.name)}
    stated = {*talk["verbs"], *english().verbs, *english().negations, *questions, *talk["notes"]}
    empty = {*talk["title_fillers"], *talk["title_nouns"], *talk["title_openers"], *stated}
    acronyms = {found.lower() for found in _ACRONYM.findall(title)}
    return tuple(word for word in fold(title) if (len(word) >= _SHORTEST or word in acronyms) and word not in empty)


def alike(word: str, other: str) -> bool:
    """Whether two words are the same but for their endings: "lease" and "leases", "birthday" and "birthdays"."""
    if word == other or _singular(word) == _singular(other):
        return True
    shorter, longer = sorted((word, other), key=len)
    stem = shorter[:-1] if len(shorter) > _SHORTEST_PREFIX else shorter
    return len(shorter) >= _SHORTEST_PREFIX and longer.startswith(stem) and len(longer) - len(shorter) < len(stem)


def _singular(word: str) -> str:
    return _PLURAL.sub("", word)


def frame(text: str, found: Sequence[Mention]) -> Words:
    """The words of a text around its mentions, which are given in order; each of them is `PLACE`."""
    words: list[str] = []
    at = 0
    for mention in found:
        words += [*fold(text[at : mention.start]), PLACE]
        at = mention.end
    return (*words, *fold(text[at:]))
