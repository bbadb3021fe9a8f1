"""The greeting and the offer to start count the questions of the pack that there is."""

import pytest

from dialogs.advisor import Advisor
from dialogs.replies import Greeting, NotCovered
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.pack import Pack


def with_questions(pack: Pack, count: int) -> Pack:
    return pack.model_copy(update={"questions": (pack.questions * 2)[:count]})


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
    pack = with_questions(advisor.pack, count)
    for reply in (Greeting(pack), NotCovered(pack, (), offer=True)):
        assert length in plain(lay_out(advisor, (reply,), 0))
