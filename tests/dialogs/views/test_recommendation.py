"""What a recommendation says, over all answers."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend, replay, summarise
from dialogs.message import Person
from dialogs.replies import Reply
from dialogs.replies.results import ResultDetails, SharedResult
from dialogs.view import Buttons, Choices
from dialogs.views import current_view, lay_out
from dialogs.views.outside import origin
from dialogs.views.plain_text import plain
from dialogs.views.recommendation import word_count
from knowledge.decision import decide, likeness
from knowledge.outside import SourceGrade
from knowledge.pack import Pack
from tests.dialogs.talk import NOON, Talk
from tests.shipped import shipped


def finished(pack: Pack, options: dict[str, str]) -> Conversation:
    answers = {q: Answer(option=o, how=AnswerMethod.BUTTON, by="ana", at=NOON) for q, o in options.items()}
    return Conversation.fresh(pack).replace(started=True, answers=answers)


def details(advisor: Advisor, conversation: Conversation, at: int = NOON) -> str:
    return plain(lay_out(advisor, (ResultDetails(recommend(advisor.knowledge, conversation, at)),), 1))


def combinations(pack: Pack) -> Iterator[dict[str, str]]:
    for options in product(*[[o.id for o in q.options] for q in pack.questions]):
        yield dict(zip([q.id for q in pack.questions], options, strict=True))


def test_each_of_all_combinations_ends_in_a_whole_recommendation(advisor: Advisor) -> None:
    pack = advisor.pack
    for options in combinations(pack):
        conversation = finished(pack, options)
        view = current_view(advisor, conversation, NOON)
        said = recommend(advisor.knowledge, conversation, NOON)
        text = plain(view)
        assert text.startswith(said.verdict.name), options
        assert said.changes, options
        if said.scenario is not None:
            assert said.scenario.name in text
        assert said.faq is not None
        assert said.faq.title in text
        assert pack.source.title in text
        assert len(said.decided.reasons) == len(pack.questions)
        assert word_count(view.elements) <= 170, options
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
        ("turning drawings into parts lists", "sales", True),  # a little like the medical case
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
    assert ("Closest case by your answers" in shown) == by_answers


def test_what_a_case_has_in_common_with_the_answers_and_what_not(advisor: Advisor) -> None:
    pack = advisor.pack
    story = {q: o for q, o in pack.scenario("medical").answers.items() if o != "unsure"}
    said = recommend(advisor.knowledge, finished(pack, story).replace(concluded=True), NOON)
    assert said.scenario is not None
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
    assert said.faq is not None
    assert said.faq.id == (faq or said.verdict.faq)


def test_facts_from_outside_stand_with_the_verdicts_that_they_are_about(advisor: Advisor) -> None:
    shown: dict[str, list[str]] = {}
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        shown[said.verdict.id] = [entry.id for entry in said.outside]
    assert shown == {
        verdict.id: [entry.id for entry in advisor.pack.outside if verdict.id in entry.verdicts]
        for verdict in advisor.pack.verdicts
    }
    assert all(shown.values())


def test_the_first_step_is_shown_where_no_way_forward_is(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        text = plain(current_view(advisor, finished(advisor.pack, options), NOON))
        assert said.steps
        assert (said.steps[0].text.split(". ")[0] in text) is not bool(said.path), options


def test_expired_facts_are_no_longer_shown(advisor: Advisor) -> None:
    conversation = finished(advisor.pack, {q.id: "unsure" for q in advisor.pack.questions})
    assert "Outside the article" in details(advisor, conversation)
    assert "Outside the article" not in details(advisor, conversation, NOON + 10 * 365 * 86400)


def test_the_same_answers_give_the_same_replies(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        conversation = finished(advisor.pack, options)
        assert replay(advisor.knowledge, conversation, NOON) == replay(advisor.knowledge, conversation, NOON)


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
        assert ("Yours differs in" in shown) == against, options
        if said.scenario is not None:
            own = {question.id: yours for question, yours, _ in said.differences}
            assert all(options[question] == yours for question, yours in own.items())
            assert decide(pack, {**said.scenario.answers, **own}).verdict == said.verdict.id or not against


def test_an_faq_that_speaks_for_another_verdict_says_why_it_is_different(advisor: Advisor) -> None:
    idea = "can prompts replace fine-tuning for our contract reviews"
    conversation = finished(shipped().pack, {**ANSWERS, "domain": "specialised"}).replace(idea=idea)
    said = recommend(shipped().knowledge, conversation, NOON)
    assert said.verdict.id == "fine_tuning"
    assert said.faq is not None
    assert said.faq.id == "faq-instead"
    assert "Yours is different because of training data: yes, hundreds or more." in plain(
        current_view(shipped(), conversation, NOON)
    )
    assert recommend(advisor.knowledge, finished(advisor.pack, ANSWERS), NOON).faq_reason is None


def test_the_reasons_that_weigh_most_come_first(advisor: Advisor) -> None:
    """What forces or caps the verdict, then what points to it, the heavier first; in between one of each side."""

    def main(**options: str) -> list[str]:
        return [reason.question for reason in recommend(advisor.knowledge, finished(advisor.pack, options), NOON).main]

    assert main(data="no", volume="high", domain="specialised")[0] == "data"
    assert main(data="yes", volume="high", domain="specialised", budget="flexible", consistency="predictable")[-1] == (
        "budget"
    )
    hybrid = main(data="yes", volume="high", domain="specialised", budget="limited", consistency="predictable")
    assert hybrid[0] == "budget"
    assert main(data="unsure", volume="unsure") == []


IDEAS = [
    "a support bot that answers what our customers ask most",
    "summaries of patient reports with the right medical terms",
    "personal outreach emails for our sales team, thousands a day",
    "reading invoices and filing them by cost centre",
    "drafting contracts for our lawyers",
    "translating product pages into nine languages for the web shop",
    "sorting incoming mail by department before anybody reads it",
    "code review comments in our own style for every pull request",
    "answers to tenders out of the ones that we won before now",
    "a tutor that explains our safety rules to new staff on site",
    "minutes of meetings with decisions and owners, every week",
    "spotting risky clauses in supplier agreements for the purchasing team of our whole group",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
]


@pytest.mark.parametrize("idea", IDEAS)
def test_a_result_is_short_whatever_the_idea_and_the_answers(idea: str) -> None:
    for options in combinations(shipped().pack):
        conversation = finished(shipped().pack, options).replace(idea=idea)
        view = current_view(shipped(), conversation, NOON)
        assert word_count(view.elements) <= 170, options
        assert plain(view).startswith(conversation.title)


def test_a_result_that_is_too_long_loses_the_faq_first_and_never_source_or_difference(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        text = plain(current_view(advisor, finished(advisor.pack, options), NOON))
        assert advisor.pack.source.interest in text
        assert said.faq is not None
        faq_cut = said.faq.text not in text
        if said.scenario is not None and said.scenario.finding.text not in text:
            assert faq_cut, options
        default = advisor.pack.deciding.default
        slots = 3 - (default is not None and default.text in text)
        if sum(reason.text in text for reason in said.main) < min(slots, len(said.main)):
            assert faq_cut, options


def test_the_lines_of_directions_name_each_question_once(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        shown = plain(current_view(advisor, finished(advisor.pack, options), NOON)).splitlines()
        lines = [line for line in shown if re.search(r"\d answers? for |Unclear: ", line)]
        assert shown[1 : 1 + len(lines)] == lines, "directly below the verdict"
        named = [name for line in lines for name in line.partition(": ")[2].split(", ")]
        assert sorted(named) == sorted(question.name.lower() for question in advisor.pack.questions)


def test_the_lines_of_directions_say_which_answers_point_where(advisor: Advisor) -> None:
    options = {"data": "yes", "volume": "high", "domain": "general", "budget": "unsure", "consistency": "unsure"}
    _, *shown = plain(current_view(advisor, finished(advisor.pack, options), NOON)).splitlines()
    assert shown[:3] == [
        "- 1 answer for prompt engineering: domain",
        "- 2 answers for fine-tuning: training data, volume and speed",
        "- Unclear: budget, consistency",
    ]


def test_details_hold_all_that_there_is(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        conversation = finished(advisor.pack, options)
        said = recommend(advisor.knowledge, conversation, NOON)
        text = details(advisor, conversation)
        assert len(text) < 4000, options
        shown = [said.verdict.meaning, *(reason.text for reason in said.decided.reasons)]
        shown += [step.text for step in (*said.steps, *said.path)]
        shown += [said.scenario.finding.text] if said.scenario is not None else []
        shown += [said.faq.text if said.faq is not None else "", advisor.pack.source.interest]
        assert all(part in text for part in shown), options


CALLING = "Sort our invoices. The output must be valid JSON."


def test_what_an_idea_calls_for_stands_below_the_verdict_and_moves_nothing() -> None:
    """No verdict and no strength of any answers: only the line and its button are more."""
    pack, entry = shipped().pack, shipped().pack.entry("out-structured")
    for options in combinations(pack):
        without = recommend(shipped().knowledge, finished(pack, options).replace(idea="Sort our invoices."), NOON)
        said = recommend(shipped().knowledge, finished(pack, options).replace(idea=CALLING), NOON)
        assert without.called is None
        assert said.called == entry
        assert (said.verdict, said.decided, said.changes) == (without.verdict, without.decided, without.changes)
    lines = plain(current_view(shipped(), finished(pack, ANSWERS).replace(idea=CALLING), NOON)).splitlines()
    assert lines[2] == f"Outside the article: {entry.line}"
    assert len(lines[2].split()) <= 20


def test_the_details_say_source_and_date_of_what_an_idea_calls_for() -> None:
    entry = shipped().pack.entry("out-structured")
    text = details(shipped(), finished(shipped().pack, ANSWERS).replace(idea=CALLING))
    assert f"Outside the article: {entry.line} ({entry.source}, read 26 Nov 2026)" in text


@pytest.mark.parametrize(("confidence", "said"), [("A", "Source"), ("B", "as reported: S"), ("C", "as one source rep")])
def test_what_is_known_at_second_hand_says_from_how_many(confidence: str, said: str) -> None:
    entry = shipped().pack.outside[0].model_copy(update={"confidence": SourceGrade(confidence), "source": "Source"})
    assert origin(shipped().catalogue, entry).startswith(said)


def test_no_line_below_a_verdict_names_an_approach(advisor: Advisor) -> None:
    lines = [entry.line for entry in advisor.pack.outside if entry.line]
    assert len(lines) > 20
    for line in lines:
        assert not re.search(r"fine-?tun|prompt engineering|hybrid|retriev", line, re.IGNORECASE), line


def for_others(advisor: Advisor, options: dict[str, str]) -> tuple[str, str]:
    """The result as it is shared, and as a summary."""
    summary = summarise(advisor.knowledge, finished(advisor.pack, options), NOON, None)
    replies: tuple[Reply, ...] = (SharedResult(summary, Person("ana"), ""), summary)
    shared, copied = (plain(lay_out(advisor, (reply,), 0)) for reply in replies)
    return shared, copied


def test_a_verdict_against_most_answers_says_why_to_others_as_well(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        decided = decide(advisor.pack, options)
        default = advisor.pack.deciding.default
        stands = decided.verdict == advisor.pack.verdicts[0].id and decided.agree <= decided.against
        for shown in for_others(advisor, options):
            assert default is not None
            assert (default.text in shown) == (stands and decided.forced is None), options
            assert ("decides it: " in shown) == (decided.forced is not None), options
            assert not decided.held_back or decided.forced or stands or decided.held_back[0].text in shown, options
