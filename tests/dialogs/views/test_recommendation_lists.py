"""What a recommendation lists and leaves out."""

from dataclasses import replace

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend
from dialogs.replies.results import ResultDetails
from dialogs.view import (
    Heading,
    Items,
    Style,
    View,
)
from dialogs.views.plain_text import plain
from knowledge.pack import Pack
from tests.dialogs.talk import NOON
from tests.dialogs.views.laid_out import buttons, having, laid_out, text


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
    result = recommend(advisor, conversation, NOON)
    assert result.verdict.id == "fine_tuning"
    assert len(result.changes) > 2
    assert len(result.outside) >= 3
    view = laid_out(advisor, ResultDetails(result))
    assert len(items_under(view, "What would change it").lines) == 2
    assert len(items_under(view, "Outside the article").lines) == 3
    called = laid_out(advisor, ResultDetails(replace(result, called=result.outside[0])))
    assert len(items_under(called, "Outside the article").lines) == min(3, len(result.outside) - 1)
    assert items_under(view, "Do next").numbered
    assert not items_under(view, "Why").numbered
    assert all(e.line[0].style is Style.STRONG for e in view.elements if isinstance(e, Heading))  # type: ignore[union-attr]
    assert [e.level for e in view.elements if isinstance(e, Heading)][:2] == [1, 2]


def test_a_recommendation_says_what_was_not_answered(advisor: Advisor) -> None:
    some = recommend(advisor, answered(advisor.pack, data="yes", volume="high"), NOON)
    assert "Not answered, so not counted: domain, budget, consistency." in text(advisor, ResultDetails(some))
    nothing = recommend(advisor, answered(advisor.pack), NOON)
    assert "Why" not in text(advisor, ResultDetails(nothing)).splitlines()
    everything = recommend(
        advisor,
        answered(advisor.pack, data="yes", volume="high", domain="general", budget="limited", consistency="tolerant"),
        NOON,
    )
    assert "Not answered" not in text(advisor, ResultDetails(everything))


def test_a_reason_that_was_read_quotes_its_words(advisor: Advisor) -> None:
    read = recommend(advisor, answered(advisor.pack, AnswerMethod.READ, data="yes", volume="high"), NOON)
    assert text(advisor, ResultDetails(read)).count("(read from “so”)") == 2
    pressed = recommend(advisor, answered(advisor.pack, data="yes", volume="high"), NOON)
    assert "read from" not in text(advisor, ResultDetails(pressed))


def test_a_recommendation_offers_lessons_only_where_there_are_some(advisor: Advisor) -> None:
    bare = having(advisor.pack, lessons=())
    without = Advisor.build(replace(advisor.knowledge, pack=bare), catalogue.load())
    conversation = answered(bare, data="yes")
    view = laid_out(without, recommend(without, conversation, NOON))
    assert buttons(view) == ["details", "share", *(f"edit:{question.id}" for question in bare.questions), "restart"]
    with_lessons = laid_out(replace(advisor), recommend(advisor, answered(advisor.pack, data="yes"), NOON))
    assert buttons(with_lessons)[-1] == "learn"
    details = laid_out(advisor, ResultDetails(recommend(advisor, answered(advisor.pack, data="yes"), NOON)))
    acting = [name for name in buttons(details) if not name.startswith("passage:")]
    assert acting == ["share", *(f"edit:{question.id}" for question in bare.questions), "restart", "learn"]
