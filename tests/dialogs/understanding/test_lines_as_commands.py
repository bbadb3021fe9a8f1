"""Everything that a line asks for is a command."""

from typing import get_args

import pytest

from dialogs.commands.command import Command, Kind
from dialogs.executor.buttons import command_of
from dialogs.executor.items import Item, Items, Readings, Told, Unclear
from dialogs.message import Verb
from dialogs.understanding.exact import exact_command
from dialogs.understanding.policy import understand
from tests.dialogs.talk import NOON, Talk
from tests.shipped import shipped

COLLECTED = ("triage", "a bot that sorts invoices", "a bot that answers letters")
DESCRIBED = ("start", "we want to build a bot that drafts letters to our customers")


def items(before: tuple[str, ...], text: str) -> Items:
    """What a line does behind others."""
    talk = Talk(shipped())
    for line in before:
        talk.say(line)
    exact = exact_command(talk.advisor, talk.conversation, text, NOON)
    return understand(talk.advisor, talk.conversation, text).items if exact is None else exact


def test_what_is_no_command_holds_some_or_only_says_something() -> None:
    assert {*get_args(Item)} == {Command, Told, Readings, Unclear}


@pytest.mark.parametrize(
    ("before", "text", "name", "ideas", "value"),
    [
        ((), "a bot that drafts letters to our customers", "idea", (), "a bot that drafts letters to our customers"),
        (DESCRIBED, "new idea: a bot that sorts mail", "idea", (), "a bot that sorts mail"),
        ((), "triage", "ideas", (), ""),
        ((), "triage\n- a bot for invoices\n- slogans", "ideas", (), "a bot for invoices\nslogans"),
        ((), "What does fine-tuning cost?", "ask", (), "What does fine-tuning cost?"),
        (("What does fine-tuning cost?",), "shorter please", "ask", (), "faq-cost"),
        (COLLECTED, "a bot that books rooms", "ideas", (), "a bot that books rooms"),
        (COLLECTED, "remove number 2", "edit.remove", ("collected:2",), ""),
        (COLLECTED, "1: no data", "note", ("collected:1",), "no data"),
    ],
)
def test_what_a_line_tells_or_asks_is_a_command(
    before: tuple[str, ...], text: str, name: str, ideas: tuple[str, ...], value: str
) -> None:
    (item,) = items(before, text)
    command = item.command if isinstance(item, Told) else item
    assert isinstance(command, Command)
    assert (command.name, command.ideas, command.value) == (name, ideas, value)


def test_a_line_changes_a_list_in_several_ways() -> None:
    removed, told = items(COLLECTED, "a bot that books rooms. remove number 2")
    assert isinstance(removed, Command) and isinstance(told, Told)
    assert (removed.name, told.command.name, told.command.value) == ("edit.remove", "ideas", "a bot that books rooms.")
    removed, done = items(COLLECTED, "remove number 2. that's all")
    assert isinstance(removed, Command) and done == command_of(Verb.FINISH)


def test_words_of_a_title_are_no_place_of_a_collected_list() -> None:
    named = Command(Kind.NOTE, ideas=("collected works", "collected:last", "2"), value="no data")
    assert named.places == ()
    assert named.replace(ideas=("collected:12",)).places == (12,)
