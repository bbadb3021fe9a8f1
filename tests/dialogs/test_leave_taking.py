"""Lines that take leave or stop write nothing, and whatever is said to the advisor has a reply, in every state."""

import pytest

from dialogs.conversation import Proposal
from tests.dialogs.talk import Talk
from tests.dialogs.test_exact_commands import STATES, answers, said, shown, state
from tests.thinned import one_in

LEAVING = ("ok thats it for today, bye", "cool, thats all for today. bye!")
REMARKS = (
    "ok", "cool", "nice!!", "👍", "...", "?", "🤷", "helpful", "hmm", "k thx", "ok nice. and what about that?",
    "nice. that means breakeven never comes basically. does tuned gpt model inference cost more per token than base?",
    "cool. so when do i use a prompt and when fine tuning?", "5 of 5!! ok nice. is there an example from a real bank?",
)  # fmt: skip


@pytest.mark.parametrize("name", STATES)
def test_taking_leave_answers_nothing(name: str) -> None:
    for line in LEAVING:
        assert answers(said(name, line)) == answers(state(name)), (name, line)


@pytest.mark.parametrize("name", one_in(3, STATES))
def test_what_is_said_to_the_advisor_has_a_reply(name: str) -> None:
    for line in (*REMARKS, *LEAVING):
        assert shown(said(name, line)), (name, line)


def test_an_answer_in_its_own_words_counts_beside_it() -> None:
    assert said("question budget", "limited budget, gotta go").conversation.chosen["budget"] == "limited"


def test_a_yes_to_a_proposal_counts_beside_it(talk: Talk) -> None:
    talk.say("start")
    talk.conversation = talk.conversation.replace(confirm=Proposal("data", "no", "some"))
    assert talk.say("yes, bye").conversation.chosen == {"data": "no"}


def test_a_question_beside_an_ok_is_answered() -> None:
    for line in REMARKS[-3:]:
        assert "noted_so_far" not in repr(shown(said("an idea", line)))
