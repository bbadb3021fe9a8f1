"""What presses and texts change on the board, and what they show."""

import pytest

from dialogs.advisor import Advisor
from dialogs.answer import AnswerMethod
from dialogs.commands.command import ALL, Command, Kind, What
from dialogs.commands.shortcuts import listing, renaming
from dialogs.executor.executor import execute
from dialogs.executor.items import Item, Unclear
from dialogs.flows.board import IDEAS_JUDGED, MOST_COMPARED
from dialogs.ideas.board import Board
from dialogs.ideas.board_list import PAGE, Listing
from dialogs.message import Action, GivenIdea, Press, Typed, Verb
from dialogs.replies.ideas import FileProblems, IdeaList, IdeaQuestion
from dialogs.replies.notices import Notice
from dialogs.replies.questions import WhyAsked
from dialogs.replies.receipts import Offered, Receipts
from dialogs.replies.results import SharedResult
from dialogs.turn import Turn
from tests.dialogs.executor.lines import edit, set_
from tests.dialogs.flows.board_states import BOARD, at, idea, message, states
from tests.dialogs.presses import of
from tests.dialogs.talk import NOON


def act(advisor: Advisor, state: str, verb: Verb, *arguments: str) -> Turn:
    return execute(advisor, states(advisor)[state], message(), (of(Action(verb, arguments)),))


def test_each_button_leads_to_its_position(advisor: Advisor) -> None:
    def after(state: str, verb: Verb, *arguments: str) -> Listing | None:
        return act(advisor, state, verb, *arguments).conversation.listing

    assert after("list", Verb.IDEA, "2") == Listing(idea=2)
    assert after("compared", Verb.ASK, "2", "data") == Listing(idea=2, ask="data")
    assert after("guided", Verb.IDEAS) == Listing()
    assert after("idea", Verb.BACK) == Listing()
    assert after("guided", Verb.CANCEL) == Listing()
    assert after("asked", Verb.SKIP) == Listing()
    why = execute(advisor, states(advisor)["idea"], message(), (of(Action(Verb.WHY)),))
    assert why.conversation.listing == Listing(idea=1)
    guided = after("list", Verb.GUIDE)
    assert (guided.guided, bool(guided.ask)) == (True, True)
    skipped = after("guided", Verb.SKIP)
    assert skipped.skipped == ("2:data", "3:data")
    assert skipped.ask != "data"
    turn = execute(advisor, states(advisor)["asked"], message(), (of(Action(Verb.WHY)),))
    assert ([type(one) for one in turn.below], [type(one) for one in turn.card]) == ([WhyAsked], [IdeaQuestion])
    turn = act(advisor, "idea", Verb.SHARE)
    assert ([type(one) for one in turn.below], turn.card) == ([SharedResult], ())
    assert act(advisor, "idea without a verdict", Verb.SHARE).below == (Notice("no_result_to_share"),)
    other = of(Action(Verb.RESTART))
    assert advisor.flows.board.act(states(advisor)["list"], message(), other).aside == (Notice("outdated"),)


def test_what_is_asked_for_stands_below_and_an_open_question_once_more(advisor: Advisor) -> None:
    export, found = of(Action(Verb.EXPORT)), states(advisor)
    assert execute(advisor, found["list"], message(), (export,)).card == ()
    assert execute(advisor, found["list"], message(), (export,)).below
    assert [type(reply) for reply in execute(advisor, found["asked"], message(), (export,)).card] == [IdeaQuestion]
    for state, card in (("list", []), ("asked", [IdeaQuestion])):
        turn = done(advisor, state, Unclear(Notice("no_such_idea"), beside=True))
        assert ([type(one) for one in turn.card], turn.below) == (card, (Notice("no_such_idea"),))
        empty = message(Typed("", problems=("it is empty",)))
        turn = execute(advisor, found[state], empty, (Command(Kind.IDEAS),))
        assert [type(one) for one in turn.card] == card
        assert [type(one) for one in turn.below] == [FileProblems]


@pytest.mark.parametrize(("ideas", "pages"), [(1, 1), (PAGE, 1), (PAGE + 1, 2), (2 * PAGE, 2), (2 * PAGE + 1, 3)])
def test_further_ideas_come_page_by_page_and_then_the_first(advisor: Advisor, ideas: int, pages: int) -> None:
    state = at(advisor, Listing(), Board(ideas=tuple(idea(n) for n in range(1, ideas + 1)), next=ideas + 1))
    seen = []
    for _ in range(pages + 1):
        seen.append(state.listing.page)
        state = execute(advisor, state, message(), (of(Action(Verb.MORE)),)).conversation
    assert seen == [*range(pages), 0]


@pytest.mark.parametrize(
    ("content", "how"),
    [(Typed("yes"), AnswerMethod.TYPED), (Press(Action(Verb.ANSWER, ("data", "yes")), 1), AnswerMethod.BUTTON)],
)
def test_an_answer_counts_for_all_that_are_asked_about_and_says_how_it_was_given(
    advisor: Advisor, content: Typed | Press, how: AnswerMethod
) -> None:
    turn = execute(advisor, states(advisor)["rows asked"], message(content), (set_("data", "yes"),))
    board = turn.conversation.board
    assert board is not None
    for number in (2, 3):
        found = board.find(number)
        assert (found.answers["data"].option, found.answers["data"].how) == ("yes", how)
        assert found.pack == advisor.pack.version, "what it was judged by is noted"
    assert board.find(1) == BOARD.find(1)
    assert [type(reply) for reply in turn.card] == [Receipts, IdeaQuestion]


def done(advisor: Advisor, state: str, *items: Item) -> Turn:
    return execute(advisor, states(advisor)[state], message(), items)


def test_what_is_said_about_the_idea_that_is_shown_counts_for_it(advisor: Advisor) -> None:
    turn = done(advisor, "idea", set_("data", "yes"))
    assert [one.chosen.get("data") for one in turn.conversation.board.ideas] == ["yes", None, None]
    (which,) = done(advisor, "list", set_("data", "yes")).below
    assert isinstance(which, Offered)
    typed = done(advisor, "asked", set_("data", "no"), set_("volume", "low"))
    found = typed.conversation.board.find(2)
    assert found.chosen == {"data": "no", "volume": "low"}


@pytest.mark.parametrize(("lines", "left_out"), [(IDEAS_JUDGED, None), (IDEAS_JUDGED + 1, "1"), (60, "10")])
def test_so_many_ideas_of_one_message_are_taken_and_the_rest_is_told(
    advisor: Advisor, lines: int, left_out: str | None
) -> None:
    told = tuple(f"slogan for shop {n}" for n in range(lines))
    turn = advisor.flows.board.take(states(advisor)["nothing"], message(), tuple(map(GivenIdea, told)))
    assert len(turn.conversation.board.ideas) == min(lines, 50)
    notices = [reply.values["count"] for reply in turn.card if isinstance(reply, Notice)]
    assert notices == ([left_out] if left_out else [])


def test_what_is_new_is_listed_by_itself_below_what_was_there(advisor: Advisor) -> None:
    flow, found = advisor.flows.board, states(advisor)
    first = flow.take(found["nothing"], message(), (GivenIdea("a"), GivenIdea("b")))
    assert first.conversation.listing == Listing()
    more = flow.take(found["list"], message(), (GivenIdea("a"), GivenIdea("b")))
    assert more.conversation.listing == Listing(since=4, until=5)
    again = flow.take(more.conversation, message(), (GivenIdea("a"), GivenIdea("b")))
    assert again.conversation.listing == Listing(), "the same message brings nothing new"
    filed = flow.take_file(found["nothing"].replace(people=()), message(), (GivenIdea("a"),), ("line 3: no text",))
    assert filed.conversation.people == ("ana",)
    assert [type(reply) for reply in filed.card] == [FileProblems, IdeaList]
    clean = flow.take_file(found["nothing"].replace(people=("ben",)), message(), (GivenIdea("a"),), ())
    assert clean.conversation.people == ("ben",)
    assert [type(reply) for reply in clean.card] == [IdeaList]


def test_what_is_typed_about_the_list_is_done(advisor: Advisor) -> None:
    found = states(advisor)
    for mine, owner in ((True, "ana"), (False, "")):
        turn = done(advisor, "idea", *listing(mine=mine, undecided=True))
        assert turn.conversation.listing == Listing(owner=owner, open=True)
        turn = done(advisor, "idea", *listing("hybrid", mine=mine, undecided=True))
        assert turn.conversation.listing == Listing(idea=1), "what nothing fits does not stay"
    none = done(advisor, "nothing", *listing())
    assert (*none.card, *none.below) == (Notice("no_ideas"),)
    board = Board(ideas=tuple(idea(n) for n in range(1, 7)), next=7)
    for number in (MOST_COMPARED, MOST_COMPARED + 1):
        numbers = tuple(str(n) for n in range(1, number + 1))
        turn = execute(advisor, at(advisor, Listing(), board), message(), (Command(Kind.COMPARE, ideas=numbers),))
        assert turn.conversation.listing == Listing(compared=(1, 2, 3, 4))
        assert (Notice("compared_most", {"count": "4"}) in turn.below) == (number > 4)
    turn = done(advisor, "idea", *renaming((1, "Letters")))
    assert turn.conversation.listing == Listing(idea=1)
    renamed = turn.conversation.board.find(1)
    assert (renamed.title, renamed.named) == ("Letters", NOON + 100)
    turn = done(advisor, "idea", edit(What.REMOVE, "1", "9"))
    assert turn.conversation.listing == Listing(), "it was the one that was shown"
    turn = done(advisor, "idea", edit(What.REMOVE, ALL))
    assert turn.below == (Notice("remove_these", {"count": "3"}),)
    assert turn.conversation.board == found["idea"].board
    turn = done(advisor, "idea", edit(What.REMOVE, "2"))
    assert turn.conversation.listing == Listing(idea=1)
    assert [one.number for one in turn.conversation.board.shown] == [1, 3]
