"""Pasted lists of ideas, and single lines with the mark of a list."""

import pytest

from dialogs.replies.ideas import IdeaList
from tests.dialogs.steps import kinds
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume

LIST = "- a bot that answers HR questions\n- summaries of contracts\n- slogans for shoes"


def test_a_list_with_marks_is_triage_without_the_word(talk: Talk) -> None:
    talk.say(LIST)
    (page,) = talk.turn.card
    assert isinstance(page, IdeaList)
    assert page.total == 3


@pytest.mark.parametrize("text", [LIST, "hr bot\ncontract summaries"])
def test_a_list_may_come_in_the_message_after_the_word(talk: Talk, text: str) -> None:
    talk.say("triage").say(text)
    assert isinstance((*talk.turn.below, *talk.turn.card)[0], IdeaList)


def test_the_list_may_come_after_a_word_in_between(talk: Talk) -> None:
    talk.say("triage").say("thanks").say("hr bot\ncontract summaries")
    assert IdeaList in kinds(talk)


def test_facts_about_one_idea_in_a_list_are_no_list_of_ideas(understood: Talk) -> None:
    talk = understood.say("should we fine-tune a bot for tickets?\n- our budget is limited\n- there is no data")
    assert talk.open is not None
    assert talk.conversation.chosen["budget"] == "limited"


def test_an_idea_with_the_mark_of_a_list_answers_no_question(understood: Talk) -> None:
    at_volume(understood).press("answer:volume:low").press("answer:domain:general")
    understood.say("3) write product descriptions in our brand voice")
    assert "budget" not in understood.conversation.chosen


@pytest.mark.parametrize("text", ["1) limited", "- our budget is limited"])
def test_an_answer_with_the_mark_of_a_list_is_one(understood: Talk, text: str) -> None:
    at_volume(understood).press("answer:volume:low").press("answer:domain:general").say(text)
    assert understood.conversation.chosen["budget"] == "limited"


def test_a_marked_line_that_answers_the_open_question_is_no_idea(understood: Talk) -> None:
    at_volume(understood).press("answer:volume:low").say("- contract texts, legal language")
    assert understood.conversation.chosen["domain"] == "specialised"
