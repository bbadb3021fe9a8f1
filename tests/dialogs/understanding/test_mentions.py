"""Ideas that a text names: by number, or by words that only one title has."""

import pytest

from dialogs.understanding.mentions import frame, mentions
from tests.dialogs.flows.six_ideas import board
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("open 3", [(3,)]),
        ("nr. 3", [(3,)]),
        ("no 3: money is tight", [(3,)]),
        ("#3", [(3,)]),
        ("get rid of 2 and 4", [(2, 4)]),
        ("drop 2, 3 & 5", [(2, 3, 5)]),
        ("2 to 4", [(2, 3, 4)]),
        ("3 vs 5", [(3,), (5,)]),
        ("the lab one", [(5,)]),
        ("them shop texts", [(4,)]),
        ("the lab one and the lease thing", [(5, 3)]),
        ("the bday thing", [(6,)]),
        ("call 6 bday bot", [(6,), (6,)]),
        ("200 a day", []),
        ("50k tickets", [(1,)]),
        ("3.5 hours, $4, 5%", []),
        ("the weather", []),
    ],
)
def test_what_is_named(text: str, numbers: list[tuple[int, ...]]) -> None:
    assert [mention.numbers for mention in mentions(shipped(), board(), text)] == numbers


@pytest.mark.parametrize(
    ("text", "named", "definite"),
    [
        ("idea 3", True, True),
        ("3", False, False),
        ("the lab one", True, True),
        ("the lab reports", False, True),
        ("lab reports", False, False),
        ("the board's luncheon", False, False),
        ("the leases have no examples", False, True),
        ("birthday greetings can vary", False, True),
        ("birthday greetings for staff", False, False),
    ],
)
def test_how_surely_it_is_an_idea(text: str, named: bool, definite: bool) -> None:
    (mention,) = mentions(shipped(), board(), text)
    assert (mention.named, mention.definite) == (named, definite)


def test_numbers_that_no_idea_has_are_named_only_as_ideas() -> None:
    (mention,) = mentions(shipped(), board(), "idea 9")
    assert mention.unknown
    assert mentions(shipped(), board(), "9") == ()


def test_a_word_stands_for_each_mention() -> None:
    text = "whats the diff between nr 3 and the lab one"
    assert frame(text, mentions(shipped(), board(), text)) == ("whats", "the", "diff", "between", "number")


@pytest.mark.parametrize(
    ("text", "number"),
    [("the one with the leases has no data", 3), ("number six", 6), ("item 5", 5), ("the product text one", 4)],
)
def test_ideas_are_named_in_other_ways(text: str, number: int) -> None:
    (mention,) = mentions(shipped(), board(), text)
    assert (mention.numbers, mention.named) == ((number,), True)


def test_two_letters_are_a_name_where_they_are_written_as_one() -> None:
    office = board().put(board().ideas[0].replace(title="IT questions"))
    assert [mention.numbers for mention in mentions(shipped(), office, "the IT one")] == [(1,)]
    assert mentions(shipped(), office, "drop it") == ()
