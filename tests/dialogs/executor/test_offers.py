"""What is offered as a button says what will happen, and holds until the next message."""

import pytest

from dialogs.commands.command import Command, Kind, What
from dialogs.executor.items import Readings
from tests.dialogs.executor.lines import chat, edit, idea, ideas, note, offered, set_, suppose
from tests.dialogs.talk import Talk


def test_a_supposition_is_offered_by_what_it_would_set(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports"), set_("data", "no", "2")).do(suppose("data", "yes", "2"))
    assert offered(talk) == ("2. summaries of reports: set Training data: yes, hundreds or more",)
    assert talk.conversation.board.find(2).chosen == {"data": "no"}
    talk.press("offer:1")
    assert talk.conversation.board.find(2).chosen == {"data": "yes"}
    assert [command.command for command in talk.turn.did] == [Kind.SET]
    assert not offered(talk)


@pytest.mark.parametrize(
    "command",
    [note("3 to 4 thousand for the year"), idea("slogans for shops"), Command(Kind.IDEAS, value="slogans\nletters")],
)
def test_what_is_offered_to_be_kept_stands_on_its_button(talk: Talk, command: Command) -> None:
    (label,) = offered(talk.do(ideas("a bot for tickets", "reports")).do(Readings((command,))))
    assert all(line in label for line in command.value.splitlines())


def test_a_status_that_is_offered_is_named_as_it_is_shown(talk: Talk) -> None:
    status = edit(What.STATUS, "1", value="not_a_fit")
    assert offered(talk.do(ideas("tickets", "reports")).do(Readings((status,)))) == (
        "Set 1. tickets to “not a language-model task”",
    )


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
