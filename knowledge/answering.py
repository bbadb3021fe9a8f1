"""Which option of a question a typed answer means: numbers, labels, everyday words, typos, words around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NUMBERED = re.compile(r"(?:option|answer|number|nr|no|#)?\s*[.:#]?\s*(\d)\s*[.):]?", re.IGNORECASE)
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")
_NEGATIONS = frozenset(
    ["not", "no", "never", "without", "isnt", "arent", "dont", "doesnt", "wont", "cant", "aint", "hardly"]
)
_NEGATION_REACH = 2
_POLAR = frozenset(["yes", "no", "yep", "yup", "yeah", "nah", "nope"])
"""Words that answer as a whole; inside a sentence they belong to something else ("no hurry")."""

_TYPO_LENGTHS = ((9, 2), (5, 1))
"""Words of at least so many letters may have so many slips (a letter wrong, missing, extra or swapped)."""
_PLAIN_WORDS = 8
_SCANNED_WORDS = 25


class Choice(Protocol):
    """Something that can be chosen: an option of a framework question, of a check question, of an offer."""

    @property
    def id(self) -> str:
        """Stored as the answer; may be typed as well."""

    @property
    def label(self) -> str:
        """On its button."""

    @property
    def record(self) -> str:
        """What stands for it in a line."""

    @property
    def words(self) -> tuple[str, ...]:
        """What people type for it."""


class Prompt(Protocol):
    """Something that waits for an answer, with what can be chosen. `id` tells it from any other."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def options(self) -> Sequence[Choice]:
        """What can be chosen, in the order shown."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The options a text fits, in the question's order.

    `exact`: the text is a number, a label or one of the option's words and nothing else. `plain`: little stands around
    the answer, so that it can hardly mean anything else.
    """

    options: tuple[str, ...] = ()
    exact: bool = False
    plain: bool = False


def fold(text: str) -> tuple[str, ...]:
    """A text's words, lower case, without apostrophes and punctuation."""
    return tuple(_WORD.findall(text.translate(_APOSTROPHES).casefold()))


@cache
def folded(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of each phrase. For lists of the pack and the catalogue, of which there are a handful."""
    return tuple(map(fold, phrases))


def fit(question: Prompt, text: str) -> Fit:
    """The options that the text names. Total: any text gives a result."""
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered and 1 <= int(numbered[1]) <= len(question.options):
        return Fit((question.options[int(numbered[1]) - 1].id,), exact=True, plain=True)
    words = fold(text)
    if not words:
        return Fit()
    named = tuple(option.id for option in question.options if words in _phrases(option))
    if named:
        return Fit(named, exact=True, plain=True)
    if len(words) > _SCANNED_WORDS:
        return Fit()
    return _scan(question, words)


def _phrases(option: Choice) -> tuple[tuple[str, ...], ...]:
    return folded((option.id, option.label, option.record, *option.words))


def _scan(question: Prompt, words: Sequence[str]) -> Fit:
    """Looks for the options' phrases inside the text, the longest first; a word counts for one phrase only."""
    phrases = sorted(
        ((phrase, option.id) for option in question.options for phrase in _phrases(option) if phrase),
        key=lambda entry: (-len(entry[0]), -sum(map(len, entry[0]))),
    )
    taken: set[int] = set()
    found: set[str] = set()
    for phrase, option_id in phrases:
        start = _find(words, phrase, taken)
        if start is None:
            continue
        span = range(start, start + len(phrase))
        inside = start > 0 and span.stop < len(words)
        if len(phrase) == 1 and phrase[0] in _POLAR and inside:
            continue
        if not _negated(words, start, taken):
            found.add(option_id)
            taken.update(span)
    options = tuple(option.id for option in question.options if option.id in found)
    plain = bool(options) and len(words) <= _PLAIN_WORDS and 2 * len(taken) >= len(words)
    return Fit(options, plain=plain)


def _find(words: Sequence[str], phrase: Sequence[str], taken: set[int]) -> int | None:
    for start in range(len(words) - len(phrase) + 1):
        span = range(start, start + len(phrase))
        if taken.isdisjoint(span) and all(_same(words[at], part) for at, part in zip(span, phrase, strict=True)):
            return start
    return None


def _same(word: str, part: str) -> bool:
    if word == part:
        return True
    # "unlimited" is no typing error of "limited".
    if word.endswith(part) or part.endswith(word):
        return False
    shorter = min(len(word), len(part))
    slips = next((slips for length, slips in _TYPO_LENGTHS if shorter >= length), 0)
    return slips > 0 and OSA.distance(word, part, score_cutoff=slips) <= slips


def _negated(words: Sequence[str], start: int, taken: set[int]) -> bool:
    before = range(max(0, start - _NEGATION_REACH), start)
    return any(words[at] in _NEGATIONS and at not in taken for at in before)
