"""Reads what sentences imply: where no wording of the pack states an answer, nearness of meaning may."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from knowledge.interfaces import Reading
from knowledge.matching.classifier import NONE, Head, Placed
from knowledge.matching.embeddings import Encoder
from knowledge.matching.tfidf import Rarity
from knowledge.pack import Pack
from knowledge.reading.clauses import Clause, undoes
from knowledge.reading.hedging import Hedge, doubt
from knowledge.reading.language import holds
from knowledge.reading.reader import PackReader
from knowledge.reading.tokens import NUMBER, Sentence
from knowledge.text_normalization import Normaliser

_MOST_SENTENCES = 4
"""Sentences of a text that are looked at: each costs some milliseconds."""

_WORDS = range(4, 46)
"""Words of a sentence that may imply something: fewer say too little, more say too many things at once."""

_IN_DOUBT = 0.8
"""Probability from which a sentence is taken to imply an answer although there is some doubt about it."""

_NEVER = 2.0
"""A probability that there is not."""

_CLEARLY = 5
"""How many times as likely an option must be as any other one: an encoder of this size is weak at telling opposites."""

_STEM = 6
"""Letters by which a word is taken for the name of a question: "consistent" for "Consistency"."""

_LEAST_LETTERS = 4

_REMEMBERED = 64
"""Texts whose readings are remembered."""

_SHOWN = 90
"""Characters of a sentence that are shown as evidence."""

_EDGES = " .,;!-–—•*"
"""What is left out around it: ends of sentences, marks of a list."""


class ImpliedReader:
    """The reader with an encoder; see `understanding.Reader`.

    What is stated in the pack's wordings comes first. Where a sentence holds such a wording and it does not count, the
    sentence implies nothing else on that question either: the guards that spoke against it know better.
    """

    def __init__(self, pack: Pack, encoder: Encoder, heads: Mapping[str, Head], features: Rarity) -> None:
        """Takes heads by question that were fitted for this pack with this encoder, and their features."""
        self._stated = PackReader(pack)
        self._normalise = Normaliser(pack.phrasings.spelling)
        self._encoder = encoder
        self._heads = heads
        self._features = features
        self._columns = {name: at for at, name in enumerate(features.rarity)}
        self._named = {question.id: _stems(question.name.casefold().split()) for question in pack.questions}
        # A message is read for an answer, for a correction and as a description, one after the other.
        self._readings = lru_cache(maxsize=_REMEMBERED)(self._read)

    def read(self, text: str) -> Mapping[str, Reading]:
        """Answers that the text states or implies, by question."""
        return self._readings(text)

    def stated(self, text: str) -> Mapping[str, Reading]:
        """Answers that the text states, by question."""
        return self._stated.read(text)

    def hedged(self, text: str) -> bool:
        """See `understanding.Reader`."""
        return self._stated.hedged(text)

    def _read(self, text: str) -> Mapping[str, Reading]:
        stated = self._stated.read(text)
        open_questions = [question for question in self._heads if question not in stated]
        if not open_questions:
            return stated
        found: dict[str, list[Reading]] = {question: [] for question in open_questions}
        for sentence, doubtful in self._telling(text):
            implied = [*self._implied(sentence, open_questions)]
            worded = self._stated.worded(sentence) if implied else {}
            for question, reading, share in implied:
                if share >= self._least(question, reading, sentence, worded, doubtful):
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
        worded: Mapping[str, frozenset[str]],
        doubtful: Hedge,
    ) -> float:
        """The probability from which the reading is taken.

        A sentence with a wording of one question is about that one, so others are in some doubt. One that names its
        subject is for the wordings to know: mostly it says that it is open, or whose it is. A wording of the very
        question that did not count forbids the reading, unless it says the same of now and nothing negates it.
        """
        language = self._stated.language
        own = worded.get(question, frozenset())
        plain = language.negations.isdisjoint(sentence.words) and not holds(sentence.words, language.future)
        agrees = plain and own == frozenset([reading.option])
        if own and not agrees:
            return _NEVER
        named = not agrees and not _stems(sentence.words).isdisjoint(self._named[question])
        return _IN_DOUBT if worded.keys() - {question} or named or doubtful is not Hedge.NONE else 0.0

    def _telling(self, text: str) -> Iterator[tuple[Sentence, Hedge]]:
        """The statements among the first sentences, without those that the next one may take back.

        What leads up to a question is in some doubt: it may be the case that the question is about.
        """
        language = self._stated.language
        every = self._stated.sentences(text)[: _MOST_SENTENCES + 1]
        clauses = [[Clause(tokens) for tokens in sentence.clauses] for sentence in every]
        asks = any(sentence.asks for sentence in every)
        for at, sentence in enumerate(every[:_MOST_SENTENCES]):
            following = clauses[at + 1][:1] if at + 1 < len(every) else []
            doubtful = max(doubt(sentence, clauses[at], language), Hedge.SOME if asks else Hedge.NONE)
            taken_back = any(undoes(clause, language) for clause in following)
            if (
                len([word for word in sentence.words if word != NUMBER]) in _WORDS
                and not taken_back
                and doubtful is not Hedge.GRAVE
            ):
                yield sentence, doubtful

    def _implied(self, sentence: Sentence, questions: list[str]) -> Iterator[tuple[str, Reading, float]]:
        """What a sentence may imply, with its probability."""
        normalised = self._normalise(sentence.text)
        vector = self._encoder.encode([normalised])[0]
        words = Placed.of(self._features.weigh(normalised), self._columns)
        for question in questions:
            head = self._heads[question]
            shares = head.probabilities(vector, words)
            option, *others = (label for label in shares if label != NONE)
            opposite = max((shares[other] for other in others), default=0.0)
            if shares[option] >= max(head.surely, _CLEARLY * opposite):
                yield question, Reading(option, _shortened(sentence.text.strip(_EDGES))), shares[option]


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words if len(word) >= _LEAST_LETTERS)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
