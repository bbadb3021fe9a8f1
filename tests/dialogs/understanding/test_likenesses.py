"""Answers that are said to be those of another idea."""

import pytest

from dialogs.commands.command import Command, Kind
from tests.dialogs.talk import Talk

IDEAS = "supplier invoices\nletters to clients\nmeeting notes"


def given(talk: Talk) -> Talk:
    """A list whose first idea has two answers."""
    talk.do(Command(Kind.IDEAS, value=IDEAS))
    told = {"budget": "limited", "volume": "high"}
    return talk.do(*(Command(Kind.SET, ideas=("1",), question=q, option=o) for q, o in told.items()))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("same budget for 2 and 3 as 1", {("2", "budget", "limited"), ("3", "budget", "limited")}),
        ("the money for 2 is the same as for 1", {("2", "budget", "limited")}),
        ("volume for the letters same as for the supplier invoices", {("2", "volume", "high")}),
    ],
)
def test_the_idea_behind_the_word_that_compares_gives_the_answers(
    talk: Talk, line: str, said: set[tuple[str, str, str]]
) -> None:
    given(talk).say(line)
    assert {(*each.ideas, each.question, each.option) for each in talk.turn.did} == said


@pytest.mark.parametrize("line", ["2 must always have the same wording", "2: not the same as 1", "same for everybody"])
def test_what_compares_with_no_idea_is_read_as_it_stands(talk: Talk, line: str) -> None:
    given(talk).say(line)
    assert not [each for each in talk.turn.did if each.value]
