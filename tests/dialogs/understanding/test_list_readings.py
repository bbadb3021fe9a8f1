"""The ideas of a list are read before its turn, which then reads none of them again."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from dialogs.understanding.lists import read_ahead
from knowledge.interfaces import Reader, Reading
from tests.dialogs.talk import NOON, Talk
from tests.shipped import shipped

LINES = "\n".join(f"- summarise the mails of office {number} for its boss" for number in range(30))
TABLE = "| Idea | Budget |\n|---|---|\n" + "\n".join(f"| mail sorting {number} | small |" for number in range(20))


class Recorder:
    """A reader that keeps which texts it was given."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.texts: set[str] = set()

    def __getattr__(self, name: str) -> object:
        return getattr(self._reader, name)

    def read(self, text: str) -> Mapping[str, Reading]:
        self.texts.add(text)
        return self._reader.read(text)


def recording() -> tuple[Advisor, Recorder]:
    advisor = shipped()
    recorder = Recorder(advisor.knowledge.reader)
    knowledge = replace(advisor.knowledge, reader=recorder)  # type: ignore[arg-type]
    return Advisor.build(knowledge, advisor.catalogue), recorder


@pytest.mark.parametrize("text", [LINES, TABLE])
def test_a_turn_reads_no_idea_that_was_not_read_before(text: str) -> None:
    advisor, recorder = recording()
    conversation = Talk(advisor).conversation
    steps = len(list(read_ahead(advisor, conversation, text)))
    before = set(recorder.texts)
    turn = respond(advisor, conversation, Message("m", Person("ana"), NOON, Typed(text)))
    ideas = {idea.text for idea in turn.conversation.board.shown}
    assert ideas <= before
    assert len(recorder.texts - before) <= 3
    assert steps > len(ideas)


@pytest.mark.parametrize("text", ["yes", "a chatbot that answers support mails", "we have data. " * 200])
def test_nothing_of_what_is_no_list_is_read_ahead(text: str) -> None:
    advisor, recorder = recording()
    assert list(read_ahead(advisor, Talk(advisor).conversation, text)) == []
    assert not recorder.texts


def test_a_long_idea_is_read_in_many_steps() -> None:
    text = "We have 300 graded letters, and our lawyers let us use them. " * 12
    board = shipped().flows.board
    assert len(list(board.read_ahead(text))) > 24
