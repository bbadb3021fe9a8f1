"""Lists of ideas after "triage", and what is one idea instead."""

import pytest

from dialogs.replies.notices import Notice
from dialogs.replies.receipts import Offered, Receipts
from tests.dialogs.flows.listed_ideas import listed
from tests.dialogs.talk import Talk
from tests.shipped import shipped


def test_fifty_lines_are_taken_a_dozen_a_page(talk: Talk) -> None:
    talk.say("triage\n" + "\n".join(f"idea number {n}" for n in range(60)))
    assert "Left out at the end: 10." in talk.card
    assert "Ideas 1 to 12 of 50" in talk.card
    for first in (13, 25, 37, 49, 1):
        talk.say("more")
        assert listed(talk).first == first
    assert "more" in talk.buttons()


def test_a_pasted_list_in_which_few_lines_have_marks_is_taken_whole(talk: Talk) -> None:
    lines = ["- a bot for tickets", "* summaries of long reports", "1) slogans for our shop"]
    lines += [f"classify the mails of branch {n}" for n in range(1, 11)]
    talk.say("\n".join(lines))
    assert [idea.title for idea in talk.conversation.board.shown][:4] == [
        "a bot for tickets", "summaries of long reports", "slogans for our shop", "classify the mails of branch 1",
    ]  # fmt: skip
    assert len(talk.conversation.board.shown) == 13


def test_signs_before_a_line_are_marks(talk: Talk) -> None:
    talk.say("triage\n🔹 a bot for tickets\n✅ 2) slogans\n➡️ reports")
    assert [idea.title for idea in talk.conversation.board.shown] == ["a bot for tickets", "slogans", "reports"]


def test_without_ideas_it_says_how_to_begin(talk: Talk) -> None:
    talk.say("ideas")
    assert "There are no ideas here yet" in talk.card + talk.below


@pytest.mark.parametrize(
    "text",
    [
        "triage: a bot that answers tickets",
        "Triage a bot that answers tickets",
        "triage, a bot that answers tickets",
        "Please triage - a bot that answers tickets",
    ],
)
def test_one_line_starts_the_questions(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.open == "data"
    assert talk.conversation.idea == "a bot that answers tickets"


def test_an_idea_may_hold_the_word_itself(talk: Talk) -> None:
    talk.say("triage: a bot to triage tickets, then triage mails")
    assert talk.conversation.idea == "a bot to triage tickets, then triage mails"


def test_the_word_inside_a_longer_one_is_still_heard(talk: Talk) -> None:
    talk.say("triage_2 a bot that answers tickets")
    assert talk.open == "data"


def test_one_line_while_a_question_is_open() -> None:
    talk = (
        Talk(shipped())
        .say("we want a bot that answers support tickets")
        .say("yes")
        .say("triage: a bot that writes slogans")
    )
    assert Offered in map(type, (*talk.turn.below, *talk.turn.card))


def test_one_line_after_the_questions_began_without_an_idea(talk: Talk) -> None:
    talk.say("start").say("triage: a bot that answers tickets")
    assert talk.conversation.idea == "a bot that answers tickets"


@pytest.mark.parametrize("text", ["triage", "triage:", "Triage these ideas:", "please triage these ideas:\n\n"])
def test_triage_without_an_idea(talk: Talk, text: str) -> None:
    talk.say(text)
    assert "send your ideas, one per line" in talk.card


@pytest.mark.parametrize(
    "text",
    [
        "triage these ideas:\n- a bot for tickets\n- slogans",
        "please triage these:\n1. a bot for tickets\n2) slogans",
        "Triage\n– a bot for tickets\n— slogans",
        "triage\na) a bot for tickets\nb) slogans",
        "triage: (1) a bot for tickets\n(2) slogans",
        "could you triage\n- [ ] a bot for tickets\n- [x] slogans",
    ],
)
def test_what_leads_up_to_a_list_and_its_marks_are_no_ideas(talk: Talk, text: str) -> None:
    talk.say(text)
    assert {row.idea.title for row in listed(talk).rows} == {"a bot for tickets", "slogans"}


@pytest.mark.parametrize(
    "text", ["hello\na bot for tickets\nslogans\n\nsummaries\ntranslations", "- slogans\n- hr chatbot"]
)
def test_a_list_without_the_word_is_one(talk: Talk, text: str) -> None:
    talk.say(text)
    assert "slogans" in {row.idea.title for row in listed(talk).rows}


def test_what_is_left_out_of_a_list_is_said(talk: Talk) -> None:
    talk.say("ideas:\n- slogans\n(from Ben and me)\n- hr chatbot\nto do: ask Ida")
    assert "no idea of its own: (from Ben and me) · to do: ask Ida" in talk.card
    assert len(talk.conversation.board.shown) == 2


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("should we fine-tune a bot for tickets?\n- it has to be fast\n- there is no data\n- no budget", True),
        ("should we fine-tune a bot for tickets?\n- it has to be fast\n- there is no data", False),
        ("should we fine-tune\n\n\n\n\na bot for tickets?", False),
    ],
)
def test_a_list_without_the_word_is_one_idea_and_how_to_rank_it_is_said(text: str, hint: bool) -> None:
    talk = Talk(shipped()).say(text)
    told = talk.turn.card[0]
    assert (isinstance(told, Receipts) and Notice("one_idea") in told.parts) is hint
    assert talk.open is not None
