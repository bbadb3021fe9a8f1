"""The ideas that a text refers to, and what it may only seem to."""

import pytest

from dialogs.commands.command import ALL
from dialogs.understanding.references import REST, named, named_last, numbers_in, numbers_named, references
from tests.dialogs.flows.six_ideas import at
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("text", "ideas"),
    [
        ("4, 5, 6: general", [("4", "5", "6")]),
        ("4,5,6: general", [("4", "5", "6")]),
        ("1 and 3 have no data", [("1", "3")]),
        ("2-4: no data", [("2", "3", "4")]),
        ("2 to 4 have no data", [("2", "3", "4")]),
        ("1: yes\n2: no", [("1",), ("2",)]),
        ("1 and 2 yes, 3 no", [("1", "2"), ("3",)]),
        ("idea 3 has no data", [("3",)]),
        ("the lab one has no data", [("5",)]),
        ("the first one has no data", [("1",)]),
        ("no data for all of them", [(ALL,)]),
        ("1 yes, the rest no", [("1",), (REST,)]),
        ("99: no data", [("99",)]),
        ("we have 3 examples", []),
        ("3 a week", []),
        ("2 to 4 a week", []),
        ("3 about 1200 a day", [("3",)]),
        ("3 at least", []),
        ("set 3 to predictable", [("3",)]),
        ("3 consistency: unknown", [("3",)]),
        ("3.5 hours, $4 and 5%", []),
    ],
)
def test_what_a_text_refers_to(text: str, ideas: list[tuple[str, ...]]) -> None:
    found = references(shipped(), at(shipped(), "list"), text)
    assert [one.ideas for one in found] == ideas


def test_both_are_all_of_two() -> None:
    six = at(shipped(), "list")
    two = six.replace(board=six.board.put(*(one.replace(removed=True) for one in six.board.ideas[2:])))
    assert named(shipped(), two, "both have no data") == (ALL,)
    assert named(shipped(), six, "both have no data") == ()


def test_what_is_denied_is_not_meant() -> None:
    shown = at(shipped(), "list")
    assert [one.denied for one in references(shipped(), shown, "idea 3, not 4")] == [False, True]
    assert named(shipped(), shown, "idea 3, not 4") == ("3",)


def test_a_bare_number_is_an_idea_where_something_is_to_be_done_with_one() -> None:
    shown = at(shipped(), "list")
    assert named(shipped(), shown, "please park 3 today") == ()
    assert numbers_named(shipped(), shown, "please park 3 today") == ("3",)
    assert numbers_named(shipped(), shown, "please park 3 and 99") == ("3", "99")
    assert numbers_named(shipped(), shown, "3 sentences on all 3 ideas") == ()
    assert numbers_named(shipped(), shown, "3 sentences on idea 3") == ("3",)


def test_what_follows_is_about_those_of_the_list_that_are_named_last() -> None:
    shown = at(shipped(), "list")
    assert named_last(shipped(), shown, "idea 2 has data, 3 and 4 have none") == ("3", "4")
    assert named_last(shipped(), shown, "idea 2 has data, idea 99 has none") == ("2",)
    assert named_last(shipped(), shown, "idea 2, not 4, has data") == ("2",)
    assert named_last(shipped(), shown, "budget is limited") == ()


def test_numbers_and_ranges_come_each_once() -> None:
    assert numbers_in("2, 4-6 and 5") == (4, 5, 6, 2)
    assert numbers_in("1-999999") == (1, 999999)


def test_the_words_of_an_answer_name_no_idea() -> None:
    shown = at(shipped(), "list")
    board = shown.board.put(shown.board.ideas[0].replace(title="predict late deliveries"))
    assert named(shipped(), shown.replace(board=board), "it must be predictable") == ()
    assert named(shipped(), shown.replace(board=board), "the late deliveries have no data") == ("1",)
