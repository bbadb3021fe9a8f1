"""In a lesson: once more in simpler words, the reason of an answer, on to the next one, and taking leave."""

import pytest

from dialogs.commands.command import What
from dialogs.replies.lessons import LessonCard
from dialogs.replies.notices import Notice
from knowledge.lessons import CheckOption
from tests.dialogs.executor.lines import explain
from tests.dialogs.flows.lesson_steps import LESSONS, PACK, kinds, lesson_shown, right, wrong
from tests.dialogs.talk import Talk


@pytest.mark.parametrize("text", ["what does that mean", "explain that again", "can you say that shorter please?"])
def test_who_does_not_understand_gets_simpler_words_and_the_question(talk: Talk, text: str) -> None:
    talk.say("learn").say(text)
    assert kinds(talk) == [Notice, LessonCard]
    simpler, check = PACK.lessons[0].simpler, PACK.lessons[0].check
    assert simpler is not None
    assert simpler in talk.below
    assert check.prompt in talk.card
    assert PACK.lessons[0].text not in talk.card


def test_why_explains_the_last_answer_and_before_any_why_there_is_a_question(talk: Talk) -> None:
    talk.say("learn").say("why")
    assert Notice("lesson_why") in talk.turn.below
    talk.press(wrong(1)).say("why")
    assert [reply.remark for reply in talk.turn.below if isinstance(reply, Notice)] == ["lesson_was_wrong"]
    assert lesson_shown(talk) == 2


EVERY = [(number, option) for number, lesson in LESSONS for option in lesson.check.options]


@pytest.mark.parametrize(("number", "option"), EVERY, ids=lambda each: getattr(each, "id", each))
def test_why_an_option_is_right_or_wrong_is_explained_further(talk: Talk, number: int, option: CheckOption) -> None:
    talk.say("learn").say(f"lesson {number}").press(f"lesson:{number}:{option.id}").say("why is that wrong")
    assert option.why is not None
    assert option.why in talk.below
    assert option.reason not in talk.below
    others = [each for at, each in EVERY if at == number and each != option]
    for other in others:
        talk.do(explain(What.LAST).replace(option=other.id), text="so be it")
        assert other.why in talk.below
        assert (f"“{other.label}” is not right" in talk.below) == (not other.right)


@pytest.mark.parametrize("what", [What.LAST, What.OPTION])
def test_why_not_another_option_names_it_in_its_words(talk: Talk, what: What) -> None:
    wait = PACK.lessons[3].check.options[2]
    talk.say("learn").say("lesson 4").press(right(4)).do(explain(what), text="why not wait though?")
    assert wait.why in talk.below
    talk.do(explain(what), text="why is that though?")
    assert wait.why not in talk.below


@pytest.mark.parametrize("text", ["go on", "continue"])
def test_going_on_leads_to_the_next_lesson(talk: Talk, text: str) -> None:
    talk.say("learn").say(text)
    assert lesson_shown(talk) == 2
    assert Notice("lesson_skipped", {"number": "1"}) in talk.turn.card


def test_going_on_from_a_lesson_that_was_opened_again_leads_back(talk: Talk) -> None:
    talk.say("learn").press(right(1)).press(right(2)).say("learn 1").say("continue")
    assert lesson_shown(talk) == 3


@pytest.mark.parametrize("text", ["thanks bye", "im done for today"])
def test_who_leaves_is_not_asked_again(talk: Talk, text: str) -> None:
    talk.say("learn").press(right(1)).say(text)
    assert talk.turn.card == (Notice("lessons_wait"), Notice("goodbye"))
    talk.say("learn")
    assert lesson_shown(talk) == 2


@pytest.mark.parametrize("text", ["thanks bye", "im done for today"])
def test_leaving_the_questions_asks_nothing_again(talk: Talk, text: str) -> None:
    talk.say("start").say(text)
    assert (talk.turn.card, talk.turn.below) == ((), (Notice("goodbye"),))
    assert talk.open == PACK.questions[0].id


def test_leaving_where_nothing_is_open_is_answered_as_kindly(talk: Talk) -> None:
    talk.say("im done for today")
    assert talk.turn.card == (Notice("goodbye"),)


@pytest.mark.parametrize("text", ["thats enough data for now", "stop here if the budget is gone"])
def test_an_answer_with_such_words_takes_no_leave(talk: Talk, text: str) -> None:
    talk.say("start").say(text)
    assert Notice("goodbye") not in talk.turn.below
