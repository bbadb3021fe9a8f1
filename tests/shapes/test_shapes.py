"""The small form of the fuzz of shapes: those that were the worst, and some drawn, in processor time."""

import random

import pytest

from bot.batch.idea_file import MAX_PROBLEMS, read_idea_file
from tests.shapes.cost import ALLOWED, file_cost, states, text_cost
from tests.shapes.files import named
from tests.shapes.texts import NAMED, mixed
from tests.shipped import shipped

LONG = 40_000

WORST = (
    "repeated 'a,'",
    "repeated '1. '",
    "repeated 'a and '",
    "repeated '\\n'",
    "repeated 'what? '",
    "repeated '[a]('",
    "repeated 'but '",
    "repeated 'İ'",
    "numbered 'a{}. '",
)
"""What took seconds, or ended in an error, before texts were bounded."""


@pytest.mark.parametrize("name", WORST)
def test_a_text_of_one_shape_costs_little_in_any_state(name: str) -> None:
    advisor = shipped()
    text = NAMED[name](LONG)
    places = states(advisor)
    for state in random.Random(name).sample(sorted(places), 2):
        assert text_cost(advisor, places[state], text) <= ALLOWED, state


@pytest.mark.parametrize("seed", range(6))
def test_a_text_of_several_shapes_costs_little(seed: int) -> None:
    dice, advisor = random.Random(seed), shipped()
    places = states(advisor)
    name, text = mixed(dice, LONG)
    state = dice.choice(sorted(places))
    assert text_cost(advisor, places[state], text) <= ALLOWED, (name, state)


@pytest.mark.parametrize(
    "name", ["file 'text\\n' '\",x\",\"\\n'", "file 'text,data\\n' 'a,b\\n'", "file of cells 'a, a, '"]
)
def test_a_file_is_read_in_little_time(name: str) -> None:
    parsing, _ = file_cost(shipped(), "a.csv", named()[name])
    assert parsing <= ALLOWED


def test_few_problems_of_a_file_are_named() -> None:
    found = read_idea_file("a.csv", named()["file 'text,data\\n' 'a,b\\n'"], shipped().pack)
    assert len(found.problems) == MAX_PROBLEMS + 1
