"""Words at either end of a text, and ideas that a text names wherever it does."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board
from dialogs.ideas.board_list import Listing
from dialogs.intents import Commands, comparing
from dialogs.intents import listing as listing_of
from dialogs.message import Action
from dialogs.parsers.intent_parser import parse_intent
from dialogs.parsers.phrases import contains, rest_of, starts, without
from tests.dialogs.flows.test_board_decisions import idea
from tests.dialogs.parsers.meanings import at_volume

BOARD = Board(ideas=(idea(1), idea(2), idea(3)), next=4)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("could you please export", "export"),
        ("could export", "export"),
        ("export thanks a lot", "export"),
        ("please could you please export thanks", "export"),
        ("export could you please it", "export could you please it"),
        ("please", ""),
        ("", ""),
    ],
)
def test_courtesies_go_at_either_end_the_longest_first(words: str, left: str) -> None:
    phrases = ("could", "thanks", "could you please", "please", "thanks a lot")
    assert " ".join(without(tuple(words.split()), phrases)) == left


def test_what_follows_the_longest_beginning() -> None:
    phrases = ("what", "what is the", "what is")
    assert rest_of(("what", "is", "the", "cost"), phrases) == ("cost",)
    assert rest_of(("what", "was", "it"), phrases) == ("was", "it")
    assert rest_of(("the", "cost"), phrases) == ("the", "cost")
    assert starts(("what", "is"), phrases)
    assert not starts(("is", "what"), phrases)
    assert contains(("tell", "me", "what", "is"), ("what is",))
    assert not contains(("whatever", "is"), ("what", "ever"))


def listed(advisor: Advisor, state: Conversation | None = None) -> Conversation:
    base = state or Conversation.fresh(advisor.pack)
    return base.replace(board=BOARD, listing=Listing(), flow=advisor.flows.board.name if state is None else "")


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ideas", listing_of()),
        ("the list please", listing_of()),
        ("my ideas", listing_of(mine=True)),
        ("open ideas", listing_of(undecided=True)),
        ("hybrid ideas", listing_of("hybrid")),
        ("my open hybrid ideas", listing_of("hybrid", mine=True, undecided=True)),
        ("show only our fine-tuning ideas", listing_of("fine_tuning")),
        ("ideas about xyz", None),
        ("hybrid xyz ideas", None),
        ("hybrid fine-tuning ideas", None),
    ],
)
def test_lists_are_asked_for_by_what_stands_in_them(advisor: Advisor, text: str, wish: Commands | None) -> None:
    asking = listed(advisor, at_volume(advisor))
    for state in (listed(advisor), asking):
        found = parse_intent(advisor, state, text)
        assert (found if isinstance(found, tuple) and not isinstance(found, Action) else None) == wish


def test_a_verdict_alone_is_asked_for_on_the_list_alone(advisor: Advisor) -> None:
    found = parse_intent(advisor, listed(advisor), "hybrid")
    assert found == listing_of("hybrid")
    for listing in (Listing(idea=1), Listing(compared=(1, 2))):
        assert not isinstance(parse_intent(advisor, listed(advisor).replace(listing=listing), "hybrid"), tuple)
    assert not isinstance(parse_intent(advisor, listed(advisor, at_volume(advisor)), "hybrid"), tuple)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("how do ideas 1 and 3 compare?", (1, 3)),
        ("compare 1 and 3", (1, 3)),
        ("compare ideas 1, 2 and 3", (1, 2, 3)),
        ("compare 1 and 9", None),
        ("how do ideas 1 and 9 compare?", None),
    ],
)
def test_ideas_side_by_side_are_those_that_are_there(
    advisor: Advisor, text: str, numbers: tuple[int, ...] | None
) -> None:
    found = parse_intent(advisor, listed(advisor), text)
    side_by_side = isinstance(found, tuple) and not isinstance(found, Action)
    assert (found if side_by_side else None) == (numbers and comparing(numbers))


def test_numbers_that_name_no_ideas_are_compared_on_the_board_alone(advisor: Advisor) -> None:
    text = "how do 1 and 3 compare"
    found = parse_intent(advisor, listed(advisor), text)
    assert found == comparing((1, 3))
    assert not isinstance(parse_intent(advisor, listed(advisor, at_volume(advisor)), text), tuple)
