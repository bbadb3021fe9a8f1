"""Matches by meaning: an encoder's vector and the text's words, weighed by heads fitted from the pack's phrasings."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from knowledge.interfaces import Closest, Decision, Match
from knowledge.matching.classifier import NONE, Floats, Head, Placed
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import known_questions
from knowledge.matching.model_file import Fitted
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

_SHOWN = 3
_REMEMBERED = 512
_WEIGHED = 64


@dataclass(frozen=True, eq=False)
class _Sight:
    """A text as the heads see it; `normalised` is empty where the text has no words."""

    normalised: str
    vector: Floats
    features: Placed


class SemanticMatcher:
    """The matcher with an encoder; see `understanding.Matcher`. Safe to use from several threads."""

    def __init__(self, pack: Pack, encoder: Encoder, fitted: Fitted) -> None:
        """Takes heads that were fitted for this pack with this encoder."""
        self._normalise = Normaliser(pack.phrasings.spelling)
        self._encoder = encoder
        self._fitted = fitted
        self._known = {self._normalise(text): label for label, text in known_questions(pack)}
        self._anchors = frozenset(pack.phrasings.anchors)
        self._faqs = tuple(passage.id for passage in pack.faqs)
        # A message is looked at for its passage, its scenario and its FAQ: encode it once, and weigh it once. An idea
        # is looked at again whenever a recommendation for it is shown.
        self._see = lru_cache(maxsize=_REMEMBERED)(self._look)
        self._as_passage = lru_cache(maxsize=_WEIGHED)(partial(self._probabilities, head=fitted.passages))
        self._as_scenario = lru_cache(maxsize=_WEIGHED)(partial(self._probabilities, head=fitted.scenarios))
        self.scenario = lru_cache(maxsize=_REMEMBERED)(self._scenario)
        self.faq = lru_cache(maxsize=_REMEMBERED)(self._faq)

    def _look(self, text: str) -> _Sight:
        normalised = self._normalise(text)
        features = Placed.of(self._fitted.rarity.weigh(normalised), self._fitted.columns)
        return _Sight(normalised, self._encoder.encode([normalised])[0], features)

    def _probabilities(self, text: str, head: Head) -> Mapping[str, float]:
        sight = self._see(text)
        if not sight.normalised:
            return {}
        return head.probabilities(sight.vector, sight.features)

    def passage(self, text: str) -> Match:
        """The passage a question asks for; `score` is the probability of the first of `top`."""
        head = self._fitted.passages
        shares = self._as_passage(text)
        top = tuple(label for label in shares if label != NONE)[:_SHOWN]
        normalised = self._see(text).normalised
        known = self._known.get(normalised)
        if known == NONE or not top:
            return Match(Decision.UNKNOWN, top, 0.0)
        if known is not None:
            return Match(Decision.ANSWER, (known, *(label for label in top if label != known))[:_SHOWN], 1.0)
        score = shares[top[0]]
        if score >= head.surely and (not self._anchors or not self._anchors.isdisjoint(normalised.split())):
            return Match(Decision.ANSWER, top, score)
        belongs = 1 - shares[NONE] >= head.possibly
        return Match(Decision.OFFER if belongs else Decision.UNKNOWN, top, score)

    def _scenario(self, text: str) -> Closest:
        """The closest scenario; `score` is the probability that the text describes a project like it."""
        head = self._fitted.scenarios
        shares = self._as_scenario(text)
        best = next((label for label in shares if label != NONE), None)
        if best is None:
            return Closest(None, 0.0)
        belongs = 1 - shares[NONE] >= head.possibly
        return Closest(best if belongs else None, shares[best])

    def project(self, text: str) -> float:
        """The probability that the text describes a project."""
        shares = self._as_scenario(text)
        return 1 - shares[NONE] if shares else 0.0

    def _faq(self, text: str) -> Closest:
        """The closest FAQ; `score` is its share among the FAQs."""
        if not self._faqs:
            return Closest(None, 0.0)
        shares = self._as_passage(text)
        best = max(self._faqs, key=lambda label: shares.get(label, 0.0))
        total = sum(shares.get(label, 0.0) for label in self._faqs)
        return Closest(best, shares.get(best, 0.0) / total if total else 0.0)
