"""What is asked of a board: which of its ideas are to be listed, compared and removed."""

import pytest

from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board, Idea
from dialogs.ideas.board_list import Listing
from dialogs.intents import UNDO, Commands, Intent, Refusal, RemoveIdeas, comparing, listing
from dialogs.message import Action, Verb
from dialogs.parsers.board_commands import parse, pressed
from dialogs.parsers.intent_parser import parse_intent
from knowledge.typed_answers.word_parser import fold
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.dialogs.talk import NOON

BOARD = Board().add(Idea(id=f"id{number}", title=f"title {number}", by="ana", at=NOON) for number in range(12))


def wish(advisor: Advisor, conversation: Conversation, text: str) -> Intent | None:
    return parse(understanding(advisor, Understanding()), conversation, text, fold(text))


@pytest.fixture
def listed(advisor: Advisor) -> Conversation:
    return Conversation.fresh(advisor.pack).replace(board=BOARD, flow="board", listing=Listing(page=0))


@pytest.fixture
def elsewhere(advisor: Advisor) -> Conversation:
    return asked(advisor, "volume", data="yes").replace(board=BOARD)


@pytest.mark.parametrize("text", ["ideas", "show me the ideas", "our list", "show the list again", "all the ideas"])
def test_the_list_is_asked_for_in_a_few_words(advisor: Advisor, elsewhere: Conversation, text: str) -> None:
    assert wish(advisor, elsewhere, text) == listing()


@pytest.mark.parametrize("text", ["show me all", "which of the ones", "good ideas", "ideas for tomorrow", ""])
def test_words_that_no_list_is_asked_for_by(advisor: Advisor, elsewhere: Conversation, text: str) -> None:
    assert wish(advisor, elsewhere, text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("my ideas", listing(mine=True)),
        ("open ideas", listing(undecided=True)),
        ("my open ideas", listing(mine=True, undecided=True)),
        ("which ideas are still open", listing(undecided=True)),
    ],
)
def test_a_list_can_be_of_some(advisor: Advisor, elsewhere: Conversation, text: str, wanted: Commands) -> None:
    assert wish(advisor, elsewhere, text) == wanted


@pytest.mark.parametrize("text", ["show me", "which are still here", "with only the"])
def test_words_that_add_nothing_are_no_list_by_themselves(advisor: Advisor, listed: Conversation, text: str) -> None:
    assert wish(advisor, listed, text) is None
    assert wish(advisor, listed, f"{text} list") == listing()


def test_beside_the_list_it_need_not_be_named(advisor: Advisor, listed: Conversation, elsewhere: Conversation) -> None:
    assert wish(advisor, listed, "mine") == listing(mine=True)
    assert wish(advisor, elsewhere, "mine") is None


def test_ideas_are_listed_by_their_verdict(advisor: Advisor, elsewhere: Conversation) -> None:
    for verdict in advisor.pack.verdicts:
        assert wish(advisor, elsewhere, f"{verdict.name} ideas") == listing(verdict.id)
        assert wish(advisor, elsewhere, f"ideas with {verdict.name}") == listing(verdict.id)
    first, second = advisor.pack.verdicts[:2]
    assert wish(advisor, elsewhere, f"{first.name} {second.name} ideas") is None
    assert wish(advisor, elsewhere, f"{second.name} {first.name} ideas") is None


@pytest.mark.parametrize("text", ["compare 1 and 3", "compare ideas 1 and 3", "how do ideas 1 and 3 compare?"])
def test_ideas_are_compared(advisor: Advisor, elsewhere: Conversation, text: str) -> None:
    assert wish(advisor, elsewhere, text) == comparing((1, 3))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("compare 1", Refusal("no_such_idea")),
        ("compare 1 and 99", Refusal("no_such_idea")),
        ("how do ideas 1 and 99 compare?", None),
        ("how does idea 1 compare?", None),
        ("how do ideas 1 and 3 look?", None),
        ("how do 1 and 3 compare?", None),
    ],
)
def test_what_is_no_comparison_of_known_ideas(
    advisor: Advisor, elsewhere: Conversation, text: str, wanted: Remark | None
) -> None:
    assert wish(advisor, elsewhere, text) == wanted


def test_beside_the_list_numbers_are_those_of_ideas(advisor: Advisor, listed: Conversation) -> None:
    assert wish(advisor, listed, "how do 1 and 3 compare?") == comparing((1, 3))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("remove 2", RemoveIdeas((2,))),
        ("delete ideas 2 and 7", RemoveIdeas((2, 7))),
        ("remove 2 and 99", RemoveIdeas((2, 99))),
        ("remove 99", Refusal("no_such_idea")),
        ("remove ideas", RemoveIdeas(tuple(range(1, 13)), sure=False)),
        ("remove all", RemoveIdeas(tuple(range(1, 13)), sure=False)),
    ],
)
def test_ideas_are_removed_by_their_numbers(
    advisor: Advisor, listed: Conversation, text: str, wanted: Intent | None
) -> None:
    assert wish(advisor, listed, text) == wanted


def test_the_last_change_is_taken_back_beside_the_list(advisor: Advisor, listed: Conversation) -> None:
    assert parse_intent(advisor, listed, "undo that") == UNDO


@pytest.mark.parametrize(
    ("text", "number"),
    [("why is 2 like that", "2"), ("2: missing", "2"), ("why are 2 and 3 like that", None), ("why is that", None)],
)
def test_beside_the_list_a_number_with_why_opens_the_idea(
    advisor: Advisor, listed: Conversation, elsewhere: Conversation, text: str, number: str | None
) -> None:
    shown = pressed(advisor, listed, fold(text))
    assert shown == (None if number is None else Action(Verb.IDEA, (number,)))
    assert pressed(advisor, elsewhere, fold(text)) is None
