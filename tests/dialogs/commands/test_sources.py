"""Forms, messages and files end in commands of the closed set, as presses and lines do."""

import json
from importlib.resources import files

from jsonschema import Draft202012Validator

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Sure
from dialogs.form_submission import Submission, decide_form
from dialogs.message import GivenIdea, Typed
from dialogs.respond import respond
from dialogs.turn import Turn
from tests.dialogs.executor.lines import idea, ideas, set_
from tests.dialogs.flows.board_states import message, states
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL

SCHEMA = json.loads(files("dialogs.commands").joinpath("commands.json").read_text())


def did(turn: Turn) -> tuple[Command, ...]:
    Draft202012Validator(SCHEMA).validate({"commands": [command.as_json() for command in turn.did]})
    return turn.did


def test_a_form_begins_an_idea_and_sets_each_answer(advisor: Advisor) -> None:
    sets = tuple(set_(question, option, sure=Sure.NONE) for question, option in ALL.items())
    turn = decide_form(advisor, Submission(ALL, "our bot"), NOON)
    assert did(turn) == (idea("our bot"), *sets)
    assert turn.conversation.chosen == ALL
    assert did(decide_form(advisor, Submission(ALL), NOON)) == sets


def test_a_message_begins_an_idea_and_implies_answers(advisor: Advisor) -> None:
    told = understanding(advisor, Understanding(states={"our bot": {"data": "no"}}))
    turn = decide_form(told, Submission(idea="our bot"), NOON)
    assert did(turn) == (idea("our bot"), set_("data", "no", quote="our bot", sure=Sure.IMPLIED))


def test_a_file_adds_its_ideas(advisor: Advisor) -> None:
    before = states(advisor)["list"]
    rows = (GivenIdea("a bot\nfor mails", (("data", "yes"),)), GivenIdea("slogans"))
    turn = respond(advisor, before, message(Typed("", rows, ("line 4: no text",))))
    assert did(turn) == (ideas("a bot for mails", "slogans"),)
    assert turn.conversation.board.ideas[-2].chosen == {"data": "yes"}
    assert "slogans" not in "".join(turn.conversation.undo), "its text is not kept once more to be taken back"


def test_a_file_without_an_idea_does_nothing(advisor: Advisor) -> None:
    turn = respond(advisor, states(advisor)["list"], message(Typed("", (), ("it is empty",))))
    assert did(turn) == ()
