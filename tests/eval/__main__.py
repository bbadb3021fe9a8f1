"""`python -m tests.eval` measures how well text is understood, on every set in this folder, and in whole talks.

`python -m tests.eval words`: without the encoder, by words alone, all sets together; five minutes.
"""

import sys
import time
from dataclasses import fields
from itertools import chain
from pathlib import Path

from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.evaluation.evaluator import evaluate
from knowledge.evaluation.labelled_sets import LabelledSets, load_sets
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.pack_loader import builtin, load_pack
from tests.eval import openers, pasted_lists, people, scripts

FOLDERS = sorted(path for path in Path(__file__).parent.iterdir() if list(path.glob("*.jsonl")))

SITUATIONS = (openers, pasted_lists)
"""Kinds of sets of what is typed at one point of a talk, each with `NAME`, `load`, `count` and `report`."""

TALKS = frozenset({scripts.NAME, *(kind.NAME for kind in SITUATIONS)})
"""Sets of whole conversations and of their beginnings, which the evaluation of single texts does not know."""

TEXTS = [folder for folder in FOLDERS if any(file.name not in TALKS for file in folder.glob("*.jsonl"))]


def by_words() -> None:
    """Prints one table for all sets, understood without the encoder."""
    every = [load_sets(folder) for folder in TEXTS]
    together = {each.name: tuple(chain.from_iterable(getattr(one, each.name) for one in every))
                for each in fields(LabelledSets)}  # fmt: skip
    understood = build_knowledge(load_pack(builtin()), encoder=None)
    sys.stdout.write(f"{evaluate(understood, LabelledSets(**together), time.perf_counter).table()}\n")


def reports(advisor: Advisor, folder: Path) -> list[str]:
    """What a folder's texts of each situation and its scripts come to, those that it has."""
    found = []
    for kind in SITUATIONS:
        if typed := kind.load(folder):
            found.append(kind.report(kind.count(advisor, typed)))
    if played := [scripts.play(advisor, script) for script in scripts.load(folder)]:
        found.append(scripts.report(played))
    return found


def main() -> None:
    """Prints a table for each folder of sets, then how talks with simulated people went."""
    understood = build_knowledge(load_pack(builtin()), encoder=load_encoder(None))
    advisor = Advisor.build(understood, catalogue.load())
    for folder in FOLDERS:
        sys.stdout.write(f"{folder.name}\n")
        if folder in TEXTS:
            sys.stdout.write(f"{evaluate(understood, load_sets(folder), time.perf_counter).table()}\n")
        sys.stdout.write("".join(f"{line}\n" for line in reports(advisor, folder)) + "\n")
    talks = [people.talk_to(advisor, person) for person in people.load()]
    sys.stdout.write(f"talks\n{people.report(talks, len(advisor.pack.questions))}\n")


if __name__ == "__main__":
    by_words() if sys.argv[1:] == ["words"] else main()
