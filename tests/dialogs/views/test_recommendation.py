"""What a recommendation says, over all answers."""

import re

import pytest

from dialogs.advisor import Advisor
from dialogs.flows.replay import recommend, replay, summarise
from dialogs.message import Person
from dialogs.replies import Reply
from dialogs.replies.results import SharedResult
from dialogs.view import Buttons, Choices
from dialogs.views import current_view, lay_out
from dialogs.views.plain_text import plain
from dialogs.views.recommendation import word_count
from knowledge.decision import decide
from tests.dialogs.talk import NOON
from tests.dialogs.views.recommended import combinations, details, finished
from tests.shipped import shipped


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


def test_the_first_step_is_shown_where_no_way_forward_is(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        text = plain(current_view(advisor, finished(advisor.pack, options), NOON))
        assert said.steps
        assert (said.steps[0].text.split(". ")[0] in text) is not bool(said.path), options


def test_the_same_answers_give_the_same_replies(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        conversation = finished(advisor.pack, options)
        assert replay(advisor.knowledge, conversation, NOON) == replay(advisor.knowledge, conversation, NOON)


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
