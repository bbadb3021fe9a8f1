"""How lessons and cases are laid out."""

from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.message import Action, Person, Verb
from dialogs.replies.lessons import CaseQuestion, CaseResult, CaseRow, LessonsFinished
from dialogs.view import Choices
from tests.dialogs.talk import NOON, Talk
from tests.dialogs.views.shown import ids, laid_out, text


def finished(advisor: Advisor, **changes: object) -> LessonsFinished:
    again = ((2, advisor.pack.lessons[1]), (5, advisor.pack.lessons[4]))
    as_line = LessonsFinished(advisor.pack, Person("ana"), right=4, total=6, again=again, at=NOON, can_practise=True)
    return replace(as_line, **changes)  # type: ignore[arg-type]


def test_the_end_of_the_lessons_offers_only_what_there_is(advisor: Advisor) -> None:
    after = ["share", "learn", "start"]
    assert ids(laid_out(advisor, finished(advisor))) == ["read:2", "read:5", "try", *after]
    nothing = finished(advisor, again=(), can_practise=False)
    assert ids(laid_out(advisor, nothing)) == after
    assert "Worth reading again" not in text(advisor, nothing)
    assert f"Lesson 5: {advisor.pack.lessons[4].title}" in text(advisor, finished(advisor))
    public = finished(advisor, public=True)
    assert ids(laid_out(advisor, public)) == ["try", *after]
    assert "4 of 6" not in text(advisor, public)
    assert "4 of 6" in text(advisor, finished(advisor))


def test_a_case_shows_where_other_answers_would_have_led(advisor: Advisor) -> None:
    pack = advisor.pack
    first, middle, last = pack.verdicts
    data, volume, budget = (pack.question(q) for q in ("data", "volume", "budget"))
    rows = (
        CaseRow(data, data.option("yes"), data.option("yes"), "a clue", first),
        CaseRow(volume, volume.option("low"), volume.option("high"), "another", last),
        CaseRow(budget, budget.option("unsure"), budget.option("limited"), "a third", first),
    )
    judged = CaseResult(pack.scenarios[0], rows, yours=middle, story=first)
    shown = text(advisor, judged)
    assert "1 of 3 as in the story" in shown
    assert f"{volume.name}: {volume.option('low').record} → {last.name}" in shown
    assert f"{budget.name}: {budget.option('unsure').record} → still {first.name}" in shown
    assert f"{data.name}: " not in shown
    assert f"lead to {middle.name}, the story’s to {first.name}" in shown
    same = text(advisor, replace(judged, rows=rows[:1], yours=first))
    assert "If only that answer differed" not in same
    assert f"both lead to {first.name}" in same


def test_how_to_go_on_by_typing_is_said_with_the_first_lesson(talk: Talk) -> None:
    talk.say("learn")
    assert "Pick one or type your answer" in talk.card
    talk.say("1")
    assert "Pick one or type your answer" not in talk.card


def test_a_case_is_asked_about_as_the_advisor_asks(advisor: Advisor) -> None:
    """A story of practice, told once, and each of the questions about it."""
    pack = advisor.pack
    case, question = pack.practice[0], pack.questions[1]
    asks = CaseQuestion(case, pack.scenarios[0], question, number=2, total=5, can_go_back=False)
    for brief in (False, True):
        said = text(advisor, replace(asks, brief=brief))
        assert f"{question.name}: {question.prompt}" in said
        assert (case.story.text in said) is not brief
    (choices,) = [element for element in laid_out(advisor, asks).elements if isinstance(element, Choices)]
    assert [button.action for button in choices.buttons] == [
        Action(Verb.PRACTICE, (question.id, option.id)) for option in question.options
    ]
