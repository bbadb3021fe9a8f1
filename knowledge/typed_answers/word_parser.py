"""Which options of a question a text names: by number, label or everyday words, with typos, whatever stands around."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Protocol

from rapidfuzz.distance import OSA

from knowledge.reading.negations import with_apostrophes, without_slip
from knowledge.reading.word_lists import WordLists, english

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NUMBERED = re.compile(r"(?:option|answer|number|nr|no|#)?\s*[.:#]?\s*(\d)\s*[.):]?", re.IGNORECASE)
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")
_DENIAL_REACH = 2
"""How many words before a phrase a denial may stand, whatever the words between."""

_SHORTEST_TYPO, _LONG, _MOST_SLIPS = 5, 9, 2
"""Words of at least so many letters may have one typo (a letter wrong, missing, extra or swapped), long words two."""
_PLAIN_WORDS = 8
_SHORTEST_TELLING = 4
"""Least letters of a word that identifies an option."""

_SCANNED_WORDS = 25


class PromptOption(Protocol):
    """An option of a framework question, of a check question or of an offer."""

    @property
    def id(self) -> str:
        """Stored as the answer; may be typed as well."""

    @property
    def label(self) -> str:
        """On its button."""

    @property
    def record(self) -> str:
        """Its name in a record of one line."""

    @property
    def words(self) -> tuple[str, ...]:
        """What people type for it."""


class Prompt(Protocol):
    """A question with options that waits for an answer. `id` is unique."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def options(self) -> Sequence[PromptOption]:
        """What can be chosen, in the order shown."""


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """The options that a text names, in the question's order.

    `exact`: the text is a number, a label or one of the option's words and nothing else. `plain`: no word around the
    answer changes its meaning. `said`: the text holds a yes or a no, or also denies an option. `mixed`: it names an
    option but also denies it, or denies something unknown; then `options` is empty.
    """

    options: tuple[str, ...] = ()
    exact: bool = False
    plain: bool = False
    said: bool = False
    mixed: bool = False


def fold(text: str) -> tuple[str, ...]:
    """A text's words, lower case, without apostrophes, punctuation and slips in negations."""
    return tuple(map(without_slip, _WORD.findall(with_apostrophes(text).translate(_APOSTROPHES).casefold())))


@cache
def folded(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of each phrase. For lists of the pack and the catalogue, of which there are a handful."""
    return tuple(map(fold, phrases))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text. `runs_on`: for each but the last, whether the next follows without a punctuation mark."""

    words: tuple[str, ...]
    runs_on: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """The words of an option's phrase in a text."""

    words: range
    option: str


def parse_answer(question: Prompt, text: str) -> ParsedAnswer:
    """The options that the text names. Total: any text gives a result."""
    named = exact_options(question, text)
    if named:
        return ParsedAnswer(named, exact=True, plain=True)
    typed = _typed(text)
    if len(typed.words) > _SCANNED_WORDS:
        return ParsedAnswer()
    return _scan(question, typed, english())


def exact_options(question: Prompt, text: str) -> tuple[str, ...]:
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered and 1 <= int(numbered[1]) <= len(question.options):
        return (question.options[int(numbered[1]) - 1].id,)
    words = fold(text)
    place = place_named(words)
    if place is not None and place < len(question.options):
        return (question.options[place].id,)
    return tuple(option.id for option in question.options if words in folded(_phrases(option))) if words else ()


def place_named(words: tuple[str, ...]) -> int | None:
    """ "the 2nd one": the place in the list, from 0 on, where the text names one and nothing else."""
    return _place(words, english().ordinals, english().ordinal_fillers)


def place_word(words: tuple[str, ...]) -> int | None:
    """The place that the only ordinal of a text names, from 0 on: "the second one you offered, on costs"."""
    found = [place for place, names in enumerate(english().ordinals) if names.intersection(words)]
    return found[0] if len(found) == 1 else None


def _place(words: tuple[str, ...], places: Sequence[frozenset[str]], fillers: frozenset[str]) -> int | None:
    for place, names in enumerate(places):
        if names.intersection(words) and {*words} - names <= fillers:
            return place
    return None


def option_with_word(question: Prompt, text: str) -> str | None:
    """The option that the text names by letter or place ("b", "I bet the second"), or by a word of that option alone.

    The word may have a typo. None if the text is long or denies something. For questions whose options share few words,
    such as those of lessons.
    """
    lists, words = english(), fold(text)
    placed = option_at_place(question, words)
    if placed is not None:
        return placed
    if len(words) > _PLAIN_WORDS or lists.denials.intersection(words):
        return None
    telling = [
        {word for phrase in _phrases(option) for word in fold(phrase) if len(word) >= _SHORTEST_TELLING}
        - lists.answer_fillers
        - lists.denial_fillers
        for option in question.options
    ]
    shared = {word for mine in telling for word in mine if sum(word in other for other in telling) > 1}
    found = [
        option.id
        for option, mine in zip(question.options, telling, strict=True)
        if any(_same(word, part) for word in words for part in mine - shared)
    ]
    return found[0] if len(found) == 1 else None


def option_at_place(question: Prompt, words: tuple[str, ...]) -> str | None:
    """The option whose letter or place the words name and nothing else, in other words than `exact_options` takes."""
    lists, count = english(), len(question.options)
    letter = _place(words, lists.option_letters, lists.choice_fillers)
    place = _place(words, lists.ordinals, lists.choice_fillers) if letter is None else letter
    if place is None:
        place = _numbered(words, lists)
    if place is None and _place(words, (lists.last_place,), lists.choice_fillers) is not None:
        place = count - 1
    if place is None and count % 2 and _place(words, (lists.middle_place,), lists.choice_fillers) is not None:
        place = count // 2
    return None if place is None or place >= count else question.options[place].id


def _numbered(words: tuple[str, ...], lists: WordLists) -> int | None:
    """ "number three", "two": the place that a number in letters names, from 0 on."""
    if len(words) > 1 and words[0] in lists.numbered:
        words = words[1:]
    return lists.cardinals.index(words[0]) if len(words) == 1 and words[0] in lists.cardinals else None


def _typed(text: str) -> _Words:
    folded_text = with_apostrophes(text).translate(_APOSTROPHES).casefold()
    found = list(_WORD.finditer(folded_text))
    gaps = (folded_text[word.end() : following.start()] for word, following in pairwise(found))
    return _Words(tuple(without_slip(word[0]) for word in found), tuple(not gap.strip() for gap in gaps))


def _phrases(option: PromptOption) -> tuple[str, ...]:
    return (option.id, option.label, option.record, *option.words)


@cache
def _longest_first(options: tuple[tuple[str, ...], ...]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """All phrases of options, each given as its id and its phrases, with the option that they name."""
    phrases = ((phrase, named[0]) for named in options for phrase in folded(named) if phrase)
    return tuple(sorted(phrases, key=lambda entry: (-len(entry[0]), -sum(map(len, entry[0])))))


def _scan(question: Prompt, typed: _Words, lists: WordLists) -> ParsedAnswer:
    """Finds the options' phrases in the text. A denial of one option says nothing about the others."""
    words = typed.words
    spans = sorted(_spans(question, typed, lists), key=lambda span: span.words.start)
    denied: dict[_Span, int] = {}
    for span in spans:
        at = _denied_at(typed, span, spans, denied, lists)
        if at is not None:
            denied[span] = at
    kept = [span for span in spans if span not in denied]
    found = {span.option for span in kept}
    covered = {at for span in spans for at in span.words}
    over = {at for at, word in enumerate(words) if word in lists.denials} - covered - {*denied.values()}
    negative = any(words[at] in lists.denials | lists.refusals for span in kept for at in span.words)
    if (over and not negative and len(found) == 1) or found & {span.option for span in denied}:
        return ParsedAnswer(mixed=True)
    options = tuple(option.id for option in question.options if option.id in found)
    around = {word for at, word in enumerate(words) if at not in covered}
    plain = bool(options) and len(words) <= _PLAIN_WORDS and around <= lists.answer_fillers
    polar = any(words[at] in lists.polar_answers for span in kept for at in span.words)
    return ParsedAnswer(options, plain=plain, said=polar or bool(denied))


def _spans(question: Prompt, typed: _Words, lists: WordLists) -> Iterator[_Span]:
    """The phrases in the text, the longest first; a word counts for one phrase only."""
    used: set[int] = set()
    phrases = _longest_first(tuple(map(_phrases, question.options)))
    long = [(at, word) for at, word in enumerate(typed.words) if len(word) >= _SHORTEST_TYPO]
    distinct = {part for phrase, _ in phrases for part in phrase}
    places = {part: _places(typed.words, long, part) for part in distinct}
    for phrase, option_id in phrases:
        start = _find(phrase, places, used)
        if start is None:
            continue
        span = range(start, start + len(phrase))
        if len(phrase) == 1 and phrase[0] in lists.polar_answers and not _answers(typed, start, lists):
            continue
        used.update(span)
        yield _Span(span, option_id)


def _answers(typed: _Words, at: int, lists: WordLists) -> bool:
    """Whether a yes or no is an answer by itself; elsewhere it belongs to its neighbours ("no hurry")."""
    if at == len(typed.words) - 1:
        return True
    determines = typed.words[at] in lists.denials and typed.runs_on[at]
    return at == 0 and (not determines or typed.words[1] in lists.answer_fillers | lists.denials)


def _places(words: Sequence[str], long: Sequence[tuple[int, str]], part: str) -> tuple[int, ...]:
    """Where a word of a phrase stands; a `long` one also with a typing error."""
    if len(part) >= _SHORTEST_TYPO:
        return tuple(at for at, word in long if _same(word, part))
    return tuple(at for at, word in enumerate(words) if word == part) if part in words else ()


def _find(phrase: Sequence[str], places: Mapping[str, Sequence[int]], used: set[int]) -> int | None:
    for start in places[phrase[0]]:
        span = range(start, start + len(phrase))
        if used.isdisjoint(span) and all(at in places[part] for at, part in zip(span, phrase, strict=True)):
            return start
    return None


def _same(word: str, part: str) -> bool:
    if word == part:
        return True
    shorter = min(len(word), len(part))
    if shorter < _SHORTEST_TYPO or abs(len(word) - len(part)) > _MOST_SLIPS:
        return False
    # "unlimited" is no typing error of "limited".
    if word.endswith(part) or part.endswith(word):
        return False
    slips = _MOST_SLIPS if shorter >= _LONG else 1
    return OSA.distance(word, part, score_cutoff=slips) <= slips


def _denied_at(
    typed: _Words, span: _Span, spans: Sequence[_Span], denied: dict[_Span, int], lists: WordLists
) -> int | None:
    """The place of the word that denies a phrase: "not high", "need not be fast", "neither law nor medicine"."""
    words, at = typed.words, span.words.start - 1
    while at >= 0:
        before = next((other for other in spans if at in other.words), None)
        if before is not None:
            return denied.get(before) if words[at + 1] in lists.coordinators else None
        if words[at] in lists.denials:
            apart = words[at] in lists.polar_answers and not typed.runs_on[at]
            return None if apart else at
        if span.words.start - at >= _DENIAL_REACH and words[at] not in lists.denial_fillers:
            return None
        at -= 1
    return None
