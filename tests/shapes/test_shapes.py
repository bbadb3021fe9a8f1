"""The small form of the fuzz of shapes: those that were the worst, and some drawn, in processor time."""

import random

import pytest

from bot.batch.idea_file import MAX_PROBLEMS, read_idea_file
from dialogs.conversation import Conversation
from tests.shapes.cost import ALLOWED, file_cost, states, text_cost
from tests.shapes.files import named
from tests.shapes.texts import NAMED, mixed
from tests.shipped import shipped

pytestmark = pytest.mark.whole

LONG = 40_000

MOST = 4 * ALLOWED
"""What is aimed at on a quiet machine, times what a text costs at most, and beside other tests, which slow each other
down. What was unbounded took several times this."""

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


@pytest.fixture(scope="module")
def places() -> dict[str, Conversation]:
    return states(shipped())


@pytest.mark.parametrize("name", WORST)
def test_a_text_of_one_shape_costs_little_in_any_state(name: str, places: dict[str, Conversation]) -> None:
    advisor = shipped()
    text = NAMED[name](LONG)
    for state in random.Random(name).sample(sorted(places), 2):
        assert text_cost(advisor, places[state], text) <= MOST, state


@pytest.mark.parametrize("seed", range(6))
def test_a_text_of_several_shapes_costs_little(seed: int, places: dict[str, Conversation]) -> None:
    dice, advisor = random.Random(seed), shipped()
    name, text = mixed(dice, LONG)
    state = dice.choice(sorted(places))
    assert text_cost(advisor, places[state], text) <= MOST, (name, state)


@pytest.mark.parametrize(
    "name", ["file 'text\\n' '\",x\",\"\\n'", "file 'text,data\\n' 'a,b\\n'", "file of cells 'a, a, '"]
)
def test_a_file_is_read_in_little_time(name: str) -> None:
    parsing, _ = file_cost(shipped(), "a.csv", named()[name])
    assert parsing <= MOST


def test_few_problems_of_a_file_are_named() -> None:
    found = read_idea_file("a.csv", named()["file 'text,data\\n' 'a,b\\n'"], shipped().pack)
    assert len(found.problems) == MAX_PROBLEMS + 1
