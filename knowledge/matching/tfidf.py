"""TF-IDF: the words, word pairs and character n-grams of a text, weighted by rarity."""

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

Weights = dict[str, float]
"""Feature: weight; the squares of a text's weights add up to 1 (or there are none)."""

Count = Callable[[str], Counter[str]]
"""Counts the features of a text."""

_LENGTHS = (3, 4)


def ngrams(normalised: str) -> Counter[str]:
    """Counts of the words, word pairs and character n-grams (3 and 4 letters) in a normalised text."""
    words = normalised.split()
    found = [*words, *(f"{first} {second}" for first, second in itertools.pairwise(words))]
    for word in words:
        bounded = f"_{word}_"
        for length in _LENGTHS:
            found += [f"#{bounded[at : at + length]}" for at in range(len(bounded) - length + 1)]
    return Counter(found)


class Idf:
    """Inverse document frequency (smoothed): how rare each feature is in a collection of texts."""

    def __init__(self, weights: Mapping[str, float], count: Count = ngrams) -> None:
        """Takes the weight of each known feature (unknown ones have 0), and the function that counts features."""
        self.weights = weights
        self._count = count

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each feature in a matrix of texts × features."""
        return {name: column for column, name in enumerate(self.weights)}

    @classmethod
    def of(cls, texts: Iterable[str], *, least: int = 1, count: Count = ngrams) -> "Idf":
        """From texts as `count` takes them; features in fewer than `least` of them are left out."""
        seen: Counter[str] = Counter()
        number = 0
        for text in texts:
            number += 1
            seen.update(set(count(text)))
        weights = {name: 1 + math.log((1 + number) / (1 + n)) for name, n in sorted(seen.items()) if n >= least}
        return cls(weights, count)

    def weigh(self, text: str) -> Weights:
        """The features of a text that are known here, scaled to length 1."""
        idf = self.weights
        weights = {name: (1 + math.log(n)) * idf[name] for name, n in self._count(text).items() if name in idf}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {name: weight / length for name, weight in weights.items()} if length else {}
