"""Classifies typed answers by their words alone, without an encoder: by similarity to known ones."""

from collections.abc import Mapping
from functools import lru_cache

from knowledge.matching.examples import ANY, answer_examples, plain_examples, split_label
from knowledge.matching.lexical_matcher import InvertedIndex
from knowledge.matching.tfidf import Idf
from knowledge.pack import Pack
from knowledge.reading.negations import with_negations

_CACHED = 256


class LexicalAnswerClassifier:
    """See `features.AnswerClassifier`."""

    by_meaning = False

    def __init__(self, pack: Pack) -> None:
        """Takes the short answers of the pack."""
        self._normalise = pack.normalise
        known = {question.id: answer_examples(pack, question.id) for question in pack.questions}
        self._meant = {
            name: {text: label for label, text in each} for name, each in {**known, ANY: plain_examples(pack)}.items()
        }
        texts = dict.fromkeys(text for meant in self._meant.values() for text in meant)
        features = {text: self._features(text) for text in texts}
        self._idf = Idf.of(features.values(), least=2)
        self._nearest = InvertedIndex((text, self._idf.weigh(marked)) for text, marked in features.items())
        # Called for each option of each question.
        self._similarity = lru_cache(maxsize=_CACHED)(self._nearest_meanings)
        self._known = lru_cache(maxsize=_CACHED)(lambda text: self._nearest(self._idf.weigh(self._features(text))))

    def answer(self, text: str, question: str) -> Mapping[str, float]:
        """See `AnswerClassifier`."""
        return self._similarity(text, question)

    def anything(self, text: str) -> Mapping[tuple[str, str], float]:
        """See `AnswerClassifier`."""
        return {split_label(label): cosine for label, cosine in self._similarity(text, ANY).items()}

    def statement(self, text: str, question: str) -> Mapping[str, float]:
        """Empty: without an encoder, descriptions are read by their wordings alone."""
        return {}

    def _features(self, text: str) -> str:
        return with_negations(self._normalise(text))

    def _nearest_meanings(self, text: str, name: str) -> Mapping[str, float]:
        """By meaning, the cosine of the nearest known answer."""
        meant = self._meant[name]
        best: dict[str, float] = {}
        for known, cosine in self._known(text).items():
            if known in meant:
                best.setdefault(meant[known], cosine)
        return best
