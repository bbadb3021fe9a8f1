"""What is typed at a lesson beside its options: that one does not know, how it went, a choice with words around it."""

import pytest

from dialogs.replies.lessons import CaseQuestion, LessonCard, LessonFeedback, LessonsFinished, PracticeOffer
from dialogs.replies.notices import Notice
from dialogs.replies.questions import UnmatchedAnswer
from knowledge.pack import UNSURE
from tests.dialogs.flows.lesson_steps import LESSONS, PACK, lesson_shown, right, through, wrong
from tests.dialogs.talk import Talk

UNSURE_TEXTS = (
    "not sure", "Not sure.", "no idea", "i don't know", "a hint please", "what's the right one?", "I give up",
)  # fmt: skip
LAST_TEXTS = ("was I right?", "what was the right answer")
SCORE_TEXTS = ("what did i get wrong", "How did I do?")


def notice(talk: Talk) -> Notice:
    (found,) = [reply for reply in (*talk.turn.below, *talk.turn.aside) if isinstance(reply, Notice)]
    return found


@pytest.mark.parametrize("text", UNSURE_TEXTS)
def test_who_does_not_know_is_shown_the_answer_and_goes_on(talk: Talk, text: str) -> None:
    talk.say("learn").say(text)
    check = PACK.lessons[0].check
    assert f"The right answer: {check.right.label}" in talk.card
    assert check.right.reason in talk.card
    assert "Not quite" not in talk.card
    assert lesson_shown(talk) == 2


@pytest.mark.parametrize("text", ["lern", "I'm new to this, can you teach me?"])
def test_who_is_new_begins_to_learn(talk: Talk, text: str) -> None:
    talk.say(text)
    assert lesson_shown(talk) == 1


@pytest.mark.parametrize("text", ["im new to this, what is lora?", "we want a bot for people who are new here"])
def test_who_is_new_and_says_more_is_heard(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.conversation.tour is None


@pytest.mark.parametrize(("number", "lesson"), LESSONS)
def test_every_lesson_can_be_given_up(talk: Talk, number: int, lesson: object) -> None:
    talk.say(f"learn {number}").say("not sure")
    (shown,) = [reply for reply in talk.turn.card if isinstance(reply, LessonFeedback)]
    assert (shown.number, shown.chosen) == (number, None)


def test_an_answer_that_was_given_up_is_not_right_and_stays_so(talk: Talk) -> None:
    talk.say("learn").say("not sure")
    for number, _ in LESSONS[1:]:
        talk.press(right(number))
    talk.say("learn 1").press(right(1)).say("finish")
    (end,) = talk.turn.card
    assert isinstance(end, LessonsFinished)
    assert (end.right, end.skipped, [number for number, _ in end.again]) == (6, 0, [1])


def test_a_digression_keeps_what_was_shown_above_the_card(talk: Talk) -> None:
    talk.say("learn").say("not sure")
    assert [type(reply) for reply in talk.advisor.flows.current(talk.conversation).lead(talk.conversation)] == [
        LessonFeedback
    ]


def test_the_third_miss_says_what_not_sure_does_here(talk: Talk) -> None:
    talk.say("learn")
    for _ in range(3):
        talk.say("purple elephants")
    assert isinstance(talk.turn.card[0], UnmatchedAnswer)
    assert "not sure shows the answer" in talk.card
    assert "is a fine answer" not in talk.card


def test_where_not_sure_means_nothing_the_third_miss_does_not_name_it(talk: Talk) -> None:
    through(talk)
    for _ in range(3):
        talk.say("purple elephants")
    assert isinstance(talk.turn.card[0], UnmatchedAnswer)
    assert "ot sure” is" not in talk.card
    assert "not sure shows" not in talk.card


def test_not_sure_about_a_case_is_an_answer_of_its_own(talk: Talk) -> None:
    through(talk).press("try").say("not sure")
    assert talk.conversation.tour.answers == {PACK.questions[0].id: UNSURE}


@pytest.mark.parametrize("text", ["next", "skip", "pass"])
def test_that_a_question_was_skipped_is_said(talk: Talk, text: str) -> None:
    talk.say("learn").say(text)
    assert talk.turn.card[0] == Notice("lesson_skipped", {"number": "1"})
    assert lesson_shown(talk) == 2


def test_a_lesson_that_is_answered_cannot_be_skipped_any_more(talk: Talk) -> None:
    talk.say("learn").press(wrong(1)).say("back").say("next")
    assert [type(reply) for reply in talk.turn.card] == [LessonCard]


@pytest.mark.parametrize(
    ("missed", "skipped", "said", "again"),
    [
        ((), (1, 2), "5 of 5 right at the first answer, 2 skipped", []),
        ((3,), (1,), "5 of 6 right at the first answer, 1 skipped", [3]),
        ((2, 4, 5, 6), (), "3 of 7 right at the first answer", [2, 4]),
        ((), tuple(range(1, 8)), "all 7 questions skipped", []),
    ],
)
def test_the_end_counts_what_was_answered(
    talk: Talk, missed: tuple[int, ...], skipped: tuple[int, ...], said: str, again: list[int]
) -> None:
    talk.say("learn")
    for number, _ in LESSONS:
        talk.press("skip" if number in skipped else wrong(number) if number in missed else right(number))
    talk.press("finish")
    (end,) = talk.turn.card
    assert isinstance(end, LessonsFinished)
    assert said in talk.card
    assert [number for number, _ in end.again] == again
    assert ("Worth reading again" in talk.card) == bool(again)
    talk.say("learn")
    assert lesson_shown(talk) == min((*missed, *skipped)), "the next round begins with all that was not right"


@pytest.mark.parametrize("text", LAST_TEXTS)
def test_what_was_right_in_the_last_question_is_said_in_a_line(talk: Talk, text: str) -> None:
    option = PACK.lessons[0].check.right
    for button, remark in ((wrong(1), "lesson_was_wrong"), (right(1), "lesson_was_right"), ("skip", "lesson_was_open")):
        learner = Talk(talk.advisor)
        learner.say("learn").press(button)
        before = learner.conversation.tour
        learner.say(text)
        assert notice(learner).remark == remark
        assert option.label in learner.below
        assert (option.reason in learner.below) == (button == "skip"), "a reason that was shown is explained further"
        assert learner.conversation.tour == before
        assert lesson_shown(learner) == 2


@pytest.mark.parametrize("text", (*LAST_TEXTS, *SCORE_TEXTS))
def test_before_anything_is_answered_there_is_nothing_to_say(talk: Talk, text: str) -> None:
    talk.say("learn").say(text)
    assert notice(talk) == Notice("lessons_unanswered")
    assert lesson_shown(talk) == 1


@pytest.mark.parametrize("text", LAST_TEXTS)
def test_a_case_tells_it_at_its_end(talk: Talk, text: str) -> None:
    through(talk).press("try").say("2").say(text)
    assert notice(talk) == Notice("case_told_at_its_end")
    assert isinstance(talk.turn.card[-1], CaseQuestion)


@pytest.mark.parametrize("text", SCORE_TEXTS)
def test_the_score_so_far_is_a_line(talk: Talk, text: str) -> None:
    talk.say("learn").press(right(1)).press(wrong(2)).press("skip").press(wrong(4)).say(text)
    assert notice(talk) == Notice(
        "lessons_score_wrong", {"right": "1", "answered": "3", "skipped": "1", "lessons": "2, 4"}
    )
    assert lesson_shown(talk) == 5


def test_a_score_without_mistakes_names_none(talk: Talk) -> None:
    talk.say("learn").press(right(1)).say("how did i do")
    assert notice(talk) == Notice("lessons_score", {"right": "1", "answered": "1", "skipped": "0"})


def test_the_score_can_be_asked_for_wherever_one_is(talk: Talk) -> None:
    through(talk, missed=(2,)).say("how did i do")
    assert notice(talk).values["lessons"] == "2"
    assert isinstance(talk.turn.card[-1], PracticeOffer)
    talk.press("finish").say("what did i get wrong")
    assert notice(talk).values["lessons"] == "2"


@pytest.mark.parametrize("text", ["how did i do", "was i right"])
def test_in_public_the_learner_alone_is_told(talk: Talk, text: str) -> None:
    talk.private = False
    talk.say("learn").press(right(1)).say(text)
    assert talk.turn.confidential
    assert (talk.turn.below, talk.turn.card) == ((), ())
    assert notice(talk).remark in ("lessons_score", "lesson_was_right")
    talk.say(text, who="ben")
    assert talk.turn.aside == (Notice("belongs_to", {"person": talk.conversation.tour.person}),)


@pytest.mark.parametrize("text", ["2?", "is it 2?", "I mean the second one"])
def test_a_choice_with_a_mark_or_a_correction_is_a_choice(talk: Talk, text: str) -> None:
    for number, lesson in LESSONS:
        learner = Talk(talk.advisor).say(f"learn {number}").say(text)
        (shown,) = [reply for reply in learner.turn.card if isinstance(reply, LessonFeedback)]
        assert shown.chosen == lesson.check.options[1]
    through(talk).press("try").say(text)
    assert talk.conversation.tour.answers == {PACK.questions[0].id: PACK.questions[0].options[1].id}
    talk.say(text)
    assert len(talk.conversation.tour.answers) == 2, "in the middle of a case it is about the question that is open"
    assert isinstance(talk.turn.card[-1], CaseQuestion)


@pytest.mark.parametrize("text", ["9?", "what about lora?", "i mean it"])
def test_what_names_no_option_is_no_choice(talk: Talk, text: str) -> None:
    talk.say("learn").say(text)
    assert talk.conversation.tour.first == {}
