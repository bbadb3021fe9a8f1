"""Conversations as an earlier version stored them go on. The files were written by the code of 2026-11-25."""

from pathlib import Path

import pytest

from dialogs.conversation import Conversation
from dialogs.replies.results import Recommendation
from dialogs.views import current_view, lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.talk import Talk

STORED = Path(__file__).parent / "stored"
GIVEN = {"consistency": "predictable", "data": "yes", "volume": "low"}
ALL = {**GIVEN, "domain": "specialised", "budget": "flexible"}


def document(name: str) -> str:
    return (STORED / f"{name}.json").read_text().strip()


def taken_up(talk: Talk, name: str) -> Talk:
    talk.conversation = Conversation.from_json(document(name))
    talk.clock = max(answer.at for answer in talk.conversation.answers.values()) + 3600
    return talk


@pytest.mark.parametrize("name", ["under_way", "finished"])
def test_the_stored_form_is_the_same(name: str) -> None:
    assert Conversation.from_json(document(name)).to_json() == document(name)


def test_lessons_and_questions_go_on_where_they_were(talk: Talk) -> None:
    taken_up(talk, "under_way")
    assert "Lesson 2 of 7" in plain(current_view(talk.advisor, talk.conversation, talk.clock))
    talk.press(f"lesson:2:{talk.advisor.pack.lessons[1].check.right.id}", who="U0ANA")
    assert "Lesson 3 of 7" in talk.card
    talk.say("continue", who="U0ANA")
    assert talk.conversation.chosen == GIVEN
    assert talk.open == "domain"
    assert "Question 4 of 5" in talk.card
    talk.press("answer:domain:specialised", who="U0ANA").press("answer:budget:flexible", who="U0ANA")
    (reply,) = talk.turn.card
    assert isinstance(reply, Recommendation)
    assert reply.verdict.id == "fine_tuning"
    assert talk.conversation.chosen == ALL


def test_a_message_that_had_its_effect_before_has_none_again(talk: Talk) -> None:
    taken_up(talk, "under_way").say("no rush", who="U0ANA", message_id="m1795000090")
    assert talk.turn.duplicate


def test_a_recommendation_stays_and_can_be_changed(talk: Talk) -> None:
    taken_up(talk, "finished")
    assert talk.conversation.participants == {"U0ANA", "U0BEN"}
    text = plain(current_view(talk.advisor, talk.conversation, talk.clock))
    title, _, verdict, *_ = text.splitlines()
    assert title == talk.conversation.title
    assert verdict == "Fine-tuning · 4 of 5 answers for it, 1 against"
    talk.say("details")
    text = plain(lay_out(talk.advisor, talk.turn.expanded, 1))
    assert "Fine-tuning · strong (4 of 5 answers for it" in text
    assert "read from “the same format each time”" in text
    talk.press("edit:data", who="U0BEN").press("answer:data:no", who="U0BEN")
    assert "Prompt engineering" in talk.card
    assert talk.conversation.chosen == {**ALL, "data": "no"}
    talk.say("learn", who="U0ANA")
    assert "Lesson 2 of 7" in talk.card


def test_a_change_in_a_conversation_of_before_is_taken_back(talk: Talk) -> None:
    taken_up(talk, "finished").say("change data to no", who="U0ANA")
    assert talk.conversation.chosen == {**ALL, "data": "no"}
    assert talk.say("undo", who="U0ANA").conversation.chosen == ALL
