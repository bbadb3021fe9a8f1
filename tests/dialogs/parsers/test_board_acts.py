"""Requests to the list of ideas: nothing is removed or renamed in doubt, and a run of numbers is read at once."""

import pytest

from dialogs.intents import Commands, Intent, RemoveIdeas, comparing, renaming
from dialogs.message import Action, Verb
from dialogs.parsers.intent_parser import parse_intent
from dialogs.understanding.policy import understand
from tests.eval.board_talk import at
from tests.shipped import shipped


def meant(shown: str, text: str) -> Intent:
    return parse_intent(shipped(), at(shipped(), shown), text)


@pytest.mark.parametrize(
    ("shown", "text", "numbers"),
    [
        ("list", "delete 3, its a duplicate of 1", (3,)),
        ("list", "kick out the birthday one", (6,)),
        ("idea 4", "bin it", (4,)),
    ],
)
def test_what_is_named_right_behind_the_verb_is_removed(shown: str, text: str, numbers: tuple[int, ...]) -> None:
    assert meant(shown, text) == RemoveIdeas(numbers)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("list", "remove 3 since 5 is the same"),
        ("list", "drop all apart from 2"),
        ("list", "i would remove 3"),
        ("list", "should we bin 3"),
        ("list", "dont bin 3"),
        ("idea 3", "we throw it away after each run"),
        ("idea 3", "get rid of it later"),
        ("ask 3 data", "delete"),
    ],
)
def test_nothing_is_removed_in_doubt(shown: str, text: str) -> None:
    found = meant(shown, text)
    removes = isinstance(found, RemoveIdeas)
    assert not (removes and found.sure)


@pytest.mark.parametrize(
    ("shown", "text", "new"),
    [
        ("list", "can u rename 6 to bday spam", renaming((6, "bday spam"))),
        ("list", 'Item 5 ought to read "Triage of pathology" instead', renaming((5, "Triage of pathology"))),
        ("idea 3", "new name Lease control", renaming((3, "Lease control"))),
    ],
)
def test_a_new_title_stands_behind_what_leads_to_it(shown: str, text: str, new: Commands) -> None:
    assert meant(shown, text) == new


@pytest.mark.parametrize(
    ("shown", "text"),
    [("list", "3 is called often: every hour"), ("idea 3", "rename this: ."), ("list", 'rename 3 to ""')],
)
def test_nothing_is_renamed_without_a_title(shown: str, text: str) -> None:
    found = meant(shown, text)
    assert not isinstance(found, tuple)


def test_ideas_are_opened_and_compared_in_other_words() -> None:
    assert meant("list", "ooh can we look at nr 5") == Action(Verb.IDEA, ("5",))
    ((_, intent),) = understand(shipped(), at(shipped(), "ask 3 data"), "compare 2")
    assert intent == comparing((3, 2))


def test_a_long_run_of_numbers_is_read_and_does_not_block() -> None:
    """Its pattern could be matched in ever more ways the longer it was, so this did not end."""
    assert meant("list", "3 " * 2000) == Action(Verb.IDEA, ("3",))
