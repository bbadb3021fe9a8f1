"""The greeting and the offer to start count the questions of the pack that there is; a hello in the middle gets no more
than a hello."""

import pytest

from dialogs.advisor import Advisor
from dialogs.replies.notices import Greeting, Notice
from dialogs.replies.passages import NotCovered
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.talk import Talk


@pytest.mark.parametrize(
    ("count", "length"),
    [
        (1, "I ask one question"),
        (2, "I ask 2 questions, about a minute"),
        (5, "I ask 5 questions, about a minute"),
        (6, "I ask 6 questions, about 2 minutes"),
        (10, "I ask 10 questions, about 2 minutes"),
    ],
)
def test_the_greeting_says_how_many_questions_there_are(advisor: Advisor, count: int, length: str) -> None:
    pack = advisor.pack.model_copy(update={"questions": (advisor.pack.questions * 2)[:count]})
    for reply in (Greeting(pack), NotCovered(pack, (), offer=True)):
        assert length in plain(lay_out(advisor, (reply,), 0))


@pytest.mark.parametrize("before", ["start", "learn"])
def test_a_hello_in_the_middle_is_returned_and_what_is_open_stays(talk: Talk, before: str) -> None:
    talk.say("hello")
    assert isinstance(talk.turn.card[0], Greeting)
    talk.say(before).say("hello")
    said = (*talk.turn.below, *talk.turn.card)
    assert Notice("hello_again") in said
    assert not any(isinstance(reply, Greeting) for reply in said)
    assert talk.buttons()
