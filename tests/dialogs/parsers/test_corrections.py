"""What is wrong is asked again, what was opened again is left as it was, and the last change is taken back."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Proposal
from dialogs.message import Verb
from dialogs.replies.questions import QuestionCard
from dialogs.replies.receipts import Receipts
from dialogs.replies.results import Recommendation
from tests.dialogs.parsers.meanings import CHEAP, HIGH, at_volume, finished, fresh, meant
from tests.dialogs.stub_knowledge import Understanding
from tests.dialogs.talk import Talk

ANSWERS = ("data:no", "volume:low", "domain:general", "budget:limited", "consistency:tolerant")
GIVEN = {"data": "no", "volume": "low", "domain": "general", "budget": "limited", "consistency": "tolerant"}


def at_result(talk: Talk) -> Talk:
    talk.say("start")
    for answer in ANSWERS:
        talk.press(f"answer:{answer}")
    return talk


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("consistency is wrong", "[edit:consistency]"),
        ("the volume isnt right", "[edit:volume]"),
        ("the volume isn't right", "[edit:volume]"),
        ("no, my answer about the budget is wrong", "[edit:budget]"),
        ("the volume and speed is not correct", "[edit:volume]"),
        ("domain was wrong", "[edit:domain]"),
        ("the verdict is wrong", "Unknown"),
        ("consistency and budget is wrong", "Unknown"),
        ("wrong", "Unknown"),
        ("the volume isnt right for us", "Unknown"),
    ],
)
def test_an_answer_that_is_called_wrong_is_asked_again(advisor: Advisor, text: str, meaning: str) -> None:
    assert meant(advisor, finished(advisor), text) == meaning


def test_it_is_asked_again_while_another_question_is_open_and_never_flipped(advisor: Advisor, talk: Talk) -> None:
    wrongly_read = Understanding({"data is wrong": (HIGH,)})
    assert meant(advisor, at_volume(advisor), "data is wrong", wrongly_read) == "[edit:data]"
    assert meant(advisor, fresh(advisor), "data is wrong") == "Unknown"
    at_result(talk).say("consistency is wrong")
    assert (talk.open, talk.conversation.chosen) == ("consistency", GIVEN)


@pytest.mark.parametrize(
    "opening",
    ["no, that's wrong, ", "thats wrong ", "That is wrong: ", "no thats not right, ", "no, that isn't right; "],
)
def test_no_that_is_wrong_opens_a_correction(advisor: Advisor, opening: str) -> None:
    text = f"{opening}it is xyz"
    read = Understanding({text: (HIGH,), "actually, it is xyz": (CHEAP,)})
    assert meant(advisor, finished(advisor, budget="flexible"), text, read) == "changes budget limited"
    assert meant(advisor, at_volume(advisor), text, read) == "changes budget limited"


def test_no_that_is_wrong_alone_changes_nothing(advisor: Advisor) -> None:
    text = "no, that's wrong"
    assert meant(advisor, finished(advisor), text, Understanding({text: (HIGH,)})) != "changes volume high"


@pytest.mark.parametrize("words", ["never mind", "cancel", "stop"])
def test_who_opened_an_answer_again_from_a_result_goes_back_to_it(talk: Talk, words: str) -> None:
    at_result(talk).say("change data")
    assert talk.open == "data"
    talk.say(words)
    assert isinstance(talk.turn.card[0], Recommendation)
    assert (talk.conversation.started, talk.conversation.chosen) == (True, GIVEN)


def test_the_button_does_the_same_and_a_result_that_was_shown_early_is_one(talk: Talk) -> None:
    talk.say("start").press("answer:data:no").say("show the result").say("change data").press("cancel")
    assert isinstance(talk.turn.card[0], Recommendation)


def test_at_an_open_question_and_at_a_result_the_questions_are_stopped(talk: Talk) -> None:
    talk.say("start").press("answer:data:no").say("change data").say("never mind")
    assert not talk.conversation.started
    assert not at_result(talk).say("never mind").conversation.started


@pytest.mark.parametrize(
    "words",
    ["undo", "undo that", "no wait undo", "No, put it back!", "change it back", "wait, change that back please"],
)
def test_the_last_change_is_taken_back(talk: Talk, words: str) -> None:
    at_result(talk).say("change data to yes")
    assert talk.conversation.chosen == {**GIVEN, "data": "yes"}
    talk.say(words)
    assert talk.conversation.chosen == GIVEN
    assert "Training data is back to" in talk.below or "Training data" in talk.below
    assert talk.turn.card == ()


@pytest.mark.parametrize(
    "change",
    [
        ("what if the budget is flexible?", "yes"),
        ("change budget", "flexible"),
        ("change budget to flexible",),
    ],
)
def test_however_it_was_changed(talk: Talk, change: tuple[str, ...]) -> None:
    at_result(talk)
    for text in change:
        talk.say(text)
    assert talk.conversation.chosen == {**GIVEN, "budget": "flexible"}
    assert talk.say("undo").conversation.chosen == GIVEN


def test_taken_back_twice_the_change_before_goes_as_well(talk: Talk) -> None:
    at_result(talk).say("change budget to flexible").say("change data to yes").say("what is LoRA?")
    talk.say("undo").say("undo")
    assert talk.conversation.chosen == GIVEN


def test_with_a_question_open_it_is_asked_again(talk: Talk) -> None:
    talk.say("start").press("answer:data:no").press("answer:volume:low").say("change data to yes").say("undo")
    assert [type(reply) for reply in talk.turn.card] == [Receipts, QuestionCard]
    assert (talk.open, talk.conversation.chosen) == ("domain", {"data": "no", "volume": "low"})


def test_what_waits_to_be_confirmed_goes_on_waiting(advisor: Advisor) -> None:
    proposal = Proposal(question="volume", option="low")
    changed = at_volume(advisor).replace(revisit=None, wrote=('["",1,[],[]]',), confirm=proposal)
    assert meant(advisor, changed, "undo") == "Undo"


@pytest.mark.parametrize("then", ["answer:domain:general", "restart"])
def test_what_was_pressed_is_taken_back_as_well(talk: Talk, then: str) -> None:
    talk.say("start").press("answer:data:no").press("answer:volume:low").say("change data to yes")
    before = talk.conversation.chosen
    assert talk.press(then).say("undo").conversation.chosen == before


def test_another_idea_is_taken_back_for_the_one_before(talk: Talk) -> None:
    at_result(talk).say("change data to yes").say("should we fine-tune our support bot? we have no examples at all")
    assert talk.say("undo").conversation.chosen == {**GIVEN, "data": "yes"}


def test_where_a_question_is_open_again_undo_is_back(talk: Talk) -> None:
    at_result(talk).say("change data to yes").say("change volume")
    assert meant(talk.advisor, talk.conversation, "undo") == f"[{Verb.BACK}]"
