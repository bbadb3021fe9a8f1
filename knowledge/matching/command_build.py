"""`python -m knowledge.matching.command_build` fits the weights by which kinds of commands are recognised.

The examples are `training/commands.jsonl` of the pack: parts of lines, where they were typed, and what they asked for;
`talk` names the author of those from whole talks, which count more. Each example is learnt twice, with the encoder and
by its words alone, so that one set of weights serves both. Needs the extra `fit`.

`… TALK …` leaves these talks out, to measure on them with `python -m tests.eval.understood`.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from knowledge.interfaces import Place
from knowledge.matching.classifier import Floats
from knowledge.matching.embeddings import Encoder
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.pack import Pack
from knowledge.pack_loader import TRAINING, builtin, load_pack
from knowledge.typed_answers.command_kinds import STORED_KINDS, Features, KindWeights, LearntCommandKinds
from knowledge.typed_answers.weights import write

_TALKS_COUNT = 6.0
"""How much more an example from a whole talk counts than a line by itself."""

_BY_WORDS = 0.6
"""How much an example by its words alone counts."""

_COMMON = 150
"""Examples of a kind from which on each counts less, the more there are."""

_INVERSE_REGULARIZATION = 2.0

_VECTOR = 1.5
"""How much a text's vector counts beside its features."""

_LEAST_TEXTS = 3
"""Examples in which a feature has to occur."""

_SMALLEST = 0.55
"""A feature all of whose weights are below this is left out."""

_LARGEST = 127


class Example(NamedTuple):
    """A part of a line: its author if it is from a whole talk, what it asks for, its features, its vector if any."""

    talk: str
    kind: str
    features: Features
    vector: Floats | None


def main(left_out: Sequence[str]) -> None:
    """Writes the weights, fitted without the talks that are left out."""
    pack = load_pack(builtin())
    file = builtin() / TRAINING / "commands.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row.get("talk", "") not in left_out]
    examples = examples_of(pack, load_encoder(None), rows)
    write(KindWeights, fitted(examples), STORED_KINDS)


def examples_of(pack: Pack, encoder: Encoder, rows: Sequence[Mapping[str, Any]]) -> list[Example]:
    """Examples with vectors, and the same by words alone."""
    vectors = encoder.encode([pack.normalise(row["text"]) for row in rows])
    found = []
    for knowledge, by_meaning in (
        (build_knowledge(pack, encoder=encoder), True),
        (build_knowledge(pack, encoder=None), False),
    ):
        readers = (knowledge.reader, knowledge.typed_answers, knowledge.matcher)
        none = KindWeights((), (), 1.0, {}, ())
        kinds = LearntCommandKinds(readers, none, (lambda text: ()) if by_meaning else None)
        for row, vector in zip(rows, vectors, strict=True):
            features = kinds.features(row["text"], _place(row))
            found.append(Example(row.get("talk", ""), row["kind"], features, vector if by_meaning else None))
    return found


def _place(row: Mapping[str, Any]) -> Place:
    return Place(**{name: row[name] for name in Place._fields if name in row})


def fitted(examples: Sequence[Example]) -> KindWeights:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    count = Counter(name for one in examples for name in one.features)
    names = sorted(name for name, texts in count.items() if texts >= _LEAST_TEXTS)
    at = {name: column for column, name in enumerate(names)}
    cells = [(row, at[n], v) for row, one in enumerate(examples) for n, v in one.features.items() if n in at]
    rows, columns, values = zip(*cells, strict=True)
    named = csr_matrix((values, (rows, columns)), shape=(len(examples), len(names)), dtype=np.float32)
    length = next(len(one.vector) for one in examples if one.vector is not None)
    dense = np.stack([np.zeros(length) if one.vector is None else one.vector for one in examples])
    table = hstack([named, csr_matrix(dense.astype(np.float32) * np.float32(_VECTOR))]).tocsr()
    model = LogisticRegression(C=_INVERSE_REGULARIZATION, max_iter=60, tol=1e-3)
    model.fit(table, [one.kind for one in examples], sample_weight=_counted(examples))
    return _stepped(list(map(str, model.classes_)), names, model.coef_, model.intercept_)


def _counted(examples: Sequence[Example]) -> list[float]:
    own = [(_TALKS_COUNT if one.talk else 1.0) * (_BY_WORDS if one.vector is None else 1.0) for one in examples]
    total: Counter[str] = Counter()
    for one, weight in zip(examples, own, strict=True):
        total[one.kind] += weight  # type: ignore[assignment]
    return [w * (_COMMON / max(_COMMON, total[one.kind])) ** 0.5 for one, w in zip(examples, own, strict=True)]


def _stepped(kinds: list[str], names: Sequence[str], weights: Floats, bias: Floats) -> KindWeights:
    """The weights as whole numbers."""
    by_name, by_place = weights[:, : len(names)].T, _VECTOR * weights[:, len(names) :].astype(np.float32)
    step = float(max(np.abs(by_name).max(), np.abs(by_place).max())) / _LARGEST

    def whole(row: Iterable[float]) -> list[int]:
        return [round(float(each) / step) for each in row]

    kept = {n: whole(row) for n, row in zip(names, by_name, strict=True) if abs(row).max() >= _SMALLEST}
    return KindWeights(tuple(kinds), tuple(round(float(b), 3) for b in bias), step, kept, tuple(map(whole, by_place)))


if __name__ == "__main__":
    main(sys.argv[1:])
