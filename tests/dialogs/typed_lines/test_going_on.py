"""Going on accepts a proposal: when, and when it waits."""

from dialogs.conversation import AnswerMethod, Proposal
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume

FEW = "a handful a day maybe"


def proposed(talk: Talk) -> Talk:
    """What was said of the open question was not sure, and is asked about."""
    at_volume(talk)
    talk.conversation = talk.conversation.replace(confirm=Proposal("volume", "low", FEW))
    return talk


def test_who_goes_on_about_something_else_has_accepted_what_was_proposed_and_sees_it(talk: Talk) -> None:
    proposed(talk).say("the budget is limited")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low", "budget": "limited"}
    assert talk.conversation.answers["volume"].how is AnswerMethod.READ
    assert "Volume and speed: low" in talk.card
    assert talk.conversation.confirm is None
    assert talk.open == "domain"


def test_chatter_accepts_nothing(talk: Talk) -> None:
    proposed(talk).say("hold on, the phone")
    assert talk.conversation.chosen == {"data": "yes"}


def test_among_several_people_a_proposal_waits(talk: Talk) -> None:
    proposed(talk).say("the budget is limited", who="ben")
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert talk.conversation.confirm is not None


def test_an_answer_that_was_given_is_not_replaced_by_going_on(talk: Talk) -> None:
    proposed(talk).press("answer:volume:high").press("edit:data")
    talk.conversation = talk.conversation.replace(confirm=Proposal("volume", "low", FEW))
    talk.say("the budget is limited")
    assert talk.conversation.chosen["volume"] == "high"
