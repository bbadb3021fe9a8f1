"""Fits the weights of the features of a typed answer (`typed_answers.weights`) to `training/typed_answers.jsonl`.

The classifiers behind the features were trained on the pack and never saw these answers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.matching.embeddings import Encoder
from knowledge.matching.factory import build_knowledge
from knowledge.matching.training import binary_regression
from knowledge.pack import Pack
from knowledge.training_rows import TrainingRow, read_rows
from knowledge.typed_answers.answer_reader import PackAnswerReader
from knowledge.typed_answers.features import Features
from knowledge.typed_answers.weights import STORED, AnswerWeights, Head, Weights, write

_PENALTY = 10.0
"""L2 penalty on the weights. The most precise of 3, 10 and 30 when each author is judged by the others."""

_NO_ANSWERS = frozenset(["guard", "beside"])
"""Kinds of texts that sound like answers but are none ("our vendor has thousands"), and of questions and remarks."""

_NO_ANSWER = 0.3
"""Weight of these as examples. Most questions and remarks are recognised before they are read as answers, and guards
are more common in this set than among real ones."""

_EITHER = frozenset(["length"])
"""Features whose weight may have either sign."""

_AGAINST = frozenset(["asks", "hedged", "elsewhere", "open", "words_mixed", "nothing"])
"""Features whose weight must not be positive."""

_ELSEWHERE = ("_rival", "_elsewhere")
"""Endings of further such features: evidence for a rival, or for another question."""


class _Row(TrainingRow):
    author: str
    open: str
    kind: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelledOption:
    """The features of an option of a typed answer, and whether the text means it. `count`: the example's weight."""

    head: Head
    features: Features
    right: bool
    count: float


def fit_answers(pack: Pack, encoder: Encoder, file: Path) -> None:
    """Stores the weights."""
    reader = build_knowledge(pack, encoder=encoder).typed_answers
    assert isinstance(reader, PackAnswerReader)
    labelled = [one for _, row in read_rows(file, _Row) for one in _labelled(reader, row)]
    write(AnswerWeights, fit_weights(labelled), STORED)


def _labelled(reader: PackAnswerReader, row: _Row) -> Iterator[LabelledOption]:
    """An example for each option: its features, and whether the text means it."""
    features, count = reader.features(row.text, row.open), _NO_ANSWER if row.kind in _NO_ANSWERS else 1.0
    for head, question, option in reader.options(row.open):
        right = row.answers.get(question) == option
        yield LabelledOption(head, features.of(question, option), right, count)


def fit_weights(labelled: Sequence[LabelledOption]) -> AnswerWeights:
    """The weights of each head that has examples."""
    heads = [head for head in Head if any(each.head is head for each in labelled)]
    return {head: _fit(head, [each for each in labelled if each.head is head]) for head in heads}


def _is_wrong(head: Head, name: str, weight: float) -> bool:
    """Whether a weight has the wrong sign: evidence for an option would lower its probability, or the reverse."""
    if name in _EITHER:
        return False
    told = name.removeprefix("part_")
    against = told in _AGAINST or told.endswith(_ELSEWHERE) or (told == "unsure" and head is not Head.UNSURE)
    return weight > 0 if against else weight < 0


def _fit(head: Head, labelled: Sequence[LabelledOption]) -> Weights:
    """A logistic regression without the features whose weight has the wrong sign."""
    names = list(labelled[0].features)
    rows = np.array([[each.features[name] for name in names] for each in labelled])
    right, counts = [each.right for each in labelled], [each.count for each in labelled]
    while True:
        found, bias = binary_regression(rows, right, _PENALTY, sample_weight=counts)
        wrong = [at for at, weight in enumerate(found) if _is_wrong(head, names[at], weight)]
        if not wrong:
            break
        rows[:, wrong] = 0
    weights = {name: round(float(weight), 3) for name, weight in zip(names, found, strict=True)}
    return Weights({name: weight for name, weight in weights.items() if weight}, round(bias, 3))
