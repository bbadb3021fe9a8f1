"""Removing ideas by name: at once where that is plain, else it is asked back."""

import pytest

from dialogs.intents import Intent, RemoveIdeas
from dialogs.parsers.intent_parser import parse_intent
from tests.eval.board_talk import at
from tests.shipped import shipped


def meant(shown: str, text: str) -> Intent:
    return parse_intent(shipped(), at(shipped(), shown), text)


@pytest.mark.parametrize(
    ("shown", "text", "numbers"),
    [
        ("list", "the birthday thing is a joke, drop it", (6,)),
        ("list", "wait the lease one, legal said no. take it out pls", (3,)),
        ("list", "forget the birthday greetings", (6,)),
        ("list", "6 is a double, remove it", (6,)),
        ("ask 3 data", "6 is a double, remove it", (6,)),
        ("list", "2 and 4 are dead. Drop them.", (2, 4)),
        ("list", "kindly delete no. 4, we have no shop", (4,)),
        ("list", "remove 3 and 99", (3, 99)),
        ("idea 4", "please take it out", (4,)),
    ],
)
def test_a_command_removes_what_it_names_or_points_at(shown: str, text: str, numbers: tuple[int, ...]) -> None:
    assert meant(shown, text) == RemoveIdeas(numbers)


@pytest.mark.parametrize(
    ("shown", "text", "numbers"),
    [
        ("list", "i would kick out the birthday idea, nobody wants it anymore", (6,)),
        ("idea 3", "Housing have pulled out, so this one can be removed altogether", (3,)),
    ],
)
def test_what_only_may_be_a_request_is_asked_back(shown: str, text: str, numbers: tuple[int, ...]) -> None:
    assert meant(shown, text) == RemoveIdeas(numbers, sure=False)


@pytest.mark.parametrize(
    "text",
    ["don't remove the birthday one", "should we drop the birthday one?", "drop everything except 2",
     "we delete lab reports after 30 days", "forget to say: lab reports are many per day"],
)  # fmt: skip
def test_nothing_is_removed_or_asked_for_without_a_request(text: str) -> None:
    found = meant("list", text)
    assert not (isinstance(found, RemoveIdeas))


@pytest.mark.parametrize("text", ["cancel that", "forget it", "forget that"])
@pytest.mark.parametrize("shown", ["idea 4", "ask 4 budget", "list"])
def test_to_forget_it_removes_no_idea(shown: str, text: str) -> None:
    found = meant(shown, text)
    assert not (isinstance(found, RemoveIdeas) and found.sure)
