"""What a text is made of: words, pairs of words, and pieces of words, weighted by how rare they are."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping

Weights = dict[str, float]
"""Feature: weight; the squares of a text's weights add up to 1 (or there are none)."""

_PIECES = (3, 4)


def pieces(normalised: str) -> Counter[str]:
    """Counts of the words, pairs of neighbouring words and pieces of words in a normalised text."""
    words = normalised.split()
    found = [*words, *(f"{first} {second}" for first, second in itertools.pairwise(words))]
    for word in words:
        bounded = f"_{word}_"
        for length in _PIECES:
            found += [f"#{bounded[at : at + length]}" for at in range(len(bounded) - length + 1)]
    return Counter(found)


class Rarity:
    """How rare each feature is in a collection of texts (smoothed inverse document frequency)."""

    def __init__(self, rarity: Mapping[str, float]) -> None:
        """Takes the rarity of each known feature; unknown features weigh nothing."""
        self.rarity = rarity

    @classmethod
    def of(cls, normalised: Iterable[str], *, least: int = 1) -> "Rarity":
        """From normalised texts; features in fewer than `least` of them are left out."""
        seen: Counter[str] = Counter()
        texts = 0
        for text in normalised:
            texts += 1
            seen.update(set(pieces(text)))
        return cls({name: 1 + math.log((1 + texts) / (1 + n)) for name, n in sorted(seen.items()) if n >= least})

    def weigh(self, normalised: str) -> Weights:
        """The features of a text that are known here, scaled to length 1."""
        rarity = self.rarity
        weights = {
            name: (1 + math.log(count)) * rarity[name] for name, count in pieces(normalised).items() if name in rarity
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {name: weight / length for name, weight in weights.items()} if length else {}
