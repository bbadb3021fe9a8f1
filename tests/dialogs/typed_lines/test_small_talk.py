"""Small talk and the start: one line each, and nothing is lost."""

import pytest

from dialogs.replies.notices import Notice
from dialogs.replies.passages import PassageReply
from dialogs.replies.questions import QuestionCard
from dialogs.replies.receipts import Offered
from tests.dialogs.steps import kinds, with_result
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume


def test_somebody_with_an_idea_is_asked_the_questions(understood: Talk) -> None:
    understood.say("Good morning, I have an idea for our welding department.")
    assert understood.open == "data"


@pytest.mark.parametrize("text", ["ok start", "alright, let's start", "ok let's go then"])
def test_ok_start(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.open == "data"


SMALL_TALK = {
    "who made this?": "made_by",
    "hey, are you a bot or is it Sandra": "made_by",
    "which model are you running on lol": "no_chatgpt",
    "are you ChatGPT?": "no_chatgpt",
    "what do you store": "what_is_stored",
    "can you speak German?": "no_german",
    "Sprichst du Deutsch?": "no_german",
    "parlez-vous français ?": "no_french",
    "wir haben nicht viel budget": "no_german",
    "bye": "goodbye",
    "ok bye": "goodbye",
    "wtf": "sworn_at",
    "how are you?": "are_you_well",
    "that helps": "glad",
}


def test_what_goes_on_behind_such_words_is_no_small_talk(talk: Talk) -> None:
    talk.say("what model do you use for our claims letters")
    assert not any(isinstance(reply, Notice) for reply in (*talk.turn.below, *talk.turn.card))


@pytest.mark.parametrize(("text", "remark"), SMALL_TALK.items())
@pytest.mark.parametrize("stage", ["fresh", "open", "result"])
def test_small_talk_gets_one_line_and_loses_nothing(talk: Talk, text: str, remark: str, stage: str) -> None:
    if stage != "fresh":
        at_volume(talk) if stage == "open" else with_result(talk)
    before, was_open = talk.conversation.chosen, talk.open
    talk.say(text)
    assert (*talk.turn.below, *talk.turn.card)[0] == Notice(remark)  # type: ignore[arg-type]
    assert (talk.conversation.chosen, talk.open) == (before, was_open)


def test_thumbs_up_is_no_miss(talk: Talk) -> None:
    at_volume(talk).say("👍")
    assert kinds(talk) == [QuestionCard]


def test_a_clear_question_is_answered_before_anything_is_asked(understood: Talk) -> None:
    understood.say("is it worth fine-tuning, or how much does fine-tuning cost?")
    assert understood.open is None or PassageReply in kinds(understood)


def test_a_new_idea_is_still_one(understood: Talk) -> None:
    at_volume(understood).say("should we fine-tune a model on radiology reports?")
    assert Offered in kinds(understood)
