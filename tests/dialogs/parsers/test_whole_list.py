"""What is asked, said or wanted of all ideas of the list."""

import pytest

from dialogs.commands.command import Command, What
from dialogs.conversation import Conversation
from dialogs.intents import AboutIdeas, Commands, Intent, RemoveIdeas, listing
from dialogs.parsers.intent_parser import parse_intent
from tests.eval.board_talk import at, board
from tests.shipped import shipped

EVERY = (1, 2, 3, 4, 5, 6)


def meant(shown: str, text: str) -> Intent:
    return parse_intent(shipped(), at(shipped(), shown), text)


@pytest.mark.parametrize(
    ("shown", "text", "wish"),
    [
        ("list", "which ones have no data", listing(answer=("data", "no"))),
        ("idea 3", "which of my ideas have no data?", listing(answer=("data", "no"))),
        ("list", "all ideas without training data", listing(answer=("data", "no"))),
        ("list", "show me the ones with high volume", listing(answer=("volume", "high"))),
        ("list", "which ones are specialised?", listing(answer=("domain", "specialised"))),
        ("list", "only the ideas where fine-tuning makes sense please", listing("fine_tuning")),
        ("list", "which have no verdict yet", listing(undecided=True)),
    ],
)
def test_the_list_is_filtered_by_what_ideas_have_in_common(shown: str, text: str, wish: Commands) -> None:
    assert meant(shown, text) == wish


@pytest.mark.parametrize("text", ["which ones should we do first", "which ideas do you like", "what is hybrid"])
def test_other_questions_filter_nothing(text: str) -> None:
    found = meant("list", text)
    assert not (isinstance(found, tuple) and isinstance(found[0], Command) and found[0].what is What.IDEAS)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("idea 3", "actually my boss says budget is limited for all of them"),
        ("list", "all of them have a limited budget"),
        ("list", "every one of them has plenty of budget"),
        ("list", "none of them has training data"),
    ],
)
def test_a_fact_about_all_is_one_about_each(shown: str, text: str) -> None:
    found = meant(shown, text)
    assert isinstance(found, AboutIdeas)
    ((numbers, _),) = found.said
    assert numbers == EVERY


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("list", "delete all my ideas, i start fresh"),
        ("list", "clear the list, I want to start a new one"),
        ("idea 3", "please remove all of these ideas"),
        ("list", "wipe the list please"),
    ],
)
def test_all_are_removed_only_after_a_question(shown: str, text: str) -> None:
    assert meant(shown, text) == RemoveIdeas(EVERY, sure=False)


def test_away_from_the_list_all_ideas_have_to_be_named() -> None:
    elsewhere = Conversation.fresh(shipped().pack).replace(board=board())
    assert parse_intent(shipped(), elsewhere, "delete all my ideas") == RemoveIdeas(EVERY, sure=False)
    assert not isinstance(parse_intent(shipped(), elsewhere, "delete everything"), RemoveIdeas)
