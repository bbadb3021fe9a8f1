"""The matcher without an encoder: by shared words. Cautious, since shared words rarely show what is meant."""

from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.interfaces import Closest, Match, MatchOutcome
from knowledge.matching.definitions import DefinitionMatcher
from knowledge.matching.examples import NONE, known_questions, scenario_examples
from knowledge.matching.keywords import Keywords
from knowledge.matching.tfidf import Idf, Weights
from knowledge.pack import Pack

NEAR_EXACT = 93.0
"""Likeness to a known wording (0..100, rapidfuzz's token_sort_ratio) from which a passage is answered at once."""
NEAR = 0.42
"""Cosine to a known wording from which passages are offered."""
PROJECT = 0.30
"""Cosine to a known description from which a text counts as a project like a scenario."""
_STEEPNESS = 1.4
"""Power that turns that cosine into a probability like the other matcher's: 0.52, which one description in six
reaches and one other text in 2,000, becomes `interfaces.PROJECT`."""
_SHOWN = 3

_COMMON = 5_000
"""One text in so many has to hold a feature, or it is left out: what few texts hold takes most of the memory, and makes
these texts less like others."""

_CACHED_IDEAS = 2048
"""Ideas whose comparisons are cached: each result of an idea needs both, and each takes some 8 ms."""


class InvertedIndex:
    """The best cosine per label between a text and the wordings under that label.

    For each feature it holds the numbers of the wordings with that feature, and the weights, in flat arrays: there are
    a million such pairs.
    """

    def __init__(self, wordings: Iterable[tuple[str, Weights]]) -> None:
        """Takes the label and the features of each wording."""
        self._labels: list[str] = []
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        for number, (label, features) in enumerate(wordings):
            self._labels.append(label)
            for name, weight in features.items():
                postings = self._postings.get(name)
                if postings is None:
                    postings = self._postings[name] = array("I"), array("f")
                postings[0].append(number)
                postings[1].append(weight)

    def __call__(self, features: Weights) -> dict[str, float]:
        """Cosine 0..1 by label, best first; labels that share nothing with the text are missing."""
        cosines = [0.0] * len(self._labels)
        for name, weight in features.items():
            for number, other in zip(*self._postings.get(name, ((), ())), strict=True):
                cosines[number] += weight * other
        best: dict[str, float] = {}
        for label, cosine in zip(self._labels, cosines, strict=True):
            if cosine > best.get(label, 0.0):
                best[label] = min(cosine, 1.0)
        return dict(sorted(best.items(), key=lambda item: (-item[1], item[0])))


class LexicalMatcher:
    """Matches by shared words. Answers at once only if the text is nearly a known wording; offers the rest."""

    def __init__(self, pack: Pack) -> None:
        """Takes the wordings from the pack: titles, texts and phrasings."""
        self._normalise = pack.normalise
        self._passages = frozenset(entry.id for entry in pack.entries)
        self._terms_meant = DefinitionMatcher.of_terms(pack, self._normalise)
        self._faqs = tuple(passage.id for passage in pack.faqs)
        self._scenarios = frozenset(scenario.id for scenario in pack.scenarios)
        asked = known_questions(pack)
        told = [(entry.id, entry.text) for entry in pack.entries]
        cases = [(scenario.id, scenario.story.text) for scenario in pack.scenarios] + scenario_examples(pack)
        normalised = {text: self._normalise(text) for _, text in (*asked, *told, *cases)}
        self._idf = Idf.of(normalised.values(), least=max(1, len(normalised) // _COMMON))
        self._calls = Keywords({entry.id: entry.keywords for entry in pack.outside}, self._normalise)
        self._exact = tuple((label, normalised[text]) for label, text in asked)
        self._nearest = InvertedIndex((label, self._idf.weigh(normalised[text])) for label, text in asked + told)
        self._cases = InvertedIndex((label, self._idf.weigh(normalised[text])) for label, text in cases)
        self.scenario = lru_cache(maxsize=_CACHED_IDEAS)(self._scenario)
        self.faq = lru_cache(maxsize=_CACHED_IDEAS)(self._faq)

    def passage(self, text: str) -> Match:
        """The passage a question asks for; see `Matcher`."""
        normalised = self._normalise(text)
        scores = self._nearest(self._idf.weigh(normalised))
        beside = scores.get(NONE, 0.0)
        ranked = [(label, score) for label, score in scores.items() if label in self._passages]
        top = tuple(label for label, _ in ranked[:_SHOWN])
        if not ranked or not any(character.isalnum() for character in normalised):
            return Match(MatchOutcome.UNKNOWN, (), 0.0)
        meant = self._terms_meant(text, normalised)
        if meant:
            rest = tuple(label for label in top if label not in meant)
            return Match(MatchOutcome.ANSWER, (*meant, *rest)[:_SHOWN], 1.0, len(meant))
        exact = self._near_exact(normalised)
        if exact is not None:
            label, likeness = exact
            rest = tuple(other for other in top if other != label)
            return Match(MatchOutcome.ANSWER, (label, *rest)[:_SHOWN], likeness)
        score = ranked[0][1]
        near = score >= NEAR and score > beside
        return Match(MatchOutcome.OFFER if near else MatchOutcome.UNKNOWN, top, score)

    def _near_exact(self, normalised: str) -> tuple[str, float] | None:
        wordings = [wording for _, wording in self._exact]
        found = process.extractOne(normalised, wordings, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_EXACT)
        if found is None or not self._exact[found[2]][0]:
            return None
        return self._exact[found[2]][0], found[1] / 100

    def _scenario(self, text: str) -> Closest:
        """The closest scenario; see `Matcher`."""
        scores = self._cases(self._idf.weigh(self._normalise(text)))
        for label, score in scores.items():
            if label in self._scenarios and score >= PROJECT and score > scores.get(NONE, 0.0):
                return Closest(label, score)
        return Closest(None, self._best(scores))

    def project(self, text: str) -> float:
        """The probability derived from the cosine of the closest scenario; see `Matcher`."""
        closest: float = self._best(self._cases(self._idf.weigh(self._normalise(text)))) ** _STEEPNESS
        return closest

    def _best(self, scores: Mapping[str, float]) -> float:
        return max((score for label, score in scores.items() if label in self._scenarios), default=0.0)

    def calls(self, text: str) -> tuple[str, ...]:
        """The outside entries whose keywords the text holds; see `Matcher`."""
        found = self._calls.weights(self._normalise(text))
        return tuple(sorted(found, key=lambda name: (-found[name], name)))

    def prepare(self, idea: str) -> None:
        """Fills the caches for an idea; see `Matcher`."""
        self.scenario(idea)
        self.faq(idea)

    def _faq(self, text: str) -> Closest:
        """The closest FAQ; see `Matcher`."""
        scores = self._nearest(self._idf.weigh(self._normalise(text)))
        best = max(self._faqs, key=lambda label: scores.get(label, 0.0), default=None)
        return Closest(best, scores.get(best, 0.0) if best else 0.0)
