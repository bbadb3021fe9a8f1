"""How typed texts begin and what they hold: questions, requests, phrases of the catalogue and the pack."""

from dialogs.advisor import Advisor
from knowledge.answer_parser import folded

Words = tuple[str, ...]


def is_question(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether the text asks something."""
    return text.rstrip().endswith("?") or starts(words, advisor.catalogue.phrases.question)


def requests(advisor: Advisor, words: Words) -> bool:
    """Whether the text asks for a decision, in the pack's words."""
    request = advisor.pack.request
    return contains(words, request.openers) and contains(words, request.topics)


def starts(words: Words, phrases: tuple[str, ...]) -> bool:
    """Whether the words begin with one of the phrases."""
    return any(words[: len(phrase)] == phrase for phrase in folded(phrases))


def contains(words: Words, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands among the words."""
    text = f" {' '.join(words)} "
    return any(f" {' '.join(phrase)} " in text for phrase in folded(phrases))


def without(words: Words, phrases: tuple[str, ...]) -> Words:
    """The words without these phrases at either end, however many there are."""
    for phrase in sorted(folded(phrases), key=len, reverse=True):
        if words[: len(phrase)] == phrase:
            return without(words[len(phrase) :], phrases)
        if words[-len(phrase) :] == phrase:
            return without(words[: -len(phrase)], phrases)
    return words
