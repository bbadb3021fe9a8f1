"""The practice case: answered, corrected, compared with its story."""

import pytest

from dialogs.commands.command import Command, Kind, What
from dialogs.flows.practice import case_result
from dialogs.replies.lessons import CaseQuestion, CaseResult, LessonsFinished
from dialogs.replies.notices import Notice
from dialogs.view import Table
from knowledge.decision import decide
from tests.dialogs.flows.lesson_steps import PACK, kinds, through
from tests.dialogs.talk import Talk
from tests.shipped import shipped


@pytest.mark.parametrize("press", ["practice:volume:high", "practice:data:no-such-option"])
def test_a_press_for_another_question_of_a_case_changes_nothing(talk: Talk, press: str) -> None:
    through(talk).press("try").press(press)
    assert talk.turn.aside == (Notice("outdated"),)
    assert talk.conversation.tour.answers == {}


@pytest.mark.parametrize("scenario", [case.scenario for case in PACK.practice])
def test_a_case_answered_as_its_story_says(talk: Talk, scenario: str) -> None:
    through(talk)
    names = [case.scenario for case in PACK.practice]
    for _ in range(names.index(scenario) + 1):
        talk.say("practice")
    case = talk.turn.card[-1].case
    assert case.scenario == scenario
    for question in PACK.questions:
        assert case.story.text in talk.card
        talk.press(f"practice:{question.id}:{case.answers[question.id].option}")
    judged, _ = talk.turn.card
    assert isinstance(judged, CaseResult)
    assert judged.yours == judged.story
    assert judged.story.id in PACK.scenario(scenario).finding.verdicts
    assert "5 of 5 as in the story" in talk.card
    assert "If only that answer differed" not in talk.card


def test_where_another_answer_leads_is_decided(talk: Talk) -> None:
    through(talk).press("try").say("practice")
    case = PACK.practice[1]
    told = {question: clue.option for question, clue in case.answers.items()}
    given = {**told, "data": "no", "volume": "high", "budget": "flexible"}
    for question in PACK.questions:
        talk.press(f"practice:{question.id}:{given[question.id]}")
    judged, _ = talk.turn.card
    assert isinstance(judged, CaseResult)
    assert judged.yours.id == decide(PACK, given).verdict
    for row in judged.rows:
        one = {**told, row.question.id: given[row.question.id]}
        assert row.verdict.id == decide(PACK, one).verdict
        assert row.clue == case.answers[row.question.id].clue
    (table,) = [element for element in talk.view.elements if isinstance(element, Table)]
    assert [row[0] for row in table.rows] == [question.name for question in PACK.questions]
    assert "2 of 5 as in the story" in talk.card
    assert "Training data: no, or only a handful → Prompt engineering" in talk.card
    assert "Budget: flexible → still Fine-tuning" in talk.card
    assert "Your answers together lead to Prompt engineering, the story’s to Fine-tuning" in talk.card


def test_a_case_is_answered_by_typing_and_corrected() -> None:
    talk = through(Talk(shipped())).say("1").say("no").say("not sure").say("actually they have data, yes").say("back")
    shown = talk.turn.card[-1]
    assert isinstance(shown, CaseQuestion)
    assert shown.question.id == "volume"
    assert talk.conversation.tour.answers == {"data": "yes"}
    assert talk.conversation.answers == {}


def test_another_case_and_finishing_early(talk: Talk) -> None:
    through(talk).press("try")
    for question in PACK.questions:
        talk.press(f"practice:{question.id}:unsure")
    assert "try" in talk.buttons()
    talk.press("try")
    shown = talk.turn.card[-1]
    assert isinstance(shown, CaseQuestion)
    assert shown.case == PACK.practice[1]
    talk.say("finish")
    assert kinds(talk) == [LessonsFinished]


def test_what_a_story_leaves_out_is_unsure_and_has_no_clue() -> None:
    case = PACK.practice[0]
    left_out = case.model_copy(update={"answers": {q: a for q, a in case.answers.items() if q != "data"}})
    judged = case_result(PACK, left_out, {question.id: "unsure" for question in PACK.questions})
    assert [(row.story.id, row.clue) for row in judged.rows if row.question.id == "data"] == [("unsure", "")]
    assert all(row.clue for row in judged.rows if row.question.id != "data")


def learn(what: What, value: str = "") -> Command:
    return Command(Kind.LEARN, what, value=value)


WHY = Command(Kind.EXPLAIN, What.LAST)


def case_shown(talk: Talk) -> str:
    (shown,) = [reply.case.scenario for reply in talk.turn.card if isinstance(reply, CaseQuestion)]
    return shown


@pytest.mark.parametrize(
    ("topic", "scenario"), [("the medical one", "medical"), ("emails", "sales"), ("retailer", "support")]
)
def test_a_case_is_chosen_by_its_topic(talk: Talk, topic: str, scenario: str) -> None:
    assert case_shown(through(talk).do(learn(What.PRACTICE, topic))) == scenario
    assert "I have no case about that" not in talk.said


def test_where_no_case_is_on_a_topic_that_is_said(talk: Talk) -> None:
    assert case_shown(through(talk).do(learn(What.PRACTICE, "zeppelins"))) == "support"
    assert talk.said.startswith("I have no case about that. Here is another one.")


def test_an_answer_counts_for_the_question_of_the_case_that_has_it(talk: Talk) -> None:
    through(talk).do(learn(What.PRACTICE)).do(learn(What.ANSWER, "flexible"), learn(What.ANSWER, "yes"))
    assert talk.conversation.tour.answers == {"budget": "flexible", "data": "yes"}


def test_a_finished_case_is_explained(talk: Talk) -> None:
    through(talk).do(learn(What.PRACTICE))
    for option in ("yes", "unsure", "specialised", "unsure", "tolerant"):
        talk.do(learn(What.ANSWER, option))
    talk.do(WHY)
    assert talk.said == "Domain: the story says “general”. “Everyday ones about the company’s rules.”"


def test_a_case_without_a_difference_has_none_to_explain(talk: Talk) -> None:
    through(talk).do(learn(What.PRACTICE))
    for option in ("yes", "unsure", "general", "unsure", "tolerant"):
        talk.do(learn(What.ANSWER, option))
    assert talk.do(WHY).said == "All your answers to that case are those of its story."


def test_why_not_an_option_of_the_open_question(talk: Talk) -> None:
    talk.say("learn").do(WHY, text="why not 1?")
    option = PACK.lessons[0].check.options[0]
    assert f"“{option.label}” is not right. {option.explanation}" in talk.said
    talk.do(WHY, text="and why not option 2")
    assert f"I did not say so: “{PACK.lessons[0].check.options[1].label}” can be chosen." in talk.said


def test_a_test_begins_the_lessons_where_none_were_begun(talk: Talk) -> None:
    assert "Lesson 1 of" in talk.do(learn(What.TEST)).said
