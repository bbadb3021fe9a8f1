"""The matcher without an encoder: near-exact questions, names and keywords. More is not known of a text."""

from rapidfuzz import fuzz, process

from knowledge.interfaces import Closest, Match, MatchOutcome
from knowledge.matching.definitions import DefinitionMatcher
from knowledge.matching.examples import NONE, known_questions
from knowledge.matching.keywords import Keywords
from knowledge.pack import Pack

NEAR_EXACT = 93.0
"""Likeness to a known wording (0..100, rapidfuzz's token_sort_ratio) from which a passage is answered."""


class LexicalMatcher:
    """Answers what is nearly a known wording; see `interfaces.Matcher`."""

    def __init__(self, pack: Pack) -> None:
        """Takes the wordings from the pack: titles and phrasings."""
        self._normalise = pack.normalise
        self._terms_meant = DefinitionMatcher.of_terms(pack, self._normalise)
        self._calls = Keywords({entry.id: entry.keywords for entry in pack.outside}, self._normalise)
        self._labels = {self._normalise(text): label for label, text in known_questions(pack)}
        self._faqs = {passage.id: self._normalise(passage.title) for passage in pack.faqs}

    def passage(self, text: str) -> Match:
        """The passage a question asks for; see `Matcher`."""
        normalised = self._normalise(text)
        meant = self._terms_meant(text, normalised)
        if meant:
            return Match(MatchOutcome.ANSWER, meant, 1.0, len(meant))
        known = self._labels.keys()
        found = process.extractOne(normalised, known, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_EXACT)
        if found is None or self._labels[found[0]] == NONE:
            return Match(MatchOutcome.UNKNOWN, (), 0.0)
        return Match(MatchOutcome.ANSWER, (self._labels[found[0]],), found[1] / 100)

    def scenario(self, text: str) -> Closest:
        """None; see `Matcher`."""
        return Closest(None, 0.0)

    def project(self, text: str) -> float:
        """0; see `Matcher`."""
        return 0.0

    def calls(self, text: str) -> tuple[str, ...]:
        """The outside entries whose keywords the text holds; see `Matcher`."""
        found = self._calls.weights(self._normalise(text))
        return tuple(sorted(found, key=lambda name: (-found[name], name)))

    def prepare(self, idea: str) -> None:
        """Nothing: comparing takes no time worth saving."""

    def faq(self, text: str) -> Closest:
        """The FAQ whose title shares most with the text; see `Matcher`."""
        found = process.extractOne(self._normalise(text), self._faqs, scorer=fuzz.token_set_ratio)
        return Closest(found[2], found[1] / 100) if found is not None else Closest(None, 0.0)
