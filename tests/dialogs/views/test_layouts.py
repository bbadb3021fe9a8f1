"""How replies are laid out: what is cut short, what appears only sometimes, which buttons go with what."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod
from dialogs.message import Action, Person, Verb
from dialogs.replies import Reply
from dialogs.replies.notices import Greeting
from dialogs.replies.questions import AlreadyAnswered, AnswerChanged, ClosedQuestion, RecordedAnswer
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
from dialogs.views import LAYOUTS, lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.talk import NOON, Talk
from tests.dialogs.views.shown import having, ids, laid_out, text


def test_each_kind_of_reply_has_one_layout() -> None:
    assert {kind.__name__ for kind in LAYOUTS} == {kind.__name__ for kind in Reply.__subclasses__()}


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
    assert ids(view) == ["edit:data"]


def test_a_record_quotes_what_it_was_read_from(advisor: Advisor) -> None:
    read = record(advisor, how=AnswerMethod.READ, evidence="3000 labelled tickets")
    assert "read from “3000 labelled tickets”" in text(advisor, ClosedQuestion(read.question, read))


def test_an_old_card_that_cannot_be_deleted_says_that_it_was_not_answered(advisor: Advisor) -> None:
    assert text(advisor, ClosedQuestion(advisor.pack.question("data"))) == "Training data: not answered here"


def test_a_greeting_offers_only_what_the_pack_has(advisor: Advisor) -> None:
    pack = advisor.pack
    assert ids(laid_out(advisor, Greeting(pack))) == ["start", "compare", "learn"]
    assert "7 short lessons" in text(advisor, Greeting(pack))
    bare = Greeting(having(pack, comparison=None, lessons=()))
    assert ids(laid_out(advisor, bare)) == ["start"]
    assert "lessons" not in text(advisor, bare)
    assert text(advisor, Greeting(pack, hello=True)).startswith("Hello.")


def test_the_menu_of_the_first_question_leads_nowhere_back(talk: Talk) -> None:
    talk.say("start")
    assert ids(talk.view or View(()))[-2:] == ["why", "cancel"]
    assert "Pick one or type your answer" in talk.card
    talk.say("yes")
    assert ids(talk.view or View(()))[-4:] == ["why", "back", "restart", "cancel"]
    assert "type" not in talk.card
    assert all(e.menu == ("why" in ids(View((e,)))) for e in talk.view.elements if isinstance(e, Buttons))


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
            Choices((Button(Action(Verb.START), "New"), Button(Action(Verb.KEEP), "Keep"))),
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


def test_a_line_without_its_styles_names_people_as_far_as_names_are_known() -> None:
    line = (Span("by ", Style.QUIET), Mention(Person("u1", "Ben")), Span(" and "), Mention(Person("u2")))
    assert line_text(line) == "by Ben and u2"


def test_an_answer_that_was_given_already_is_not_called_changed(advisor: Advisor) -> None:
    budget = advisor.pack.question("budget")
    shown = plain(lay_out(advisor, (AnswerChanged(budget, "limited", "limited"),), 0))
    assert shown == "Budget was limited already."
    assert plain(lay_out(advisor, (AnswerChanged(budget, "limited", "flexible"),), 0)).startswith(
        "Budget is now limited (was "
    )
