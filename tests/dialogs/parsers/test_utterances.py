"""Messages of several utterances: an answer beside a question, answers sentence by sentence."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.conversation import Proposal
from dialogs.replies.passages import NotCovered, PassageReply
from dialogs.replies.questions import QuestionCard
from dialogs.replies.results import Recommendation
from dialogs.replies.texts import ResultText
from knowledge.sentences import sentences
from tests.dialogs.talk import Talk, kind
from tests.shipped import shipped

REQUEST = "should we fine-tune our support bot?"


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    return Talk(advisor).say(REQUEST)


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


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("no examples, and our budget is tight", {"data": "no", "budget": "limited"}),
        ("volume: low", {"volume": "low"}),
        ("volume: low, budget: flexible", {"volume": "low", "budget": "flexible"}),
        ("yes we have thousands... well actually no, we have none", {"data": "no"}),
        ("no idea about the budget", {"budget": "unsure"}),
        ("i forgot my badge, and the door is shut", {}),
    ],
)
def test_clauses_answer_one_by_one(talk: Talk, text: str, chosen: dict[str, str]) -> None:
    assert talk.say(text).conversation.chosen == chosen


def test_clauses_that_disagree_are_asked_about(talk: Talk) -> None:
    talk.press("answer:data:yes").say("thousands of requests, no hurry")
    assert "volume" not in talk.conversation.chosen


def test_more_than_was_proposed_is_no_contradiction(talk: Talk) -> None:
    talk.conversation = talk.conversation.replace(confirm=Proposal(question="data", option="unsure", evidence="hm"))
    assert talk.say("ok then yes, 8000 tickets with their replies").conversation.chosen == {"data": "yes"}


def test_an_idea_after_the_start_is_no_other_idea() -> None:
    idea = "a bot that answers support tickets for our customers"
    talk = Talk(shipped()).say("start").say(idea)
    assert (talk.conversation.idea, talk.conversation.pending) == (idea, None)


def test_what_refers_back_is_no_other_idea(talk: Talk) -> None:
    talk.press("answer:data:yes").say("this involves prudential guidelines, and the text must be identical each time")
    assert talk.conversation.pending is None
    assert talk.conversation.chosen["consistency"] == "predictable"


def test_a_denial_does_not_reach_into_the_next_sentence(talk: Talk) -> None:
    for option in ("data:yes", "volume:high", "domain:general"):
        talk.press(f"answer:{option}")
    talk.say("not volume! budget limited i think")
    assert talk.conversation.chosen.get("budget") in (None, "limited")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("dont know, but budget is tight", {"data": "unsure", "budget": "limited"}),
        ("no idea. budget is 50k", {"data": "unsure", "budget": "flexible"}),
        (
            "no clue; we have about 2000 requests a day. budget is tight",
            {"data": "unsure", "volume": "high", "budget": "limited"},
        ),
        ("Budget, I don't know", {"budget": "unsure"}),
        (
            "no idea about the budget, but the output must always be the same",
            {"budget": "unsure", "consistency": "predictable"},
        ),
        ("Not sure. We have a generous budget.", {"data": "unsure", "budget": "flexible"}),
        ("skip. budget is tight", {"data": "unsure", "budget": "limited"}),
        ("i don't know. the output must always be the same", {"data": "unsure", "consistency": "predictable"}),
        ("WAIT. JUST CHECKED. THERE ARE NO EXAMPLES", {"data": "no"}),
    ],
)
def test_not_sure_is_about_the_question_that_it_belongs_to(text: str, chosen: dict[str, str]) -> None:
    assert Talk(shipped()).say(REQUEST).say(text).conversation.chosen == chosen


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        (
            "we have 800 labelled pairs and want to make that the basis, budget is tight",
            {"data": "yes", "budget": "limited"},
        ),
        ("no examples, it is legal contracts... actually no, 500 examples", {"data": "yes", "domain": "specialised"}),
        ("we have no examples. make that 500 examples", {"data": "yes"}),
        ("we have thousands of examples... actually no, the budget is tight", {"budget": "limited"}),
    ],
)
def test_only_what_is_taken_back_is_lost(text: str, chosen: dict[str, str]) -> None:
    assert Talk(shipped()).say(REQUEST).say(text).conversation.chosen == chosen


@pytest.fixture
def result(talk: Talk) -> Talk:
    for option in ("data:yes", "volume:low", "domain:general", "budget:limited", "consistency:tolerant"):
        talk.press(f"answer:{option}")
    assert isinstance(talk.turn.card[-1], Recommendation)
    return talk


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("why not fine tune if we have so many tickets", What.VERDICT),
        ("summary for the cfo", ResultText),
    ],
)
def test_what_is_asked_below_a_result_is_about_it(result: Talk, text: str, told: object) -> None:
    assert [kind(reply) for reply in result.say(text).turn.below] == [told]


def test_who_says_nothing_yet_is_asked_for_the_idea(advisor: Advisor) -> None:
    talk = Talk(advisor).say("greetings from the third floor, everyone")
    (reply,) = talk.turn.card
    assert isinstance(reply, NotCovered)
    assert not reply.asked
    assert talk.card.startswith("Tell me in a sentence")
