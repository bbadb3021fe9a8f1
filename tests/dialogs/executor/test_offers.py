"""What is offered as a button says what will happen, and holds until the next message."""

from dialogs.commands.command import Kind, What
from tests.dialogs.executor.lines import chat, ideas, offered, set_, suppose
from tests.dialogs.talk import Talk


def test_a_supposition_is_offered_by_what_it_would_set(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports"), set_("data", "no", "2")).do(suppose("data", "yes", "2"))
    assert offered(talk) == ("2. summaries of reports: set Training data: yes, hundreds or more",)
    assert talk.conversation.board.find(2).chosen == {"data": "no"}
    talk.press("offer:1")
    assert talk.conversation.board.find(2).chosen == {"data": "yes"}
    assert [command.command for command in talk.turn.did] == [Kind.SET]
    assert not offered(talk)


def test_an_answer_for_no_known_idea_is_offered_for_those_that_there_are(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports")).do(set_("data", "no", "the payroll thing"))
    assert offered(talk) == ("1. a bot for tickets", "2. summaries of reports")
    assert "over" in talk.press("offer:9").aside
    talk.press("offer:2")
    assert talk.conversation.board.find(2).chosen == {"data": "no"}


def test_a_later_press_says_that_the_offer_is_over(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports")).do(set_("data", "no", "the payroll thing"))
    revision = talk.conversation.revision
    talk.do(chat(What.THANKS)).press("offer:2", revision=revision)
    assert talk.conversation.board.find(2).chosen == {}
    assert "over" in talk.aside
