"""The features of statements and typed answers: words with their negations, and quantities by size."""

from collections import Counter
from functools import lru_cache

from knowledge.matching.classifier import Floats, SparseFeatures
from knowledge.matching.embeddings import Encoder
from knowledge.matching.tfidf import Idf, ngrams
from knowledge.pack import Pack
from knowledge.reading.negations import with_negations
from knowledge.reading.quantity import Quantity
from knowledge.reading.quantity_answers import measure_limits
from knowledge.reading.quantity_parser import quantities

_TIMES = 2
"""How often a quantity is counted: it says more than a word."""

_CACHED_TEXTS = 64


class StatementFeatures:
    """Counts the features of a text as it was typed.

    "35k sends/day" and "forty thousand a day" share hardly a word. So each quantity is a feature: its kind, and between
    which of the pack's limits it lies.
    """

    def __init__(self, pack: Pack) -> None:
        """Takes the pack whose spelling and limits count."""
        self._normalise = pack.normalise
        self._limits = measure_limits(pack.quantities)
        self.count = lru_cache(maxsize=_CACHED_TEXTS)(self._count)

    def _count(self, text: str) -> Counter[str]:
        found = ngrams(with_negations(self._normalise(text)))
        for quantity in quantities(text):
            found[self._feature(quantity)] += _TIMES
        return found

    def _feature(self, quantity: Quantity) -> str:
        size = sum(quantity.likely > bound for bound in self._limits.get(quantity.kind, ()))
        return f"={quantity.kind}{size}{'/' if quantity.each else ''}"


def statement_features(text: str, normalised: str, encoder: Encoder, idf: Idf) -> tuple[Floats, SparseFeatures]:
    """The input of the classifiers of statements, typed answers and descriptions: a text's vector and its weights."""
    return encoder.encode([normalised])[0], SparseFeatures.of(idf.weigh(text), idf.columns)
