"""The board of ideas, position by position: which words and buttons count, what a card becomes, what is recorded."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.board import Board, Idea, Judge, clearest_first
from dialogs.board_listing import PAGE, Listing
from dialogs.conversation import Conversation
from dialogs.flows.board import IDEAS_JUDGED, MOST_COMPARED
from dialogs.intents import CompareIdeas, FilterIdeas, RemoveIdeas, RenameIdea
from dialogs.message import Action, GivenIdea, Message, Person, Press, Typed, Verb
from dialogs.replies.ideas import (
    ClosedIdeas,
    FileProblems,
    IdeaCard,
    IdeaComparison,
    IdeaList,
    IdeaQuestion,
    IdeasNoted,
)
from dialogs.replies.notices import Notice
from dialogs.replies.questions import WhyAsked
from dialogs.replies.results import SharedResult
from dialogs.turn import Turn
from knowledge.interfaces import Reading
from tests.dialogs.talk import NOON


def given(option: str, by: str = "ana") -> Answer:
    return Answer(option=option, how=AnswerMethod.BUTTON, by=by, at=NOON)


def idea(number: int, by: str = "ana", **answers: str) -> Idea:
    return Idea(
        number=number, id=f"i{number}", title=f"idea {number}", text=f"idea {number}", by=by, at=NOON,
        answers={question: given(option) for question, option in answers.items()},
    )  # fmt: skip


BOARD = Board(ideas=(idea(1, data="no"), idea(2, by="ben"), idea(3)), next=4)


def at(advisor: Advisor, listing: Listing | None, board: Board = BOARD, flow: str = "board") -> Conversation:
    return Conversation.fresh(advisor.pack).replace(board=board, listing=listing, flow=flow, people=("ana",))


def states(advisor: Advisor) -> Mapping[str, Conversation]:
    """Each position that the board can be in, by a name."""
    return {
        "nothing": at(advisor, None, Board()),
        "not shown": at(advisor, None, flow=""),
        "left": at(advisor, Listing(), flow=""),
        "list": at(advisor, Listing()),
        "idea": at(advisor, Listing(idea=1)),
        "idea without a verdict": at(advisor, Listing(idea=2)),
        "asked": at(advisor, Listing(idea=2, ask="data")),
        "rows asked": at(advisor, Listing(ask="data", rows=(2, 3))),
        "guided": at(advisor, Listing(ask="data", rows=(2, 3), guided=True)),
        "compared": at(advisor, Listing(compared=(1, 2))),
        "idea that is gone": at(advisor, Listing(idea=9)),
    }


def message(content: Typed | Press | None = None, who: str = "ana") -> Message:
    return Message("m", Person(who, who), NOON + 100, content or Typed("x"))


SHOWN = {"list", "idea", "idea without a verdict", "asked", "rows asked", "guided", "compared", "idea that is gone"}
ASKED = {"asked", "rows asked", "guided"}
ONE = {"idea", "idea without a verdict", "idea that is gone"}

ACCEPTED = {
    Verb.IDEA: {"nothing", "not shown", "left", *SHOWN},
    Verb.IDEAS: {"nothing", "not shown", "left", *SHOWN},
    Verb.EXPORT: {"not shown", "left", *SHOWN},
    Verb.GUIDE: {"not shown", "left", *SHOWN},
    Verb.MORE: {"list"},
    Verb.BACK: SHOWN,
    Verb.CANCEL: SHOWN,
    Verb.RESTART: SHOWN,
    Verb.SKIP: {"guided"},
    Verb.WHY: ASKED | ONE,
    Verb.SHARE: ONE,
    Verb.START: set[str](),
}


@pytest.mark.parametrize("verb", ACCEPTED)
def test_when_a_word_counts(advisor: Advisor, verb: Verb) -> None:
    flow = advisor.flows.board
    assert {name for name, state in states(advisor).items() if flow.accepts(state, verb)} == ACCEPTED[verb]


OBJECTIONS: Mapping[Action, Mapping[str, str | None]] = {
    Action(Verb.IDEA, ("1",)): {"list": None, "nothing": "no_such_idea"},
    Action(Verb.IDEA, ("9",)): {"list": "no_such_idea"},
    Action(Verb.ASK, ("2", "data")): {"list": None, "nothing": "no_such_idea"},
    Action(Verb.ASK, ("2", "colour")): {"list": "no_such_idea"},
    Action(Verb.ASK, ("9", "data")): {"list": "no_such_idea"},
    Action(Verb.SHARE): {"idea": None, "idea without a verdict": "no_result_to_share", "list": "no_result_to_share"},
    Action(Verb.ANSWER, ("data", "yes")): {"asked": None, "rows asked": None, "list": "outdated", "idea": "outdated"},
    Action(Verb.ANSWER, ("volume", "low")): {"asked": "outdated"},
    Action(Verb.ANSWER, ("data", "some")): {"asked": "outdated"},
    Action(Verb.CANCEL): {"list": "nothing_to_cancel", "idea": None, "asked": None},
    Action(Verb.RESTART): {"list": "nothing_open", "asked": "nothing_open"},
    Action(Verb.WHY): {"idea": None, "asked": None, "list": "outdated", "compared": "outdated"},
    Action(Verb.SKIP): {"guided": None, "asked": None, "idea": "outdated", "list": "outdated"},
    Action(Verb.EXPORT): {"list": None, "nothing": "no_ideas"},
    Action(Verb.GUIDE): {"list": None, "nothing": "no_ideas"},
    Action(Verb.IDEAS): {"list": None, "nothing": "no_ideas"},
}


@pytest.mark.parametrize("action", OBJECTIONS, ids=lambda action: action.id)
def test_what_speaks_against_a_button(advisor: Advisor, action: Action) -> None:
    found, expected = states(advisor), OBJECTIONS[action]
    assert {name: advisor.flows.board.objection(found[name], action) for name in expected} == expected


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (Action(Verb.IDEA, ("9",)), "no_such_idea"),
        (Action(Verb.ANSWER, ("data", "yes")), "outdated"),
        (Action(Verb.CANCEL), "outdated"),
        (Action(Verb.IDEAS), "outdated"),
    ],
)
def test_what_keeps_an_old_button_from_having_an_effect_is_told(advisor: Advisor, action: Action, told: str) -> None:
    turn = advisor.flows.board.stale_press(states(advisor)["list"], message(), action)
    assert turn.aside == (Notice(told),)  # type: ignore[arg-type]
    empty = advisor.flows.board.stale_press(states(advisor)["nothing"], message(), Action(Verb.EXPORT))
    assert empty.aside == (Notice("no_ideas"),)


def test_what_is_on_the_card(advisor: Advisor) -> None:
    flow, found = advisor.flows.board, states(advisor)

    def true_of(test: object) -> set[str]:
        return {name for name, state in found.items() if test(state)}  # type: ignore[operator]

    assert true_of(flow.shows_list) == {"list"}
    assert true_of(flow.under_way) == {*SHOWN, "left"}
    assert true_of(flow.prompt) == ASKED
    assert true_of(flow.asks_rows) == {"rows asked", "guided"}
    assert true_of(flow.numbers_are_ideas) == SHOWN - ASKED
    assert true_of(flow.shown_idea) == ONE
    assert true_of(lambda state: flow.claims(state, Verb.SHARE)) == ONE
    assert true_of(lambda state: flow.claims(state, Verb.START)) == set()
    cards = {name: type(flow.replay(state, NOON)[0]) for name, state in found.items() if name in SHOWN}
    assert cards == {
        "list": IdeaList, "idea": IdeaCard, "idea without a verdict": IdeaCard, "asked": IdeaQuestion,
        "rows asked": IdeaQuestion, "guided": IdeaQuestion, "compared": IdeaComparison, "idea that is gone": IdeaList,
    }  # fmt: skip
    (question,) = flow.replay(found["guided"], NOON)
    assert isinstance(question, IdeaQuestion)
    assert ([row.number for row in question.rows], question.left, question.guided) == ([2, 3], 2, True)
    lonely = at(advisor, Listing(compared=(1, 9)))
    assert isinstance(flow.replay(lonely, NOON)[0], IdeaList), "one alone is not compared"


def closed(advisor: Advisor, before: str, after: Conversation) -> tuple[list[object], bool] | None:
    card = advisor.flows.board.closed_card(states(advisor)[before], after, NOON)
    return None if card is None else ([type(reply) for reply in card.replies], card.deleted)


def test_what_a_card_becomes_once_there_is_a_newer_one(advisor: Advisor) -> None:
    found = states(advisor)
    assert closed(advisor, "asked", found["list"]) == ([ClosedIdeas], False)
    assert closed(advisor, "asked", found["asked"]) == ([ClosedIdeas], True)
    assert closed(advisor, "asked", found["asked"].replace(flow="")) == ([ClosedIdeas], False)
    assert closed(advisor, "list", found["idea"]) == ([ClosedIdeas], False)
    assert closed(advisor, "list", found["left"]) == ([IdeaList], False)
    assert closed(advisor, "idea", found["list"]) == ([IdeaCard], False)
    assert closed(advisor, "left", found["list"]) == ([IdeaList], False)
    assert closed(advisor, "not shown", found["list"]) is None
    answered = at(advisor, Listing(), BOARD.put(idea(2, by="ben", data="yes")))
    card = advisor.flows.board.closed_card(found["asked"], answered, NOON)
    assert card is not None
    (reply,) = card.replies
    assert isinstance(reply, ClosedIdeas)
    assert [one.chosen for one in reply.ideas] == [{"data": "yes"}]


def act(advisor: Advisor, state: str, verb: Verb, *arguments: str) -> Turn:
    return advisor.flows.board.act(states(advisor)[state], message(), Action(verb, arguments))


def test_each_button_leads_to_its_position(advisor: Advisor) -> None:
    def after(state: str, verb: Verb, *arguments: str) -> Listing | None:
        return act(advisor, state, verb, *arguments).conversation.listing

    assert after("list", Verb.IDEA, "2") == Listing(idea=2)
    assert after("compared", Verb.ASK, "2", "data") == Listing(idea=2, ask="data")
    assert after("guided", Verb.IDEAS) == Listing()
    assert after("idea", Verb.BACK) == Listing()
    assert after("guided", Verb.CANCEL) == Listing()
    assert after("asked", Verb.SKIP) == Listing()
    assert after("idea", Verb.WHY) == Listing(idea=1)
    guided = after("list", Verb.GUIDE)
    assert guided is not None
    assert (guided.guided, bool(guided.ask)) == (True, True)
    skipped = after("guided", Verb.SKIP)
    assert skipped is not None
    assert skipped.skipped == ("2:data", "3:data")
    assert skipped.ask != "data"
    turn = act(advisor, "asked", Verb.WHY)
    assert ([type(one) for one in turn.below], [type(one) for one in turn.card]) == ([WhyAsked], [IdeaQuestion])
    turn = act(advisor, "idea", Verb.SHARE)
    assert ([type(one) for one in turn.below], turn.card) == ([SharedResult], ())
    assert act(advisor, "idea without a verdict", Verb.SHARE).below == ()
    assert act(advisor, "list", Verb.NEW).aside == (Notice("outdated"),)


def test_what_is_asked_for_stands_below_and_an_open_question_once_more(advisor: Advisor) -> None:
    assert act(advisor, "list", Verb.EXPORT).card == ()
    assert act(advisor, "list", Verb.EXPORT).below
    assert [type(reply) for reply in act(advisor, "asked", Verb.EXPORT).card] == [IdeaQuestion]
    flow, found = advisor.flows.board, states(advisor)
    for state, card in (("list", []), ("asked", [IdeaQuestion])):
        turn = flow.request(found[state], message(), "no_such_idea")
        assert ([type(one) for one in turn.card], turn.below) == (card, (Notice("no_such_idea"),))
        turn = flow.take_file(found[state], message(), (), ("it is empty",))
        assert [type(one) for one in turn.card] == card
        assert [type(one) for one in turn.below] == [FileProblems]


@pytest.mark.parametrize(("ideas", "pages"), [(1, 1), (PAGE, 1), (PAGE + 1, 2), (2 * PAGE, 2), (2 * PAGE + 1, 3)])
def test_further_ideas_come_page_by_page_and_then_the_first(advisor: Advisor, ideas: int, pages: int) -> None:
    state = at(advisor, Listing(), Board(ideas=tuple(idea(n) for n in range(1, ideas + 1)), next=ideas + 1))
    seen = []
    for _ in range(pages + 1):
        assert state.listing is not None
        seen.append(state.listing.page)
        state = advisor.flows.board.act(state, message(), Action(Verb.MORE)).conversation
    assert seen == [*range(pages), 0]


@pytest.mark.parametrize(
    ("content", "how"),
    [(Typed("yes"), AnswerMethod.TYPED), (Press(Action(Verb.ANSWER, ("data", "yes")), 1), AnswerMethod.BUTTON)],
)
def test_an_answer_counts_for_all_that_are_asked_about_and_says_how_it_was_given(
    advisor: Advisor, content: Typed | Press, how: AnswerMethod
) -> None:
    turn = advisor.flows.board.act(
        states(advisor)["rows asked"], message(content), Action(Verb.ANSWER, ("data", "yes"))
    )
    board = turn.conversation.board
    assert board is not None
    for number in (2, 3):
        found = board.find(number)
        assert found is not None
        assert (found.answers["data"].option, found.answers["data"].how) == ("yes", how)
        assert found.pack == advisor.pack.version, "what it was judged by is noted"
    assert board.find(1) == BOARD.find(1)
    assert IdeasNoted in [type(reply) for reply in (*turn.card, *turn.below)]


def test_what_is_said_about_the_idea_that_is_shown_counts_for_it(advisor: Advisor) -> None:
    flow, readings = advisor.flows.board, {"data": Reading("yes", "we have")}
    turn = flow.correct(states(advisor)["idea"], message(), readings)
    assert turn.conversation.board is not None
    assert [one.chosen.get("data") for one in turn.conversation.board.ideas] == ["yes", None, None]
    assert flow.correct(states(advisor)["list"], message(), readings).below == (Notice("which_idea"),)
    typed = flow.answer(states(advisor)["asked"], message(), "no", {"volume": Reading("low", "few")})
    assert typed.conversation.board is not None
    found = typed.conversation.board.find(2)
    assert found is not None
    assert found.chosen == {"data": "no", "volume": "low"}


@pytest.mark.parametrize(("lines", "left_out"), [(IDEAS_JUDGED, None), (IDEAS_JUDGED + 1, "1"), (60, "10")])
def test_so_many_ideas_of_one_message_are_taken_and_the_rest_is_told(
    advisor: Advisor, lines: int, left_out: str | None
) -> None:
    told = tuple(f"slogan for shop {n}" for n in range(lines))
    turn = advisor.flows.board.triage(states(advisor)["nothing"], message(), told)
    assert turn.conversation.board is not None
    assert len(turn.conversation.board.ideas) == min(lines, 50)
    notices = [reply.values["count"] for reply in turn.card if isinstance(reply, Notice)]
    assert notices == ([left_out] if left_out else [])


def test_what_is_new_is_listed_by_itself_below_what_was_there(advisor: Advisor) -> None:
    flow, found = advisor.flows.board, states(advisor)
    first = flow.triage(found["nothing"], message(), ("a", "b"))
    assert first.conversation.listing == Listing()
    more = flow.triage(found["list"], message(), ("a", "b"))
    assert more.conversation.listing == Listing(since=4, until=5)
    again = flow.triage(more.conversation, message(), ("a", "b"))
    assert again.conversation.listing == Listing(), "the same message brings nothing new"
    filed = flow.take_file(found["nothing"].replace(people=()), message(), (GivenIdea("a"),), ("line 3: no text",))
    assert filed.conversation.people == ("ana",)
    assert [type(reply) for reply in filed.card] == [FileProblems, IdeaList]
    clean = flow.take_file(found["nothing"].replace(people=("ben",)), message(), (GivenIdea("a"),), ())
    assert clean.conversation.people == ("ben",)
    assert [type(reply) for reply in clean.card] == [IdeaList]


def test_what_is_typed_about_the_list_is_done(advisor: Advisor) -> None:
    flow, found = advisor.flows.board, states(advisor)
    for mine, owner in ((True, "ana"), (False, "")):
        turn = flow.request(found["idea"], message(), FilterIdeas(verdict="", mine=mine, open=True))
        assert turn.conversation.listing == Listing(owner=owner, open=True)
        turn = flow.request(found["idea"], message(), FilterIdeas(verdict="hybrid", mine=mine, open=True))
        assert turn.conversation.listing == Listing(idea=1), "what nothing fits does not stay"
    assert flow.request(found["nothing"], message(), FilterIdeas("", mine=False, open=False)).below == (
        Notice("no_ideas"),
    )
    board = Board(ideas=tuple(idea(n) for n in range(1, 7)), next=7)
    for number in (MOST_COMPARED, MOST_COMPARED + 1):
        turn = flow.request(at(advisor, Listing(), board), message(), CompareIdeas(tuple(range(1, number + 1))))
        assert turn.conversation.listing == Listing(compared=(1, 2, 3, 4))
        assert (Notice("compared_most", {"count": "4"}) in turn.card) == (number > 4)
    turn = flow.request(found["idea"], message(), RenameIdea(1, "Letters"))
    assert turn.conversation.listing == Listing(idea=1)
    assert turn.conversation.board is not None
    renamed = turn.conversation.board.find(1)
    assert renamed is not None
    assert (renamed.title, renamed.named) == ("Letters", NOON + 100)
    assert flow.request(found["idea"], message(), RenameIdea(9, "x")).below == (Notice("no_such_idea"),)
    turn = flow.request(found["idea"], message(), RemoveIdeas((1, 9)))
    assert turn.conversation.listing == Listing(), "it was the one that was shown"
    assert Notice("ideas_removed", {"numbers": "1"}) in turn.card
    turn = flow.request(found["idea"], message(), RemoveIdeas((2,)))
    assert turn.conversation.listing == Listing(idea=1)
    assert turn.conversation.board is not None
    assert [one.number for one in turn.conversation.board.shown] == [1, 3]


def test_facts_that_are_out_of_date_are_told_on_the_day_that_it_is(advisor: Advisor) -> None:
    judge = Judge(advisor.pack)
    entry = next(one for one in advisor.pack.outside if one.last_day is not None)
    assert entry.last_day is not None
    called = idea(1).replace(facts=(entry.id, "never-was"))
    after = entry.last_day + timedelta(days=1)
    assert judge.row(called, entry.last_day).lost == ("never-was",)
    assert judge.row(called, after).lost == (entry.id, "never-was")
    assert judge.row(called, entry.last_day).lost == ("never-was",), "days may come in any order"
    assert judge.row(called).lost == ()
    assert judge.row(idea(1), after).lost == ()
    assert judge.row(idea(1), date.max).has_news is False


def test_ideas_are_ordered_by_how_clear_they_are(advisor: Advisor) -> None:
    judge = Judge(advisor.pack)
    all_no = {"data": "no", "volume": "low", "domain": "general", "budget": "limited", "consistency": "tolerant"}
    rows = [
        judge.row(one) for one in (idea(1), idea(2, volume="unsure"), idea(3, data="no"), idea(4, **all_no), idea(5))
    ]
    order = [row.number for row in clearest_first(rows)]
    assert order[:2] == [4, 3]
    assert order[2:] == [2, 1, 5], "the fewest that are missing first, then by number"
    same = [judge.row(one) for one in (idea(7, data="no"), idea(6, data="no"))]
    assert [row.number for row in clearest_first(same)] == [6, 7]
