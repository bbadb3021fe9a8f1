"""The closest scenario and FAQ of a recommendation: which they are, and why they may say otherwise."""

import pytest

from dialogs.advisor import Advisor
from dialogs.flows.replay import recommend
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from knowledge.decision import decide
from knowledge.judgement import likeness
from tests.dialogs.talk import NOON, Talk
from tests.dialogs.views.recommended import ANSWERS, combinations, details, finished
from tests.shipped import shipped


@pytest.mark.parametrize("scenario", ["support", "medical", "sales"])
def test_the_scenarios_end_in_their_findings(talk: Talk, scenario: str) -> None:
    pack = talk.advisor.pack
    talk.say("start")
    for question in pack.questions:
        talk.press(f"answer:{question.id}:{pack.scenario(scenario).answers.get(question.id, 'unsure')}")
    said = recommend(talk.advisor.knowledge, talk.conversation, NOON)
    assert said.verdict.id in pack.scenario(scenario).finding.verdicts
    assert said.scenario.id == scenario


@pytest.mark.parametrize(
    ("idea", "scenario", "by_answers"),
    [
        ("summaries of radiology reports for doctors", "medical", False),
        ("turning drawings into parts lists", "sales", True),  # a little like the medical case
        ("", "sales", True),
    ],
)
def test_a_description_that_is_close_to_a_case_chooses_it_and_else_the_answers(
    idea: str, scenario: str, by_answers: bool
) -> None:
    said = recommend(shipped().knowledge, finished(shipped().pack, ANSWERS).replace(idea=idea), NOON)
    assert (said.scenario.id, said.by_answers) == (scenario, by_answers)
    shown = plain(current_view(shipped(), finished(shipped().pack, ANSWERS).replace(idea=idea), NOON))
    assert ("Closest case by your answers" in shown) == by_answers


def test_what_a_case_has_in_common_with_the_answers_and_what_not(advisor: Advisor) -> None:
    pack = advisor.pack
    story = {q: o for q, o in pack.scenario("medical").answers.items() if o != "unsure"}
    said = recommend(advisor.knowledge, finished(pack, story).replace(concluded=True), NOON)
    assert said.scenario.id == "medical"
    assert [q.id for q in said.like] == [q.id for q in pack.questions if q.id in story]
    assert said.unlike == ()
    shown = details(advisor, finished(pack, story).replace(concluded=True))
    assert "Like yours:" in shown
    assert "Unlike:" not in shown
    (question, option), *_ = story.items()
    other = next(o.id for o in pack.question(question).options if o.id not in (option, "unsure"))
    changed = finished(pack, {**story, question: other}).replace(concluded=True)
    said = recommend(advisor.knowledge, changed, NOON)
    assert [q.id for q in said.unlike] == [question]
    assert question not in [q.id for q in said.like]
    assert f"Unlike: {pack.question(question).name.lower()}." in details(advisor, changed)


@pytest.mark.parametrize(
    ("idea", "faq"),
    [
        ("how much would it cost to train a model for our replies", "faq-cost"),
        ("a bot that waters the plants", None),  # a little like one of them
        ("", None),
    ],
)
def test_a_description_that_is_close_to_a_question_chooses_it_and_else_the_verdict(idea: str, faq: str | None) -> None:
    said = recommend(shipped().knowledge, finished(shipped().pack, ANSWERS).replace(idea=idea), NOON)
    assert said.faq.id == (faq or said.verdict.faq)


def test_no_case_is_called_close_without_a_description_and_an_answer_like_its_own(advisor: Advisor) -> None:
    pack = advisor.pack
    for options in combinations(pack):
        said = recommend(advisor.knowledge, finished(pack, options), NOON)
        alike = any(likeness(pack, scenario.id, options).like for scenario in pack.scenarios)
        assert (said.scenario is not None) == alike, options
    assert recommend(advisor.knowledge, finished(pack, {q.id: "unsure" for q in pack.questions}), NOON).scenario is None


def test_a_case_or_question_that_says_otherwise_carries_the_reason(advisor: Advisor) -> None:
    """With the person's own answers to what is named, the case comes to their verdict; without, it does not."""
    pack = advisor.pack
    for options in combinations(pack):
        said = recommend(advisor.knowledge, finished(pack, options), NOON)
        shown = plain(current_view(advisor, finished(pack, options), NOON))
        against = said.scenario is not None and said.verdict.id not in said.scenario.finding.verdicts
        assert bool(said.differences) == against, options
        assert ("unlike" in shown) == against, options
        if said.scenario is not None:
            own = {question.id: yours for question, yours, _ in said.differences}
            assert all(options[question] == yours for question, yours in own.items())
            assert decide(pack, {**said.scenario.answers, **own}).verdict == said.verdict.id or not against


def test_an_faq_that_speaks_for_another_verdict_says_why_it_is_different(advisor: Advisor) -> None:
    idea = "can prompts replace fine-tuning for our contract reviews"
    conversation = finished(shipped().pack, {**ANSWERS, "domain": "specialised"}).replace(idea=idea)
    said = recommend(shipped().knowledge, conversation, NOON)
    assert said.verdict.id == "fine_tuning"
    assert said.faq.id == "faq-instead"
    assert "Yours is different because of training data: yes, hundreds or more." in plain(
        current_view(shipped(), conversation, NOON)
    )
    assert recommend(advisor.knowledge, finished(advisor.pack, ANSWERS), NOON).faq_reason is None
