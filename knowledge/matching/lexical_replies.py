"""Guesses what a typed reply answers by its words alone, without an encoder. It only ever proposes."""

from knowledge.interfaces import Certainty
from knowledge.matching.examples import ANY, NONE, plain_examples, reply_examples, split_label
from knowledge.matching.lexical import Nearest
from knowledge.matching.tfidf import Idf
from knowledge.pack import Pack
from knowledge.reading.negations import with_negations
from knowledge.replies import Guess
from knowledge.text_normalization import Normaliser

_NEAR = 0.65
"""Cosine to a known reply from which what that one means is proposed."""

_APART = 1.15
"""How many times as near it must be as the nearest reply that means something else."""


class LexicalReplyClassifier:
    """See `replies.AnswerClassifier`."""

    def __init__(self, pack: Pack) -> None:
        """Takes the replies of the pack."""
        self._normalise = Normaliser(pack.phrasings.spelling)
        known = {question.id: reply_examples(pack, question.id) for question in pack.questions}
        self._meant = {
            name: {text: label for label, text in each} for name, each in {**known, ANY: plain_examples(pack)}.items()
        }
        features = {text: self._features(text) for meant in self._meant.values() for text in meant}
        self._idf = Idf.of(features.values(), least=2)
        self._nearest = Nearest((text, self._idf.weigh(marked)) for text, marked in features.items())

    def answer(self, text: str, question: str) -> Guess | None:
        """See `AnswerClassifier`."""
        return self._guess(text, question)

    def anything(self, text: str) -> Guess | None:
        """See `AnswerClassifier`."""
        return self._guess(text, ANY)

    def irrelevance(self, text: str, question: str) -> float:
        """See `AnswerClassifier`."""
        return 0.0

    def _features(self, text: str) -> str:
        return with_negations(self._normalise(text))

    def _guess(self, text: str, name: str) -> Guess | None:
        meant = self._meant[name]
        best: dict[str, float] = {}  # by what they mean, the nearest first
        for known, likeness in self._nearest(self._idf.weigh(self._features(text))).items():
            if known in meant:
                best.setdefault(meant[known], likeness)
        if next(iter(best), NONE) == NONE:
            return None
        (label, likeness), *others = best.items()
        second = others[0][1] if others else 0.0
        question, option = split_label(label) if name == ANY else (name, label)
        near = likeness >= _NEAR and likeness >= _APART * second
        return Guess(question, option, likeness, Certainty.PROPOSE if near else None)
