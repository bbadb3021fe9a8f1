"""What is typed about ideas by number: answers, comparisons, new names, removal, filters."""

import pytest

from dialogs.replies.ideas import IdeaCard, IdeaComparison, IdeaQuestion
from dialogs.replies.notices import Notice
from dialogs.replies.passages import VerdictComparison
from tests.dialogs.flows.listed_ideas import LINES, MANY, chosen, listed
from tests.dialogs.talk import Talk
from tests.shipped import shipped


@pytest.mark.parametrize("text", ["3", "#3", "what is idea 3 missing?"])
def test_a_number_on_the_list_opens_the_idea(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard) and card.row.number == 3


def test_why_below_an_idea_shows_its_reasons(three: Talk) -> None:
    three.say("idea 2")
    three.say("why?")
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard) and card.row.number == 2
    assert three.turn.below == ()


def test_a_number_is_an_option_while_a_question_is_open(three: Talk) -> None:
    three.press("ask:3:data").say("2")
    assert chosen(three, 3) == {"data": "no"}


def test_a_new_name_is_confirmed_whatever_is_shown(three: Talk) -> None:
    three.say("compare 1 and 2")
    three.say("rename 3 to Slogans for *shoes*")
    assert "3 is now called “Slogans for *shoes*” (was “slogans”)." in three.below


@pytest.mark.parametrize("text", ["remove all", "clear the list", "delete all the ideas"])
def test_the_whole_list_is_not_removed_by_a_word(three: Talk, text: str) -> None:
    three.say(text)
    assert three.turn.below == (Notice("remove_these", {"numbers": "1 to 3"}),)
    assert len(three.conversation.board.shown) == 3
    assert len(three.conversation.board.shown) == 3


def test_a_new_name_may_stand_behind_a_colon(three: Talk) -> None:
    three.say("rename idea 2 to: monthly summaries")
    assert three.conversation.board.find(2).title == "monthly summaries"


def test_that_not_all_fit_side_by_side_is_said(talk: Talk) -> None:
    talk.say(MANY).say("compare 1, 2, 3, 4, 5")
    assert "No more than 4 fit side by side" in talk.said


def test_ideas_side_by_side(three: Talk) -> None:
    three.say("compare 2 and 3")
    (card,) = three.turn.card
    assert isinstance(card, IdeaComparison)
    assert "Verdict | Prompt engineering · strong | not enough said" in three.card
    three.say("compare ideas 2, 3 and 77")
    assert isinstance(three.turn.card[0], IdeaComparison)
    three.say("compare")
    assert isinstance(three.turn.below[0], VerdictComparison)


def test_rename_and_remove(three: Talk) -> None:
    three.say("rename 3 to Shoe Slogans")
    assert "3 is now called “Shoe Slogans”" in three.below
    three.say("remove 1")
    assert "Removed: 1. a bot for tickets." in three.below
    three.say("ideas")
    assert [row.number for row in listed(three).rows] == [2, 3]
    three.press("idea:1")
    assert three.turn.aside == (Notice("no_such_idea"),)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("open", [1, 3]),
        ("ideas open", [1, 3]),
        ("prompt engineering", [2]),
        ("show me the prompt engineering ideas", [2]),
        ("mine", [1, 2, 3]),
        ("which are still open?", [1, 3]),
        ("how many ideas do we have?", [2, 1, 3]),
        ("ideas", [2, 1, 3]),
        ("show me the list again", [2, 1, 3]),
    ],
)
def test_filters(three: Talk, text: str, numbers: list[int]) -> None:
    three.say(text)
    assert sorted(row.number for row in listed(three).rows) == sorted(numbers)


@pytest.mark.parametrize("text", ["hybrid ideas", "which are the fine-tuning ones?", "hybrid"])
def test_a_filter_that_nothing_fits_is_a_line_and_does_not_stay(three: Talk, text: str) -> None:
    before = three.say("open").conversation.listing
    three.say(text)
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)
    assert not three.turn.card
    assert three.conversation.listing == before


def test_a_filter_that_nothing_fits_leaves_a_question_open(three: Talk) -> None:
    three.press("ask:3:data").say("hybrid ideas")
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)
    assert isinstance(three.turn.card[-1], IdeaQuestion)


def test_the_ideas_of_others_are_not_mine(three: Talk) -> None:
    three.say("mine", who="ben")
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)


@pytest.mark.parametrize(
    "text",
    [
        "why 2", "why 2?", "why is 2 like that", "2: why", "so why is idea 2 like that?", "why is 2 prompt engineering",
        "2 why", "what is missing for 2", "whats missing in 2?", "2: missing", "what does 2 need", "what is 2 missing?",
    ],
)  # fmt: skip
def test_why_and_what_is_missing_open_the_idea(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard) and card.row.number == 2
    assert not three.turn.below


def test_a_number_that_is_no_idea_has_no_reasons(three: Talk) -> None:
    assert three.say("why 9").turn.below == (Notice("no_such_idea"),)


def test_why_with_a_number_is_no_idea_while_a_question_is_open(three: Talk) -> None:
    three.press("ask:3:data").say("why 2")
    assert three.conversation.listing.ask == "data"


@pytest.mark.parametrize("text", ["back to list", "back to the list", "Back to the list please", "back to the board"])
def test_back_to_the_list_is_the_button(three: Talk, text: str) -> None:
    three.say("open").press("idea:1").say(text)
    assert sorted(row.number for row in listed(three).rows) == [1, 3]
    three.say("start").say(text)
    assert sorted(row.number for row in listed(three).rows) == [1, 2, 3]


@pytest.mark.parametrize(
    "text", ["how do ideas 1 and 3 compare", "how do 1 and 3 compare?", "does idea 1 compare to 3"]
)
def test_several_numbers_with_the_word_are_compared(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaComparison)
    assert [row.number for row in card.rows] == [1, 3]


def test_a_text_that_names_several_ideas_opens_none(three: Talk) -> None:
    three.say("what about ideas 1 and 3")
    assert not any(isinstance(reply, IdeaCard) for reply in three.turn.card)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("rename 1 Asset search", "Asset search"),
        ("rename 1 Tone checker", "Tone checker"),
        ("rename idea 1 as Search", "Search"),
        ("rename 1 to: Search", "Search"),
    ],
)
def test_a_new_name_keeps_its_first_letters(three: Talk, text: str, title: str) -> None:
    three.say(text)
    assert three.conversation.board.find(1).title == title


@pytest.mark.parametrize("text", ["remove everything", "delete everything please", "drop them all"])
def test_everything_is_not_removed_by_a_word(three: Talk, text: str) -> None:
    three.say(text)
    assert three.turn.below == (Notice("remove_these", {"numbers": "1 to 3"}),)
    assert len(three.conversation.board.shown) == 3


@pytest.mark.parametrize("text", ["undo", "take that back", "that was a mistake, put it back"])
def test_undo_takes_the_last_change_back(three: Talk, text: str) -> None:
    three.say("3: we have no data").say(text)
    assert chosen(three, 3).get("data", "") == ""
    three.say("remove 2").say(text)
    assert [idea.number for idea in three.conversation.board.shown] == [1, 2, 3]


def test_the_list_says_by_which_answer_it_is_filtered() -> None:
    talk = Talk(shipped()).say(f"triage:\n{LINES}").say("3: we have no data").say("1: we have thousands of examples")
    talk.say("which ones have no data")
    assert [row.number for row in listed(talk).rows] == [2, 3]
    assert "Only: Training data: no" in talk.card
    talk.say("which of my ideas have a limited budget")
    assert talk.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)


def test_a_fact_about_all_is_noted_for_all(three: Talk) -> None:
    three.say("budget is limited for all of them")
    assert all(chosen(three, number)["budget"] == "limited" for number in (1, 2, 3))


def test_numbers_that_are_no_ideas_are_named(three: Talk) -> None:
    three.say("remove 3 and 99")
    assert Notice("idea_not_there", {"number": "99"}) in three.replies
    assert [idea.number for idea in three.conversation.board.shown] == [1, 2]


def test_a_correction_is_taken_with_all_that_it_says(three: Talk) -> None:
    three.say("3: the domain is general").say("3: correction, the domain IS specialised. and budget flexible")
    assert chosen(three, 3) == {"domain": "specialised", "budget": "flexible"}


def test_negations_that_cancel_each_other_are_none(three: Talk) -> None:
    three.say("3: the domain isn't not specialised")
    assert chosen(three, 3) == {"domain": "specialised"}
