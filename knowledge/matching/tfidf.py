"""TF-IDF: the words, word pairs and character n-grams of a text, weighted by how rare they are."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

Weights = dict[str, float]
"""Feature: weight; the squares of a text's weights add up to 1 (or there are none)."""

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

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Takes the weight of each known feature; unknown features weigh nothing."""
        self.weights = weights

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each feature in a matrix of texts × features."""
        return {name: column for column, name in enumerate(self.weights)}

    @classmethod
    def of(cls, normalised: Iterable[str], *, least: int = 1) -> "Idf":
        """From normalised texts; features in fewer than `least` of them are left out."""
        seen: Counter[str] = Counter()
        texts = 0
        for text in normalised:
            texts += 1
            seen.update(set(ngrams(text)))
        return cls({name: 1 + math.log((1 + texts) / (1 + n)) for name, n in sorted(seen.items()) if n >= least})

    def weigh(self, normalised: str) -> Weights:
        """The features of a text that are known here, scaled to length 1."""
        idf = self.weights
        weights = {name: (1 + math.log(count)) * idf[name] for name, count in ngrams(normalised).items() if name in idf}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {name: weight / length for name, weight in weights.items()} if length else {}
