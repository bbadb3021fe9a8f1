"""Stale and repeated presses and messages, and what becomes of old cards."""

import pytest

from dialogs.advisor import Advisor
from dialogs.message import Action, Message, Person, Press, Typed, Verb
from dialogs.replies.notices import ConversationGone, Notice
from dialogs.replies.questions import AlreadyAnswered, QuestionCard
from dialogs.respond import respond
from dialogs.views.plain_text import plain
from tests.dialogs.presses import press
from tests.dialogs.steps import REQUEST, kinds
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON, Talk
from tests.dialogs.views.shown import ALL


@pytest.mark.parametrize(("seconds", "again"), [(60, True), (61, False)])
def test_for_a_minute_the_same_press_is_the_same_wish(talk: Talk, seconds: int, again: bool) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("answer:data:yes")
    talk.clock += seconds - 30
    talk.press("answer:data:yes", revision=drawn)
    assert (kinds(talk) == [QuestionCard]) == again


def test_a_button_for_a_question_that_is_not_there_any_more_changes_nothing(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("edit:gone")
    assert talk.turn.aside == (Notice("outdated"),)
    assert not talk.turn.card
    assert talk.open == "volume"


def test_a_stale_click_says_what_is_recorded_and_offers_to_change_it(talk: Talk) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("answer:data:yes").press("answer:data:no", revision=drawn)
    assert [type(reply) for reply in talk.turn.aside] == [AlreadyAnswered]
    assert not talk.turn.card
    assert talk.conversation.chosen == {"data": "yes"}
    assert "just now" in talk.aside


def test_a_text_that_arrives_after_a_newer_answer_is_not_taken_for_the_next_question(talk: Talk) -> None:
    talk.say(REQUEST)
    typed = talk.clock
    talk.press("answer:data:yes")
    pressed, talk.clock = talk.clock, typed - 10
    talk.say("1")
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.turn.aside == (Notice("came_late"),)
    assert not talk.turn.card
    talk.clock = pressed
    talk.say("1")
    assert list(talk.conversation.chosen) == ["data", "volume"]


def test_a_stale_click_after_an_edit_is_not_taken(talk: Talk) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("answer:data:yes").press("edit:data").press("answer:data:no", revision=drawn)
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.turn.aside


def test_a_click_on_the_same_open_question_counts_although_the_card_was_redrawn(talk: Talk) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("why").press("answer:data:yes", revision=drawn)
    assert talk.conversation.chosen == {"data": "yes"}


def test_the_same_message_again_has_no_effect(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes", message_id="click")
    before = talk.conversation
    talk.press("answer:data:yes", message_id="click")
    assert talk.turn.duplicate
    assert talk.conversation is before


def test_a_second_press_on_back_goes_back_once(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:low")
    drawn = talk.conversation.revision
    talk.press("back").press("back", revision=drawn)
    assert talk.open == "volume"


@pytest.mark.parametrize(
    ("text", "left"),
    [("yes", "Training data: yes"), ("why", None), ("cancel", None), ("show", None), ("gibberish", None)],
)
def test_the_card_that_another_takes_the_place_of_is_a_record_or_goes(talk: Talk, text: str, left: str | None) -> None:
    talk.say(REQUEST).say(text)
    assert talk.closed.deleted == (left is None)
    assert plain(talk.closed.view).startswith(left or "Training data: not answered here")
    assert len(plain(talk.closed.view).splitlines()) == 1


def test_a_choice_that_was_made_goes(talk: Talk) -> None:
    talk.say(REQUEST).say("should we rather tune a model for contracts?").say("new one")
    assert talk.closed.deleted


def test_a_press_on_a_card_whose_conversation_is_gone_offers_to_start(talk: Talk) -> None:
    talk.press("answer:data:yes", revision=7)
    assert talk.turn.aside == (ConversationGone(),)
    assert not talk.turn.card
    talk.press("start", revision=7)
    assert talk.open == "data"


def test_an_agreement_to_nothing_is_met_with_nothing(talk: Talk) -> None:
    talk.say("ok")
    assert talk.turn.card == (Notice("noted_so_far"),)
    assert talk.conversation.answers == {}


def test_a_press_after_a_change_of_the_pack_shows_what_is_open_now(advisor: Advisor) -> None:
    """The card that was pressed asks what is not open any more."""
    older = asked(advisor, "data", volume="gone").replace(pack="older", revisit=None)
    message = Message("m", Person("ana"), NOON, Press(Action(Verb.ANSWER, ("volume", "gone")), 9))
    turn = respond(advisor, older, message)
    assert turn.card[0] == Notice("pack_changed")
    assert isinstance(turn.card[1], QuestionCard)
    assert Notice("outdated") not in turn.aside
    same = respond(advisor, older.replace(pack=advisor.pack.version, answers={}), message)
    assert same.card == ()
    assert same.aside == (Notice("outdated"),)
    typed = respond(advisor, older, Message("m", Person("ana"), NOON, Typed("thanks")))
    assert Notice("pack_changed") not in typed.card or QuestionCard in [type(reply) for reply in typed.card]


@pytest.mark.parametrize("verb", [Verb.SHARE, Verb.WHY])
def test_what_stands_below_a_result_shows_it_no_second_time(advisor: Advisor, verb: Verb) -> None:
    turn = respond(advisor, asked(advisor, None, **ALL), press(verb=verb))
    assert (len(turn.below), turn.card) == (1, ())
