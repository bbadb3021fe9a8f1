"""What is typed about a list of six ideas, whole: what then stands on the board and on the card."""

from collections.abc import Mapping

import pytest

from dialogs.commands.command import Kind
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.ideas.board_list import Listing
from dialogs.message import Message, Person, Typed
from dialogs.replies.notices import Notice
from dialogs.replies.receipts import Offered
from dialogs.respond import respond
from dialogs.turn import Turn
from tests.dialogs.flows.six_ideas import NOON, Said, at, outcome
from tests.shipped import shipped


def fact(shown: str, text: str, idea: int, **answers: str) -> Said:
    return Said(shown=shown, text=text, does="fact", idea=idea, answers=answers)


def wish(shown: str, text: str, does: str, *ideas: int, title: str = "") -> Said:
    return Said(shown=shown, text=text, does=does, idea=ideas[0] if len(ideas) == 1 else 0, ideas=ideas, title=title)


@pytest.mark.parametrize(
    "said",
    [
        fact("list", "we have examples for 6", 6, data="yes"),
        fact("list", "1: no data, no money", 1, data="no", budget="limited"),
        fact("list", "no, 3: money is tight", 3, budget="limited"),
        fact("list", "the lease one needs to be the same every time", 3, consistency="predictable"),
        fact("list", "we dont have money for the lab one", 5, budget="limited"),
        fact("idea 5", "has to be the same every time", 5, consistency="predictable"),
        fact("idea 5", "20k a day and should be fast", 5, volume="high"),
        fact("idea 5", "around 5 per day", 5, volume="low"),
        fact("idea 4", "3 has no data", 3, data="no"),
        fact("ask 4 budget", "moneys fine", 4, budget="flexible"),
        fact("ask 4 budget", "actually 3 has no data at all", 3, data="no"),
        fact("ask 4 volume", "3 a week maybe", 4, volume="low"),
        wish("list", "lets do number 5", "open", 5),
        wish("list", "show me the lab thing", "open", 5),
        wish("ask 3 data", "leave that for now show us 2", "open", 2),
        wish("list", "why is 3 not decided", "why", 3),
        wish("idea 3", "why is it still undecided", "why", 3),
        wish("list", "which ones should we do first", "first"),
        wish("list", "kick out 6", "remove", 6),
        wish("list", "get rid of 2 and 4", "remove", 2, 4),
        wish("list", "take the birthday one off the list", "remove", 6),
        wish("idea 3", "delete this one", "remove", 3),
        wish("list", "call 6 party bot", "rename", 6, title="party bot"),
        wish("list", 'rename nr 4 "shop copy"', "rename", 4, title="shop copy"),
        wish("idea 4", "rename this shop copy", "rename", 4, title="shop copy"),
        wish("list", "whats the diff between 3 and 5", "compare", 3, 5),
        wish("idea 3", "compare with 1", "compare", 1, 3),
        wish("list", "download as excel", "export"),
        wish("idea 4", "back to the overview", "list"),
    ],
    ids=lambda said: f"{said.shown}: {said.text}",
)
def test_is_done(said: Said) -> None:
    assert outcome(shipped(), said) == "done"


def typed(conversation: Conversation, text: str) -> Turn:
    return respond(shipped(), conversation, Message("m", Person("ana"), NOON + 60, Typed(text)))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("list", "5 yes, but if we get the money"),
        ("list", "delete customer data after a month"),
        ("list", "remove everything except 1 and 3"),
        ("list", "dont delete 3"),
        ("list", "should we delete 3?"),
        ("list", "we only have 3 examples"),
        ("list", "name 3 reasons"),
        ("idea 4", "define prompt engineering"),
        ("idea 4", "this one we do not need anymore, you can delete"),
        ("ask 6 consistency", "not each year the same, it would be embarrassing"),
    ],
)
def test_changes_nothing_in_doubt(shown: str, text: str) -> None:
    before = at(shipped(), shown)
    after = typed(before, text).conversation
    assert after.board == before.board
    assert not after.started


def test_a_fact_beside_the_list_needs_an_idea() -> None:
    turn = typed(at(shipped(), "list"), "we have no data")
    assert turn.conversation.board == at(shipped(), "list").board
    assert isinstance(turn.below[0], Offered)


def test_with_which_to_begin_is_told_with_its_first_step() -> None:
    begin, then, *_ = typed(at(shipped(), "idea 4"), "where should we begin").below[0].parts
    assert isinstance(begin, Notice) and begin.remark == "begin_with"
    assert begin.values["idea"].startswith("1. Chatbot") or begin.values["idea"].startswith("5. Triage")
    assert begin.values["step"].startswith(("Write one clear prompt", "Build a first version"))
    assert isinstance(then, Notice) and then.remark == "then_these"
    board = at(shipped(), "list").board
    undecided = at(shipped(), "list").replace(board=board.put(*(one.replace(answers={}) for one in board.ideas)))
    asked = typed(undecided, "where should we begin")
    assert asked.conversation.listing is not None
    assert (asked.conversation.listing.idea, asked.conversation.listing.ask) == (1, "data")


def unfinished(*, over: bool) -> Conversation:
    """The six ideas, and an interview about something else."""
    pack, none = shipped().pack, Listing() if not over else None
    given: Mapping[str, Answer] = {
        question.id: Answer(option=question.options[0].id, how=AnswerMethod.TYPED, by="ana", at=NOON)
        for question in (pack.questions if over else pack.questions[:1])
    }
    state = at(shipped(), "list").replace(started=True, idea="a bot for parking tickets", answers=dict(given))
    return state.replace(flow="", listing=none) if over else state


def test_beside_the_list_an_unfinished_interview_is_not_meant() -> None:
    (said,) = typed(unfinished(over=False), "why is 3 not decided").did
    assert (said.command, said.ideas) == (Kind.EXPLAIN, ("3",))
    assert typed(at(shipped(), "idea 3").replace(started=True), "moneys fine").conversation.answers == {}


def test_after_a_result_an_idea_that_is_named_is_meant() -> None:
    before = unfinished(over=True)
    after = typed(before, "we have examples for 6").conversation
    assert after.answers == before.answers
    assert after.board is not None and after.board.find(6).chosen == {"data": "yes"}
