"""What a recommendation says at a glance, over all answers. It takes a screen of a phone: what goes first where it
would be longer, and what never goes.
"""

import re

import pytest

from dialogs.advisor import Advisor
from dialogs.flows.replay import recommend, replay
from dialogs.view import Buttons, Choices, Drawing, line_text
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from dialogs.views.recommendation import first_sentences, word_count
from tests.dialogs.talk import NOON
from tests.dialogs.views.recommended import combinations, finished
from tests.dialogs.views.shown import ALL
from tests.shipped import shipped


def test_each_of_all_combinations_ends_in_a_whole_recommendation(advisor: Advisor) -> None:
    pack = advisor.pack
    for options in combinations(pack):
        conversation = finished(pack, options)
        view = current_view(advisor, conversation, NOON)
        said = recommend(advisor.knowledge, conversation, NOON)
        text = plain(view)
        assert text.startswith(f"{said.verdict.headline}\n{said.verdict.name} · "), options
        assert said.changes, options
        if said.scenario is not None:
            assert said.scenario.name in text
        assert said.faq.title in text
        assert text.count("What would change it: ") == 1
        assert pack.source.title in text
        assert len(said.decided.reasons) == len(pack.questions)
        assert word_count(view.elements) <= 120, options
        controls = [e for e in view.elements if isinstance(e, Buttons)]
        assert [(len(e.buttons), e.menu) for e in controls] == [(2, False), (5, True), (4, True)]
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
    assert text.startswith("Use prompts, no tuning for now\nPrompt engineering · 4 of 5 answers for tuning, held back")
    assert "The way forward: Prototype with prompts. Collect data from the best prompts. Tune on that." in text


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
        assert (default.text.rstrip(".") in text) == expected, options


def test_the_first_step_is_shown_where_no_way_forward_is(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        text = plain(current_view(advisor, finished(advisor.pack, options), NOON))
        assert said.steps
        assert (re.split("[:,.]", said.steps[0].text)[0] in text) is not bool(said.path), options


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
        assert word_count(view.elements) <= 120 + max(0, len(conversation.title.split()) - 16), options
        assert plain(view).startswith(conversation.title)


def test_a_result_never_loses_source_case_answer_or_way_forward(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        text = plain(current_view(advisor, finished(advisor.pack, options), NOON))
        assert advisor.pack.source.interest in text
        assert f"{said.faq.title} {first_sentences(said.faq.text, 1).partition(':')[0].rstrip('.')}" in text, options
        assert all(re.split("[:,.]", step.text)[0] in text for step in said.path), options


def test_a_contradiction_is_never_the_last_word(advisor: Advisor) -> None:
    """Where the closest case comes out otherwise, the difference comes before its finding and this verdict after it."""
    pack = advisor.pack
    for options in combinations(pack):
        said = recommend(advisor.knowledge, finished(pack, options), NOON)
        if said.scenario is None:
            continue
        view = current_view(advisor, finished(pack, options), NOON)
        (line,) = [line for line in plain(view).splitlines() if line.startswith("Closest case")]
        own = said.verdict.name.lower()
        if said.verdict.id in said.scenario.finding.verdicts:
            assert "unlike" not in line, options
            named = "prompt engineering" if said.verdict.id == pack.verdicts[0].id else own
            assert named in line.lower(), options
        else:
            assert f": unlike {said.scenario.name} (" in line, options
            assert line.endswith(f", so {own}."), options


def test_the_bars_lean_to_their_sides_and_what_holds_back_is_marked(advisor: Advisor) -> None:
    high = {**ALL, "budget": "limited"}
    options = {**high, "volume": "unsure", "domain": "general"}
    assert drawn(advisor, high) == [
        "Prompts ○───●───○ Tuning",
        "□□│■■ Training data: yes",
        "□□│■■ Volume and speed: high",
        "□□│■■ Domain: specialised",
        "■■│□□ Budget: limited ◄",
        "□□│■■ Consistency: predictable",
    ]
    assert drawn(advisor, options)[2:5] == [
        "□□│□□ Volume and speed: not sure",
        "□■│□□ Domain: general",
        "■■│□□ Budget: limited",
    ]


def test_the_scale_shows_exactly_what_one_changed_answer_reaches(advisor: Advisor) -> None:
    pack = advisor.pack
    for options in combinations(pack):
        said = recommend(advisor.knowledge, finished(pack, options), NOON)
        near = {change.verdict for change in said.changes if len(change.answers) == 1}
        signs = [sign for sign in drawn(advisor, options)[0] if sign in "●○─"][::4]
        assert signs == ["●" if v == said.verdict else "○" if v.id in near else "─" for v in pack.verdicts], options


def drawn(advisor: Advisor, options: dict[str, str]) -> list[str]:
    """The picture on the card."""
    view = current_view(advisor, finished(advisor.pack, options), NOON)
    return [line_text(line) for e in view.elements if isinstance(e, Drawing) for line in e.lines]


def test_no_line_below_a_verdict_names_an_approach(advisor: Advisor) -> None:
    lines = [entry.line for entry in advisor.pack.outside if entry.line]
    assert len(lines) > 20
    for line in lines:
        assert not re.search(r"fine-?tun|prompt engineering|hybrid|retriev", line, re.IGNORECASE), line


def test_a_text_is_cut_between_sentences() -> None:
    text = "One of 1.5 kinds. Two! three? Four. Five"
    assert [first_sentences(text, count) for count in range(4)] == [
        "",
        "One of 1.5 kinds.",
        "One of 1.5 kinds. Two! three?",
        "One of 1.5 kinds. Two! three? Four.",
    ]
