"""The long form: every shape in every state, then some drawn at random. Prints the worst.

    python -m tests.shapes --count 1000 --seed 1

Exit status 1 where one costs too much.
"""

import argparse
import random
import sys
from collections.abc import Iterator

from tests.shapes.cost import ALLOWED, SLICE, file_cost, slice_cost, states, text_cost
from tests.shapes.files import drawn, named
from tests.shapes.texts import NAMED, mixed
from tests.shipped import shipped

SIZES = (300, 4_000, 40_000)
SHOWN = 25

Measured = tuple[float, str]


def texts(count: int, dice: random.Random) -> Iterator[Measured]:
    advisor = shipped()
    places = states(advisor)
    for name, shape in NAMED.items() if count else ():
        for state, conversation in places.items():
            yield text_cost(advisor, conversation, shape(SIZES[-1])), f"{name} in {state}"
    for _ in range(count):
        state, size = dice.choice(sorted(places)), dice.choice(SIZES)
        name, text = mixed(dice, size)
        yield text_cost(advisor, places[state], text), f"{name} ({size}) in {state}"


def lists(count: int) -> Iterator[Measured]:
    advisor = shipped()
    conversation = states(advisor)["nothing begun"]
    for name, shape in NAMED.items() if count else ():
        yield slice_cost(advisor, conversation, shape(SIZES[-1])), name


def files(count: int, dice: random.Random) -> Iterator[tuple[float, float, str]]:
    advisor = shipped()
    for name, data in [*named().items(), *(drawn(dice) for _ in range(count // 10))]:
        for kind in ("a.csv", "a.txt"):
            yield *file_cost(advisor, kind, data), f"{name} as {kind}"


def show(title: str, found: list[Measured], allowed: float) -> int:
    found.sort(reverse=True)
    over = sum(cost > allowed for cost, _ in found)
    print(f"{title}: {len(found)} tried, {over} over {allowed} s; the worst:")
    for cost, name in found[:SHOWN]:
        print(f"  {cost:.3f} {name}")
    return over


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.shapes")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    over = show("texts", list(texts(given.count, dice)), ALLOWED)
    over += show("steps of reading a list ahead", list(lists(given.count)), SLICE)
    read = list(files(given.count, dice))
    over += show("parsing files", [(parsing, name) for parsing, _, name in read], ALLOWED)
    over += show("steps of reading ideas of files", [(idea, name) for _, idea, name in read], SLICE)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
