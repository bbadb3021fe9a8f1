"""The weights by which acts are recognised: logistic regressions, stored beside the classifiers.

`knowledge.matching.act_build` fits them. Two kinds of acts, each by meaning and by words alone.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import TypeVar

Features = Mapping[str, float]

Act = TypeVar("Act")


@dataclass(frozen=True, slots=True)
class ActWeight:
    """The weights for one act, as log-odds: of each feature (0 where it is missing), and of the text's vector."""

    bias: float
    features: Mapping[str, float]
    vector: tuple[float, ...] = ()

    def score(self, features: Features, vector: Sequence[float]) -> float:
        """The log-odds of a text, up to a constant. `vector` is not looked at where there are no weights for it."""
        known = self.features
        named: float = sum([known[name] * value for name, value in features.items() if name in known])
        seen: float = sum(map(mul, self.vector, vector))
        return self.bias + named + seen


ActWeights = Mapping[str, ActWeight]
"""The weights by act; "" stands for none."""


def probabilities(weights: ActWeights, features: Features, vector: Sequence[float]) -> dict[str, float]:
    """The probability of each act; they add up to 1."""
    scores = {act: weight.score(features, vector) for act, weight in weights.items()}
    highest = max(scores.values())
    grown = {act: math.exp(score - highest) for act, score in scores.items()}
    total = sum(grown.values())
    return {act: one / total for act, one in grown.items()}


@cache
def stored_act_weights(*, by_meaning: bool) -> Mapping[str, ActWeights]:
    """The weights that come with the advisor, by kind: "dialogue" and "board". `by_meaning`: for texts with vectors."""
    return parse(stored_file().read_text("utf-8"), by_meaning=by_meaning)


def stored_file() -> Path:
    """The file of the stored weights."""
    return Path(__file__).parents[1] / "matching" / "models" / "dialogue_acts.json"


def parse(content: str, *, by_meaning: bool) -> Mapping[str, ActWeights]:
    """The sets of a stored file for texts with vectors, or for words alone, by kind."""
    return {
        kind: {
            act: ActWeight(each["bias"], each["features"], tuple(each["vector"]))
            for act, each in both[_NAMES[by_meaning]].items()
        }
        for kind, both in json.loads(content).items()
    }


def likeliest_act(found: Mapping[Act, float], none: Act) -> Act:
    """The likeliest act but `none`, which is returned where there is no other."""
    return max((act for act in found if act != none), key=lambda act: found[act], default=none)


def dump(sets: Mapping[str, Mapping[bool, ActWeights]]) -> str:
    """All sets as a file: by kind, and by whether they are for texts with vectors."""
    plain = {
        kind: {
            _NAMES[by_meaning]: {
                act: {"bias": w.bias, "vector": w.vector, "features": w.features} for act, w in weights.items()
            }
            for by_meaning, weights in both.items()
        }
        for kind, both in sets.items()
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


_NAMES = {True: "by_meaning", False: "by_words"}
