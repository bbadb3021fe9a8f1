"""New titles of ideas: which idea they are for, and where they begin and end."""

import pytest

from dialogs.commands.shortcuts import renaming
from dialogs.understanding.titles import new_title, renamed
from tests.dialogs.flows.six_ideas import board
from tests.shipped import shipped

VERBS = ("rename", "call", "change the name of")


def meant(shown: int | None, text: str) -> object:
    return renamed(shipped(), board(), text, shown, VERBS)


@pytest.mark.parametrize(
    ("shown", "text", "number", "title"),
    [
        (1, "rename the lab one to Lab desk", 5, "Lab desk"),
        (None, "rename the lease contracts to Lease contract draft", 3, "Lease contract draft"),
        (2, "perfect. please rename the shop texts to Shop copy", 4, "Shop copy"),
        (2, "1: rename to Ticket bot", 1, "Ticket bot"),
        (2, "no, just rename it: Minutes in brief", 2, "Minutes in brief"),
        (2, "rename it please to Minutes", 2, "Minutes"),
        (None, "call the birthday one Party bot", 6, "Party bot"),
        (None, "kindly change the name of number 1 to Help desk, we do not say tickets", 1, "Help desk"),
        (None, "rename 3 to Leases, offices and parking", 3, "Leases, offices and parking"),
        (None, 'rename 3 to "Never again"', 3, "Never again"),
        (None, "rename 3 to Lease check not contract check", 3, "Lease check"),
        (None, "rename 99 to Nothing", 99, "Nothing"),
    ],
)
def test_an_idea_is_renamed_by_its_name(shown: int | None, text: str, number: int, title: str) -> None:
    assert meant(shown, text) == renaming((number, title))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("call 4 shop copy and 1 complaints", ((4, "shop copy"), (1, "complaints"))),
        ("rename 1 to Tickets, 2 to Minutes", ((1, "Tickets"), (2, "Minutes"))),
        ("rename 1 to Phase 2 and 3 plan", ((1, "Phase 2 and 3 plan"),)),
    ],
)
def test_several_are_renamed_in_one_line(text: str, titles: tuple[tuple[int, str], ...]) -> None:
    assert meant(None, text) == renaming(*titles)


@pytest.mark.parametrize("text", ["rename 3 and 4 to Stuff", "call customers back within a day"])
@pytest.mark.parametrize("shown", [None, 2])
def test_it_has_to_be_clear_which_is_renamed(text: str, shown: int | None) -> None:
    assert meant(shown, text) == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('the title is wrong, it is "Lab desk"', "Lab desk"),
        ("the title is wrong, call it Lab desk please", "Lab desk"),
        ("not 'Lab reports' but call it Lab desk", "Lab desk"),
        ("new title: Lab desk", "Lab desk"),
    ],
)
def test_the_title_of_what_is_talked_about(text: str, title: str) -> None:
    assert new_title(shipped(), text) == title
