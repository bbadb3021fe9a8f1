"""Messages of several utterances: an answer beside a question, answers sentence by sentence."""

import pytest

from dialogs.advisor import Advisor
from dialogs.replies import NotCovered, PassageReply, QuestionCard, Recommendation, ResultReasons, ResultSummary
from dialogs.utterances import question_beside, sentences
from tests.dialogs.talk import Talk

REQUEST = "should we fine-tune our support bot?"


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    return Talk(advisor).say(REQUEST)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("good ones. what is it?", ("good ones.", "what is it?")),
        ("what is it? we have many. hundreds", ("what is it?", "we have many. hundreds")),
        ("what? no. why?", None),
        ("what? why?", None),
        ("no. yes.", None),
        ("what is it", None),
        ("a. b. c. d. e?", None),
    ],
)
def test_an_answer_and_a_question_are_told_apart(text: str, parts: tuple[str, str] | None) -> None:
    assert question_beside(text) == parts


def test_a_sentence_has_words() -> None:
    assert sentences("no! general …\n. volume: low; ok") == ("no!", "general …", "volume: low;", "ok")


@pytest.mark.parametrize(
    "text", ["yes. how much does fine-tuning cost?", "how much does fine-tuning cost? yes, hundreds"]
)
def test_a_question_beside_an_answer_is_answered_and_the_answer_counts(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.conversation.chosen == {"data": "yes"}
    assert [type(reply) for reply in talk.turn.below] == [PassageReply]
    assert isinstance(talk.turn.card[-1], QuestionCard)
    assert talk.open == "volume"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("yes. budget is limited", {"data": "yes", "budget": "limited"}),
        ("budget: limited\nvolume: low", {"budget": "limited", "volume": "low"}),
        ("no! and change the volume to not sure.", {"data": "no", "volume": "unsure"}),
        ("yes. no.", {}),
    ],
)
def test_sentences_answer_one_by_one(talk: Talk, text: str, chosen: dict[str, str]) -> None:
    assert talk.say(text).conversation.chosen == chosen


def test_a_denial_does_not_reach_into_the_next_sentence(talk: Talk) -> None:
    for option in ("data:yes", "volume:high", "domain:general"):
        talk.press(f"answer:{option}")
    talk.say("not volume! budget limited i think")
    assert talk.conversation.chosen.get("budget") in (None, "limited")


@pytest.fixture
def result(talk: Talk) -> Talk:
    for option in ("data:yes", "volume:low", "domain:general", "budget:limited", "consistency:tolerant"):
        talk.press(f"answer:{option}")
    assert isinstance(talk.turn.card[-1], Recommendation)
    return talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("why weak", ResultReasons),
        ("why not fine tune if we have so many tickets", ResultReasons),
        ("short summary please", ResultSummary),
        ("summary for the cfo", ResultSummary),
    ],
)
def test_what_is_asked_below_a_result_is_about_it(result: Talk, text: str, kind: type) -> None:
    assert [type(reply) for reply in result.say(text).turn.below] == [kind]


def test_who_says_nothing_yet_is_asked_for_the_idea(advisor: Advisor) -> None:
    talk = Talk(advisor).say("greetings from the third floor, everyone")
    (reply,) = talk.turn.card
    assert isinstance(reply, NotCovered)
    assert not reply.asked
    assert talk.card.startswith("Tell me in a sentence")
