"""How typed texts begin and what they hold: questions, requests, phrases of the catalogue and the pack."""

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.advisor import Advisor
from knowledge.typed_answers.word_parser import folded

Words = tuple[str, ...]


_ALIKE = 0.88
"""From this likeness on (1: the same), a short text is a phrase of the catalogue with a slip in it."""

_MOST_WORDS = 8

_MOST_SAID = 20
"""A phrase with courtesies and the like around it has no more words."""


def respelled(advisor: Advisor, words: Words) -> Words:
    """A short text with shorthand written out, or the phrase of the catalogue that it is but for a slip."""
    if not 1 < len(words) <= _MOST_WORDS:
        return words
    shorthand = advisor.catalogue.shorthand
    text = " ".join(shorthand.get(word, word) for word in words)
    found = extractOne(text, advisor.catalogue.known_phrases, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE)
    return tuple((found[0] if found else text).split())


def is_question(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether the text asks something."""
    return text.rstrip().endswith("?") or starts(words, advisor.catalogue.phrases.question)


def asks_inside(advisor: Advisor, words: Words) -> bool:
    """Whether the text asks something further on: "they have names in them is that ok"."""
    return contains(words, advisor.catalogue.phrases.question_inside)


def requests(advisor: Advisor, words: Words) -> bool:
    """Whether the text asks for a decision, in the pack's words."""
    request = advisor.pack.request
    return contains(words, request.openers) and contains(words, request.topics)


def starts(words: Words, phrases: tuple[str, ...]) -> bool:
    """Whether the words begin with one of the phrases."""
    return any(words[: len(phrase)] == phrase for phrase in folded(phrases))


def rest_of(words: Words, phrases: tuple[str, ...]) -> Words:
    """What follows the longest of the phrases with which the words begin."""
    return words[max((len(phrase) for phrase in folded(phrases) if words[: len(phrase)] == phrase), default=0) :]


def contains(words: Words, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands among the words."""
    text = f" {' '.join(words)} "
    return any(f" {' '.join(phrase)} " in text for phrase in folded(phrases))


def says(words: Words, phrases: tuple[str, ...], around: tuple[str, ...]) -> bool:
    """Whether a text is one of the phrases with nothing but these others around it. Long texts are never."""
    if len(words) > _MOST_SAID:
        return False
    for phrase in folded(phrases):
        for start in range(len(words) - len(phrase) + 1):
            end = start + len(phrase)
            if words[start:end] == phrase and not (without(words[:start], around) or without(words[end:], around)):
                return True
    return False


def without(words: Words, phrases: tuple[str, ...]) -> Words:
    """The words without these phrases at either end, however many there are."""
    for phrase in sorted(folded(phrases), key=len, reverse=True):
        if words[: len(phrase)] == phrase:
            return without(words[len(phrase) :], phrases)
        if words[-len(phrase) :] == phrase:
            return without(words[: -len(phrase)], phrases)
    return words
