"""A text that asks several things is answered question by question where each has an answer of its own."""

import pytest

from dialogs.advisor import Advisor
from dialogs.replies.passages import PassageReply
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import OUTSIDE, PACK, PASSAGE
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.dialogs.talk import Talk

OTHER = PACK.passages[1].id


def answered(passage: str) -> Match:
    return Match(MatchOutcome.ANSWER, (passage,), 0.9)


@pytest.mark.parametrize(
    ("text", "replies"),
    [
        ("what is aaa? what is bbb?", 2),
        ("what is aaa? what is aaa again?", 0),  # the same answer: one question put twice
        ("what is aaa? what is zzz?", 0),  # one of them has none
        ("what is aaa? hello?", 0),  # one of them asks nothing
    ],
)
def test_questions_of_one_message(advisor: Advisor, text: str, replies: int) -> None:
    passages = {
        "what is aaa?": answered(PASSAGE),
        "what is aaa again?": answered(PASSAGE),
        "what is bbb?": answered(OTHER),
        "what is zzz?": Match(MatchOutcome.OFFER, (OUTSIDE,), 0.3),
    }
    talk = Talk(understanding(advisor, Understanding(passages=passages)))
    talk.conversation = asked(advisor, "volume", data="yes")
    talk.say(text)
    assert sum(isinstance(reply, PassageReply) for reply in talk.replies) == replies
    assert talk.open == "volume"
