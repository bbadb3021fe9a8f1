"""A question of a lesson that is asked again stands there alone: its text was read before."""

import pytest

from tests.dialogs.talk import Talk


@pytest.mark.parametrize("text", ["purple elephants", "{first} {second}"])
def test_after_what_was_not_understood_the_question_is_asked_alone(talk: Talk, text: str) -> None:
    lesson = talk.advisor.pack.lessons[0]
    first, second = (option.label for option in lesson.check.options[:2])
    talk.say("learn")
    assert lesson.text in talk.card
    assert lesson.check.prompt in talk.card
    talk.say(text.format(first=first, second=second))
    assert lesson.text not in talk.card
    assert lesson.check.prompt in talk.card


def test_there_is_nothing_before_the_first_lesson(talk: Talk) -> None:
    lesson = talk.advisor.pack.lessons[0]
    talk.say("learn").say("back")
    assert lesson.text not in talk.card
    assert lesson.check.prompt in talk.card


def test_there_is_nothing_before_the_first_question_of_a_case(talk: Talk) -> None:
    pack = talk.advisor.pack
    talk.say("learn")
    for number, lesson in enumerate(pack.lessons, 1):
        talk.press(f"lesson:{number}:{lesson.check.right.id}")
    talk.press("try")
    story = pack.practice[0].story.text
    assert story in talk.card
    talk.say("back")
    assert story not in talk.card
    assert pack.questions[0].prompt in talk.card
