"""Matches by meaning: classifiers on a text's vector and words, fitted to the pack's phrasings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from knowledge.interfaces import Closest, Match, MatchOutcome
from knowledge.matching.classifier import Floats, LinearClassifier, SparseFeatures
from knowledge.matching.definitions import DefinitionMatcher
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import NONE
from knowledge.matching.keywords import CALL, TOPIC, keyword_features
from knowledge.matching.model_file import MatchingModel, calls_of, topics_of
from knowledge.pack import Pack

_SHOWN = 3

# Cross-validation cannot choose the thresholds: half of a pack's texts are mirror images of the other half, so held-out
# texts are harder than what people type. The thresholds are chosen on the evaluation sets; see docs/understanding.md.
_ANSWERED, _OFFERED = 0.68, 0.3
"""Probability from which a passage answers at once, and of any passage from which the likeliest are offered. Chosen by
cost: a wrong offer costs a glance, an offer instead of an answer one turn, a wrong answer two."""

_CALLED = 0.08
"""Probability from which an entry is called for. Low, because it competes with everything else that ideas say, and a
wrong one costs one line of text."""

_RESEMBLES = 0.33
"""Probability of any scenario from which a text resembles the likeliest."""

_UNANCHORED = 0.8
"""Probability from which a question is answered at once even if it holds none of the pack's anchors."""

_OUTSIDE = 0.7
"""Probability from which an outside entry or a term answers at once."""

_BESIDE = 0.05
"""Total probability of outside entries and terms from which the likeliest is offered with the passages."""

_AHEAD = 1.5
"""How many times as likely as the entries linked under it a passage must be to have their probability added: the
passage links to them."""

_SOURCE_FIRST = 0.2
"""Probability of a passage from which an entry linked under it is offered with it instead of answered at once, unless a
word of the text is a topic of an entry: the source comes first."""

_NAMED = 0.1
"""Total probability of the entries whose topics a text holds from which they are offered."""

_LEADS, _LEADS_BY = 0.4, 2.0
"""Probability from which the first of what is offered is shown at once, and how many times as likely as the second it
must be; see docs/decisions/096.
"""

_BEHIND, _BEHIND_LEADER = 0.25, 0.05
"""Shares of the first one's probability from which others are offered beside it, and below it where it is shown."""

_CACHED_TEXTS = 512
_CACHED_PROBABILITIES = 64
_CACHED_IDEAS = 2048
"""Ideas whose comparisons are cached: each result of an idea needs all three, and each needs the encoder."""

_SENTENCE = re.compile(r"[.;!?\n]+(?=\s|$)")
_CLAUSE = re.compile(r",\s+|\s+[-–—]\s+|\s+(?:and|but)\s+")
_LONG = 10
"""A sentence of more words than this is also classified clause by clause."""
_SHORTEST = 2
_MOST_PARTS = 12
"""Parts of a text that are classified."""


@dataclass(frozen=True, eq=False)
class _Features:
    """The features of a text; `normalised` is empty if the text has no words."""

    normalised: str
    vector: Floats
    sparse: SparseFeatures


class SemanticMatcher:
    """The matcher with an encoder; see `interfaces.Matcher`. Safe to use from several threads."""

    def __init__(self, pack: Pack, encoder: Encoder, model: MatchingModel) -> None:
        """Takes classifiers that were fitted for this pack with this encoder."""
        self._normalise = pack.normalise
        self._encoder = encoder
        self._model = model
        self._terms_meant = DefinitionMatcher.of_terms(pack, self._normalise)
        self._topics_meant = DefinitionMatcher.of_topics(pack, self._normalise)
        self._known = model.known | {self._normalise(entry.title): entry.id for entry in pack.entries}
        self._anchors = frozenset(pack.anchors)
        self._outside = frozenset(part.id for part in (*pack.outside, *pack.terms))
        self._linked = {entry.id: entry.passages for entry in pack.outside}
        self._faqs = tuple(passage.id for passage in pack.faqs)
        # A message is matched to a passage, a scenario and a FAQ, but encoded only once. An idea is matched again
        # whenever a recommendation for it is shown.
        self._features = lru_cache(maxsize=_CACHED_TEXTS)(self._features_of)
        cached = lru_cache(maxsize=_CACHED_PROBABILITIES)
        self._topics = topics_of(pack, self._normalise)
        self._keywords = calls_of(pack, self._normalise)
        self._as_passage = cached(partial(self._probabilities, model.passages, TOPIC))
        self._as_scenario = cached(partial(self._probabilities, model.scenarios, ""))
        self._as_idea = cached(partial(self._probabilities, model.ideas, ""))
        self.calls = lru_cache(maxsize=_CACHED_IDEAS)(self._called)
        self.scenario = lru_cache(maxsize=_CACHED_IDEAS)(self._scenario)
        self.faq = lru_cache(maxsize=_CACHED_IDEAS)(self._faq)

    def _features_of(self, text: str) -> _Features:
        normalised = self._normalise(text)
        features = SparseFeatures.of(self._model.idf.weigh(normalised), self._model.idf.columns)
        return _Features(normalised, self._encoder.encode([normalised])[0], features)

    def _probabilities(self, classifier: LinearClassifier, kind: str, text: str) -> Mapping[str, float]:
        """Probability by label, best first. `kind`: which keywords the classifier knows, if any."""
        features = self._features(text)
        if not features.normalised:
            return {}
        keywords = self._topics if kind == TOPIC else self._keywords
        named = keyword_features(kind, keywords.longest(features.normalised)) if kind else {}
        return classifier.probabilities(features.vector, features.sparse.and_more(named, self._model.idf.columns))

    def passage(self, text: str) -> Match:
        """The passage a question asks for; `score` is the probability of the first of `top`."""
        probabilities = self._as_passage(text)
        top = self._top(probabilities)
        normalised = self._features(text).normalised
        meant = self._terms_meant(text, normalised)
        if meant:
            rest = tuple(label for label in top if label not in meant)
            return Match(MatchOutcome.ANSWER, (*meant, *rest)[:_SHOWN], 1.0, len(meant))
        known = self._known.get(normalised)
        if known == NONE or not top:
            return Match(MatchOutcome.UNKNOWN, top, 0.0)
        if known is not None:
            return Match(MatchOutcome.ANSWER, (known, *(label for label in top if label != known))[:_SHOWN], 1.0)
        score = probabilities[top[0]]
        if self._is_sure(probabilities, top[0], normalised):
            return Match(MatchOutcome.ANSWER, top, score)
        if 1 - probabilities[NONE] >= _OFFERED:
            return self._offer(top, probabilities)
        named = self._named(text, normalised, probabilities)
        if named:
            rest = tuple(label for label in top if label not in named)
            return Match(MatchOutcome.OFFER, (*named, *rest)[:_SHOWN], probabilities.get(named[0], 0.0))
        return Match(MatchOutcome.UNKNOWN, top, score)

    def _offer(self, top: tuple[str, ...], probabilities: Mapping[str, float]) -> Match:
        """What may be meant, without what is far less likely than the first."""
        score = probabilities[top[0]]
        second = max((probabilities[label] for label in top[1:]), default=0.0)
        leads = score >= _LEADS and score >= _LEADS_BY * second
        least = score * (_BEHIND_LEADER if leads else _BEHIND)
        near = self._top({label: share for label, share in probabilities.items() if share >= least})
        return Match(MatchOutcome.OFFER, near, score, leads=leads)

    def _is_sure(self, probabilities: Mapping[str, float], label: str, normalised: str) -> bool:
        """Whether the likeliest label answers a text at once. A passage and the entries linked under it have the same
        subject, so their probabilities are combined."""
        needed = self._needed(label, normalised)
        if label not in self._outside:
            beside = sum(probabilities.get(entry, 0.0) for entry, passages in self._linked.items() if label in passages)
            return probabilities[label] + (beside if probabilities[label] >= _AHEAD * beside else 0.0) >= needed
        source = max((probabilities.get(passage, 0.0) for passage in self._linked.get(label, ())), default=0.0)
        return probabilities[label] >= needed and (source < _SOURCE_FIRST or bool(self._topics.longest(normalised)))

    def _named(self, text: str, normalised: str, probabilities: Mapping[str, float]) -> tuple[str, ...]:
        """The entries to offer because of their topics: the text asks for nothing else, or they are likely."""
        meant = self._topics_meant(text, normalised)
        if meant:
            return meant
        held = [entry for entry in self._topics.weights(normalised) if entry in self._linked]
        likely = sum(probabilities.get(entry, 0.0) for entry in held) >= _NAMED
        return tuple(sorted(held, key=lambda entry: -probabilities.get(entry, 0.0))) if likely else ()

    def _needed(self, label: str, normalised: str) -> float:
        """The probability that a label needs to answer a text at once."""
        if label in self._outside:
            return _OUTSIDE
        anchored = not self._anchors or not self._anchors.isdisjoint(normalised.split())
        return _ANSWERED if anchored else _UNANCHORED

    def _top(self, probabilities: Mapping[str, float]) -> tuple[str, ...]:
        """The best labels; the last place goes to an outside entry or a term if these are likely enough in total."""
        labels = [label for label in probabilities if label != NONE]
        from_outside = [label for label in labels if label in self._outside]
        likely = sum(probabilities[label] for label in from_outside)
        if likely >= _BESIDE and not set(from_outside).intersection(labels[:_SHOWN]):
            return (*labels[: _SHOWN - 1], from_outside[0])
        return tuple(labels[:_SHOWN])

    def _scenario(self, text: str) -> Closest:
        """The closest scenario; `score` is the probability that the text describes a project like it."""
        probabilities = self._as_scenario(text)
        best = next((label for label in probabilities if label != NONE), None)
        if best is None:
            return Closest(None, 0.0)
        belongs = 1 - probabilities[NONE] >= _RESEMBLES
        return Closest(best if belongs else None, probabilities[best])

    def project(self, text: str) -> float:
        """The probability that the text describes an idea of any kind."""
        probabilities = self._as_idea(text)
        return 1 - probabilities[NONE] if probabilities else 0.0

    def prepare(self, idea: str) -> None:
        """Fills the caches for an idea; see `Matcher`."""
        self.scenario(idea)
        self.faq(idea)
        self.calls(idea)

    def _called(self, text: str) -> tuple[str, ...]:
        """The ids of the outside entries that a text calls for, the likeliest first."""
        classifier = self._model.calls
        if classifier is None:
            return ()
        best: dict[str, float] = {}
        for part in list(dict.fromkeys(parts(text)))[:_MOST_PARTS]:
            for label, likely in self._probabilities(classifier, CALL, part).items():
                best[label] = max(best.get(label, 0.0), likely)
        found = [label for label, likely in best.items() if label != NONE and likely >= _CALLED]
        return tuple(sorted(found, key=lambda label: (-best[label], label)))

    def _faq(self, text: str) -> Closest:
        """The closest FAQ; `score` is its probability among the FAQs."""
        if not self._faqs:
            return Closest(None, 0.0)
        probabilities = self._as_passage(text)
        best = max(self._faqs, key=lambda label: probabilities.get(label, 0.0))
        total = sum(probabilities.get(label, 0.0) for label in self._faqs)
        return Closest(best, probabilities.get(best, 0.0) / total if total else 0.0)


def parts(text: str) -> Iterator[str]:
    """A text as a whole, its sentences, and the clauses of long ones."""
    yield text
    for sentence in _SENTENCE.split(text):
        words = len(sentence.split())
        if words >= _SHORTEST:
            yield sentence
        if words > _LONG:
            yield from (clause for clause in _CLAUSE.split(sentence)[:_MOST_PARTS] if len(clause.split()) > _SHORTEST)
