"""Compares a text with groups of phrases by the encoder's vectors: the nearest phrase of each group counts."""

from collections.abc import Mapping
from functools import lru_cache

from knowledge.matching.classifier import Floats
from knowledge.matching.embeddings import Encoder
from knowledge.pack import Pack

_CACHED_GROUPS = 256
"""Each lesson has three groups, and what is said beside its answers a handful more."""


class SemanticPhraseMatcher:
    """See `interfaces.PhraseMatcher`. Safe to use from several threads."""

    def __init__(self, pack: Pack, encoder: Encoder, memoized: Encoder) -> None:
        """Takes the encoder that the other matchers use, without its cache of texts for phrases, and with it."""
        self._normalise = pack.normalise
        self._encoder = encoder
        self._memoized = memoized
        self._vectors = lru_cache(maxsize=_CACHED_GROUPS)(self._encoded)

    def nearness(self, text: str, groups: Mapping[str, tuple[str, ...]]) -> Mapping[str, float]:
        normalised = self._normalise(text)
        if not normalised:
            return dict.fromkeys(groups, 0.0)
        vector = self._memoized.encode([normalised])[0]
        return {
            name: float((self._vectors(phrases) @ vector).max()) if phrases else 0.0 for name, phrases in groups.items()
        }

    def _encoded(self, phrases: tuple[str, ...]) -> Floats:
        """A row a phrase."""
        return self._encoder.encode([self._normalise(phrase) for phrase in phrases])
