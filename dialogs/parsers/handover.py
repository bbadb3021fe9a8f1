"""Does somebody ask how to hand over several ideas? "can I send them all together?", "how do i give you a list"."""

from dialogs.advisor import Advisor
from dialogs.parsers.phrases import Words
from knowledge.typed_answers.word_parser import folded

_MOST_WORDS = 30
"""Longer texts describe something."""

_NEAR = 4
"""Within so many words after the opener the verb stands."""


def asks_to_hand_over(advisor: Advisor, words: Words) -> bool:
    """Whether a text asks, or wishes, to give several ideas at once."""
    phrases = advisor.catalogue.handover
    if not 2 < len(words) <= _MOST_WORDS or not _several(advisor, words):
        return False
    return _asks(words, phrases.asks, phrases.gives) or _asks(words, phrases.asks_you, phrases.takes)


def _asks(words: Words, openers: tuple[str, ...], verbs: frozenset[str]) -> bool:
    """Whether one of the verbs stands soon after one of the openers."""
    return any(
        not verbs.isdisjoint(words[at + len(opener) : at + len(opener) + _NEAR])
        for opener in folded(openers)
        for at in range(len(words) - len(opener))
        if words[at : at + len(opener)] == opener
    )


def _several(advisor: Advisor, words: Words) -> bool:
    """Whether a text speaks of several ideas, and not of several of something else: "several languages"."""
    phrases = advisor.catalogue.handover
    found = False
    for phrase in folded(phrases.several):
        for start in range(len(words) - len(phrase) + 1):
            if words[start : start + len(phrase)] != phrase:
                continue
            behind = words[start + len(phrase) :]
            if behind and behind[0] == "of":
                behind = behind[1:]
            if behind and phrases.nouns.isdisjoint(behind[:2]) and behind[0] not in phrases.after:
                return False
            found = True
    return found
