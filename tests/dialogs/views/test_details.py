"""What the details of a result hold, list and leave out."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend
from dialogs.replies.results import ResultPart
from dialogs.view import Heading, Items, Style, View
from dialogs.views.plain_text import plain
from knowledge.pack import Pack
from tests.dialogs.talk import NOON
from tests.dialogs.views.recommended import combinations, details, finished
from tests.dialogs.views.shown import ALL, laid_out, result, text


def answered(pack: Pack, how: AnswerMethod = AnswerMethod.BUTTON, **options: str) -> Conversation:
    answers = {q: Answer(option=o, how=how, by="ana", at=NOON, evidence="so") for q, o in options.items()}
    return Conversation.fresh(pack).replace(started=True, concluded=True, answers=answers)


def items_under(view: View, title: str) -> Items:
    elements = list(view.elements)
    at = next(n for n, e in enumerate(elements) if isinstance(e, Heading) and plain(View((e,))) == title)
    found = elements[at + 1]
    assert isinstance(found, Items)
    return found


def test_a_recommendation_keeps_its_lists_short(advisor: Advisor) -> None:
    conversation = answered(advisor.pack, data="yes", volume="high", domain="specialised", consistency="predictable")
    result = recommend(advisor.knowledge, conversation, NOON)
    assert result.verdict.id == "fine_tuning"
    assert len(result.changes) > 2
    assert len(result.outside) >= 3
    view = laid_out(advisor, ResultPart(What.DETAILS, result))
    assert len(items_under(view, "What would change it").lines) == 2
    assert len(items_under(view, "Outside the article").lines) == 3
    called = laid_out(advisor, ResultPart(What.DETAILS, replace(result, called=result.outside[0])))
    assert len(items_under(called, "Outside the article").lines) == min(3, len(result.outside) - 1)
    assert items_under(view, "Do next").numbered
    assert not items_under(view, "Why").numbered
    assert all(e.line[0].style is Style.STRONG for e in view.elements if isinstance(e, Heading))  # type: ignore[union-attr]
    assert [e.level for e in view.elements if isinstance(e, Heading)][:2] == [1, 2]


def test_a_recommendation_says_what_was_not_answered(advisor: Advisor) -> None:
    some = recommend(advisor.knowledge, answered(advisor.pack, data="yes", volume="high"), NOON)
    assert "Not answered, so not counted: domain, budget, consistency." in text(advisor, ResultPart(What.DETAILS, some))
    nothing = recommend(advisor.knowledge, answered(advisor.pack), NOON)
    assert "Why" not in text(advisor, ResultPart(What.DETAILS, nothing)).splitlines()
    everything = recommend(
        advisor.knowledge,
        answered(advisor.pack, data="yes", volume="high", domain="general", budget="limited", consistency="tolerant"),
        NOON,
    )
    assert "Not answered" not in text(advisor, ResultPart(What.DETAILS, everything))


def test_a_reason_that_was_read_quotes_its_words(advisor: Advisor) -> None:
    read = recommend(advisor.knowledge, answered(advisor.pack, AnswerMethod.READ, data="yes", volume="high"), NOON)
    assert text(advisor, ResultPart(What.DETAILS, read)).count("(read from “so”)") == 2
    pressed = recommend(advisor.knowledge, answered(advisor.pack, data="yes", volume="high"), NOON)
    assert "read from" not in text(advisor, ResultPart(What.DETAILS, pressed))


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


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        (ALL, "5 of 5 answers for it"),
        ({"data": "no"}, "1 of 5 answers for it, decided by too few examples"),
        ({}, "Prompts come first, until the task clearly needs tuning"),
        ({"domain": "general"}, "1 of 5 answers for it"),
        (ALL | {"budget": "limited"}, "4 of 5 answers for tuning, held back by a limited budget"),
    ],
)
def test_the_details_count_what_points_to_the_verdict(advisor: Advisor, answers: dict[str, str], count: str) -> None:
    assert f"({count})" in text(advisor, ResultPart(What.DETAILS, result(advisor, answers)))
