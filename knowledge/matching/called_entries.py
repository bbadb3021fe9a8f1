"""Which outside entries an idea calls for, sentence by sentence."""

import re
from collections.abc import Iterator

from knowledge.matching.classifier import SparseFeatures
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import NONE
from knowledge.matching.keywords import CALL, keyword_features
from knowledge.matching.model_file import MatchingModel, calls_of
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

_SENTENCE = re.compile(r"[.;!?\n]+(?=\s|$)")
_CLAUSE = re.compile(r",\s+|\s+[-–—]\s+|\s+(?:and|but)\s+")
_LONG = 10
"""A sentence of more words than this is also classified clause by clause."""
_SHORTEST = 2
_MOST = 12
"""Parts of a text that are classified."""


def parts(text: str) -> Iterator[str]:
    """A text as a whole, its sentences, and the clauses of long ones."""
    yield text
    for sentence in _SENTENCE.split(text):
        words = len(sentence.split())
        if words >= _SHORTEST:
            yield sentence
        if words > _LONG:
            yield from (clause for clause in _CLAUSE.split(sentence)[:_MOST] if len(clause.split()) > _SHORTEST)


class CalledEntries:
    """The entries that a text calls for, with the encoder."""

    def __init__(self, pack: Pack, normalise: Normaliser, encoder: Encoder, model: MatchingModel) -> None:
        """Takes classifiers that were fitted for this pack with this encoder."""
        self._normalise, self._encoder, self._model = normalise, encoder, model
        self._keywords = calls_of(pack, normalise)

    def __call__(self, text: str) -> tuple[str, ...]:
        """Their ids, the likeliest first."""
        classifier = self._model.calls
        if classifier is None:
            return ()
        best: dict[str, float] = {}
        for part in list(dict.fromkeys(parts(text)))[:_MOST]:
            for label, likely in self._probabilities(part).items():
                best[label] = max(best.get(label, 0.0), likely)
        found = [label for label, likely in best.items() if label != NONE and likely >= classifier.accept_threshold]
        return tuple(sorted(found, key=lambda label: (-best[label], label)))

    def _probabilities(self, part: str) -> dict[str, float]:
        normalised = self._normalise(part)
        if self._model.calls is None or not normalised:
            return {}
        columns = self._model.idf.columns
        weights = self._model.idf.weigh(normalised) | keyword_features(CALL, self._keywords.longest(normalised))
        vector = self._encoder.encode([normalised])[0]
        return self._model.calls.probabilities(vector, SparseFeatures.of(weights, columns))
