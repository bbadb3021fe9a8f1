"""Reads what sentences imply: where no wording of the pack states an answer, nearness of meaning may."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol

from knowledge.interfaces import Reading
from knowledge.matching.classifier import LinearClassifier, SparseFeatures
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import NONE
from knowledge.matching.tfidf import Idf
from knowledge.pack import Pack
from knowledge.reading.clauses import Clause, retracts
from knowledge.reading.hedging import HedgeLevel, hedge_level
from knowledge.reading.language import contains
from knowledge.reading.reader import PackReader
from knowledge.reading.tokens import NUMBER, Sentence
from knowledge.text_normalization import Normaliser

_MOST_SENTENCES = 4
"""Sentences of a text that are looked at: each costs some milliseconds."""

_WORDS = range(4, 46)
"""Words of a sentence that may imply something: fewer say too little, more say too many things at once."""

_HEDGED_THRESHOLD = 0.8
"""Probability from which a sentence is taken to imply an answer although it is weakly hedged."""

_IMPOSSIBLE = 2.0
"""A probability that there is not."""

_MARGIN = 5
"""How many times as likely an option must be as any other one: an encoder of this size is weak at telling opposites."""

_AGREES = 0.5
"""Likelihood by the second opinion below which nothing is implied."""

_STEM = 6
"""Letters by which a word is taken for the name of a question: "consistent" for "Consistency"."""

_LEAST_LETTERS = 4

_CACHED_TEXTS = 64
"""Texts whose readings are cached."""

_SHOWN = 90
"""Characters of a sentence that are shown as evidence."""

_EDGES = " .,;!-–—•*"
"""What is left out around it: ends of sentences, marks of a list."""


class SecondOpinion(Protocol):
    """How likely it is that a text states an option of a question; 0..1."""

    def share(self, text: str, question: str, option: str) -> float:
        """The likelihood."""


class ImpliedAnswerReader:
    """The reader with an encoder; see `interfaces.Reader`.

    What is stated in the pack's wordings comes first. Where a sentence holds such a wording and it does not count, the
    sentence implies nothing else on that question either: the guards that spoke against it know better.
    """

    def __init__(
        self,
        pack: Pack,
        encoder: Encoder,
        classifiers: Mapping[str, LinearClassifier],
        idf: Idf,
        second: SecondOpinion | None = None,
    ) -> None:
        """Takes classifiers by question, fitted for this pack with this encoder, and the weights of their features.

        `second` has learnt from other texts: nothing is implied that it does not hold possible.
        """
        self._stated = PackReader(pack)
        self._normalise = Normaliser(pack.phrasings.spelling)
        self._encoder = encoder
        self._classifiers = classifiers
        self._idf = idf
        self._second = second
        self._named = {question.id: _stems(question.name.casefold().split()) for question in pack.questions}
        # A message is read for an answer, for a correction and as a description, one after the other.
        self._readings = lru_cache(maxsize=_CACHED_TEXTS)(self._read)

    def read(self, text: str) -> Mapping[str, Reading]:
        """Answers that the text states or implies, by question."""
        return self._readings(text)

    def stated(self, text: str) -> Mapping[str, Reading]:
        """Answers that the text states, by question."""
        return self._stated.read(text)

    def hedged(self, text: str) -> bool:
        """See `interfaces.Reader`."""
        return self._stated.hedged(text)

    def _read(self, text: str) -> Mapping[str, Reading]:
        stated = self._stated.read(text)
        open_questions = [question for question in self._classifiers if question not in stated]
        if not open_questions:
            return stated
        found: dict[str, list[Reading]] = {question: [] for question in open_questions}
        for sentence, hedge in self._statements(text):
            implied = [*self._implied(sentence, open_questions)]
            mentioned = self._stated.mentions(sentence) if implied else {}
            for question, reading, share in implied:
                if share >= self._least(question, reading, sentence, mentioned, hedge):
                    found[question].append(reading)
        agreed = {
            question: readings[0]
            for question, readings in found.items()
            if len({reading.option for reading in readings}) == 1
        }
        return {**stated, **agreed}

    def _least(
        self,
        question: str,
        reading: Reading,
        sentence: Sentence,
        mentioned: Mapping[str, frozenset[str]],
        hedge: HedgeLevel,
    ) -> float:
        """The probability from which the reading is taken.

        A sentence with a wording of one question is about that one, so others need more. One that names its
        subject is for the wordings to know: mostly it says that it is open, or whose it is. A wording of the very
        question that did not count forbids the reading, unless it says the same of now and nothing negates it.
        """
        language = self._stated.language
        own = mentioned.get(question, frozenset())
        plain = language.negations.isdisjoint(sentence.words) and not contains(sentence.words, language.future)
        agrees = plain and own == frozenset([reading.option])
        if own and not agrees:
            return _IMPOSSIBLE
        named = not agrees and not _stems(sentence.words).isdisjoint(self._named[question])
        return _HEDGED_THRESHOLD if mentioned.keys() - {question} or named or hedge is not HedgeLevel.NONE else 0.0

    def _statements(self, text: str) -> Iterator[tuple[Sentence, HedgeLevel]]:
        """The statements among the first sentences, without those that the next one may take back.

        What leads up to a question is weakly hedged: it may be the case that the question is about.
        """
        language = self._stated.language
        every = self._stated.sentences(text)[: _MOST_SENTENCES + 1]
        clauses = [[Clause(tokens) for tokens in sentence.clauses] for sentence in every]
        asks = any(sentence.asks for sentence in every)
        for at, sentence in enumerate(every[:_MOST_SENTENCES]):
            following = clauses[at + 1][:1] if at + 1 < len(every) else []
            hedge = max(hedge_level(sentence, clauses[at], language), HedgeLevel.WEAK if asks else HedgeLevel.NONE)
            retracted = any(retracts(clause, language) for clause in following)
            if (
                len([word for word in sentence.words if word != NUMBER]) in _WORDS
                and not retracted
                and hedge is not HedgeLevel.STRONG
            ):
                yield sentence, hedge

    def _implied(self, sentence: Sentence, questions: list[str]) -> Iterator[tuple[str, Reading, float]]:
        """What a sentence may imply, with its probability."""
        normalised = self._normalise(sentence.text)
        vector = self._encoder.encode([normalised])[0]
        words = SparseFeatures.of(self._idf.weigh(normalised), self._idf.columns)
        for question in questions:
            classifier = self._classifiers[question]
            shares = classifier.probabilities(vector, words)
            option, *others = (label for label in shares if label != NONE)
            opposite = max((shares[other] for other in others), default=0.0)
            if shares[option] < max(classifier.accept_threshold, _MARGIN * opposite):
                continue
            if self._second is None or self._second.share(sentence.text, question, option) >= _AGREES:
                yield question, Reading(option, _shortened(sentence.text.strip(_EDGES))), shares[option]


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words if len(word) >= _LEAST_LETTERS)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
