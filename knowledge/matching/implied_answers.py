"""Reads what clauses imply: where no wording of the pack states an answer, a classifier of statements may."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

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
from knowledge.reading.tokens import Sentence
from knowledge.text_normalization import Normaliser

_MOST_CLAUSES = 12
"""Clauses of a text that are looked at: each costs some two milliseconds."""

_SHORT_SENTENCE = 14
"""A sentence of so few words is looked at as a whole as well: "solved and graded cases slumber on our server"."""

_WORDS = range(2, 46)
"""Words of a clause that may imply something: more say too many things at once."""

_KNOWN = 3
"""At least one in so many words must be known: the encoder has an opinion about Greek as well."""

_HEDGED_THRESHOLD = 0.75
"""Probability from which a clause is taken to imply an answer although its sentence is weakly hedged."""

_MARGIN = 5
"""How many times as likely an option must be in the whole text as any other one."""

_CACHED_TEXTS = 64
"""Texts whose readings are cached."""

_SHOWN = 90
"""Characters of a clause that are shown as evidence."""

_EDGES = " .,;!-–—•*"
"""What is left out around it: ends of sentences, marks of a list."""


class ImpliedAnswerReader:
    """The reader with an encoder; see `interfaces.Reader`.

    What is stated in the pack's wordings comes first. Where a sentence holds such a wording and it does not count, the
    sentence implies nothing else on that question either: the guards that spoke against it know better.
    """

    def __init__(self, pack: Pack, encoder: Encoder, classifiers: Mapping[str, LinearClassifier], idf: Idf) -> None:
        """Takes classifiers by question, fitted for this pack with this encoder, and the weights of their features."""
        self._stated = PackReader(pack)
        self._thresholds = pack.statements.thresholds
        self._normalise = Normaliser(pack.phrasings.spelling)
        self._encoder = encoder
        self._classifiers = classifiers
        self._idf = idf
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
        best: dict[str, dict[str, tuple[float, str]]] = {question: {} for question in self._classifiers}
        for sentence, clause, hedge in self._clauses(text):
            barred = self._barred(sentence)
            for question, option, share in self._implied(clause):
                if question in stated or not barred.get(question, frozenset([option])) <= {option}:
                    continue
                least = _HEDGED_THRESHOLD if hedge is not HedgeLevel.NONE else 0.0
                taken = share if share >= least else 0.0
                known = best[question].get(option, (0.0, ""))
                best[question][option] = max(known, (taken, clause))
        implied = {question: self._likeliest(question, options) for question, options in best.items() if options}
        return {**stated, **{question: reading for question, reading in implied.items() if reading is not None}}

    def _likeliest(self, question: str, options: Mapping[str, tuple[float, str]]) -> Reading | None:
        """The option that some clause implies and no clause speaks against."""
        (option, (share, clause)), *others = sorted(options.items(), key=lambda item: item[1], reverse=True)
        rival = others[0][1][0] if others else 0.0
        least = self._thresholds.get(question, self._classifiers[question].accept_threshold)
        if share < max(least, _MARGIN * rival):
            return None
        return Reading(option, _shortened(clause.strip(_EDGES)), share)

    def _barred(self, sentence: Sentence) -> Mapping[str, frozenset[str]]:
        """By question the options that a sentence words, although they did not count there: it implies nothing else
        then, and nothing at all where it is about the future or something in it is negated.
        """
        language = self._stated.language
        worded = self._stated.mentions(sentence)
        plain = language.negations.isdisjoint(sentence.words) and not contains(sentence.words, language.future)
        return worded if plain else {question: options | {""} for question, options in worded.items()}

    def _clauses(self, text: str) -> Iterator[tuple[Sentence, str, HedgeLevel]]:
        """The first clauses of statements, without those that the next sentence may take back."""
        language = self._stated.language
        every = self._stated.sentences(text)
        clauses = [[Clause(tokens) for tokens in sentence.clauses] for sentence in every]
        seen = 0
        for at, sentence in enumerate(every):
            following = clauses[at + 1][:1] if at + 1 < len(every) else []
            hedge = hedge_level(sentence, clauses[at], language)
            if hedge is HedgeLevel.STRONG or any(retracts(clause, language) for clause in following):
                continue
            parts = [sentence.cut(tokens) for tokens in sentence.clauses if len(tokens) in _WORDS]
            if len(sentence.clauses) > 1 and len(sentence.words) <= _SHORT_SENTENCE:
                parts.append(sentence.text)
            for part in parts[: _MOST_CLAUSES - seen]:
                yield sentence, part, hedge
            seen += len(parts)

    def _implied(self, clause: str) -> Iterator[tuple[str, str, float]]:
        """How likely a clause implies which option of which question."""
        normalised = self._normalise(clause)
        spelled = normalised.split()
        if sum(word in self._idf.weights for word in spelled) * _KNOWN < len(spelled):
            return
        vector = self._encoder.encode([normalised])[0]
        words = SparseFeatures.of(self._idf.weigh(clause), self._idf.columns)
        for question, classifier in self._classifiers.items():
            shares = classifier.probabilities(vector, words)
            yield from ((question, option, share) for option, share in shares.items() if option != NONE)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
