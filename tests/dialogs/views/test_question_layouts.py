"""How questions are laid out: the card, likely options, what was not understood, what was read."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import AnswerMethod, Conversation
from dialogs.flows.replay import replay
from dialogs.message import Person, Verb
from dialogs.replies.ideas import IdeaQuestion
from dialogs.replies.notices import Notice
from dialogs.replies.questions import (
    AmbiguousAnswer,
    AnswerChanged,
    AnswersSoFar,
    ClosedQuestion,
    LikelyChange,
    LikelyOption,
    QuestionCard,
    QuestionMeaning,
    RecordedAnswer,
    UnderstoodAnswers,
    UnmatchedAnswer,
    WhyAsked,
)
from dialogs.replies.receipts import Receipts, VerdictMoved
from dialogs.view import Choices
from dialogs.views.plain_text import plain
from tests.dialogs.stored import answer
from tests.dialogs.talk import NOON
from tests.dialogs.views.ideas import row
from tests.dialogs.views.shown import buttons, ids, laid_out, text


def card(advisor: Advisor, **changes: object) -> QuestionCard:
    asked = Conversation.fresh(advisor.pack).replace(started=True)
    (shown,) = replay(advisor.knowledge, asked, NOON)
    assert isinstance(shown, QuestionCard)
    return replace(shown, **changes)  # type: ignore[arg-type]


def test_a_question_that_is_asked_again_is_shorter(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    records = (RecordedAnswer(advisor.pack.question("volume"), answer("low")),)
    whole = text(advisor, card(advisor, records=records))
    assert whole.startswith("Volume and speed: low, with time to spare\nQuestion 1 of 5 · Training data")
    assert data.prompt in whole
    again = text(advisor, card(advisor, records=records, again=True))
    assert again.startswith("Still open: Training data")
    assert data.brief in again
    assert "Pick one or type" in whole
    assert "type" not in again.lower()
    bare = data.model_copy(update={"brief": ""})
    assert data.prompt in text(advisor, card(advisor, question=bare, again=True))


def test_an_answer_so_far_is_marked_and_can_be_kept(advisor: Advisor) -> None:
    first = laid_out(advisor, card(advisor))
    assert ids(first) == ["answer:data:yes", "answer:data:no", "answer:data:unsure", "why", "cancel"]
    assert not any("✓" in button.label for button in buttons(first))
    kept = laid_out(advisor, card(advisor, previous=answer("no"), can_go_back=True))
    assert [button.label.endswith("✓") for button in buttons(kept)][:3] == [False, True, False]
    assert ids(kept)[3:] == ["keep", "why", "back", "restart", "cancel"]
    assert "Your answer so far: no, or only a handful." in plain(kept)
    assert buttons(kept)[0].description == "Training data: Yes, hundreds or more"


def test_how_to_go_on_is_said_where_it_helps(advisor: Advisor) -> None:
    certain = laid_out(advisor, card(advisor, certain=advisor.pack.verdicts[0]))
    assert ids(certain)[-3:] == ["show", "why", "cancel"]
    assert buttons(certain)[3].label.startswith("Already clear")
    assert "show" not in ids(laid_out(advisor, card(advisor)))
    read = card(advisor, certain=advisor.pack.verdicts[0], read=(advisor.pack.question("volume"),))
    assert text(advisor, read).startswith(f"Still open: Training data. {advisor.pack.question('data').brief}")
    assert "type" not in text(advisor, card(advisor, first=False))
    assert "mention me" in text(advisor, card(advisor, several=True))
    assert "Pick one" not in text(advisor, card(advisor, several=True))
    assert "mention me" in text(advisor, card(advisor, several=True, again=True))
    assert "mention me" not in text(advisor, card(advisor))


def test_earlier_answers_take_a_line_and_none_where_only_this_one_matters(advisor: Advisor) -> None:
    pack, read = advisor.pack, answer("yes", how=AnswerMethod.READ, evidence="so many")
    given = {"data": read, "volume": answer("high"), "domain": answer("unsure")}
    records = tuple(RecordedAnswer(pack.question(name), each) for name, each in given.items())
    one, two, three = records[0], records[1]._replace(by=Person("ben", "Ben")), records[2]
    line, *_ = text(advisor, card(advisor, records=(one, two, three))).splitlines()
    assert line == "Training data: yes; Volume and speed: high (by Ben); Domain: not sure"
    line, *_ = text(advisor, card(advisor, records=(one,))).splitlines()
    assert line == "Training data: yes, hundreds or more (read from “so many”)"
    for known in ({"again": True}, {"previous": answer("no")}, {"certain": pack.verdicts[0]}):
        asked = card(advisor, records=(two,), **known)
        assert "high" not in text(advisor, asked), known
        assert pack.question("data").brief in text(advisor, asked), known
    for alone in ({"below": True}, {"several": True}):
        assert pack.question("data").brief in text(advisor, card(advisor, **alone)), alone


def test_below_something_else_a_question_is_in_brief_and_what_is_missing_is_not_said_twice(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    noted = (AnswerChanged(data, "no", None), VerdictMoved("", None, None, data))
    said = text(advisor, Receipts(noted))
    shown = text(advisor, Receipts(noted), card(advisor)).splitlines()
    assert shown[:2] == [said, f"Question 1 of 5 · Training data. {data.brief}"]
    assert "not sure” is fine" not in shown[-1]
    of_list = IdeaQuestion(data, (row(advisor, 4), row(advisor, 5)), 2, guided=True)
    high = AnswerChanged(advisor.pack.question("volume"), "high", None)
    several = Receipts(
        (Notice("nothing_to_undo"), *(Receipts(noted, f"{n}. One") for n in (1, 12)), Receipts((high,), "Mine"))
    )
    shown = text(advisor, several, of_list).splitlines()
    no, yes = (text(advisor, each) for each in (noted[0], high))
    assert shown[0] == f"{text(advisor, Notice('nothing_to_undo'))} 1. One: {no} 12. One: {no} Mine: {yes}"
    assert shown[1:3] == [f"Training data. {data.brief}", "4.\xa0Idea 4; 5.\xa0Idea 5 · 2 open"]
    assert text(advisor, several).count("Not enough said") == 2
    assert text(advisor, Receipts((Receipts(noted, "1. One"),)), of_list).startswith(
        "1. One: Training data: no, or only a handful.\n"
    )


def test_a_question_counts_what_is_answered_and_knows_what_is_certain(advisor: Advisor) -> None:
    def shown(asked: Conversation) -> QuestionCard:
        (reply,) = replay(advisor.knowledge, asked, NOON)
        assert isinstance(reply, QuestionCard)
        return reply

    fresh = Conversation.fresh(advisor.pack).replace(started=True)
    assert (shown(fresh).number, shown(fresh).total, shown(fresh).first, shown(fresh).can_go_back) == (
        1,
        5,
        True,
        False,
    )
    read = fresh.replace(answers={"data": answer("yes", how=AnswerMethod.READ, evidence="x")})
    assert (shown(read).number, shown(read).total, shown(read).first) == (2, 5, False)
    late = fresh.replace(answers={q: answer("unsure") for q in ("volume", "budget")})
    assert [shown(late.replace(revisit=again)).number for again in (None, "budget")] == [3, 4]
    pressed = fresh.replace(answers={"data": answer("yes")})
    assert (shown(pressed).number, shown(pressed).total, shown(pressed).can_go_back) == (2, 5, True)
    assert [record.question.id for record in shown(pressed).records] == ["data"]
    assert shown(pressed).certain is None
    none = fresh.replace(answers={"data": answer("no")})
    certain = shown(none).certain
    assert certain.id == "prompt_engineering"
    assert shown(none.replace(revisit="data")).certain is None
    reopened = shown(none.replace(revisit="data"))
    assert (reopened.records, reopened.previous) == ((), answer("no"))
    assert [shown(fresh.replace(people=people)).several for people in (("a",), ("a", "b"))] == [False, True]


def test_what_is_likely_is_asked_in_turns(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    first = laid_out(advisor, LikelyOption(data, "no"))
    assert plain(first).startswith("That sounds like no, or only a handful. Right?")
    assert ids(first) == ["confirm:data:no", "answer:data:yes", "answer:data:unsure"]
    assert [button.primary for button in buttons(first)] == [True, False, False]
    assert text(advisor, LikelyOption(data, "no", named=True)).startswith("Training data: that sounds like")
    assert "I’d put down" in text(advisor, LikelyOption(data, "no", 2, named=True))
    assert "I’d put down" not in text(advisor, LikelyOption(data, "no", 3))
    change = laid_out(advisor, LikelyChange(data, "no", "yes"))
    assert "change it to no, or only a handful (it’s yes, hundreds or more now)?" in plain(change)
    assert ids(change) == ["confirm:data:no"]


def test_what_is_not_understood_is_quoted_from_the_second_time_on(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    assert "Yes, hundreds or more / No, or only a handful / Not sure?" in text(advisor, UnmatchedAnswer(data, "xyz"))
    assert "xyz" not in text(advisor, UnmatchedAnswer(data, "xyz"))
    assert "what to make of “x y”" in text(advisor, UnmatchedAnswer(data, "x\n y", 2))
    assert "Still lost, sorry: “xyz”" in text(advisor, UnmatchedAnswer(data, "xyz", 3))
    assert f"“{'x' * 80}”" in text(advisor, UnmatchedAnswer(data, "x" * 80, 2))
    assert f"“{'x' * 79}…”" in text(advisor, UnmatchedAnswer(data, "x" * 81, 2))
    both = text(advisor, AmbiguousAnswer(data, ("unsure", "yes")))
    assert "Yes, hundreds or more / Not sure. Which" in both


def test_above_a_question_what_was_read_takes_a_line_and_the_menu_changes_it(advisor: Advisor) -> None:
    pack = advisor.pack
    given = {"data": ("yes", "so many"), "budget": ("limited", "no money"), "consistency": ("predictable", "x" * 60)}
    read = tuple(
        RecordedAnswer(pack.question(q), answer(option, how=AnswerMethod.READ, evidence=evidence))
        for q, (option, evidence) in given.items()
    )
    assert "read from “so many”" in text(advisor, AnswersSoFar("", read))
    few = text(advisor, UnderstoodAnswers(read[:2]))
    assert few == "I read: Training data: yes (“so many”); Budget: limited (“no money”). Wrong? Say so."
    many = text(advisor, UnderstoodAnswers(read))
    assert many == "I read: Training data: yes; Budget: limited; Consistency: predictable. Wrong? Say so."
    asked = replace(card(advisor), records=read, below=True).without(("data", "budget"))
    assert [record.question.id for record in asked.records] == ["consistency"]
    assert ids(laid_out(advisor, asked))[-4:] == ["edit:data", "edit:budget", "why", "cancel"]
    assert "type" not in text(advisor, asked).lower().split()


def test_the_answers_so_far_begin_with_the_idea(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    told = text(advisor, AnswersSoFar("Mail bot", (), open=data))
    assert "“Mail bot”" in told
    assert "Training data" in told
    assert "No answers" in told
    assert advisor.pack.verdicts[0].name in text(advisor, AnswersSoFar("", (), verdict=advisor.pack.verdicts[0]))


def test_a_change_says_what_it_was(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    assert text(advisor, AnswerChanged(data, "no", None)) == "Training data: no, or only a handful."
    changed = text(advisor, AnswerChanged(data, "no", "yes"))
    assert "is now no, or only a handful (was yes, hundreds or more)" in changed
    by = RecordedAnswer(data, answer("no"), Person("ben", "Ben"))
    assert text(advisor, ClosedQuestion(data, by)) == "Training data: no, or only a handful (by Ben)"
    assert data.why.text in text(advisor, WhyAsked(data))


def test_the_meaning_of_a_question_or_else_why_it_is_asked(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    assert data.meaning is not None
    assert text(advisor, QuestionMeaning(data)) == f"{data.name}: {data.meaning}"
    bare = data.model_copy(update={"meaning": None})
    assert text(advisor, QuestionMeaning(bare)) == f"{data.name}: {data.why.text}"


@pytest.mark.parametrize(("times", "named"), [(1, False), (1, True), (2, False), (3, False), (4, True)])
def test_what_was_likely_meant_is_the_button_that_stands_out(advisor: Advisor, times: int, named: bool) -> None:
    question = advisor.pack.question("data")
    shown = laid_out(advisor, LikelyOption(question, "no", times=times, named=named))
    (choices,) = [element for element in shown.elements if isinstance(element, Choices)]
    assert [(button.action.verb, button.primary) for button in choices.buttons] == [
        (Verb.CONFIRM, True), (Verb.ANSWER, False), (Verb.ANSWER, False)
    ]  # fmt: skip
