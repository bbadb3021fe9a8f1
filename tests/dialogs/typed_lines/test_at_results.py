"""What people say about a result in their own words, and guesses and amounts that they leave or put right."""

import pytest

from dialogs.conversation import Proposal
from dialogs.replies.notices import Notice
from dialogs.replies.questions import QuestionCard
from tests.dialogs.talk import Talk


@pytest.fixture
def at_result(talk: Talk) -> Talk:
    talk.say("start")
    for answer in ("data:yes", "volume:low", "domain:general", "budget:limited", "consistency:tolerant"):
        talk.press(f"answer:{answer}")
    return talk


@pytest.mark.parametrize("text", ["what does hybrid mean", "ok so what is meant by hybrid here?"])
def test_what_a_verdict_means_is_told(at_result: Talk, text: str) -> None:
    hybrid = at_result.advisor.pack.verdicts[1]
    at_result.say(text)
    told = {"verdict": hybrid.name, "meaning": hybrid.meaning}
    assert at_result.turn.below == (Notice("verdict_meaning", told),)
    assert hybrid.meaning in at_result.below


def test_the_strength_is_told_in_a_line_with_what_it_comes_from(at_result: Talk) -> None:
    at_result.say("how sure are you?")
    verdict = at_result.advisor.pack.verdicts[0].name
    assert at_result.below.startswith(verdict)
    assert "4 of 5 answers for it" in at_result.below
    assert "\n" not in at_result.below


@pytest.mark.parametrize("text", ["ok", "great"])
def test_a_result_that_is_taken_note_of_is_not_shown_again(at_result: Talk, text: str) -> None:
    chosen = at_result.conversation.chosen
    at_result.say(text)
    assert (at_result.turn.below, at_result.turn.card) == ((Notice("all_right"),), ())
    assert at_result.conversation.chosen == chosen


@pytest.mark.parametrize("text", ["yes", "no"])
def test_a_bare_yes_or_no_at_a_result_is_no_answer(at_result: Talk, text: str) -> None:
    chosen = at_result.conversation.chosen
    at_result.say("thanks").say(text)
    assert at_result.conversation.chosen == chosen


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("volume is low", "Volume and speed was low, with time to spare already; that covers "),
        ("change volume to low", "Volume and speed was low, with time to spare already; that covers "),
        ("actually, the budget is limited", "Budget was limited already; that covers "),
    ],
)
def test_what_changes_nothing_says_so_in_a_line(at_result: Talk, text: str, said: str) -> None:
    at_result.say(text)
    assert at_result.below.startswith(said)
    assert (at_result.below.count("\n"), at_result.turn.card) == (0, ())


@pytest.mark.parametrize("text", ["u tell me", "you tell me", "You decide!", "ok you decide then", "its up to you"])
def test_a_guess_that_is_left_to_the_advisor_is_kept_and_named(talk: Talk, text: str) -> None:
    talk.say("start").press("answer:data:yes")
    talk.conversation = talk.conversation.replace(confirm=Proposal(question="volume", option="low", evidence="few"))
    talk.say(text)
    record = talk.advisor.pack.question("volume").option("low").record
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert f"Volume and speed: {record}" in talk.card
    assert isinstance(talk.turn.card[-1], QuestionCard)


def test_nothing_else_is_left_to_the_advisor(at_result: Talk) -> None:
    at_result.conversation = at_result.conversation.replace(confirm=Proposal(question="budget", option="flexible"))
    at_result.say("you decide")
    assert at_result.conversation.chosen["budget"] == "limited"


def test_no_back_and_a_question_by_its_name_corrects_that(talk: Talk) -> None:
    talk.say("start").press("answer:data:yes").say("no back, data: no")
    assert (talk.open, talk.conversation.chosen) == ("volume", {"data": "no"})
