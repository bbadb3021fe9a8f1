"""New titles of ideas: which idea they are for, and where they begin and end."""

import pytest

from dialogs.intents import Intent, Refusal, renaming
from dialogs.parsers.intent_parser import parse_intent
from tests.eval.board_talk import at
from tests.shipped import shipped


def meant(shown: str, text: str) -> Intent:
    return parse_intent(shipped(), at(shipped(), shown), text)


@pytest.mark.parametrize(
    ("shown", "text", "number", "title"),
    [
        ("idea 1", "rename the lab one to Lab desk", 5, "Lab desk"),
        ("list", "rename the lease contracts to Lease contract draft", 3, "Lease contract draft"),
        ("idea 2", "perfect. please rename the shop texts to Shop copy", 4, "Shop copy"),
        ("idea 2", "that was the wrong one! call number 1 Ticket bot again", 1, "Ticket bot"),
        ("idea 2", "1: rename to Ticket bot", 1, "Ticket bot"),
        ("idea 2", "no, just rename it: Minutes in brief", 2, "Minutes in brief"),
        ("idea 2", "rename it please to Minutes", 2, "Minutes"),
        ("list", "call the birthday one Party bot", 6, "Party bot"),
        ("list", "kindly change the name of number 1 to Help desk, we do not say tickets", 1, "Help desk"),
        ("list", "rename 3 to Leases, offices and parking", 3, "Leases, offices and parking"),
        ("list", "rename 3 to Never again, please", 3, "Never"),
        ("list", 'rename 3 to "Never again"', 3, "Never again"),
        ("list", "rename 3 to Lease check not contract check", 3, "Lease check"),
    ],
)
def test_an_idea_is_renamed_by_its_name(shown: str, text: str, number: int, title: str) -> None:
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
    assert meant("list", text) == renaming(*titles)


def test_an_idea_that_is_not_there_is_said() -> None:
    assert meant("list", "rename 99 to Nothing") == Refusal("no_such_idea")


@pytest.mark.parametrize("text", ["rename 3 and 4 to Stuff", "call customers back within a day"])
def test_it_has_to_be_clear_which_is_renamed(text: str) -> None:
    found = meant("list", text)
    assert not isinstance(found, tuple)
