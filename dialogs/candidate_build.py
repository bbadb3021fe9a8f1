"""`python -m dialogs.candidate_build` fits the trees by which candidates for answers are ranked.

The examples are whole labelled talks (`training/talks` of the pack), and single answers to an open question
(`training/typed_answers.jsonl`): every candidate in every part of a line, and whether the line is labelled with it.
Needs the group `fit`. `… TALK …` leaves these talks out, to measure on them.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dialogs.advisor import Advisor
from dialogs.catalogue import load
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation
from dialogs.played_talk import labelled_lines
from dialogs.respond import respond
from dialogs.understanding.candidates import Surroundings, candidates
from dialogs.understanding.parts import Heard, parts_of
from dialogs.understanding.statements import Line, chosen, last_question, statements
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.pack_loader import TRAINING, builtin, load_pack
from knowledge.typed_answers.trees import LEAF, STORED_TREES, Node, Trees
from knowledge.typed_answers.weights import write

_SETTINGS = {"n_estimators": 150, "learning_rate": 0.06, "max_depth": 4, "min_samples_leaf": 20, "subsample": 0.7}
"""Small trees, each fitted to a part of the examples: more of them or larger ones did no better on left-out talks."""

_EACH = 4
"""Of the typed answers by themselves, every so many are learnt from."""

_ALONE = 0.5
"""How much one of those counts beside a line of a talk."""


_BY_WORDS = 0.3
"""How much the same counts by words alone, so that one set of trees serves both."""


class Example(NamedTuple):
    """The features of a candidate, whether its line says it, and how much it counts."""

    features: Mapping[str, float]
    said: bool
    weight: float = 1.0


def talks() -> Path:
    return builtin() / TRAINING / "talks"


def examples_of(advisor: Advisor, talk: Path) -> Iterator[Example]:
    for conversation, text, commands, message in labelled_lines(advisor, talk):
        done = respond(advisor, conversation, message).did
        labels = {(each.question, each.option) for each in (*done, *commands) if each.command is Kind.SET}
        line = Line()
        for part in parts_of(advisor, conversation, Heard.of(advisor, conversation, text)):
            for ideas, value in statements(advisor, conversation, part.text, line):
                topics = tuple(each for each in (line.question, last_question(conversation)) if each)
                around = Surroundings(topics, part.likely, chosen(conversation, ideas))
                for each in candidates(advisor, conversation, value, around):
                    answer = each.question, each.option
                    yield Example(each.features, answer in labels)
                    if answer in labels:
                        line = line.after((Command(Kind.SET, ideas=ideas, question=answer[0], option=answer[1]),))


def alone(advisor: Advisor) -> Iterator[Example]:
    """The candidates in single answers to an open question, and in what is typed there that is none."""
    rows = (builtin() / TRAINING / "typed_answers.jsonl").read_text("utf-8").splitlines()[::_EACH]
    for row in map(json.loads, rows):
        conversation = Conversation.fresh(advisor.pack).replace(started=True, revisit=row["open"])
        for part in parts_of(advisor, conversation, Heard.of(advisor, conversation, row["text"])):
            for each in candidates(advisor, conversation, part.text, Surroundings((), part.likely, {})):
                yield Example(each.features, row["answers"].get(each.question) == each.option, _ALONE)


def fitted(examples: Iterable[Example]) -> Trees:
    from sklearn.ensemble import GradientBoostingClassifier

    rows = tuple(examples)
    names = tuple(sorted({name for row in rows for name in row.features}))
    table = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    model = GradientBoostingClassifier(init="zero", random_state=0, **_SETTINGS)
    model.fit(table, [row.said for row in rows], sample_weight=[row.weight for row in rows])
    return Trees(names, tuple(_nodes(tree.tree_, model.learning_rate) for tree in model.estimators_[:, 0]))


def _nodes(tree: Any, rate: float) -> tuple[Node, ...]:
    """The nodes of a tree; limits have the precision of the table."""
    found: list[Node] = []
    columns = (tree.feature, tree.threshold, tree.children_left, tree.children_right, tree.value[:, 0, 0])
    for place, limit, low, high, value in zip(*columns, strict=True):
        if low == high:
            found.append((LEAF, round(rate * float(value), 4), 0, 0))
        else:
            found.append((int(place), round(float(limit), 4), int(low), int(high)))
    return tuple(found)


def main(left_out: Iterable[str]) -> None:
    """Writes the trees, fitted without the talks that are left out."""
    learnt = [talk for talk in sorted(talks().glob("*.jsonl")) if talk.stem not in {*left_out}]
    found: list[Example] = []
    for encoder, counts in ((load_encoder(None), 1.0), (None, _BY_WORDS)):
        advisor = Advisor.build(build_knowledge(load_pack(builtin()), encoder=encoder), load())
        said = (*(example for talk in learnt for example in examples_of(advisor, talk)), *alone(advisor))
        found += (example._replace(weight=example.weight * counts) for example in said)
    write(Trees, fitted(found), STORED_TREES)


if __name__ == "__main__":
    main(sys.argv[1:])
