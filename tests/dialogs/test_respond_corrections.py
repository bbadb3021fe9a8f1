"""Corrections: back, edit, keep, and facts that change an answer."""

import pytest

from dialogs.replies.questions import QuestionCard
from dialogs.replies.receipts import Receipts
from dialogs.replies.results import Recommendation
from tests.dialogs.steps import REQUEST, finished, kinds, with_result
from tests.dialogs.talk import Talk


def test_correction(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no").press("answer:volume:low").say("change data to yes")
    assert kinds(talk) == [Receipts, QuestionCard]
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert talk.open == "domain"


def test_back_keeps_later_answers(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:low").press("back").press("back")
    assert talk.open == "data"
    assert "Your answer so far: yes" in talk.card
    talk.press("answer:data:no")
    assert talk.open == "domain"
    assert talk.conversation.chosen == {"data": "no", "volume": "low"}


@pytest.mark.parametrize("question", ["data", "volume", "domain", "budget", "consistency"])
def test_every_answer_can_be_edited_from_the_recommendation(talk: Talk, question: str) -> None:
    talk.say(REQUEST)
    for q in ("data", "volume", "domain", "budget", "consistency"):
        talk.press(f"answer:{q}:unsure")
    assert kinds(talk) == [Recommendation]
    assert f"edit:{question}" in talk.buttons()
    talk.press(f"edit:{question}")
    assert talk.open == question
    option = talk.advisor.pack.question(question).options[0].id
    talk.press(f"answer:{question}:{option}")
    assert talk.conversation.answers[question].option == option
    assert kinds(talk) == [Receipts, Recommendation]


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("Edit training data", "data"),
        ("change speed", "volume"),
        ("change volume", "volume"),
        ("change data quality of mails tomorrow", None),
        ("change this and that", None),
        ("change data and volume", None),
        ("change it", None),
    ],
)
def test_a_question_is_opened_again_by_its_name_alone(talk: Talk, text: str, opened: str | None) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:low").say(text)
    assert talk.conversation.revisit == opened


def test_keeping_by_typing_is_for_a_question_that_was_opened_again(talk: Talk) -> None:
    talk.say(REQUEST).say("keep it")
    assert (talk.open, talk.conversation.chosen) == ("data", {})
    talk.press("answer:data:yes").say("change data").say("keep it")
    assert kinds(talk) == [QuestionCard]
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}


def test_a_fact_about_another_question_is_noted_and_the_open_one_asked_again(talk: Talk) -> None:
    talk.say(REQUEST).say("few requests, no hurry")
    assert talk.conversation.chosen == {"volume": "low"}
    assert kinds(talk) == [Receipts, QuestionCard]
    assert talk.open == "data"


@pytest.mark.parametrize(
    ("text", "question", "option"), [("our budget is limited", "budget", "limited"), ("volume is low", "volume", "low")]
)
def test_a_fact_after_the_result_changes_that_answer_alone(talk: Talk, text: str, question: str, option: str) -> None:
    before = with_result(talk).conversation
    talk.say(text)
    assert kinds(talk) == [Receipts]
    assert ". The result " in talk.below
    assert talk.conversation.chosen == {**before.chosen, question: option}
    assert talk.conversation.idea == before.idea


def test_a_fact_that_is_recorded_already_does_not_show_the_result_again(talk: Talk) -> None:
    before = with_result(talk).conversation
    talk.say("we have thousands of examples")
    assert talk.below.startswith("Training data: now “thousands of examples”; still yes, hundreds or more.")
    assert talk.conversation.chosen == before.chosen


def test_an_answer_may_state_another_one_besides(talk: Talk) -> None:
    talk.say(REQUEST).say("yes, and our budget is tight")
    assert kinds(talk) == [QuestionCard]
    assert "Budget: limited" in talk.card
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert talk.open == "volume"


def test_what_an_answer_states_besides_may_correct_an_earlier_one_and_is_shown(talk: Talk) -> None:
    talk.say(REQUEST).say("our budget is unlimited").say("yes, and our budget is tight")
    assert talk.conversation.chosen == {"budget": "limited", "data": "yes"}
    assert "Budget is now limited (was flexible)" in talk.card


def test_an_answer_that_is_changed_says_what_it_moved(talk: Talk) -> None:
    finished(talk).press("edit:consistency")
    assert "Some variation is fine ✓" in talk.card
    assert "The result is already clear" not in talk.card
    talk.press("answer:consistency:predictable")
    assert "Consistency is now must be predictable (was may vary a little)." in talk.card
    assert "The result is now Hybrid (was Prompt engineering)." in talk.card
    talk.press("edit:budget").press("answer:budget:unsure")
    assert "The result is now Fine-tuning (was Hybrid)." in talk.card
    talk.press("edit:budget").press("keep")
    assert "The result" not in talk.card
    talk.press("edit:domain").press("answer:domain:unsure")
    assert "Domain is now not sure (was general)." in talk.card
    assert "Fine-tuning" in talk.card.splitlines()[0]
