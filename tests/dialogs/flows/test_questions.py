"""The questions, state by state: which words and buttons count, and where they lead."""

from collections.abc import Mapping

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.conversation import Conversation, Proposal
from dialogs.executor.executor import execute
from dialogs.executor.items import Told
from dialogs.message import Action, Verb
from dialogs.replies.questions import QuestionCard
from dialogs.replies.receipts import Offered
from dialogs.understanding.expected_replies import means_button
from tests.dialogs.executor.lines import set_
from tests.dialogs.flows.question_states import kinds, message, notices, states
from tests.dialogs.presses import of

EVERYWHERE = ("fresh", "stopped", "stopped after the idea", "open", "open again", "proposed", "result", "result early")

ACCEPTED = {
    Verb.CONTINUE: {"stopped", "stopped after the idea", "open again"},
    Verb.START: set(EVERYWHERE),
    Verb.KEEP: {"open again"},
    Verb.DETAILS: {"result", "result early"},
    Verb.SHARE: {"result", "result early"},
    Verb.SKIP: set[str](),
}


@pytest.mark.parametrize("verb", ACCEPTED)
def test_when_a_word_counts(advisor: Advisor, verb: Verb) -> None:
    assert {name for name, state in states(advisor).items() if means_button(advisor, state, verb)} == ACCEPTED[verb]


@pytest.mark.parametrize("verb", [Verb.BACK, Verb.WHY, Verb.SHOW, Verb.RESTART, Verb.CANCEL])
def test_some_words_count_at_any_time(advisor: Advisor, verb: Verb) -> None:
    assert all(means_button(advisor, state, verb) for state in states(advisor).values())


STOPPED = ("fresh", "stopped", "stopped after the idea")

OBJECTIONS: Mapping[Action, Mapping[str, str | None]] = {
    Action(Verb.START): dict.fromkeys(STOPPED),
    Action(Verb.CONTINUE): {"fresh": "nothing_to_resume", "stopped": None, "stopped after the idea": None},
    Action(Verb.CANCEL): dict.fromkeys(STOPPED, "nothing_to_cancel") | {"open": None},
    Action(Verb.WHY): dict.fromkeys(STOPPED, "nothing_open") | {"open": None, "result": None},
    Action(Verb.ANSWER, ("volume", "low")): {
        "stopped": "nothing_open", "open": None, "open again": "outdated", "proposed": None, "result": "outdated"
    },
    Action(Verb.ANSWER, ("data", "no")): {"open": "outdated", "open again": None, "result early": "outdated"},
    Action(Verb.ANSWER, ("volume", "some")): {"open": "outdated"},
    Action(Verb.DETAILS): {"open": "outdated", "result": None, "result early": None},
    Action(Verb.NAME): {"proposed": "outdated", "result": None},
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
    assert {name: advisor.flows.questions.objection(found[name], of(action)) for name in expected} == expected


def test_the_result_alone_is_shared_by_the_questions(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)

    def takes(state: Conversation, *button: str) -> bool:
        return advisor.flows.flow_for(state, of(Action(Verb(button[0]), button[1:]))) is flow

    assert {name for name, state in found.items() if takes(state, "share")} == {"result", "result early"}
    assert not takes(found["result"].replace(flow=advisor.flows.board.name), "share")
    assert takes(found["open"], "answer", "data", "yes")
    assert not takes(found["open"], "ideas")


def test_back_leads_to_the_question_before_and_no_further(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)

    def opened(name: str) -> str | None:
        question = flow.prompt(flow.act(found[name], message(), of(Action(Verb.BACK))).conversation)
        return None if question is None else question.id

    assert {name: opened(name) for name in ("open", "open again", "result")} == {
        "open": "data",
        "open again": "data",
        "result": "consistency",
    }
    assert notices(flow.act(found["open again"], message(), of(Action(Verb.BACK)))) == ["at_the_first"]


def test_each_button_leads_to_its_position(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)

    def after(name: str, verb: Verb) -> Conversation:
        turn = execute(advisor, found[name], message(), (of(Action(verb)),))
        assert (turn.conversation.revisit, turn.conversation.confirm) == (None, None)
        return turn.conversation

    assert after("stopped", Verb.CONTINUE).started
    assert after("open again", Verb.KEEP).chosen == {"data": "yes"}
    assert after("open", Verb.SHOW).concluded
    again = after("result", Verb.RESTART)
    assert (again.started, again.concluded, again.answers) == (True, False, {})
    ended = after("open", Verb.CANCEL)
    assert (ended.started, ended.chosen) == (False, {"data": "yes"})
    assert after("open", Verb.START).chosen == {"data": "yes"}, "they are under way"
    assert after("result", Verb.START).answers == {}
    assert notices(flow.act(found["open"], message(), of(Action(Verb.IDEAS)))) == ["outdated"]


def test_why_is_told_of_the_open_question_and_of_the_result(advisor: Advisor) -> None:
    found = states(advisor)
    turn = execute(advisor, found["open"], message(), (of(Action(Verb.WHY)),))
    assert [reply.question.id for reply in turn.below] == ["volume"]  # type: ignore[attr-defined]
    assert [type(reply) for reply in turn.card] == [QuestionCard]
    turn = execute(advisor, found["result"], message(), (of(Action(Verb.WHY)),))
    assert (kinds(turn), turn.card) == ([What.VERDICT], ())


def test_another_project_is_offered_only_where_the_questions_are_about_one(advisor: Advisor) -> None:
    found = states(advisor)

    def asks(state: Conversation) -> bool:
        turn = execute(advisor, state, message(), (Told(Command(Kind.IDEA, value="a bot that writes letters")),))
        assert bool(turn.conversation.focus.offers) == (Offered in kinds(turn))
        return Offered in kinds(turn)

    begun = found["fresh"].replace(started=True)
    assert not asks(begun)
    assert not asks(found["result"])
    assert not asks(found["fresh"])
    assert not asks(found["open"]), "about none yet"
    assert asks(found["open"].replace(idea="slogans", heading="slogans"))
    assert asks(begun.replace(people=("ana", "ben")))
    assert not asks(begun.replace(people=("ana",)))
    assert asks(begun.replace(confirm=Proposal(question="volume", option="low")))


def test_the_project_that_the_question_is_about_told_again_is_asked_about_again(advisor: Advisor) -> None:
    state = states(advisor)["open"]
    turn = execute(advisor, state, message(), (Told(Command(Kind.IDEA, value=state.idea.upper())),))
    assert (kinds(turn), turn.conversation) == ([QuestionCard], state)


def test_an_answer_that_was_on_its_way_for_long_is_not_taken_for_the_next_question(advisor: Advisor) -> None:
    state, low = states(advisor)["open"], (set_("volume", "low", OWN_NAME),)
    newest = state.answers["data"].at
    assert notices(execute(advisor, state, message(at=newest - 1), low)) == ["came_late"]
    turn = execute(advisor, state, message(at=newest), low)
    assert turn.conversation.chosen == {"data": "yes", "volume": "low"}
