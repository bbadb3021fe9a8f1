"""What is typed about ideas by number: answers, comparisons, new names, removal, filters."""

import pytest

from dialogs.commands.command import Kind, What
from dialogs.replies.ideas import IdeaCard, IdeaComparison, IdeaQuestion
from dialogs.replies.notices import Notice
from dialogs.replies.passages import VerdictComparison
from dialogs.replies.receipts import MissingAnswers
from tests.dialogs.flows.listed_ideas import LINES, MANY, chosen, listed
from tests.dialogs.talk import Talk, kind
from tests.shipped import shipped


@pytest.fixture
def shown() -> Talk:
    """Three ideas, with the advisor as it is shipped."""
    return Talk(shipped()).say(f"triage:\n{LINES}")


def test_why_below_an_idea_shows_its_reasons(three: Talk) -> None:
    three.say("idea 2")
    three.say("why?")
    (told,) = three.turn.below
    assert kind(told.parts[-1]) is What.VERDICT
    assert three.turn.card == ()


def test_a_number_is_an_option_while_a_question_is_open(three: Talk) -> None:
    three.press("ask:3:data").say("2")
    assert chosen(three, 3) == {"data": "no"}


def test_a_new_name_is_confirmed_whatever_is_shown(shown: Talk) -> None:
    three = shown.say("compare 1 and 2").say("rename 3 to Slogans for *shoes*")
    assert "3 is now called “Slogans for *shoes*” (was “slogans”)." in three.below


def test_the_whole_list_is_removed_only_after_a_yes(shown: Talk) -> None:
    shown.say("remove all of them")
    assert shown.turn.below == (Notice("remove_these", {"count": "3"}),)
    assert len(shown.conversation.board.shown) == 3
    shown.say("yes")
    assert not shown.conversation.board.shown


def test_a_new_name_may_stand_behind_a_colon_and_keeps_its_first_letters(shown: Talk) -> None:
    shown.say("rename idea 2 to: monthly summaries").say("rename 1 to Asset search")
    assert [shown.conversation.board.find(number).title for number in (1, 2)] == ["Asset search", "monthly summaries"]


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


def test_rename_and_remove(shown: Talk) -> None:
    three = shown
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
        ("prompt engineering ideas", [2]),
        ("mine", [1, 2, 3]),
        ("ideas", [2, 1, 3]),
        ("show me the list", [2, 1, 3]),
    ],
)
def test_filters(three: Talk, text: str, numbers: list[int]) -> None:
    three.say(text)
    assert sorted(row.number for row in listed(three).rows) == sorted(numbers)


@pytest.mark.parametrize("text", ["hybrid ideas", "ideas hybrid", "hybrid"])
def test_a_filter_that_nothing_fits_is_a_line_and_does_not_stay(three: Talk, text: str) -> None:
    before = three.say("open").conversation.listing
    three.say(text)
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)
    assert not three.turn.card
    assert three.conversation.listing == before


def test_a_filter_that_nothing_fits_leaves_a_question_open(shown: Talk) -> None:
    three = shown
    three.press("ask:3:data").say("hybrid ideas")
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)
    assert isinstance(three.turn.card[-1], IdeaQuestion)


def test_the_ideas_of_others_are_not_mine(three: Talk) -> None:
    three.say("mine", who="ben")
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)


@pytest.mark.parametrize("text", ["why is idea 2 prompt engineering?", "why 2?"])
def test_why_is_about_the_idea_that_is_named(shown: Talk, text: str) -> None:
    (did,) = shown.say(text).turn.did
    assert (did.command, did.ideas) == (Kind.EXPLAIN, ("2",))


def test_why_behind_a_number_opens_the_idea(three: Talk) -> None:
    (card,) = three.say("2: why").turn.card
    assert isinstance(card, IdeaCard) and card.row.number == 2


@pytest.mark.parametrize("lines", [("2: missing",), ("idea 2", "what is missing"), ("what is missing for 2?",)])
def test_what_is_missing_is_answered_in_a_line_with_the_buttons(shown: Talk, lines: tuple[str, ...]) -> None:
    for line in lines:
        shown.say(line)
    told, *_ = shown.turn.below
    assert isinstance(told, MissingAnswers) and not shown.turn.card
    assert told.row is not None and told.row.number == 2
    assert shown.press("ask:2:budget").conversation.listing.ask == "budget"


def test_why_with_a_number_is_no_idea_while_a_question_is_open(three: Talk) -> None:
    three.press("ask:3:data").say("why 2")
    assert three.conversation.listing.ask == "data"


@pytest.mark.parametrize("text", ["back to list", "Back to list please"])
def test_back_to_the_list_is_the_button(three: Talk, text: str) -> None:
    three.say("open").press("idea:1").say(text)
    assert sorted(row.number for row in listed(three).rows) == [1, 3]
    three.say("start").say(text)
    assert sorted(row.number for row in listed(three).rows) == [1, 2, 3]


def test_several_numbers_with_the_word_are_compared(shown: Talk) -> None:
    three = shown
    three.say("how do ideas 1 and 3 compare")
    (card,) = three.turn.card
    assert isinstance(card, IdeaComparison)
    assert [row.number for row in card.rows] == [1, 3]


def test_a_text_that_names_several_ideas_opens_none(three: Talk) -> None:
    three.say("what about ideas 1 and 3")
    assert not any(isinstance(reply, IdeaCard) for reply in three.turn.card)


@pytest.mark.parametrize("text", ["undo", "take that back"])
def test_undo_takes_the_last_change_back(three: Talk, text: str) -> None:
    three.say("3: we have no data").say(text)
    assert chosen(three, 3).get("data", "") == ""
    three.say("remove 2").say(text)
    assert [idea.number for idea in three.conversation.board.shown] == [1, 2, 3]


def test_a_fact_about_all_is_noted_for_all(three: Talk) -> None:
    three.say("budget is limited for all of them")
    assert all(chosen(three, number)["budget"] == "limited" for number in (1, 2, 3))


def test_numbers_that_are_no_ideas_are_named(shown: Talk) -> None:
    three = shown
    three.say("remove 3 and 99")
    assert Notice("idea_not_there", {"number": "99"}) in three.replies
    assert [idea.number for idea in three.conversation.board.shown] == [1, 2]


def test_a_correction_is_taken_with_all_that_it_says(shown: Talk) -> None:
    three = shown
    three.say("3: the domain is general").say("3: correction, the domain IS specialised. and budget flexible")
    assert chosen(three, 3) == {"domain": "specialised", "budget": "flexible"}


def test_who_deletes_notes_of_an_idea_keeps_the_idea(shown: Talk) -> None:
    shown.say("note for 3: legal must agree").say("remove the note from 3")
    board = shown.conversation.board
    assert board is not None and 3 in [idea.number for idea in board.shown]
