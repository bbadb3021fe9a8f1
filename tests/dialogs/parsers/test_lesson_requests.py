"""Which lesson a text asks for: by its number, or by words of its title or subject."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Kind, What
from dialogs.conversation import Conversation
from dialogs.flows.lesson_progress import AtLesson
from dialogs.parsers.intent_parser import parse_intent
from dialogs.parsers.lesson_subjects import asks_for_words, lessons_about
from dialogs.replies.lessons import LessonCard, LessonsToChoose
from tests.dialogs.flows.lesson_steps import PACK, right
from tests.dialogs.parsers.meanings import told
from tests.dialogs.parsers.test_lesson_talk import at_lesson
from tests.dialogs.talk import Talk


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("show me lesson 3 once more", "[read:3]"),
        ("that helps, cheers! could you open lesson 1 again?", "[read:1]"),
        ("lesson three pls", "[read:3]"),
        ("can we go back to the second lesson", "[read:2]"),
        ("jump to lesson no 6", "[read:6]"),
        ("ok got it. lets skip to the mistakes", "[read:6]"),
        ("could you take me to the hybrid one", "[read:5]"),
        ("the one about mistakes", "[read:6]"),
        ("i would like to see the comparing lesson please", "[read:3]"),
        ("go to the lesson about purple elephants", "where: ahead"),
        ("which lesson is about mistakes", "where: ahead 6"),
    ],
)
def test_a_request_leads_to_its_lesson(advisor: Advisor, text: str, meaning: str) -> None:
    assert told(parse_intent(advisor, at_lesson(advisor, 4), text)) == meaning


@pytest.mark.parametrize(
    "text",
    ["lesson 3 was too hard", "in lesson 2 you said it costs more", "show me the answer", "go back to the beginning"],
)
def test_a_lesson_that_is_only_mentioned_is_not_opened(advisor: Advisor, text: str) -> None:
    assert not told(parse_intent(advisor, at_lesson(advisor, 4), text)).startswith("[read")


def test_a_number_leads_there_also_outside_the_lessons(advisor: Advisor) -> None:
    assert told(parse_intent(advisor, Conversation.fresh(advisor.pack), "can i read lesson 3 please")) == "[read:3]"


def test_a_subject_of_an_option_is_an_answer(advisor: Advisor) -> None:
    assert told(parse_intent(advisor, at_lesson(advisor, 5), "the one about the survey")) == "survey"


def test_what_fits_two_lessons_is_asked_with_two_buttons(talk: Talk) -> None:
    talk.say("learn").press(right(1)).say("can i see the volume lesson")
    choice = next(reply for reply in talk.turn.below if isinstance(reply, LessonsToChoose))
    assert [number for number, _ in choice.lessons] == [3, 4]
    assert "Lesson 3: How they compare" in talk.below
    assert isinstance(talk.turn.card[-1], LessonCard)
    talk.press("read:4")
    assert "Lesson 4 of 7" in talk.card


def test_words_of_a_title_tell_the_lesson(advisor: Advisor) -> None:
    assert lessons_about(advisor, ("mistake",)) == (6,)
    assert lessons_about(advisor, ("lora",)) == (2,)
    assert lessons_about(advisor, ("elephants",)) == ()
    (several,) = parse_intent(advisor, at_lesson(advisor), "skip to the volume part")
    assert (several.command, several.what) == (Kind.LEARN, What.LESSON)
    assert len(several.value.split()) > 1


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what does query mean here", True),
        ("Sorry, what is an API call? And what does 'query' mean?", True),
        ("what is meant by specialised fields", True),
        ("what is photosynthesis", False),
        ("query", False),
        ("what does it mean for my project that queries cost more at scale", False),
    ],
)
def test_words_of_the_lesson_that_is_shown_are_asked_for(advisor: Advisor, text: str, asks: bool) -> None:
    assert asks_for_words(advisor, AtLesson(3, PACK.lessons[2]).lesson, text) is asks
