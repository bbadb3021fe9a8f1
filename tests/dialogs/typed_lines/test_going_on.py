"""Going on accepts a proposal: when, and when it waits."""

from dialogs.conversation import AnswerMethod
from dialogs.replies.questions import LikelyOption
from dialogs.replies.receipts import Receipts
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import REQUEST, at_volume, kinds


def test_who_goes_on_about_something_else_has_accepted_what_was_proposed_and_sees_it(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("we have no budget")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low", "budget": "limited"}
    assert talk.conversation.answers["volume"].how is AnswerMethod.READ
    assert "(read from “a handful a day maybe”)" in talk.card
    assert talk.conversation.confirm is None
    assert talk.open == "domain"


def test_the_next_proposal_accepts_the_one_before(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("maybe we are rich")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert kinds(talk) == [Receipts, LikelyOption]
    assert "“a handful a day maybe”" in talk.card
    assert talk.open == "budget"


def test_chatter_and_the_same_question_accept_nothing(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("hold on, the phone")
    assert talk.conversation.chosen == {"data": "yes"}
    talk.say("few i guess")
    assert talk.conversation.chosen == {"data": "yes"}
    assert "confirm:volume:low" in talk.buttons()


def test_among_several_people_a_proposal_waits(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("we have no budget", who="ben")
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert "confirm:volume:low" in talk.buttons()


def test_an_answer_that_was_given_is_not_replaced_by_going_on(talk: Talk) -> None:
    at_volume(talk).say("some old tickets").press("answer:volume:low").press("edit:data")
    talk.say("a handful a day maybe").say("we have no budget")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low", "budget": "limited"}
    assert talk.conversation.answers["volume"].how is AnswerMethod.BUTTON


def test_what_was_left_unsure_is_filled_in_after_the_result(talk: Talk) -> None:
    talk.say(REQUEST)
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:unsure", "consistency:predictable"):
        talk.press(f"answer:{answer}")
    talk.say("well, the year was a lean one and we have no budget")
    assert talk.conversation.chosen["budget"] == "limited"
