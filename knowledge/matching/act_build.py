"""`python -m knowledge.matching.act_build FOLDER …` fits the weights of dialogue acts and stores them.

Each folder holds sets of one author, as `knowledge.evaluation` reads them: labelled acts, and typed answers and
questions, which are none. For each folder with acts it prints how well they are recognised with weights fitted to the
other folders: cross-validation by author.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.certainty_thresholds import LIKELY_ACT
from knowledge.evaluation.labelled_sets import LabelledSets, load_sets
from knowledge.matching.classifier import Floats
from knowledge.matching.factory import load_encoder
from knowledge.matching.training import solve
from knowledge.pack import Pack
from knowledge.pack_loader import builtin, load_pack
from knowledge.typed_answers.act_weights import (
    ActWeight,
    ActWeights,
    Features,
    dump,
    likeliest_act,
    probabilities,
    stored_file,
)
from knowledge.typed_answers.dialogue_acts import BOARD, DIALOGUE, ActFeatures, BoardAct, board_features

_INVERSE_REGULARIZATION = 10.0
"""The C of the logistic regression; 3 and 30 recognise about as many, each author judged by the others."""

_LEAST_TEXTS = 2
"""Texts in which a feature has to occur."""

_SMALLEST = 0.1
"""Weights below this are left out."""

_VECTOR = 2.0
"""How much a text's vector counts beside its features; with 1 fewer acts are recognised, with 3 more are mistaken."""

_PLAIN = frozenset({"definite", "unsure"})
"""The kinds of typed answers that are examples of no act; others may ask back."""


_DOUBTS = ("{}", "{}?", "{}, right?", "{} i guess?", "{} i think", "i mean {}", "it means {}", "that would be {}")
_WORDS = 6
"""Words of an option that are doubted."""

_Labelled = tuple[str, Features, str]

_Told = tuple[str, str | None, bool, str]
"""A text, the open question, whether an answer is proposed, and the act."""


class _Example(NamedTuple):
    act: str
    features: Features
    vector: Floats


def main(folders: Sequence[Path]) -> None:
    """Writes the weights and prints how well acts are recognised."""
    pack = load_pack(builtin())
    features, normalise, encoder = ActFeatures(pack), pack.normalise, load_encoder(None)
    asked = cycle([*(question.id for question in pack.questions), None])
    sets = {folder.name: load_sets(folder) for folder in folders}
    texts: dict[str, dict[str, list[_Labelled]]] = {DIALOGUE: {}, BOARD: {}}
    for name, each in sets.items():
        texts[DIALOGUE][name] = [
            (text, features.of(text, at, proposed=proposed), act) for text, at, proposed, act in _labelled(each, asked)
        ]
        if each.board_acts:
            texts[BOARD][name] = _beside_board(each)
    doubted = [(text, features.of(text, question), "") for text, question in _doubted(pack)]
    texts[DIALOGUE]["doubted answers"] = doubted
    fitted: dict[str, dict[bool, ActWeights]] = {}
    for kind, labelled in texts.items():
        vectors = iter(encoder.encode([normalise(text) for ones in labelled.values() for text, _, _ in ones]))
        examples = {
            name: [_Example(act, found, next(vectors)) for _, found, act in ones] for name, ones in labelled.items()
        }
        fitted[kind] = {by_meaning: _fitted(kind, examples, by_meaning) for by_meaning in (True, False)}
    stored_file().write_text(dump(fitted), "utf-8")


def _fitted(kind: str, examples: Mapping[str, Sequence[_Example]], by_meaning: bool) -> ActWeights:
    """Weights fitted to all examples; prints how well each author's are recognised by those of the others."""
    scale = _VECTOR if by_meaning else 0.0
    sys.stdout.write(f"{kind} acts, {'with the encoder' if by_meaning else 'by words alone'}\n")
    for name, each in examples.items():
        if any(one.act for one in each):
            rest = [one for other, ones in examples.items() if other != name for one in ones]
            if any(one.act for one in rest):
                sys.stdout.write(f"{name}: {_said(fit(rest, scale), each)}\n")
    return fit([one for each in examples.values() for one in each], scale)


def fit(examples: Sequence[_Example], scale: float) -> ActWeights:
    """Weights fitted to these examples. `scale`: by how much vectors count beside features; 0: not at all."""
    count = Counter(name for one in examples for name in one.features)
    columns = {name: at for at, name in enumerate(sorted(n for n, texts in count.items() if texts >= _LEAST_TEXTS))}
    table = np.zeros((len(examples), len(columns)), np.float32)
    for row, one in enumerate(examples):
        for name, value in one.features.items():
            if name in columns:
                table[row, columns[name]] = value
    dense = np.float32(scale) * np.array([one.vector for one in examples])
    acts = sorted({one.act for one in examples})
    targets = np.eye(len(acts), dtype=np.float32)[[acts.index(one.act) for one in examples]]
    kernel = table @ table.T + dense @ dense.T + np.float32(1)
    coefficients = solve(kernel, targets, _INVERSE_REGULARIZATION)
    named, vector, bias = coefficients.T @ table, np.float32(scale) * (coefficients.T @ dense), coefficients.sum(axis=0)
    return {
        act: ActWeight(
            round(float(bias[row]), 3),
            {name: round(float(named[row, at]), 2) for name, at in columns.items() if abs(named[row, at]) >= _SMALLEST},
            tuple(round(float(each), 3) for each in vector[row]) if scale else (),
        )
        for row, act in enumerate(acts)
    }


def _said(weights: ActWeights, examples: Sequence[_Example]) -> str:
    counted = Counter((one.act, _recognised(weights, one)) for one in examples)
    parts = []
    for act in dict.fromkeys(one.act for one in examples):
        total = sum(number for (meant, _), number in counted.items() if meant == act)
        wrong = total - counted[act, act] - (counted[act, ""] if act else 0)
        parts.append(f"{act or 'others'} {counted[act, act]} of {total}" + (f" ({wrong} wrong)" if wrong else ""))
    return ", ".join(parts)


def _recognised(weights: ActWeights, one: _Example) -> str:
    """The likeliest act, "" where none is likely enough."""
    found = probabilities(weights, one.features, one.vector.tolist())
    best = likeliest_act(found, "")
    return best if found[best] >= LIKELY_ACT else ""


def _doubted(pack: Pack) -> list[tuple[str, str]]:
    """Answers in words of the options with a doubt around them, which are no questions about these words."""
    return [
        (form.format(said.lower()), question.id)
        for question in pack.questions
        for option in question.options
        for said in (option.label, option.record, *option.words[:_WORDS])
        for form in _DOUBTS
    ]


def _labelled(sets: LabelledSets, asked: Iterator[str | None]) -> list[_Told]:
    """The texts of a folder, with the open question; what answers nothing is typed at any time."""
    acts = [(one.text, one.open_question, one.proposed, one.act) for one in sets.acts]
    answers = [(one.text, one.open_question, False, "") for one in sets.typed_answers if one.kind in _PLAIN]
    texts = [one.text for one in (*sets.questions, *sets.offtopic)] + [one.text for one in sets.ideas]
    return [*acts, *answers, *((text, next(asked), False, "") for text in texts)]


def _beside_board(sets: LabelledSets) -> list[_Labelled]:
    """Texts beside a list of ideas, and the questions of the folder, which are no requests."""
    known = frozenset(BoardAct)
    return [
        (one.text, board_features(one.text, one.shown), one.act if one.act in known else "") for one in sets.board_acts
    ]


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
