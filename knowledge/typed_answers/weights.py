"""The weights of the features of a typed answer: logistic regressions that give the probability of an option.

There are three: for an option of the open question, for "not sure" about it, and for an option of another question.
The weights are the same for every pack. `make fit` fits them. They are stored beside the classifiers.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

Kept = TypeVar("Kept")

MODELS = Path(__file__).parents[1] / "matching" / "models"
"""The folder of what is fitted."""

STORED = MODELS / "replies.json"


class Head(StrEnum):
    """Which of the regressions an option is for."""

    OPEN = "open"
    UNSURE = "unsure"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature, as log-odds. A feature that is missing in `opinions` has weight 0."""

    opinions: Mapping[str, float]
    bias: float

    def probability(self, features: Mapping[str, float]) -> float:
        score = self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.opinions.items())
        return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


AnswerWeights = dict[Head, Weights]


def read(kind: type[Kept], file: Path) -> Kept:
    """What `write` has written, of this type. OSError or ValueError where there is no such file."""
    return TypeAdapter(kind).validate_json(file.read_bytes())


def write(kind: type[Any], value: object, file: Path) -> None:
    file.write_bytes(TypeAdapter(kind).dump_json(value) + b"\n")


@cache
def stored_weights() -> AnswerWeights:
    return read(AnswerWeights, STORED)
