"""The board, position by position: which words and buttons count, and what a card becomes."""

from collections.abc import Mapping

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Judge, clearest_first
from dialogs.ideas.board_list import Listing
from dialogs.message import Action, Verb
from dialogs.replies.ideas import ClosedIdeas, IdeaCard, IdeaComparison, IdeaList, IdeaQuestion
from dialogs.replies.notices import Notice
from dialogs.understanding.expected_replies import means_button
from tests.dialogs.flows.board_states import BOARD, at, idea, message, states
from tests.dialogs.presses import of
from tests.dialogs.talk import NOON

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
    Verb.START: SHOWN,
}


@pytest.mark.parametrize("verb", ACCEPTED)
def test_when_a_word_counts(advisor: Advisor, verb: Verb) -> None:
    found = states(advisor)
    counts = {name for name, state in found.items() if means_button(advisor, state, verb)}
    assert counts & SHOWN == ACCEPTED[verb] & SHOWN, "while the board is shown"


OBJECTIONS: Mapping[Action, Mapping[str, str | None]] = {
    Action(Verb.IDEA, ("1",)): {"list": None, "nothing": "no_such_idea"},
    Action(Verb.IDEA, ("9",)): {"list": "no_such_idea"},
    Action(Verb.ASK, ("2", "data")): {"list": None, "nothing": "no_such_idea"},
    Action(Verb.ASK, ("2", "colour")): {"list": "no_such_idea"},
    Action(Verb.ASK, ("9", "data")): {"list": "no_such_idea"},
    Action(Verb.ANSWER, ("data", "yes")): {"asked": None, "rows asked": None, "list": "outdated", "idea": "outdated"},
    Action(Verb.ANSWER, ("volume", "low")): {"asked": "outdated"},
    Action(Verb.ANSWER, ("data", "some")): {"asked": "outdated"},
    Action(Verb.CANCEL): {"list": "nothing_to_cancel", "idea": None, "asked": None},
    Action(Verb.RESTART): {"list": "nothing_to_restart", "asked": "nothing_to_restart"},
    Action(Verb.WHY): {"idea": None, "asked": None, "list": "open_an_idea", "compared": "open_an_idea"},
    Action(Verb.SKIP): {"guided": None, "asked": None, "idea": "open_an_idea", "list": "open_an_idea"},
    Action(Verb.EXPORT): {"list": None, "nothing": "no_ideas"},
    Action(Verb.GUIDE): {"list": None, "nothing": "no_ideas"},
    Action(Verb.IDEAS): {"list": None, "nothing": "no_ideas"},
}


@pytest.mark.parametrize("action", OBJECTIONS, ids=lambda action: action.id)
def test_what_speaks_against_a_button(advisor: Advisor, action: Action) -> None:
    found, expected = states(advisor), OBJECTIONS[action]
    assert {name: advisor.flows.board.objection(found[name], of(action)) for name in expected} == expected


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
    turn = advisor.flows.board.stale_press(states(advisor)["list"], message(), of(action))
    assert turn.aside == (Notice(told),)  # type: ignore[arg-type]
    empty = advisor.flows.board.stale_press(states(advisor)["nothing"], message(), of(Action(Verb.EXPORT)))
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
    shares, starts = of(Action(Verb.SHARE)), of(Action(Verb.START))
    assert true_of(lambda state: advisor.flows.flow_for(state, shares) is flow) == ONE
    assert true_of(lambda state: advisor.flows.flow_for(state, starts) is flow) == set()
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
    assert closed(advisor, "list", found["list"]) == ([ClosedIdeas], False)
    assert closed(advisor, "list", found["idea"]) == ([IdeaList], False)
    assert closed(advisor, "list", found["left"]) == ([IdeaList], False)
    assert closed(advisor, "idea", found["list"]) == ([IdeaCard], False)
    assert closed(advisor, "left", found["list"]) == ([IdeaList], False)
    assert closed(advisor, "not shown", found["list"]) is None
    answered = at(advisor, Listing(), BOARD.put(idea(2, by="ben", data="yes")))
    card = advisor.flows.board.closed_card(found["asked"], answered, NOON)
    (reply,) = card.replies
    assert isinstance(reply, ClosedIdeas)
    assert [one.chosen for one in reply.ideas] == [{"data": "yes"}]


def test_ideas_are_ordered_by_how_clear_they_are(advisor: Advisor) -> None:
    judge = Judge(advisor.knowledge.judgements)
    all_no = {"data": "no", "volume": "low", "domain": "general", "budget": "limited", "consistency": "tolerant"}
    rows = [
        judge.row(one) for one in (idea(1), idea(2, volume="unsure"), idea(3, data="no"), idea(4, **all_no), idea(5))
    ]
    order = [row.number for row in clearest_first(rows)]
    assert order[:2] == [4, 3]
    assert order[2:] == [2, 1, 5], "the fewest that are missing first, then by number"
    same = [judge.row(one) for one in (idea(7, data="no"), idea(6, data="no"))]
    assert [row.number for row in clearest_first(same)] == [6, 7]
