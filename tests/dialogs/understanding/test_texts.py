"""Which text to take away, and which status, the words of a line ask for."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.understanding.arguments import commands_for
from dialogs.understanding.statements import Line
from dialogs.understanding.typed_text import TypedText
from tests.dialogs.talk import Talk


def asked(advisor: Advisor, text: str, kind: str, last: str = "") -> list[tuple[str, str]]:
    """The form and value of what a text is understood as, if it is of this kind."""
    conversation = Conversation.fresh(advisor.pack).replace(last=last)
    found = commands_for(TypedText.at(advisor, conversation, text), kind, Line())
    return [(each.what, each.value) for each in found if isinstance(each, Command)]


@pytest.mark.parametrize(
    ("text", "last", "form", "value"),
    [
        ("a mail to my boss pls", "", What.MAIL, ""),
        ("put it in two sentences", "", What.NOTE, "sentences=2"),
        ("summary of it in 3 lines", "", What.SUMMARY, "lines=3"),
        ("shorter", "write.mail", What.MAIL, "style=short; of=last"),
        ("with more detail", "write.note", What.NOTE, "style=long; of=last"),
        ("as json", "write.note", What.JSON, "of=last"),
        ("something for the file", "show.result", What.UNSPECIFIED, ""),
    ],
)
def test_form_and_length_of_a_text(advisor: Advisor, text: str, last: str, form: What, value: str) -> None:
    assert asked(advisor, text, Kind.WRITE, last) == [(form, value)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("it is approved", "approved"),
        ("this is in a pilot now", "piloting"),
        ("unpark it", "open"),
        ("no fit, that is ordinary software", "not_a_fit"),
    ],
)
def test_the_status_that_a_line_names(advisor: Advisor, text: str, status: str) -> None:
    assert asked(advisor, text, "edit.status") == [(What.STATUS, status)]
    assert asked(advisor, "that one then", "edit.status") == []
    assert asked(advisor, "planned, not approved", "edit.status") == []


def test_every_status_has_words(advisor: Advisor) -> None:
    assert {*advisor.catalogue.status_words} == {*advisor.catalogue.statuses}


def test_a_status_is_set_by_what_is_understood(talk: Talk) -> None:
    talk.do(Command(Kind.IDEAS, value="letters\noffers"))
    (command,) = commands_for(TypedText.at(talk.advisor, talk.conversation, "2 is approved"), "edit.status", Line())
    assert command == Command(Kind.EDIT, What.STATUS, ideas=("2",), value="approved")


@pytest.mark.parametrize(("text", "value"), [("only the approved ones", "filter=approved"), ("show the list", "")])
def test_the_list_is_asked_for_by_status(advisor: Advisor, text: str, value: str) -> None:
    assert asked(advisor, text, "show.ideas") == [(What.IDEAS, value)]


def test_of_an_idea_the_answer_goes_that_is_named_and_not_the_idea(talk: Talk) -> None:
    talk.do(Command(Kind.IDEAS, value="letters\noffers"))
    found = commands_for(
        TypedText.at(talk.advisor, talk.conversation, "remove the budget from 2"), "edit.remove", Line()
    )
    assert [(each.command, each.ideas, each.question) for each in found] == [(Kind.CLEAR, ("2",), "budget")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("delete all the notes on 2", ("all", "")),
        ("delete that note, thats all", ("none", "")),
        ("the remark on the auditors can go from there please", ("none", "auditors")),
        ("the remark on the cafeteria can go from there please", ("none", "cafeteria")),
    ],
)
def test_which_notes_are_to_go(talk: Talk, text: str, meant: tuple[str, str]) -> None:
    talk.do(Command(Kind.IDEAS, value="letters\noffers"), Command(Kind.NOTE, ideas=("2",), value="auditors look at it"))
    (command,) = commands_for(TypedText.at(talk.advisor, talk.conversation, text), "clear.note", Line())
    assert isinstance(command, Command)
    assert command.question == meant[0]
    assert meant[1] in command.value
    assert bool(meant[1]) == bool(command.value)
