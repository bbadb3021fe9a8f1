"""The weights of the features of a typed answer: logistic regressions that give the probability of an option.

There are three: for an option of the open question, for "not sure" about it, and for an option of another question.
The weights are the same for every pack. `make fit` fits them. They are stored beside the classifiers.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class Head(StrEnum):
    """Which of the regressions an option is for."""

    OPEN = "open"
    UNSURE = "unsure"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature, as log-odds. A feature that is missing in `opinions` has weight 0.

    The field has the name that it has in the stored file, and keeps it.
    """

    opinions: Mapping[str, float]
    bias: float

    def probability(self, features: Mapping[str, float]) -> float:
        score = self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.opinions.items())
        return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


AnswerWeights = Mapping[Head, Weights]


@cache
def stored_weights() -> AnswerWeights:
    return parse(stored_file().read_text("utf-8"))


def stored_file() -> Path:
    """The file of the stored weights; its name stays."""
    return Path(__file__).parents[1] / "matching" / "models" / "replies.json"


def parse(content: str) -> AnswerWeights:
    return {Head(head): Weights(**each) for head, each in json.loads(content).items()}


def dump(weights: AnswerWeights) -> str:
    return json.dumps({head.value: asdict(each) for head, each in weights.items()}, indent=1) + "\n"
