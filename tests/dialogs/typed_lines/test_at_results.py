"""What people say about a result in their own words, and guesses and amounts that they leave or put right."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Proposal
from dialogs.replies.notices import Notice
from dialogs.replies.questions import QuestionCard
from tests.dialogs.parsers.meanings import RICH, at_volume, finished, meant
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure
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
    assert "4 of 5 answers point there" in at_result.below
    assert "\n" not in at_result.below


@pytest.mark.parametrize("text", ["its fine", "it's fine", "ok", "it dont matter", "great", "yes", "right"])
def test_a_result_that_is_taken_note_of_is_not_shown_again(at_result: Talk, text: str) -> None:
    chosen = at_result.conversation.chosen
    at_result.say(text)
    assert (at_result.turn.below, at_result.turn.card) == ((Notice("all_right"),), ())
    assert at_result.conversation.chosen == chosen


def test_a_bare_yes_or_no_at_a_result_is_no_answer(advisor: Advisor) -> None:
    read = Understanding({"yes": (RICH,), "no": (RICH,)})
    assert [meant(advisor, finished(advisor), text, read) for text in ("yes", "no")] == ["Acknowledgement", "Unknown"]


def test_while_a_question_is_open_such_words_may_answer_it(advisor: Advisor) -> None:
    open_still = asked(advisor, "consistency", data="yes")
    read = Understanding({"it doesnt matter to us": (sure("consistency", "tolerant"),)})
    assert meant(advisor, open_still, "it doesnt matter to us", read) == "tolerant plainly"
    assert meant(advisor, open_still, "its fine") != "Acknowledgement"


@pytest.mark.parametrize("text", ["volume is low", "actually, the budget is limited"])
def test_what_changes_nothing_says_so_in_a_line(at_result: Talk, text: str) -> None:
    verdict = at_result.advisor.pack.verdicts[0].name
    at_result.say(text)
    assert (at_result.turn.below, at_result.turn.card) == ((Notice("changes_nothing", {"verdict": verdict}),), ())


def test_what_is_asked_for_and_is_so_already_is_said(at_result: Talk) -> None:
    at_result.say("change volume to low")
    assert (at_result.below, at_result.turn.card) == ("Volume and speed was low, with time to spare already.", ())


@pytest.mark.parametrize("text", ["u tell me", "you tell me", "You decide!", "ok you decide then", "its up to you"])
def test_a_guess_that_is_left_to_the_advisor_is_kept_and_named(talk: Talk, text: str) -> None:
    talk.say("start").press("answer:data:yes")
    talk.conversation = talk.conversation.replace(confirm=Proposal(question="volume", option="low", evidence="few"))
    talk.say(text)
    record = talk.advisor.pack.question("volume").option("low").record
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert f"Volume and speed: {record}" in talk.card
    assert isinstance(talk.turn.card[-1], QuestionCard)


def test_nothing_else_is_left_to_the_advisor(advisor: Advisor) -> None:
    beside = at_volume(advisor).replace(confirm=Proposal(question="data", option="no"))
    supposed = finished(advisor).replace(confirm=Proposal(question="budget", option="flexible"))
    for conversation in (at_volume(advisor), beside, supposed):
        assert meant(advisor, conversation, "you decide") != "Confirmation"


AMOUNTS = {
    ("5000", "data"): (sure("data", "yes"),),
    ("50", "data"): (sure("data", "no"),),
    ("500", "data"): (sure("data", "yes"),),
    ("150", "data"): (maybe("data", "no"),),
}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("not 5000, 50", "changes data no"),
        ("Sorry, not 5000 but 50", "changes data no"),
        ("no, 50 not 5000", "changes data no"),
        ("I meant 50, not 5000.", "changes data no"),
        ("not 5000, 500", "changes"),
        ("not 5000, 150", "[edit:data]"),
        ("not 50, 5000", "Unknown"),
        ("not 5000", "Unknown"),
        ("not 5000 requests, 50", "Unknown"),
        ("not 5000, not 50", "Unknown"),
    ],
)
def test_an_amount_in_place_of_another_is_that_of_the_answer_just_given(
    advisor: Advisor, text: str, meaning: str
) -> None:
    assert meant(advisor, at_volume(advisor), text, Understanding(AMOUNTS)) == meaning


def test_no_back_and_a_question_by_its_name_corrects_that(talk: Talk) -> None:
    talk.say("start").press("answer:data:yes").say("no back, data: no")
    assert (talk.open, talk.conversation.chosen) == ("volume", {"data": "no"})
