"""Keywords of outside entries: words of a text that make it one about an entry, or call for it."""

import math
from collections.abc import Mapping, Sequence

from knowledge.matching.tfidf import Weights
from knowledge.text_normalization import Normaliser

TOPIC, CALL = "topic", "call"
"""Kinds of keywords: of a question about an entry, of an idea that calls for it."""

_ANY = 0.7
"""Weight of the feature that a text has any keyword, relative to that of whose keyword it is."""

KEYWORD_WEIGHTS = {TOPIC: 0.3, CALL: 1.0}
"""Weights of the features of a kind. Topics were written together with the phrasings that the classifier is trained on,
so it would rely on them more than other people's questions justify."""

_Parts = tuple[tuple[str, ...], ...]


class Keywords:
    """Whose keywords a text holds. A keyword is a phrase, or several joined by + that may stand apart."""

    def __init__(self, words: Mapping[str, Sequence[str]], normalise: Normaliser) -> None:
        """Takes keywords by the id of what they stand for."""
        self._names = tuple(words)
        self._by_first_word: dict[str, list[tuple[str, _Parts]]] = {}
        for name, keywords in words.items():
            for keyword in keywords:
                parts = tuple(_words(normalise(part)) for part in keyword.split("+"))
                if all(parts):
                    self._by_first_word.setdefault(parts[0][0], []).append((name, parts))

    def weights(self, normalised: str) -> dict[str, int]:
        """By id, how many words the longest keyword has that the text holds; those without any are missing."""
        words = _words(normalised)
        text = f" {' '.join(words)} "
        found: dict[str, int] = {}
        for word in set(words):
            for name, parts in self._by_first_word.get(word, ()):
                if all(f" {' '.join(part)} " in text for part in parts):
                    found[name] = max(found.get(name, 0), sum(map(len, parts)))
        return {name: found[name] for name in self._names if name in found}

    def longest(self, normalised: str) -> tuple[str, ...]:
        """Those whose keyword is the longest; several where they are equally long."""
        found = self.weights(normalised)
        most = max(found.values(), default=0)
        return tuple(name for name, length in found.items() if length == most)


def keyword_features(kind: str, names: Sequence[str]) -> Weights:
    """The features of a text whose keywords are those of `names`; their kind keeps questions and ideas apart."""
    if not names:
        return {}
    weight = KEYWORD_WEIGHTS[kind]
    share = weight / math.sqrt(len(names))
    return {feature(kind): weight * _ANY, **{feature(kind, name): share for name in names}}


def feature(kind: str, name: str = "") -> str:
    """What a keyword's feature is named; no n-gram has such a name."""
    return f"\0{kind}:{name}"


def _words(normalised: str) -> tuple[str, ...]:
    return tuple(word for word in (piece.strip(".,;:!?") for piece in normalised.split()) if word)
