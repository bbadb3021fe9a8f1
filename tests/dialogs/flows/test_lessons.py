"""The lessons: the way through them, what may go wrong on it, and the end."""

import pytest

from dialogs.conversation import Conversation
from dialogs.replies.lessons import CaseResult, LessonCard, LessonFeedback, LessonsFinished, PracticeOffer
from dialogs.replies.notices import Notice
from dialogs.replies.passages import PassageReply
from dialogs.views.plain_text import plain
from tests.dialogs.flows.lesson_steps import LESSONS, PACK, REQUEST, kinds, lesson_shown, right, through, wrong
from tests.dialogs.talk import Talk


def reload(talk: Talk) -> None:
    talk.conversation = Conversation.from_json(talk.conversation.to_json())


def test_seven_presses_go_through_all_lessons(talk: Talk) -> None:
    talk.say("learn")
    for number, lesson in LESSONS:
        assert f"Lesson {number} of 7 · {lesson.title}" in talk.card
        assert lesson.text in talk.card
        talk.press(right(number))
        assert kinds(talk) == [LessonFeedback, LessonCard if number < len(LESSONS) else PracticeOffer]
        assert talk.card.startswith("Right.")
        assert lesson.check.right.reason in talk.card
    talk.press("finish")
    (end,) = talk.turn.card
    assert isinstance(end, LessonsFinished)
    assert (end.right, end.total, end.again) == (7, 7, ())
    assert "7 of 7 right at the first answer, 18 November 2026" in talk.card


LONG_AFTER = 400 * 86400
"""Seconds after which nothing from outside is shown any more."""


def test_a_lesson_from_outside_says_so_with_source_and_date(talk: Talk) -> None:
    talk.say("learn 7")
    entry = PACK.outside[0]
    assert entry.id in PACK.lessons[6].facts
    assert "From the article" not in talk.card
    assert f"Outside the article: {entry.source}, read 26 Nov 2026" in talk.card


def test_a_lesson_steps_back_once_what_it_rests_on_is_out_of_date(talk: Talk) -> None:
    talk.clock += LONG_AFTER
    talk.say("learn")
    for number, _ in LESSONS[:-1]:
        talk.press(right(number))
    assert kinds(talk) == [LessonFeedback, PracticeOffer]
    talk.say("learn 7")
    assert talk.turn.card[0] == Notice("lesson_outdated")
    assert PACK.lessons[6].text not in talk.card
    talk.say("finish")
    assert "6 of 6 right" in talk.card


def test_every_card_fits(talk: Talk) -> None:
    talk.say("learn")
    for number, _ in LESSONS:
        assert len(talk.card) < 3000
        talk.press(wrong(number))
    talk.press("try")
    for question in PACK.questions:
        assert len(talk.card) < 3000
        talk.press(f"practice:{question.id}:unsure")
    assert kinds(talk) == [CaseResult, LessonsFinished]
    assert len(talk.card) < 3000


@pytest.mark.parametrize(("number", "lesson"), LESSONS)
def test_every_option_says_why(talk: Talk, number: int, lesson: object) -> None:
    for option in PACK.lessons[number - 1].check.options:
        talk.conversation = Conversation.fresh(PACK)
        talk.say(f"learn {number}").press(f"lesson:{number}:{option.id}")
        assert option.reason in talk.card
        assert (PACK.section(option.section).title if option.section else "Outside the article") in talk.card
        assert talk.card.startswith("Right." if option.right else "Not quite:")
        assert PACK.lessons[number - 1].check.right.label in talk.card or option.right


@pytest.mark.parametrize(("number", "lesson"), LESSONS)
def test_answers_are_typed_as_everywhere(talk: Talk, number: int, lesson: object) -> None:
    for position, option in enumerate(PACK.lessons[number - 1].check.options, 1):
        for text in (str(position), option.id, option.label, option.label.upper() + ".", *option.words):
            talk.conversation = Conversation.fresh(PACK)
            talk.say(f"learn {number}").say(text)
            (checked,) = [reply for reply in talk.turn.card if isinstance(reply, LessonFeedback)]
            assert checked.chosen == option, text


def test_wrong_answers_back_a_digression_and_a_restart_of_the_process(talk: Talk) -> None:
    talk.say("learn").press(right(1)).press(wrong(2)).say("How much does fine-tuning cost?")
    assert kinds(talk) == [PassageReply, LessonCard]
    assert "Back to lesson 3 of 7" in talk.card
    assert PACK.lessons[2].text not in talk.card
    reload(talk)
    talk.press("back")
    assert lesson_shown(talk) == 2
    talk.press(right(2))
    assert lesson_shown(talk) == 3
    reload(talk)
    for number in range(3, len(LESSONS) + 1):
        talk.press(right(number))
    talk.say("no thanks")
    (end,) = talk.turn.card
    assert isinstance(end, LessonsFinished)
    assert end.right == 6, "the first answer counts"
    assert [number for number, _ in end.again] == [2]
    assert "read:2" in talk.buttons()


def test_progress_is_kept_for_days(talk: Talk) -> None:
    talk.say("learn").press(right(1)).say("stop")
    assert "type learn to go on" in talk.card
    reload(talk)
    talk.clock += 5 * 86_400
    talk.say("learn")
    assert lesson_shown(talk) == 2


def test_a_lesson_that_was_gone_back_to_is_repeated(talk: Talk) -> None:
    talk.say("learn").press(right(1)).press(right(2)).say("back")
    assert lesson_shown(talk) == 2
    talk.say("repeat")
    assert lesson_shown(talk) == 2
    assert lesson_shown(talk.say("skip")) == 3


def test_skip_repeat_and_back_at_the_first(talk: Talk) -> None:
    talk.say("learn").say("back")
    assert kinds(talk) == [Notice, LessonCard]
    talk.say("skip").say("repeat")
    assert lesson_shown(talk) == 2
    assert PACK.lessons[1].text in talk.card
    talk.say("next")
    assert lesson_shown(talk) == 3
    assert list(talk.conversation.tour.first.values()) == ["", ""]


def test_who_begins_in_the_middle_goes_on_from_there(talk: Talk) -> None:
    talk.say("learn 3").press(right(3))
    assert lesson_shown(talk) == 4
    for number in (4, 5, 6, 7):
        talk.press(right(number))
    assert lesson_shown(talk) == 1


def test_a_stale_press_changes_nothing(talk: Talk) -> None:
    talk.say("learn")
    drawn = talk.conversation.revision
    talk.press(right(1)).press(wrong(1), revision=drawn)
    assert not talk.turn.card
    assert talk.turn.aside == (Notice("outdated"),)
    talk.press("lesson:2:no-such-option")
    assert talk.turn.aside == (Notice("outdated"),)


def test_a_press_drawn_before_something_came_in_between_counts(talk: Talk) -> None:
    talk.say("learn")
    drawn = talk.conversation.revision
    talk.say("why").press(right(1), revision=drawn)
    assert lesson_shown(talk) == 2


def test_again_begins_with_what_was_wrong(talk: Talk) -> None:
    through(talk, missed=(3, 5)).press("finish").say("learn")
    assert talk.turn.card[0] == Notice("once_more")
    order = []
    for _ in LESSONS:
        order.append(lesson_shown(talk))
        talk.press(right(order[-1]))
    assert order == [3, 5, 1, 2, 4, 6, 7]
    talk.press("finish")
    assert "7 of 7" in talk.card


def test_one_press_reads_a_lesson_again_and_the_score_stays(talk: Talk) -> None:
    through(talk, missed=(4,)).press("finish").press("read:4", revision=3)
    assert lesson_shown(talk) == 4
    talk.press(right(4))
    assert kinds(talk) == [LessonFeedback, LessonsFinished]
    assert "6 of 7" in talk.card


def test_share_says_that_it_is_finished_and_no_more(talk: Talk) -> None:
    talk.say("learn").say("share")
    assert "nothing to share" in talk.below
    through(talk.say("restart"), missed=(1,)).press("finish").say("learn share")
    assert "ana finished the lessons" in talk.below
    assert "5" not in talk.below
    assert not talk.turn.card


def test_what_was_read_stays_readable(talk: Talk) -> None:
    talk.say("learn").press(right(1)).say("2")
    assert talk.old is not None
    assert plain(talk.old).startswith("Right.")
    assert PACK.lessons[1].text in plain(talk.old)
    talk.say("How much does fine-tuning cost?")
    assert not talk.closed.deleted
    assert talk.below.startswith("How much does fine-tuning cost?")
    talk.say("When does tuning pay off?")
    assert talk.closed.deleted, "the question alone, asked again and not answered"
    talk.say("1")
    assert not talk.closed.deleted
    assert PACK.lessons[2].text not in plain(talk.old)


def test_a_reason_that_the_pack_no_longer_has_is_not_read_again(talk: Talk) -> None:
    talk.say("learn").press(right(1))
    tour = talk.conversation.tour
    talk.conversation = talk.conversation.replace(tour=tour.replace(first={LESSONS[0][1].id: "withdrawn"}))
    talk.say("2")
    assert talk.old is not None
    assert plain(talk.old).startswith("Lesson 2 of 7")


def test_a_finished_tour_is_small(talk: Talk) -> None:
    through(talk, missed=(1, 2, 3)).press("try")
    for question in PACK.questions:
        talk.press(f"practice:{question.id}:unsure", who="U0123456789")
    assert len(talk.conversation.to_json().encode()) <= 1000


def test_an_older_document_has_no_tour(talk: Talk) -> None:
    talk.say(REQUEST)
    document = talk.conversation.to_json()
    assert "tour" not in document
    assert "flow" not in document
    assert Conversation.from_json(document) == talk.conversation


def test_a_lesson_that_is_gone_from_the_pack_does_no_harm(talk: Talk) -> None:
    talk.say("learn").press(right(1))
    tour = talk.conversation.tour
    older = tour.replace(order=("gone", *tour.order[:3]), revisit="lost", first={**tour.first, "gone": "x"})
    talk.conversation = talk.conversation.replace(tour=older)
    talk.say("repeat")
    assert lesson_shown(talk) == 2
    assert "Lesson 2 of 7" in talk.card
