"""What a recommendation says, over all answers."""

from collections.abc import Iterator
from itertools import product

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend, replay
from dialogs.view import Buttons, Choices
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from knowledge.pack import Pack
from tests.dialogs.talk import NOON, Talk
from tests.shipped import shipped


def finished(pack: Pack, options: dict[str, str]) -> Conversation:
    answers = {q: Answer(option=o, how=AnswerMethod.BUTTON, by="ana", at=NOON) for q, o in options.items()}
    return Conversation.fresh(pack).replace(started=True, answers=answers)


def combinations(pack: Pack) -> Iterator[dict[str, str]]:
    for options in product(*[[o.id for o in q.options] for q in pack.questions]):
        yield dict(zip([q.id for q in pack.questions], options, strict=True))


def test_each_of_all_combinations_ends_in_a_whole_recommendation(advisor: Advisor) -> None:
    pack = advisor.pack
    for options in combinations(pack):
        conversation = finished(pack, options)
        view = current_view(advisor, conversation, NOON)
        text = plain(view)
        said = recommend(advisor.knowledge, conversation, NOON)
        assert text.startswith(said.verdict.name), options
        assert said.changes, options
        assert said.scenario is not None
        assert said.scenario.name in text
        assert said.faq is not None
        assert said.faq.title in text
        assert pack.source.title in text
        assert len(said.decided.reasons) == len(pack.questions)
        assert len(text) < 4000, options
        pressed = [b.action.id for e in view.elements if isinstance(e, Buttons | Choices) for b in e.buttons]
        assert [name for name in pressed if name.startswith("edit:")] == [f"edit:{q.id}" for q in pack.questions]
        assert not [name for name in pressed if name.startswith("answer:")]


@pytest.mark.parametrize("scenario", ["support", "medical", "sales"])
def test_the_scenarios_end_in_their_findings(talk: Talk, scenario: str) -> None:
    pack = talk.advisor.pack
    talk.say("start")
    for question in pack.questions:
        talk.press(f"answer:{question.id}:{pack.scenario(scenario).answers.get(question.id, 'unsure')}")
    said = recommend(talk.advisor.knowledge, talk.conversation, NOON)
    assert said.verdict.id in pack.scenario(scenario).finding.verdicts
    assert said.scenario is not None
    assert said.scenario.id == scenario


def test_where_answers_hold_the_verdict_back_the_way_on_is_shown(advisor: Advisor) -> None:
    options = {
        "data": "no",
        "volume": "high",
        "domain": "specialised",
        "budget": "flexible",
        "consistency": "predictable",
    }
    text = plain(current_view(advisor, finished(advisor.pack, options), NOON))
    assert text.startswith("Prompt engineering")
    assert "The way forward" in text


def test_a_verdict_that_no_answers_lead_to_says_why_it_stands(advisor: Advisor) -> None:
    """Wherever more answers, or as many, point to the other end of the scale, and nowhere else."""
    default = advisor.pack.deciding.default
    assert default is not None
    for options in combinations(advisor.pack):
        conversation = finished(advisor.pack, options)
        decided = recommend(advisor.knowledge, conversation, NOON).decided
        text = plain(current_view(advisor, conversation, NOON))
        first = decided.verdict == advisor.pack.verdicts[0].id
        expected = first and decided.forced is None and decided.agree <= decided.against
        assert (default.text in text) == expected, options
        assert "(0 of 5 answers point there" not in text, options
        assert "(1 of 5 answers point there" not in text, options


ANSWERS = {"data": "yes", "volume": "high", "domain": "general", "budget": "flexible", "consistency": "predictable"}


@pytest.mark.parametrize(
    ("idea", "scenario", "by_answers"),
    [
        ("summaries of radiology reports for doctors", "medical", False),
        ("drafting contracts for our lawyers", "sales", True),  # a little like the medical case
        ("", "sales", True),
    ],
)
def test_a_description_that_is_close_to_a_case_chooses_it_and_else_the_answers(
    idea: str, scenario: str, by_answers: bool
) -> None:
    said = recommend(shipped().knowledge, finished(shipped().pack, ANSWERS).replace(idea=idea), NOON)
    assert said.scenario is not None
    assert (said.scenario.id, said.by_answers) == (scenario, by_answers)
    shown = plain(current_view(shipped(), finished(shipped().pack, ANSWERS).replace(idea=idea), NOON))
    assert ("Closest by your answers" in shown) == by_answers


def test_what_a_case_has_in_common_with_the_answers_and_what_not(advisor: Advisor) -> None:
    pack = advisor.pack
    story = {q: o for q, o in pack.scenario("medical").answers.items() if o != "unsure"}
    said = recommend(advisor.knowledge, finished(pack, story).replace(concluded=True), NOON)
    assert said.scenario is not None
    assert said.scenario.id == "medical"
    assert [q.id for q in said.like] == [q.id for q in pack.questions if q.id in story]
    assert said.unlike == ()
    shown = plain(current_view(advisor, finished(pack, story).replace(concluded=True), NOON))
    assert "Like yours:" in shown
    assert "Unlike:" not in shown
    (question, option), *_ = story.items()
    other = next(o.id for o in pack.question(question).options if o.id not in (option, "unsure"))
    changed = finished(pack, {**story, question: other}).replace(concluded=True)
    said = recommend(advisor.knowledge, changed, NOON)
    assert [q.id for q in said.unlike] == [question]
    assert question not in [q.id for q in said.like]
    assert f"Unlike: {pack.question(question).name.lower()}." in plain(current_view(advisor, changed, NOON))


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
    assert said.faq is not None
    assert said.faq.id == (faq or said.verdict.faq)


def test_facts_from_outside_stand_with_the_verdicts_that_they_are_about(advisor: Advisor) -> None:
    shown: dict[str, list[str]] = {}
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        shown[said.verdict.id] = [fact.id for fact in said.beyond]
    assert shown == {
        verdict.id: [fact.id for fact in advisor.pack.beyond if verdict.id in fact.verdicts]
        for verdict in advisor.pack.verdicts
    }
    assert all(shown.values())


def test_expired_facts_are_no_longer_shown(advisor: Advisor) -> None:
    conversation = finished(advisor.pack, {q.id: "unsure" for q in advisor.pack.questions})
    assert "Outside the article" in plain(current_view(advisor, conversation, NOON))
    assert "Outside the article" not in plain(current_view(advisor, conversation, NOON + 10 * 365 * 86400))


def test_the_same_answers_give_the_same_replies(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        conversation = finished(advisor.pack, options)
        assert replay(advisor.knowledge, conversation, NOON) == replay(advisor.knowledge, conversation, NOON)
