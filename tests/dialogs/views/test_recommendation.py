"""What a recommendation says at a glance, over all answers. It takes two screens of a phone: what goes first where it
would be longer, and what never goes.
"""

import re
from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.flows.replay import recommend, replay
from dialogs.replies.results import Recommendation
from dialogs.view import Buttons, Choices, Feedback, Heading, Items, Paragraph, View
from dialogs.views import current_view, lay_out
from dialogs.views.plain_text import plain
from dialogs.views.recommendation import MAX_WORDS, first_sentences, word_count
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON
from tests.dialogs.views.recommended import combinations, finished
from tests.dialogs.views.shown import ALL
from tests.shipped import shipped

TEN = "One two ten. "


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


def test_no_line_below_a_verdict_names_an_approach(advisor: Advisor) -> None:
    lines = [entry.line for entry in advisor.pack.outside if entry.line]
    assert len(lines) > 20
    for line in lines:
        assert not re.search(r"fine-?tun|prompt engineering|hybrid|retriev", line, re.IGNORECASE), line


@pytest.fixture
def result(advisor: Advisor) -> Recommendation:
    """One with all parts, each of several sentences."""
    pack = advisor.pack
    found = recommend(advisor.knowledge, asked(advisor, None, **ALL), NOON)
    scenario, faq = pack.scenarios[0], pack.faqs[0]
    assert len(found.main) >= 3
    assert len(found.changes) >= 2
    return replace(
        found,
        title="",
        path=(),
        steps=(found.steps[0].model_copy(update={"text": TEN * 3}),),
        scenario=scenario.model_copy(update={"finding": scenario.finding.model_copy(update={"text": TEN * 3})}),
        differences=(),
        faq=faq.model_copy(update={"text": TEN * 3, "title": "Title of it?"}),
        by_answers=False,
        faq_reason=None,
    )


def below(advisor: Advisor, view: View, title: str) -> Items | Paragraph:
    """What stands under the title with this key."""
    elements, shown = list(view.elements), advisor.catalogue.text(title)
    found = elements[
        1 + next(n for n, e in enumerate(elements) if isinstance(e, Heading) and shown == plain(View((e,))))
    ]
    assert isinstance(found, Items | Paragraph)
    return found


def shape(advisor: Advisor, result: Recommendation, words: int) -> tuple[int, ...]:
    """Reasons, changes, and sentences of the step, the case and the FAQ, where the title has so many words."""
    view = lay_out(advisor, (replace(result, title="xx " * words),), 1)
    reasons, changes = (below(advisor, view, title) for title in ("reasons_title", "change_title"))
    assert isinstance(reasons, Items)
    assert isinstance(changes, Items)
    titles = ("first_step_title", "scenario_title", "faq_title")
    texts = [plain(View((below(advisor, view, title),))) for title in titles]
    assert "Title of it?" in texts[2]
    return (len(reasons.lines), len(changes.lines), *(text.count("ten.") for text in texts))


def test_the_least_important_goes_first(advisor: Advisor, result: Recommendation) -> None:
    shapes = [shape(advisor, result, words) for words in range(MAX_WORDS + 20)]
    assert list(dict.fromkeys(shapes)) == [
        (3, 2, 3, 2, 2),
        (3, 2, 3, 2, 1),
        (3, 2, 3, 2, 0),
        (3, 2, 3, 1, 0),
        (2, 2, 3, 1, 0),
        (2, 1, 3, 1, 0),
        (2, 1, 1, 1, 0),
        (1, 1, 1, 1, 0),
    ]


@pytest.mark.parametrize(("called", "most"), [(False, 170), (True, 162)])
def test_it_is_as_long_as_it_may_be(advisor: Advisor, result: Recommendation, called: bool, most: int) -> None:
    """A button of its own takes the room of eight words."""
    reply = replace(result, called=advisor.pack.outside[0] if called else None)
    views = [lay_out(advisor, (replace(reply, title="xx " * words),), 1) for words in range(50)]
    texts = [[e for e in view.elements if not isinstance(e, Buttons | Feedback)] for view in views]
    assert max(map(word_count, texts)) == most


def test_a_text_is_cut_between_sentences() -> None:
    text = "One of 1.5 kinds. Two! three? Four. Five"
    assert [first_sentences(text, count) for count in range(4)] == [
        "",
        "One of 1.5 kinds.",
        "One of 1.5 kinds. Two! three?",
        "One of 1.5 kinds. Two! three? Four.",
    ]
