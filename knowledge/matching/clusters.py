"""Groups of texts that are alike: agglomerative clustering with average linkage, by the cosine of their vectors."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.matching.embeddings import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MEANING, WORDS = 0.5, 0.4
"""Mean cosine from which two groups become one: by an encoder's vectors, and by the words alone."""

_WORD = re.compile(r"\w+")


def group(texts: Sequence[str], encoder: Encoder | None) -> tuple[tuple[int, ...], ...]:
    """The positions of the texts, in groups: the largest first, in each the text that is most like the others first.

    Takes time with the cube of their number: a thousand in about two seconds.
    """
    import numpy as np

    if not texts:
        return ()
    vectors = _by_words(texts) if encoder is None else np.asarray(encoder.encode(texts), dtype=np.float32)
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9).astype(np.float32)
    directions = np.asarray(vectors / lengths, dtype=np.float32)
    likeness = directions @ directions.T
    found = _merged(likeness, WORDS if encoder is None else MEANING)
    ordered = [tuple(sorted(one, key=lambda at: (-float(likeness[at, one].mean()), at))) for one in found]
    return tuple(sorted(ordered, key=lambda one: (-len(one), min(one))))


def _merged(likeness: "Floats", least: float) -> list[list[int]]:
    """Merges the two groups that are most alike for as long as any two are alike enough."""
    import numpy as np

    groups = [[at] for at in range(len(likeness))]
    sums = likeness.astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(groups))
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        best = int(np.argmax(means))
        one, other = divmod(best, len(groups))
        if means[one, other] < least:
            break
        one, other = min(one, other), max(one, other)
        groups[one] += groups.pop(other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[one, one] = -np.inf
        sizes[one] += sizes[other]
        sums = np.delete(np.delete(sums, other, axis=0), other, axis=1)
        sizes = np.delete(sizes, other)
    return groups


def _by_words(texts: Sequence[str]) -> "Floats":
    """A vector for each text, with 1 for each of its words."""
    import numpy as np

    words = [frozenset(_WORD.findall(text.lower())) for text in texts]
    columns = {word: number for number, word in enumerate(sorted(frozenset().union(*words)))}
    vectors = np.zeros((len(texts), max(1, len(columns))), dtype=np.float32)
    for row, found in enumerate(words):
        vectors[row, [columns[word] for word in found]] = 1
    return vectors
