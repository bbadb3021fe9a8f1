"""The questions, state by state: which words and buttons count, what a card becomes, and what is recorded."""

from collections.abc import Mapping

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation, Proposal, read_mark
from dialogs.deduplication import PRESSED_AGAIN
from dialogs.intents import ResultTopic
from dialogs.message import Action, Message, Person, Press, Typed, Verb
from dialogs.replies.notices import NewOrContinue, Notice
from dialogs.replies.questions import (
    AlreadyAnswered,
    AnswersRead,
    ClosedQuestion,
    LikelyChange,
    QuestionCard,
    UnderstoodAnswers,
)
from dialogs.replies.results import (
    OtherResult,
    Recommendation,
    ResultChanges,
    ResultReasons,
    ResultStrength,
    ResultSummary,
)
from dialogs.turn import Turn
from knowledge.interfaces import Reading
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


def states(advisor: Advisor) -> Mapping[str, Conversation]:
    """Each position that the questions can be in, by a name."""
    fresh = Conversation.fresh(advisor.pack)
    middle = asked(advisor, None, data="yes").replace(concluded=False)
    return {
        "fresh": fresh,
        "stopped": middle.replace(started=False),
        "stopped after the idea": fresh.replace(idea="a bot"),
        "open": middle,
        "open again": middle.replace(revisit="data"),
        "another idea waits": middle.replace(pending="letters"),
        "proposed": middle.replace(confirm=Proposal(question="volume", option="low", evidence="some")),
        "result": asked(advisor, None, **ALL),
        "result early": middle.replace(concluded=True),
    }


def message(content: Typed | Press | None = None, who: str = "ana", at: int = NOON + 100) -> Message:
    return Message("m", Person(who, who), at, content or Typed("x"))


NOT_WAITING = ("fresh", "stopped", "stopped after the idea", "open", "open again", "proposed", "result", "result early")

ACCEPTED = {
    Verb.CONTINUE: {"stopped", "stopped after the idea", "open again", "another idea waits"},
    Verb.NEW: {"open again", "another idea waits"},
    Verb.START: set(NOT_WAITING),
    Verb.KEEP: {"open again"},
    Verb.DETAILS: {"result", "result early"},
    Verb.SHARE: {"result", "result early"},
    Verb.SKIP: set[str](),
    Verb.IDEAS: set[str](),
}


@pytest.mark.parametrize("verb", ACCEPTED)
def test_when_a_word_counts(advisor: Advisor, verb: Verb) -> None:
    flow = advisor.flows.questions
    assert {name for name, state in states(advisor).items() if flow.accepts(state, verb)} == ACCEPTED[verb]


@pytest.mark.parametrize("verb", [Verb.BACK, Verb.WHY, Verb.SHOW, Verb.RESTART, Verb.CANCEL, Verb.EDIT])
def test_some_words_count_at_any_time(advisor: Advisor, verb: Verb) -> None:
    assert all(advisor.flows.questions.accepts(state, verb) for state in states(advisor).values())


STOPPED = ("fresh", "stopped", "stopped after the idea")

OBJECTIONS: Mapping[Action, Mapping[str, str | None]] = {
    Action(Verb.START): dict.fromkeys(STOPPED),
    Action(Verb.CONTINUE): {"fresh": "nothing_open", "stopped": None, "stopped after the idea": None},
    Action(Verb.CANCEL): dict.fromkeys(STOPPED, "nothing_to_cancel") | {"open": None},
    Action(Verb.WHY): dict.fromkeys(STOPPED, "nothing_open") | {"open": None, "result": None},
    Action(Verb.ANSWER, ("volume", "low")): {
        "stopped": "nothing_open", "open": None, "open again": "outdated", "proposed": None, "result": "outdated"
    },
    Action(Verb.ANSWER, ("data", "no")): {"open": "outdated", "open again": None, "result early": "outdated"},
    Action(Verb.ANSWER, ("volume", "some")): {"open": "outdated"},
    Action(Verb.DETAILS): {"open": "outdated", "result": None, "result early": None},
    Action(Verb.SHARE): {"proposed": "outdated", "result": None},
    Action(Verb.CONFIRM, ("volume", "low")): {"open": "outdated", "proposed": None},
    Action(Verb.CONFIRM, ("volume", "high")): {"proposed": "outdated"},
    Action(Verb.CONFIRM, ("data", "low")): {"proposed": "outdated"},
    Action(Verb.EDIT, ("data",)): {"open": None, "result": None},
    Action(Verb.EDIT, ("colour",)): {"open": "outdated"},
}  # fmt: skip


@pytest.mark.parametrize("action", OBJECTIONS, ids=lambda action: action.id)
def test_what_speaks_against_a_button(advisor: Advisor, action: Action) -> None:
    found = states(advisor)
    expected = OBJECTIONS[action]
    assert {name: advisor.flows.questions.objection(found[name], action) for name in expected} == expected


def test_the_result_alone_is_shared_by_the_questions(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    shares = {name for name, state in found.items() if flow.claims(state, Verb.SHARE)}
    assert shares == {"result", "result early"}
    assert not flow.claims(found["result"].replace(flow=advisor.flows.board.name), Verb.SHARE)
    assert flow.claims(found["open"], Verb.ANSWER)
    assert not flow.claims(found["open"], Verb.IDEAS)


def closed(advisor: Advisor, before: Conversation, after: Conversation) -> tuple[list[object], bool] | None:
    """What the card becomes: the kinds of its parts, and whether it goes."""
    card = advisor.flows.questions.closed_card(before, after, NOON)
    return None if card is None else ([type(reply) for reply in card.replies], card.deleted)


def answered(state: Conversation, question: str, option: str = "low") -> Conversation:
    answer = Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON)
    return state.replace(answers={**state.answers, question: answer}, revisit=None, pending=None, confirm=None)


def test_what_a_card_becomes_once_it_is_answered_or_left(advisor: Advisor) -> None:
    found = states(advisor)
    middle = found["open"]
    assert closed(advisor, middle, answered(middle, "volume")) == ([ClosedQuestion], False)
    assert closed(advisor, middle, middle) == ([ClosedQuestion], True)
    assert closed(advisor, found["open again"], answered(middle, "data", "no")) == ([ClosedQuestion], False)
    assert closed(advisor, found["open again"], found["open again"]) == ([ClosedQuestion], True)
    assert closed(advisor, middle, found["stopped"]) == ([ClosedQuestion], True)
    kinds, deleted = closed(advisor, found["result"], middle) or ([], True)
    assert (kinds, deleted) == ([Recommendation], False)
    assert closed(advisor, found["fresh"], middle) is None
    waits = found["another idea waits"]
    assert closed(advisor, waits, answered(middle, "volume")) == ([ClosedQuestion], True)
    assert closed(advisor, waits, waits) == ([ClosedQuestion], True)


def test_what_was_read_from_a_text_stays_where_it_was_said(advisor: Advisor) -> None:
    read = Answer(option="yes", how=AnswerMethod.READ, by="ana", at=NOON)
    middle = states(advisor)["open"]
    before = middle.replace(answers={"data": read}, shown=(read_mark("data"),))
    assert closed(advisor, before, before) == ([UnderstoodAnswers], False)
    assert closed(advisor, before, answered(before, "volume")) == ([ClosedQuestion], False)
    assert closed(advisor, before.replace(pending="letters"), before) == ([ClosedQuestion], True)
    assert closed(advisor, before.replace(shown=()), before) == ([ClosedQuestion], True)
    assert closed(advisor, before.replace(shown=(read_mark("budget"),)), before) == ([ClosedQuestion], True)
    pressed = middle.replace(shown=(read_mark("data"),))
    assert closed(advisor, pressed, pressed) == ([ClosedQuestion], True), "what was pressed was not read"
    again = before.replace(revisit="data")
    assert closed(advisor, again, again) == ([ClosedQuestion], True), "it is what is asked"
    passage = advisor.pack.passages[0].id
    told = middle.replace(shown=(passage,))
    kinds, deleted = closed(advisor, told, told) or ([], True)
    assert (len(kinds), deleted) == (1, False)
    assert kinds != [ClosedQuestion]


def kinds(turn: Turn) -> list[object]:
    return [type(reply) for reply in (*turn.card, *turn.below, *turn.aside)]


def notices(turn: Turn) -> list[object]:
    return [reply.remark for reply in (*turn.card, *turn.below, *turn.aside) if isinstance(reply, Notice)]


def test_a_proposal_that_is_refused_leads_to_its_question_or_to_nothing(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    turn = flow.reject(found["proposed"], message())
    assert notices(turn) == ["which_then"]
    assert turn.conversation.confirm is None
    beside = found["open"].replace(confirm=Proposal(question="data", option="no"))
    turn = flow.reject(beside, message())
    assert notices(turn) == ["left_as_it_was"]
    assert QuestionCard in kinds(turn)
    after = found["result"].replace(confirm=Proposal(question="data", option="no"))
    turn = flow.reject(after, message())
    assert (notices(turn), turn.card) == (["left_as_it_was"], ())
    assert notices(flow.reject(found["open"], message())) == ["left_as_it_was"]
    jumped = found["open"].replace(confirm=Proposal(question="budget", option="limited", evidence="cheap"))
    assert notices(flow.reject(jumped, message())) == ["left_as_it_was"], "another question is open now"


@pytest.mark.parametrize(
    ("content", "how"),
    [(Typed("yes"), AnswerMethod.TYPED), (Press(Action(Verb.CONFIRM, ("volume", "low")), 9), AnswerMethod.BUTTON)],
)
def test_a_proposal_that_is_confirmed_is_recorded_as_it_was_given(
    advisor: Advisor, content: Typed | Press, how: AnswerMethod
) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    after = flow.confirm(found["proposed"], message(content)).conversation
    assert (after.chosen["volume"], after.answers["volume"].how, after.confirm) == ("low", how, None)
    beside = found["result"].replace(confirm=Proposal(question="data", option="no"))
    assert flow.confirm(beside, message(content)).conversation.chosen == {**ALL, "data": "no"}
    assert notices(flow.confirm(found["open"], message(content))) == ["outdated"]


def test_back_leads_to_the_question_before_and_no_further(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)

    def opened(name: str) -> str | None:
        question = flow.prompt(flow.act(found[name], message(), Action(Verb.BACK)).conversation)
        return None if question is None else question.id

    assert {name: opened(name) for name in ("open", "open again", "result", "another idea waits")} == {
        "open": "data",
        "open again": "data",
        "result": "consistency",
        "another idea waits": "data",
    }
    assert notices(flow.act(found["open again"], message(), Action(Verb.BACK))) == ["at_the_first"]


def test_each_button_leads_to_its_position(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)

    def after(name: str, verb: Verb) -> Conversation:
        turn = flow.act(found[name], message(), Action(verb))
        assert (turn.conversation.revisit, turn.conversation.confirm) == (None, None)
        return turn.conversation

    assert after("stopped", Verb.CONTINUE).started
    assert after("open again", Verb.KEEP).chosen == {"data": "yes"}
    assert after("another idea waits", Verb.CONTINUE).pending is None
    assert after("open", Verb.SHOW).concluded
    again = after("result", Verb.RESTART)
    assert (again.started, again.concluded, again.answers) == (True, False, {})
    ended = after("open", Verb.CANCEL)
    assert (ended.started, ended.chosen) == (False, {"data": "yes"})
    assert after("open", Verb.START).chosen == {"data": "yes"}, "they are under way"
    assert after("result", Verb.START).answers == {}
    new = after("another idea waits", Verb.NEW)
    assert (new.idea, new.answers, new.pending) == ("letters", {}, None)
    assert notices(flow.act(found["open"], message(), Action(Verb.IDEAS))) == ["outdated"]


def test_why_is_told_of_the_open_question_and_of_the_result(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    turn = flow.act(found["open"], message(), Action(Verb.WHY))
    assert [reply.question.id for reply in turn.below] == ["volume"]  # type: ignore[attr-defined]
    assert [type(reply) for reply in turn.card] == [QuestionCard]
    turn = flow.act(found["result"], message(), Action(Verb.WHY))
    assert (kinds(turn), turn.card) == ([ResultReasons], ())


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        (ResultTopic.REASONS, ResultReasons),
        (ResultTopic.CHANGES, ResultChanges),
        (ResultTopic.STRENGTH, ResultStrength),
        (ResultTopic.SUMMARY, ResultSummary),
        (ResultTopic.READ, AnswersRead),
    ],
)
def test_what_is_asked_about_the_result_is_told_below_it(advisor: Advisor, topic: ResultTopic, kind: type) -> None:
    turn = advisor.flows.questions.about_result(states(advisor)["result"], message(), topic)
    assert (kinds(turn), turn.card) == ([kind], ())


def test_only_what_was_read_is_listed_as_read(advisor: Advisor) -> None:
    state = states(advisor)["result"]
    read = Answer(option="yes", how=AnswerMethod.READ, by="ana", at=NOON)
    state = state.replace(answers={**state.answers, "data": read})
    (listed,) = advisor.flows.questions.about_result(state, message(), ResultTopic.READ).below
    assert isinstance(listed, AnswersRead)
    assert [record.question.id for record in listed.readings] == ["data"]


def supposed(advisor: Advisor, **other: str) -> tuple[Turn, OtherResult]:
    readings = {question: Reading(option, "if") for question, option in other.items()}
    turn = advisor.flows.questions.suppose(states(advisor)["result"], message(), readings)
    (reply,) = turn.below
    assert isinstance(reply, OtherResult)
    return turn, reply


def test_what_would_be_is_told_and_one_change_is_offered(advisor: Advisor) -> None:
    flow, state = advisor.flows.questions, states(advisor)["result"]
    turn, reply = supposed(advisor, data="no")
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert ([(q.id, o) for q, o in reply.answers], reply.offer) == ([("data", "no")], True)
    assert reply.verdict != reply.now
    turn, reply = supposed(advisor, data="no", volume="low")
    assert (turn.conversation.confirm, reply.offer, len(reply.answers)) == (None, False, 2)
    turn, reply = supposed(advisor, data="no", volume="high")
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert [q.id for q, _ in reply.answers] == ["data"], "what is so already is no change"
    turn, reply = supposed(advisor, data="yes")
    assert (turn.conversation.confirm, reply.offer, [q.id for q, _ in reply.answers]) == (None, False, ["data"])
    assert reply.verdict == reply.now
    turn = flow.suppose(state, message(), {})
    assert (notices(turn), turn.conversation) == (["what_if_unclear"], state)


@pytest.mark.parametrize(
    ("who", "option", "age", "shown_anew"),
    [
        ("ana", "yes", 0, True),
        ("ana", "yes", PRESSED_AGAIN, True),
        ("ana", "yes", PRESSED_AGAIN + 1, False),
        ("ana", "no", 0, False),
        ("ben", "yes", 0, False),
    ],
)
def test_an_answer_that_is_pressed_again_shows_the_card_anew(
    advisor: Advisor, who: str, option: str, age: int, shown_anew: bool
) -> None:
    action = Action(Verb.ANSWER, ("data", option))
    state = states(advisor)["open"]
    at = state.answers["data"].at + age
    turn = advisor.flows.questions.stale_press(state, message(Press(action, 1), who, at), action)
    assert bool(turn.card) is shown_anew
    assert kinds(turn)[len(turn.card) :] == ([] if option == "yes" else [AlreadyAnswered])
    assert turn.conversation == state
    later = advisor.flows.questions.stale_press(state, message(Press(action, 1), who, at - 500), action)
    assert [reply.age for reply in later.aside if isinstance(reply, AlreadyAnswered)] == [0] * len(later.aside)


def test_a_button_of_an_old_card_says_what_is_recorded_for_its_question(advisor: Advisor) -> None:
    flow, state = advisor.flows.questions, states(advisor)["open"]
    for action in (Action(Verb.ANSWER, ("volume", "low")), Action(Verb.BACK)):
        assert notices(flow.stale_press(state, message(Press(action, 1)), action)) == ["outdated"]
    action = Action(Verb.CONFIRM, ("data", "yes"))
    turn = flow.stale_press(state, message(Press(action, 1)), action)
    assert AlreadyAnswered in kinds(turn)


def test_another_project_waits_only_where_the_questions_are_about_one(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)

    def asks(state: Conversation) -> bool:
        turn = flow.advise(state, message(), "a bot that writes letters")
        assert (turn.conversation.pending is not None) == (NewOrContinue in kinds(turn))
        return NewOrContinue in kinds(turn)

    begun = found["fresh"].replace(started=True)
    assert not asks(begun)
    assert not asks(found["result"])
    assert not asks(found["fresh"])
    assert asks(found["open"])
    assert asks(begun.replace(people=("ana", "ben")))
    assert not asks(begun.replace(people=("ana",)))
    assert asks(begun.replace(confirm=Proposal(question="volume", option="low")))


def test_an_answer_that_was_on_its_way_for_long_is_not_taken_for_the_next_question(advisor: Advisor) -> None:
    flow, state = advisor.flows.questions, states(advisor)["open"]
    newest = state.answers["data"].at
    assert notices(flow.answer(state, message(at=newest - 1), "low", {})) == ["came_late"]
    turn = flow.answer(state, message(at=newest), "low", {})
    assert turn.conversation.chosen == {"data": "yes", "volume": "low"}
    with pytest.raises(ValueError, match="open question"):
        flow.answer(states(advisor)["result"], message(), "low", {})


def test_a_proposal_is_kept_with_its_words_where_nothing_is_recorded(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    turn = flow.propose(found["open"], message(Typed("some")), "volume", "low", {})
    assert turn.conversation.confirm == Proposal(question="volume", option="low", evidence="some")
    assert turn.conversation.missed == found["open"].missed + 1
    assert LikelyChange not in kinds(turn)
    turn = flow.propose(found["open"], message(Typed("none left")), "data", "no", {})
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert LikelyChange in kinds(turn)
    turn = flow.propose(found["open again"], message(Typed("none left")), "data", "no", {})
    assert LikelyChange not in kinds(turn), "the question is open"
    turn = flow.propose(found["result"], message(Typed("none left")), "data", "no", {})
    assert (kinds(turn), turn.card) == ([LikelyChange], ())
    turn = flow.propose(found["result"], message(Typed("x")), "data", "no", {"volume": Reading("low", "few")})
    assert turn.conversation.chosen["volume"] == "low"
    assert Recommendation in [type(reply) for reply in turn.card]


def test_who_goes_on_alone_about_another_question_was_understood(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    other = {"budget": Reading("limited", "cheap")}
    turn = flow.correct(found["proposed"], message(), other)
    taken = turn.conversation.answers["volume"]
    assert (taken.option, taken.how, taken.evidence) == ("low", AnswerMethod.READ, "some")
    assert turn.conversation.confirm is None
    two = found["proposed"].replace(people=("ana", "ben"))
    assert "volume" not in flow.correct(two, message(), other).conversation.answers
    bare = found["proposed"].replace(confirm=Proposal(question="volume", option="low"))
    assert "volume" not in flow.correct(bare, message(), other).conversation.answers
    same = flow.correct(found["proposed"], message(), {"volume": Reading("high", "many")})
    assert same.conversation.chosen["volume"] == "high"
