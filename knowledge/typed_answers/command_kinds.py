"""Which kind of command a part of a line asks for: a logistic regression over its words, its vector, where it was
typed, and what the readers and the matcher find in it. `knowledge.matching.command_build` fits the weights.
"""

import math
import re
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from knowledge.interfaces import AnswerReader, Certainty, Matcher, MatchOutcome, Place, Reader, UnderstoodAnswer
from knowledge.typed_answers.weights import MODELS, read

Features = Mapping[str, float]

_TOKEN = re.compile(r"[a-z']+|\d[\d.,k%]*|[?!:]")
_NUMBER = "<number>"
_MOST_WORDS = 40
_SHARE = 0.7
"""The value of a feature that is no word; those of words are smaller, the longer the text."""

_CACHED_TEXTS = 64

STORED_KINDS = MODELS / "command_kinds.json"

_READ = 400
"""Characters that are looked at."""


_Row = Annotated[
    Sequence[int],
    PlainValidator(lambda stored: array("b", b64decode(stored))),
    PlainSerializer(lambda row: b64encode(array("b", row)).decode()),
]
"""Steps from -128 to 127."""


@dataclass(frozen=True, slots=True)
class KindWeights:
    """The weights of each feature, and of each place of a text's vector, one a kind, as steps of a whole scale."""

    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    step: float
    features: Mapping[str, _Row]
    vector: tuple[_Row, ...]

    def probabilities(self, features: Features, by_vector: Sequence[float]) -> dict[str, float]:
        """The probability of each kind; they add up to 1. `by_vector`: what the text's vector adds to the score of each
        (the product of `vector` with it), if there is one."""
        scores = [bias / self.step for bias in self.bias]
        known = [(value, self.features[name]) for name, value in features.items() if name in self.features]
        for value, weights in known:
            scores = [score + value * weight for score, weight in zip(scores, weights, strict=True)]
        if by_vector:
            scores = [score + more for score, more in zip(scores, by_vector, strict=True)]
        highest = max(scores)
        grown = [math.exp((score - highest) * self.step) for score in scores]
        total = sum(grown)
        return {kind: one / total for kind, one in zip(self.kinds, grown, strict=True)}


@cache
def stored_kind_weights() -> KindWeights:
    return read(KindWeights, STORED_KINDS)


class LearntCommandKinds:
    """The kinds of commands that texts ask for; see `interfaces.CommandKinds`. `by_vector` gives what a text's vector
    adds to the score of each kind; without it, by words alone."""

    def __init__(
        self,
        readers: tuple[Reader, AnswerReader, Matcher],
        weights: KindWeights,
        by_vector: Callable[[str], Sequence[float]] | None = None,
    ) -> None:
        self._readers, self._weights, self._by_vector = readers, weights, by_vector
        self.probabilities = lru_cache(maxsize=_CACHED_TEXTS)(self._probabilities)
        """See `CommandKinds`. What understands a part of a line asks several times."""

    def _probabilities(self, text: str, place: Place) -> Mapping[str, float]:
        more = () if self._by_vector is None else self._by_vector(text[:_READ])
        return self._weights.probabilities(self.features(text, place), more)

    def features(self, text: str, place: Place) -> Features:
        """The features of a text at a place, each by its name; by words alone only those of its words and form."""
        read, (reader, answers, matcher) = text[:_READ], self._readers
        plain = {**_words(read, place), **_form(read, place)}
        if self._by_vector is None:
            return plain | {"#words": _SHARE}
        found = _answered(read, place, answers.answers(read, place.question), reader.hedged(read))
        return {**plain, **found, **_matched(matcher, read)}


def _matched(matcher: Matcher, text: str) -> Features:
    """What a text is near to: passages, or projects."""
    match = matcher.passage(text)
    found = {"@passage": match.score, "@project": matcher.project(text), "@": _SHARE}
    return found if match.outcome is MatchOutcome.UNKNOWN else {**found, f"@{match.outcome}": _SHARE}


def _words(text: str, place: Place) -> Features:
    words = [_NUMBER if word[0].isdigit() else word for word in _TOKEN.findall(text.lower())[:_MOST_WORDS]]
    named = {*words, *(f"{first} {second}" for first, second in pairwise(["^", *words, "$"]))}
    weight = 1 / math.sqrt(max(1, len(named)))
    here = {f"#{place.where}:{word}": weight * _SHARE for word in set(words)}
    return {**dict.fromkeys(named, weight), **here, f"#length {min(6, int(math.log2(len(words) + 1)))}": _SHARE}


def _form(text: str, place: Place) -> Features:
    form = {
        f"#{place.where}": True,
        "#proposed": place.proposed,
        "#listed": place.listed,
        "#named": place.named,
        f"#last {place.last}": bool(place.last),
        f"#{place.where} named": place.named,
        "#asks": "?" in text,
        "#ends asking": text.rstrip().endswith("?"),
    }
    return {name: _SHARE for name, holds in form.items() if holds}


def _answered(text: str, place: Place, answers: Sequence[UnderstoodAnswer], hedged: bool) -> Features:
    """What a text answers, of the open question and of others."""
    own = [each for each in answers if each.question == place.question]
    others = [each for each in answers if each.question != place.question]
    holds = {"@several": len(answers) > 1, "@asked": bool(answers) and "?" in text, "@hedged": hedged}
    found = {name: _SHARE for name, each in holds.items() if each}
    for name, some in (("own", own), ("other", others)):
        if some:
            found |= {f"@{name}": _SHARE, f"@{name} likely": max(each.probability for each in some)}
        if any(each.certainty is Certainty.TAKE for each in some):
            found[f"@{name} sure"] = _SHARE
    return found
