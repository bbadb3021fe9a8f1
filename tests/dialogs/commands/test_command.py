"""Commands have one form, which others rely on: flat, all fields always there."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from dialogs.commands.command import ALL, LIKE, NONE, Command, Kind, Sure, What
from dialogs.executor.buttons import command_of
from dialogs.message import ARGUMENTS, Verb
from tests.by_words import advisor_by_words

SCHEMA = json.loads(files("dialogs.commands").joinpath("commands.json").read_text())
FIELDS = SCHEMA["properties"]["commands"]["items"]["properties"]


def test_the_names_are_those_of_the_form() -> None:
    assert {*FIELDS["command"]["enum"]} == {*Kind}
    assert {*FIELDS["what"]["enum"]} == {*What}
    assert {*FIELDS["sure"]["enum"]} == {*Sure}


def test_questions_and_options_of_the_built_in_pack_are_in_the_form() -> None:
    pack = advisor_by_words().pack
    assert {*FIELDS["question"]["enum"]} == {*pack.question_of, ALL, NONE}
    options = {option.id for question in pack.questions for option in question.options}
    assert {*FIELDS["option"]["enum"]} == {*options, LIKE, NONE}


@pytest.mark.parametrize("kind", Kind)
def test_a_command_comes_back_as_it_was_written(kind: Kind) -> None:
    command = Command(kind, What.NONE, ("3", "this"), "data", "yes", "a=b; c=d", "we have plenty", Sure.STATED)
    written = command.as_json()
    Draft202012Validator(SCHEMA).validate({"commands": [written]})
    assert Command.from_json(json.loads(json.dumps(written))) == command
    assert command.parameters() == {"a": "b", "c": "d"}


@pytest.mark.parametrize("wrong", [{}, {"command": "dance"}, {"command": "set", "ideas": "3"}])
def test_what_is_no_command_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Command.from_json(wrong)


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb not in (Verb.FEEDBACK, Verb.OFFER)])
def test_each_button_stands_for_a_command(verb: Verb) -> None:
    arguments = tuple("3" if name in ("number", "lesson") else "data" for name in ARGUMENTS.get(verb, ()))
    command = command_of(verb, *arguments)
    Draft202012Validator(SCHEMA["properties"]["commands"]["items"]["properties"]["command"]).validate(command.command)
