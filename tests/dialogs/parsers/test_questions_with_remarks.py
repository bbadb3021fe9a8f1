"""What stands beside a question in the same message answers, unless it is a remark about what was asked."""

import pytest

from dialogs.advisor import Advisor
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import LOW, PASSAGE
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.dialogs.talk import NOON

ASKED = "what is xyz?"


@pytest.mark.parametrize(
    ("beside", "states", "answered"),
    [
        ("Normal talk.", {}, True),
        ("It sounds normal.", {}, False),
        ("That sounds normal.", {}, False),
        ("It sounds normal.", {"volume": "low"}, True),
    ],
)
def test_a_remark_on_the_question_answers_only_what_it_states(
    advisor: Advisor, beside: str, states: dict[str, str], answered: bool
) -> None:
    text = f"{ASKED} {beside}"
    passage = Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9)
    meanings = Understanding({beside: (LOW,)}, {beside: states}, passages={ASKED: passage, text: passage})
    message = Message("m1", Person("ana"), NOON, Typed(text))
    turn = respond(understanding(advisor, meanings), asked(advisor, "volume", data="yes"), message)
    assert ("volume" in turn.conversation.answers) is answered
    assert turn.below
