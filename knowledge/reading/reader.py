"""Reads answers from text by the wordings of a pack (`patterns`). In doubt it reads nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from knowledge.certainty_thresholds import Certainty
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE, Pack
from knowledge.reading.clauses import Candidate, Clause, Exemptions, retracts, stated_candidates
from knowledge.reading.hedging import is_hedged
from knowledge.reading.patterns import Pattern, PatternMatch, Vocabulary
from knowledge.reading.quantity_answers import interpret
from knowledge.reading.quantity_parser import quantities
from knowledge.reading.tokens import NUMBER, Sentence, WordToken, sentences
from knowledge.reading.word_lists import english
from knowledge.reading_rules import ReadingRules

_CACHED_TEXTS = 64
"""Texts whose sentences are cached."""

_CACHED_CLAUSES = 1024
"""Sentences and clauses whose wordings are cached: as many as the longest text has that is read."""

LONGEST = 8000
"""Characters of a text that are read; a description is shorter."""

_ARTICLES = frozenset(["a", "an", "the", "any", "really", "exactly", "that", "very", "so", "too", "of", "in"])

_LEADS = frozenset(["in", "of", "at", "for", "to", "is", "only", "just"])
"""Words before an amount that belong to it."""


class _Cue(NamedTuple):
    """A wording and the option that it states."""

    question: str
    option: str
    pattern: Pattern


class PackReader:
    """Reads what a text states about each of the pack's questions."""

    def __init__(self, pack: Pack) -> None:
        """Compiles the pack's reading rules; a pack without any is read by the words of its options."""
        self.lists = english()
        rules = pack.reading if pack.reading.cues else _from_options(pack)
        vocabulary = Vocabulary(rules)
        self._exempt = Exemptions(
            frozenset(rules.anywhere), frozenset(rules.timeless), frozenset(rules.shared), vocabulary.words
        )
        self._denied = rules.denied
        self._quantities = pack.quantities
        self._cues = [
            _Cue(question, option, vocabulary.compile(wording))
            for question, options in rules.cues.items()
            for option, wordings in options.items()
            for wording in wordings
        ]
        self.read = lru_cache(maxsize=_CACHED_TEXTS)(self._read)
        """Answers that a text states, by question; see `interfaces.Reader`. Asked several times about the same text."""
        # Public and cached: other readers use the sentences of the same text.
        self.sentences = lru_cache(maxsize=_CACHED_TEXTS)(lambda text: tuple(sentences(text[:LONGEST], self.lists)))
        self._amounts = lru_cache(maxsize=_CACHED_CLAUSES)(self._amounts_in)
        # Cached: used for what a sentence states, for the questions it mentions, and for whether it is hedged.
        self._clauses = lru_cache(maxsize=_CACHED_CLAUSES)(self._clauses_of)
        self._candidates = lru_cache(maxsize=_CACHED_CLAUSES)(lambda tokens: tuple(self._found(tokens)))
        # There are thousands of wordings, and a clause has about ten words. So each wording is indexed by the words of
        # its rarest step, and tried only where one of these words occurs.
        shared = Counter(word for cue in self._cues for step in cue.pattern.required for word in step)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for number, cue in enumerate(self._cues):
            for word in min(cue.pattern.required, key=lambda step: sum(shared[word] for word in step)):
                self._by_word[word].append(number)

    def _read(self, text: str) -> Mapping[str, Reading]:
        found: defaultdict[str, list[Reading]] = defaultdict(list)
        before: list[tuple[str, Reading]] = []
        for sentence in self.sentences(text):
            clauses = self._clauses(sentence)
            readings = list(self._readings(sentence, clauses))
            if not readings and clauses and retracts(clauses[0], self.lists):
                for question, reading in before:
                    found[question].remove(reading)
            for question, reading in readings:
                found[question].append(reading)
            before = readings
        return {
            question: readings[0]
            for question, readings in found.items()
            if len({reading.option for reading in readings}) == 1
        }

    def read_ahead(self, text: str) -> Iterator[object]:
        """See `interfaces.Reader`: the amounts of a sentence or the wordings of a clause at each step."""
        yield self.sentences(text)
        for sentence in self.sentences(text):
            yield self._amounts(sentence.text)
            yield from map(self._candidates, sentence.clauses)
        yield self.read(text)

    def likely(self, text: str) -> Mapping[str, Reading]:
        """Nothing: only wordings are read."""
        return {}

    def stated(self, text: str) -> Mapping[str, Reading]:
        """The same: nothing is implied here."""
        return self.read(text)

    def hedged(self, text: str) -> bool:
        return any(is_hedged(self._clauses(sentence), self.lists) for sentence in self.sentences(text))

    def mentions(self, sentence: Sentence) -> Mapping[str, frozenset[str]]:
        """By question, the options whose wordings stand in a sentence, whether they count or not."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for clause in self._clauses(sentence):
            for candidate in clause.candidates:
                found[candidate.question].add(candidate.option)
        return {question: frozenset(options) for question, options in found.items()}

    def _clauses_of(self, sentence: Sentence) -> tuple[Clause, ...]:
        """The clauses of a sentence with the candidates of their wordings and amounts."""
        amounts = self._amounts(sentence.text)
        merged = ((tokens, self._merged(self._candidates(tokens), tokens, amounts)) for tokens in sentence.clauses)
        return tuple(Clause(tokens, candidates) for tokens, candidates in merged)

    def _amounts_in(self, text: str) -> tuple[tuple[int, int, str, str], ...]:
        """Start, end, question and option of each amount that is certain to answer a question."""
        read = ((quantity, interpret(quantity, self._quantities)) for quantity in quantities(text))
        return tuple(
            (quantity.start, quantity.end, reading.question, reading.option)
            for quantity, reading in read
            if reading is not None and reading.certainty is Certainty.TAKE
        )

    def _merged(
        self,
        candidates: tuple[Candidate, ...],
        tokens: tuple[WordToken, ...],
        amounts: Sequence[tuple[int, int, str, str]],
    ) -> tuple[Candidate, ...]:
        """The candidates with those of amounts added.

        A wording of the same question that covers the whole amount wins; other wordings of that question that overlap
        it are dropped.
        """
        merged = list(candidates)
        for start, end, question, option in amounts:
            at = [n for n, token in enumerate(tokens) if token.start < end and start < token.end]
            if not at:
                continue
            first = at[0]
            while first and tokens[first - 1].text in _LEADS:
                first -= 1
            match = PatternMatch(first, at[-1] + 1)
            rivals = [c for c in merged if c.question == question and _overlap(c.match, match)]
            if any(c.match.start <= match.start and match.end <= c.match.end for c in rivals):
                continue
            merged = [c for c in merged if c not in rivals]
            merged.append(replace(self._with_denial(Candidate(question, option, match), tokens), counted=True))
        return tuple(merged)

    def _readings(self, sentence: Sentence, clauses: Sequence[Clause]) -> Iterator[tuple[str, Reading]]:
        for clause, candidates in zip(
            clauses, stated_candidates(sentence, clauses, self._exempt, self.lists), strict=True
        ):
            for candidate in candidates:
                if candidate.option and candidate.option != UNSURE:
                    evidence = sentence.cut(clause.tokens[candidate.match.start : candidate.match.end])
                    yield candidate.question, Reading(candidate.option, evidence)

    def _found(self, tokens: tuple[WordToken, ...]) -> Iterator[Candidate]:
        """The longest wordings that do not overlap. One without an option ("") still covers its words."""
        every = list(self._possible(tokens))
        every.sort(key=lambda candidate: (candidate.match.denied, candidate.match.start - candidate.match.end))
        taken: list[Candidate] = []
        for candidate in every:
            if not any(_clash(candidate, other, tokens) for other in taken):
                taken.append(candidate)
        for candidate in taken:
            yield self._with_denial(candidate, tokens)

    def _possible(self, tokens: Sequence[WordToken]) -> Iterator[Candidate]:
        words = {token.text for token in tokens}
        for number in sorted({number for word in words for number in self._by_word.get(word, ())}):
            cue = self._cues[number]
            if not cue.pattern.may_match(words):
                continue
            for found in cue.pattern.find(tokens, self.lists.negations):
                yield Candidate(cue.question, cue.option, found)

    def _with_denial(self, candidate: Candidate, tokens: Sequence[WordToken]) -> Candidate:
        match = candidate.match
        start = match.start
        while start and tokens[start - 1].text in _ARTICLES:
            start -= 1
        negated = start > 0 and tokens[start - 1].text in self.lists.negations
        if not negated and not match.denied:
            return candidate
        widened = PatternMatch(start - 1 if negated else match.start, match.end, denied=True)
        once = negated != match.denied
        option = self._denied.get(candidate.question, {}).get(candidate.option, "") if once else ""
        return Candidate(candidate.question, option, widened)


def _overlap(one: PatternMatch, other: PatternMatch) -> bool:
    return one.start < other.end and other.start < one.end


def _clash(one: Candidate, other: Candidate, tokens: Sequence[WordToken]) -> bool:
    """Whether two candidates overlap in an amount, or have the same question and overlap at all."""
    shared = range(max(one.match.start, other.match.start), min(one.match.end, other.match.end))
    return any(one.question == other.question or tokens[at].text == NUMBER for at in shared)


def _from_options(pack: Pack) -> ReadingRules:
    """Rules for a pack that has none: the phrases of several words among the words of its options."""
    cues = {
        question.id: {
            option.id: tuple(word.casefold() for word in option.words if " " in word)
            for option in question.options
            if option.id != UNSURE
        }
        for question in pack.questions
    }
    return ReadingRules(cues=cues)
