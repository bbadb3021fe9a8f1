"""What of a message is only supposed, which looks show nothing beside the rest of it, and what is said once."""

from itertools import product

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.executor.executor import execute
from dialogs.executor.items import Readings
from dialogs.message import Message, Person, Typed
from dialogs.replies.results import OtherResult
from knowledge.decision import holding
from tests.dialogs.executor.lines import ALL_FIVE, CONFIRM, edit, explain, idea, note, set_, show, suppose
from tests.dialogs.talk import Talk

DOUBTED = set_("volume", "low", quote="maybe it is just a few a day")
SHOWN = show(What.RESULT)
LOOSE = (("data", "yes"), ("domain", "specialised"))


@pytest.fixture
def done(talk: Talk) -> Talk:
    return talk.do(idea("reports"), *ALL_FIVE)


def test_a_doubt_about_what_stands_is_supposed_where_it_is_asked_what_comes_out(done: Talk) -> None:
    before = done.conversation.chosen
    done.do(DOUBTED, SHOWN, text="maybe it is just a few a day. does that flip it?")
    assert [each.command for each in done.turn.did] == [Kind.SUPPOSE, Kind.SHOW]
    assert done.conversation.chosen == before
    assert [type(reply) for reply in done.replies] == [OtherResult]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ((DOUBTED, SHOWN), "maybe it is just a few a day. show me"),
        ((DOUBTED,), "maybe it is just a few a day, ok?"),
        ((DOUBTED.replace(quote="about 20 a day, maybe 30"), SHOWN), "about 20 a day, maybe 30. still tuning?"),
    ],
)
def test_what_is_told_or_not_asked_about_is_recorded(done: Talk, said: tuple[Command, ...], text: str) -> None:
    assert done.do(*said, text=text).conversation.chosen["volume"] == "low"


def test_the_first_answer_to_a_question_is_recorded(talk: Talk) -> None:
    talk.do(idea("reports")).do(DOUBTED, SHOWN, text="maybe it is just a few a day. what is it so far?")
    assert talk.conversation.chosen["volume"] == "low"


def test_what_would_come_out_is_told_in_place_of_the_result(done: Talk) -> None:
    done.do(suppose("data", "no"), SHOWN)
    assert [type(reply) for reply in done.replies] == [OtherResult]
    assert "First step" not in done.said
    assert "First step" in done.do(SHOWN).said


def test_an_idea_that_is_turned_to_is_shown_unless_it_is_told_of(listed: Talk) -> None:
    turn = Command(Kind.OPEN, ideas=("2",))
    assert "Idea 2. " not in listed.do(turn, note("urgent", "2")).said
    assert listed.do(set_("data", "no")).conversation.board.find(2).chosen == {"data": "no"}, "it is the one meant now"
    assert "Idea 3. " in listed.do(note("urgent", "2"), turn.replace(ideas=("3",))).said
    assert "To begin with: " in listed.said


def test_what_keeps_a_result_is_told_with_its_answers(done: Talk) -> None:
    done.do(set_("data", "no")).do(suppose("budget", "flexible"))
    assert "What keeps it: Training data: no, or only a handful.\nNothing is changed. Shall I" in done.said
    assert done.do(CONFIRM).conversation.chosen["budget"] == "flexible"
    done.do(suppose("budget", "flexible"))
    assert "Shall I" not in done.said, "it is so already"


def test_each_answer_that_keeps_a_result_is_one_without_which_it_would_move(advisor: Advisor) -> None:
    """Where one answer alone would move it on, only such answers are named; else what the result rests on."""
    pack, place = advisor.pack, advisor.pack.scale.verdicts.index
    options = [[option.id for option in question.options] for question in pack.questions]
    for given in list(product(*options))[::7]:
        talk = Talk(advisor)
        chosen = dict(zip(pack.question_of, given, strict=True))
        talk.do(*(set_(question, option) for question, option in chosen.items()))
        talk.do(suppose("budget", "flexible"))
        (reply,) = (each for each in talk.replies if isinstance(each, OtherResult))
        then = {**chosen, "budget": "flexible"}
        up = pack.scale.outcome(then)
        moves = {
            question.id
            for question in pack.questions
            for option in question.options
            if place(pack.scale.outcome({**then, question.id: option.id})) > place(up)
        }
        named = {question.id for question, _ in reply.since}
        assert all(then[question.id] == option for question, option in reply.since)
        if reply.verdict == reply.now:
            assert named <= moves if moves else named or not holding(pack, then, up), chosen


def test_what_is_in_doubt_beside_what_was_done_is_asked_about_as_something_more(listed: Talk) -> None:
    turned = Readings((note("urgent", "2"),))
    assert "I am not sure what you want" in _hear(listed, turned)
    told = _hear(listed, set_("data", "no", "1"), turned)
    assert "Shall I do this as well?" in told
    assert "I am not sure" not in told


def _hear(talk: Talk, *items: Command | Readings) -> str:
    message = Message("m1", Person("ana"), talk.clock, Typed("so be it"))
    talk.turn = execute(talk.advisor, talk.conversation, message, items)
    return talk.said


def test_what_could_still_change_a_result_is_said_with_it_or_asked(listed: Talk) -> None:
    assert "Not enough said for a result yet. Training data: Do you have" in listed.do(set_("volume", "low", "1")).said
    assert "Consistency could still change it." in listed.do(*(set_(q, o, "1") for q, o in LOOSE)).said
    assert "could still change it" not in listed.do(set_("data", "no", "1")).said
    assert "could still change it" not in listed.do(set_("data", "yes", "1"), set_("data", "yes", "2")).said


def test_an_order_that_is_not_shown_is_said(listed: Talk) -> None:
    listed.do(show(What.IDEAS, value="sort=3 1"), Command(Kind.COMPARE, ideas=("1", "2")))
    assert "The list is in your order now: 3, 1." in listed.said
    assert "in your order now" not in listed.do(show(What.IDEAS, value="sort=1")).said


def test_what_comes_last_leaves_the_others_as_they_stand(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "3", value="approved")).do(show(What.IDEAS, value="sort=3 2"))
    listed.do(show(What.IDEAS, value="sort=last 3"))
    assert listed.conversation.own_order == "2 1 3"


def test_an_explanation_beside_what_is_supposed_stays(done: Talk) -> None:
    assert "and why:" in done.do(suppose("data", "no"), explain(What.VERDICT)).said


def test_ideas_side_by_side_begin_with_what_they_come_to(listed: Talk) -> None:
    both = Command(Kind.COMPARE, ideas=("1", "2"))
    listed.do(set_("data", "no", "1"), set_("volume", "low", "1")).do(both)
    assert "In short: 1 Prompt engineering (Training data: no); 2 not enough said." in listed.card
    assert "Open for all: domain, budget, consistency." in listed.card
    assert "Open for all" not in listed.do(*(each.replace(ideas=("1",)) for each in ALL_FIVE), both).card


def test_several_ideas_are_not_each_asked_about(listed: Talk) -> None:
    assert "Training data: Do you" not in listed.do(set_("volume", "low", "1"), set_("volume", "low", "2")).said
