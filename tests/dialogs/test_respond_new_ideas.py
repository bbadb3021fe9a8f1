"""A new idea while another one is under way, or after its result."""

import pytest

from dialogs.replies.receipts import Offered
from tests.dialogs.steps import REQUEST, kinds, with_result
from tests.dialogs.talk import Talk
from tests.shipped import shipped


@pytest.fixture
def talk() -> Talk:
    """A talk with the advisor as it is shipped: by words alone it is not sure that a new idea is described."""
    return Talk(shipped())


def test_restart_keeps_the_idea_but_no_answers(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("start over")
    assert talk.open == "data"
    assert talk.conversation.answers == {}
    assert talk.conversation.idea == REQUEST


ANOTHER = "and then, should we fine-tune a model on radiology reports"


def test_what_may_be_a_new_idea_is_offered_and_changes_nothing(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say(ANOTHER)
    assert Offered in kinds(talk)
    assert (talk.open, talk.conversation.chosen, talk.conversation.idea) == ("volume", {"data": "yes"}, REQUEST)


@pytest.mark.parametrize("text", ["no", "go on", "a few a week"])
def test_whoever_goes_on_stays_with_the_idea(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say("yes").say(ANOTHER).say(text)
    assert talk.conversation.chosen["data"] == "yes"
    assert talk.conversation.idea == REQUEST


@pytest.mark.parametrize("text", ["yes", "New idea: “radiology reports”"])
def test_whoever_agrees_begins_it(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say("yes").say(ANOTHER).say(text)
    assert (talk.open, talk.conversation.answers) == ("data", {})
    assert "radiology" in talk.conversation.idea


@pytest.mark.parametrize(
    "text", ["invoice sorting for our accounting, limited budget", "support bot for us, limited budget"]
)
def test_another_idea_after_the_result_changes_nothing_about_the_one_before(talk: Talk, text: str) -> None:
    """It begins where it is plain that it is another one, and is offered where it is not."""
    before = with_result(talk).conversation.chosen
    talk.say(text)
    if talk.conversation.idea != text:
        assert talk.conversation.chosen == before
        talk.press("offer:1")
    assert talk.conversation.idea == text
    assert talk.conversation.chosen == {"budget": "limited"}


def test_a_new_thread_begins_an_idea_whatever_is_listed_in_its_channel() -> None:
    talk = Talk(shipped()).say("triage:\n- sales emails to thousands of leads\n- answers to customers").new_thread()
    talk.say("Outreach emails for the sales team to prospects, thousands every day.")
    assert talk.conversation.idea.startswith("Outreach emails")
    assert talk.open == "data"
