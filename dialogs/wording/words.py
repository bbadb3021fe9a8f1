"""Words, numbers and clauses of sentences, as they are compared with each other. The lists stand in `words.yaml`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from text_to_num import alpha2digit  # type: ignore[import-untyped]

from knowledge.reading.quantity_words import english_quantities
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold
from knowledge.yaml_document import packaged

_SHORT, _FEW = 3, 10
"""Letters of a word that is compared as a whole; the most that is only counted."""

_BOUNDS = ("least", "most")

_ROUND = 20
"""The part of a number by which a rounded one may be beside it."""

_CACHED = 4096
_NUMBER = re.compile(r"\d(?:[\d.,’']*\d)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
_MAGNITUDE = re.compile(
    r"\b(?:(?:few|several|some|many) (dozen|hundred|thousand|million)s?|(dozen|hundred|thousand|million)s)\b",
    re.IGNORECASE,
)
"""Numbers of which only the size is told; a number of this size is another one."""

_SEPARATOR = re.compile(r"(?<=\d)[,’'](?=\d{3})")
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "ly", "s")
CLAUSE_END = re.compile(
    r"[.,;:→·()/\n]+\s+|\s+[–-]\s+|\s(?=(?:and|but|or|since|because|which|while|so|if|although|unless)\s)"
)


@cache
def lists() -> Mapping[str, frozenset[str]]:
    given = packaged("dialogs.wording", "words.yaml")
    return {name: frozenset(words) for name, words in given.items() if name != "forms"}


@cache
def forms() -> Mapping[str, tuple[frozenset[str], ...]]:
    given = packaged("dialogs.wording", "words.yaml")["forms"]
    return {family: tuple(map(frozenset, groups)) for family, groups in given.items()}


@cache
def silent() -> frozenset[str]:
    """The stems of words that do not say what a sentence is about."""
    return frozenset(stems(lists()["function"]))


@lru_cache(maxsize=_CACHED)
def stem(word: str) -> str:
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= _SHORT), "")
    word = word.removesuffix(ending)
    return word.rstrip("ey") if len(word) > _SHORT else word


def stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(stem, words))


def telling(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about, numbers among them."""
    return frozenset(stem(word) for word in fold(in_digits(text)) if word not in lists()["function"])


def has(known: Iterable[str], one: str) -> bool:
    """Whether one of the stems is this one, or is the beginning of it, or begins with it."""
    long = (each for each in known if min(len(each), len(one)) > _SHORT)
    return one in known or any(each.startswith(one) or one.startswith(each) for each in long)


def within(some: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some words stand among others, one behind the other."""
    return f" {' '.join(some)} " in f" {' '.join(words)} "


def in_digits(text: str) -> str:
    """The text with its numbers in digits, without separators; "one" is rarely a number."""
    for number, word in enumerate(english().cardinals[1:], 2):
        text = re.sub(rf"\b{word}\b(?! (?:hundred|thousand|million))", str(number), text, flags=re.IGNORECASE)
    return _SEPARATOR.sub("", alpha2digit(text, "en"))


def numbers(text: str) -> frozenset[str]:
    """The numbers, the units of money ("$") and time, and what is only the least or the most of an amount."""
    rough = (size.lower() for found in _MAGNITUDE.findall(text) for size in found if size)
    digits, units = _ORDINAL.sub(" ", in_digits(_MAGNITUDE.sub(" ", _counts().sub(" ", text)))), english_quantities()
    words = fold(digits)
    tokens = {*words, *(sign for sign in text if sign in units.currencies)}
    named = {f"${units.currencies[token]}" for token in tokens if token in units.currencies}
    rates = (word for before, word in pairwise(words) if before.isdigit() or before in units.each_leads)
    named |= {f"{units.durations[each]} s" for each in rates if each in units.durations and len(each) > _SHORT}
    bounds = {
        f"{found['before'] or found['after']} {name}" for name in _BOUNDS for found in _bound(name).finditer(digits)
    }
    return frozenset((*_NUMBER.findall(digits), *named, *bounds, *rough))


@cache
def _bound(name: str) -> re.Pattern[str]:
    """A number that is only the least, or the most, of an amount: “at least 5”, “5 pages or more”."""
    before, after = (
        "|".join(sorted(map(re.escape, lists()[each]), key=len, reverse=True)) for each in (name, f"{name}_after")
    )
    number = _PLAIN.pattern
    return re.compile(
        rf"\b(?:{before})\s+\D?(?P<before>{number})|\b(?P<after>{number})\s+(?:\w+\s+){{0,3}}(?:{after})\b",
        re.IGNORECASE,
    )


def rounded(text: str, known: str) -> frozenset[str]:
    """The numbers of a text that it says are rough, and that are near to one of what is known."""
    exact = [Decimal(number) for number in _NUMBER.findall(in_digits(known)) if _PLAIN.fullmatch(number)]
    found = re.finditer(rf"\b(?:{'|'.join(lists()['rough'])})\s\D?({_PLAIN.pattern})(?![\d,])", in_digits(text), re.I)
    said = (each[1] for each in found)
    return frozenset(n for n in said if any(_ROUND * abs(Decimal(n) - number) <= number for number in exact))


@cache
def _counts() -> re.Pattern[str]:
    """A number as a word that only counts what is told: “all five ideas”, “the two”."""
    number, things = "|".join(english().cardinals[1:_FEW]), "|".join(lists()["counted"])
    behind = rf"(?= (?:of (?:your|the) )?(?:\w+ )?(?:{things})\b)"
    return re.compile(rf"\b(?:{number}){behind}|(?<=\bthe )(?:{number})\b(?=[.,:;])", re.IGNORECASE)


def is_negated(clause: str) -> bool:
    words = fold(clause.lower().replace("no, ", "").replace("too few", "not").replace("too little", "not"))
    return not lists()["negations"].isdisjoint(words)


def affirmed(text: str) -> frozenset[str]:
    """The telling words of the clauses without a negation."""
    return frozenset(one for clause in CLAUSE_END.split(text) if not is_negated(clause) for one in telling(clause))
