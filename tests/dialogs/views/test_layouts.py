"""How replies are laid out: what is cut short, what appears only sometimes, which buttons go with what."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.lookups import entry_reply, reply_to
from dialogs.flows.replay import recommend
from dialogs.message import Action, Person, Verb
from dialogs.replies import Reply
from dialogs.replies.lessons import CaseResult, CaseRow, LessonsFinished
from dialogs.replies.notices import Greeting, NewOrContinue
from dialogs.replies.passages import DidYouMean, NotCovered, PassageReply, VerdictComparison
from dialogs.replies.questions import AlreadyAnswered, AnswerChanged, ClosedQuestion, RecordedAnswer
from dialogs.replies.results import ResultDetails
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Heading,
    Items,
    Mention,
    Preformatted,
    Span,
    Style,
    Table,
    View,
    as_line,
    line_text,
)
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.interfaces import Match, MatchOutcome
from knowledge.pack import Pack
from tests.dialogs.talk import NOON, Talk


def laid_out(advisor: Advisor, *replies: Reply) -> View:
    return lay_out(advisor, replies, 1)


def text(advisor: Advisor, *replies: Reply) -> str:
    return plain(laid_out(advisor, *replies))


def buttons(view: View) -> list[str]:
    return [b.action.id for e in view.elements if isinstance(e, Buttons | Choices) for b in e.buttons]


def having(pack: Pack, **changes: object) -> Pack:
    return pack.model_copy(update=changes)


def record(advisor: Advisor, by: str | None = None, **changes: object) -> RecordedAnswer:
    answer = Answer(option="yes", how=AnswerMethod.BUTTON, by="ana", at=NOON)
    given = replace(answer, **changes)  # type: ignore[arg-type]
    return RecordedAnswer(advisor.pack.question("data"), given, Person(by) if by else None)


@pytest.mark.parametrize(
    ("seconds", "age"),
    [
        (0, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86_399, "23 h ago"),
        (86_400, "1 d ago"),
        (200_000, "2 d ago"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(advisor: Advisor, seconds: int, age: str) -> None:
    assert f"({age})" in text(advisor, AlreadyAnswered(record(advisor), seconds))


def test_a_late_press_is_told_whose_answer_stands_and_how_to_change_it(advisor: Advisor) -> None:
    view = laid_out(advisor, AlreadyAnswered(record(advisor, by="ben"), 0))
    assert "by ben" in plain(view)
    assert buttons(view) == ["edit:data"]


def test_a_record_quotes_what_it_was_read_from(advisor: Advisor) -> None:
    read = record(advisor, how=AnswerMethod.READ, evidence="3000 labelled tickets")
    assert "read from “3000 labelled tickets”" in text(advisor, ClosedQuestion(read.question, read))


def test_an_old_card_that_cannot_be_deleted_says_that_it_was_not_answered(advisor: Advisor) -> None:
    assert text(advisor, ClosedQuestion(advisor.pack.question("data"))) == "Training data: not answered here"


@pytest.mark.parametrize(("length", "shown"), [(80, "x" * 80 + "”"), (81, "x" * 79 + "…”")])
def test_a_long_request_is_cut(advisor: Advisor, length: int, shown: str) -> None:
    assert f"“{shown}" in text(advisor, NewOrContinue("x" * length, advisor.pack.questions[0]))


def test_the_buttons_of_passages_have_short_labels(advisor: Advisor) -> None:
    passages = tuple(p.model_copy(update={"title": "x" * 80}) for p in advisor.pack.passages[:3])
    view = laid_out(advisor, DidYouMean(passages))
    (menu,) = [element for element in view.elements if isinstance(element, Buttons)]
    assert [button.label for button in menu.buttons] == ["x" * 72] * 3
    assert buttons(view) == [f"passage:{passage.id}" for passage in passages]
    assert plain(view) == "Did you mean one of these?"


def test_what_is_not_covered_names_what_is_near_and_offers_to_start_where_that_helps(advisor: Advisor) -> None:
    pack, near = advisor.pack, advisor.pack.passages[:2]
    assert buttons(laid_out(advisor, NotCovered(pack, ()))) == []
    assert "The closest I have" not in text(advisor, NotCovered(pack, ()))
    view = laid_out(advisor, NotCovered(pack, near, offer=True))
    assert buttons(view) == [*(f"passage:{passage.id}" for passage in near), "start"]
    assert not any(passage.title in plain(view) for passage in near)


def test_a_passage_shows_only_what_it_has(advisor: Advisor) -> None:
    pack = advisor.pack
    whole = next(passage for passage in pack.passages if passage.items)
    bare = whole.model_copy(update={"items": (), "note": None})
    noted = bare.model_copy(update={"note": "A note beside it."})
    assert any(isinstance(element, Items) for element in laid_out(advisor, PassageReply(pack, whole)).elements)
    assert not any(isinstance(element, Items) for element in laid_out(advisor, PassageReply(pack, bare)).elements)
    assert "A note beside it." in text(advisor, PassageReply(pack, noted))
    assert (
        len(laid_out(advisor, PassageReply(pack, noted)).elements)
        == len(laid_out(advisor, PassageReply(pack, bare)).elements) + 1
    )
    assert "Outside the article" not in text(advisor, PassageReply(pack, bare))
    (fact, *_) = pack.outside
    beside = text(advisor, PassageReply(pack, bare, (fact,)))
    assert "Outside the article" in beside
    assert f"({fact.source}, read {fact.read.day} {fact.read:%b %Y})" in beside
    assert buttons(laid_out(advisor, PassageReply(pack, bare, (fact,)))) == [f"passage:{fact.id}"]
    assert [buttons(laid_out(advisor, PassageReply(pack, bare, offer=offer))) for offer in (True, False)] == [
        ["start"],
        [],
    ]


def test_only_verdicts_with_a_cell_in_every_row_are_compared(advisor: Advisor) -> None:
    comparison = advisor.pack.comparison
    assert comparison is not None
    (table,) = [
        e for e in laid_out(advisor, VerdictComparison(advisor.pack, comparison)).elements if isinstance(e, Table)
    ]
    assert table.header == ("Aspect", "Prompt engineering", "Fine-tuning")
    assert "level=2" in str(laid_out(advisor, VerdictComparison(advisor.pack, comparison)).elements[0])
    assert [cells[0] for cells in table.rows] == [row.aspect for row in comparison.rows]
    assert all(len(cells) == len(table.header) for cells in table.rows)
    first, *others = comparison.rows
    gap = first.model_copy(update={"cells": {"fine_tuning": first.cells["fine_tuning"]}})
    less = comparison.model_copy(update={"rows": (gap, *others)})
    (table,) = [e for e in laid_out(advisor, VerdictComparison(advisor.pack, less)).elements if isinstance(e, Table)]
    assert table.header == ("Aspect", "Fine-tuning")


def test_a_greeting_offers_only_what_the_pack_has(advisor: Advisor) -> None:
    pack = advisor.pack
    assert buttons(laid_out(advisor, Greeting(pack))) == ["start", "compare", "learn"]
    assert "7 short lessons" in text(advisor, Greeting(pack))
    bare = Greeting(having(pack, comparison=None, lessons=()))
    assert buttons(laid_out(advisor, bare)) == ["start"]
    assert "lessons" not in text(advisor, bare)
    assert text(advisor, Greeting(pack, hello=True)).startswith("Hello.")


def finished(advisor: Advisor, **changes: object) -> LessonsFinished:
    again = ((2, advisor.pack.lessons[1]), (5, advisor.pack.lessons[4]))
    as_line = LessonsFinished(advisor.pack, Person("ana"), right=4, total=6, again=again, at=NOON, can_practise=True)
    return replace(as_line, **changes)  # type: ignore[arg-type]


def test_the_end_of_the_lessons_offers_only_what_there_is(advisor: Advisor) -> None:
    after = ["share", "learn", "start"]
    assert buttons(laid_out(advisor, finished(advisor))) == ["read:2", "read:5", "try", *after]
    nothing = finished(advisor, again=(), can_practise=False)
    assert buttons(laid_out(advisor, nothing)) == after
    assert "Worth reading again" not in text(advisor, nothing)
    assert f"Lesson 5: {advisor.pack.lessons[4].title}" in text(advisor, finished(advisor))
    public = finished(advisor, public=True)
    assert buttons(laid_out(advisor, public)) == ["try", *after]
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


def test_the_menu_of_the_first_question_leads_nowhere_back(talk: Talk) -> None:
    talk.say("start")
    assert buttons(talk.view or View(()))[-2:] == ["why", "cancel"]
    assert "Pick one or type your answer" in talk.card
    talk.say("yes")
    assert buttons(talk.view or View(()))[-4:] == ["why", "back", "restart", "cancel"]
    assert "You can also type your answer" in talk.card
    assert all(e.menu == ("why" in buttons(View((e,)))) for e in talk.view.elements if isinstance(e, Buttons))


def test_after_a_digression_the_first_question_is_not_introduced_again(talk: Talk) -> None:
    talk.say("start")
    assert "Pick one or type your answer" in talk.card
    talk.say("How much does fine-tuning cost?")
    assert "Pick one or type" not in talk.card
    assert talk.advisor.pack.questions[0].brief in talk.card


def test_a_view_as_plain_text_has_a_line_for_each_part() -> None:
    lines = (as_line("one"), (Span("two "), Mention(Person("u1", "Ben"))))
    view = View(
        (
            Heading(as_line("Title")),
            Items(lines),
            Items(lines, numbered=True),
            Choices((Button(Action(Verb.NEW), "New"), Button(Action(Verb.KEEP), "Keep"))),
            Buttons((Button(Action(Verb.HELP), "Help"),)),
            Divider(),
            Table(("a", "b"), (("1", "2"), ("3", "4"))),
            Preformatted("# A\n* b"),
        )
    )
    assert plain(view).splitlines() == [
        "Title",
        *("- one", "- two Ben"),
        *("1. one", "2. two Ben"),
        *("1 New", "2 Keep"),
        *("a | b", "1 | 2", "3 | 4"),
        *("# A", "* b"),
    ]
    assert plain(view, name=lambda person: f"<{person.id}>", escape=str.upper).splitlines()[:3] == [
        "TITLE",
        "- ONE",
        "- TWO <u1>",
    ]


def test_only_passages_that_are_near_are_named_where_nothing_is_known(advisor: Advisor) -> None:
    top = tuple(passage.id for passage in advisor.pack.passages[:2])
    today = date(2026, 11, 25)
    for score, near in ((0.04, ()), (0.05, advisor.pack.passages[:2])):
        assert reply_to(advisor.pack, Match(MatchOutcome.UNKNOWN, top, score), today) == NotCovered(advisor.pack, near)
    assert reply_to(advisor.pack, Match(MatchOutcome.OFFER, top, 0.0), today) == DidYouMean(advisor.pack.passages[:2])


def test_no_more_than_three_facts_are_named_under_a_passage(advisor: Advisor) -> None:
    passage = advisor.pack.passages[0].id
    about = tuple(fact.model_copy(update={"passages": (passage,)}) for fact in advisor.pack.outside)
    day = max(fact.read for fact in about)
    pack = advisor.pack.model_copy(update={"outside": about})
    assert len(pack.outside_on(day)) > 3
    reply = entry_reply(pack, (passage,), day, offer=False)
    assert isinstance(reply, PassageReply)
    assert reply.outside == pack.outside_on(day)[:3]


def test_how_to_go_on_by_typing_is_said_with_the_first_lesson(talk: Talk) -> None:
    talk.say("learn")
    assert "Pick one or type your answer" in talk.card
    talk.say("1")
    assert "Pick one or type your answer" not in talk.card


def test_a_line_without_its_styles_names_people_as_far_as_names_are_known() -> None:
    line = (Span("by ", Style.QUIET), Mention(Person("u1", "Ben")), Span(" and "), Mention(Person("u2")))
    assert line_text(line) == "by Ben and u2"


def test_an_answer_that_was_given_already_is_not_called_changed(advisor: Advisor) -> None:
    budget = advisor.pack.question("budget")
    shown = plain(lay_out(advisor, (AnswerChanged(budget, "limited", "limited"),), 0))
    assert shown == "Budget was limited already."
    assert plain(lay_out(advisor, (AnswerChanged(budget, "limited", "flexible"),), 0)).startswith("Changed: ")
