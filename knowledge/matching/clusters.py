"""Groups of texts that are alike, by the cosine of their vectors."""

import re
from collections.abc import Sequence

from knowledge.matching.embeddings import Encoder

MEANING, WORDS = 0.5, 0.55
"""Cosine from which two texts are alike: by an encoder's vectors, and by the words alone."""

_WORD = re.compile(r"\w+")


def group(texts: Sequence[str], encoder: Encoder | None) -> tuple[tuple[int, ...], ...]:
    """The positions of the texts, in groups: the largest first, in each the text that is most like the others first.

    The text to which most others are alike is a group with these; then the same with the rest.
    """
    import numpy as np

    if not texts:
        return ()
    vectors = np.asarray(_by_words(texts) if encoder is None else encoder.encode(texts), dtype=np.float64)
    directions = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    likeness = (directions @ directions.T).round(6)
    alike = (likeness >= (WORDS if encoder is None else MEANING)) | np.eye(len(texts), dtype=bool)
    found: list[tuple[int, ...]] = []
    while alike.any():
        members = np.flatnonzero(alike[np.argmax(alike.sum(axis=1))])
        nearest = np.argsort(-likeness[np.ix_(members, members)].mean(axis=1), kind="stable")
        found.append(tuple(members[nearest].tolist()))
        alike[members] = alike[:, members] = False
    return tuple(sorted(found, key=lambda one: (-len(one), min(one))))


def _by_words(texts: Sequence[str]) -> list[list[bool]]:
    """A vector for each text, with 1 for each of its words."""
    words = [frozenset(_WORD.findall(text.lower())) for text in texts]
    known = sorted(frozenset().union(*words)) or [""]
    return [[word in found for word in known] for found in words]
