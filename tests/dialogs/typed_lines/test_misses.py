"""Texts that are not understood for sure, several in a row, and what other versions keep of them."""

import json
from itertools import pairwise

import pytest

from dialogs.conversation import Conversation, Proposal
from dialogs.message import Message, Person, Typed
from dialogs.reconstruction import reconstruct
from dialogs.replies.questions import AnswerChanged, QuestionCard, UnmatchedAnswer
from dialogs.view import Choices
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from tests.dialogs.steps import kinds
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume
from tests.shipped import shipped


def test_the_same_apology_never_comes_twice_in_a_row() -> None:
    talk = at_volume(Talk(shipped()))
    leads = []
    for text in ("purple elephants", "green elephants", "green elephants", "red lions", "red lions"):
        talk.say(text)
        assert kinds(talk) == [UnmatchedAnswer, QuestionCard]
        leads.append(talk.card.splitlines()[0])
    assert all(one != other for one, other in pairwise(leads))
    assert "“green elephants”" in leads[1]
    (choices,) = [e for e in talk.view.elements if isinstance(e, Choices)] if talk.view else []
    assert choices.buttons
    talk.say("many").say("purple elephants")
    assert talk.card.splitlines()[0].endswith("Not sure?")


def test_misses_count_only_in_a_row(talk: Talk) -> None:
    at_volume(talk).say("purple elephants").say("how much does fine-tuning cost?").say("purple elephants")
    assert talk.conversation.missed == 1


def test_what_an_older_version_does_not_know_it_drops(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    stored = talk.conversation.to_json()
    assert Conversation.from_json(stored) == talk.conversation
    known = {k: v for k, v in json.loads(stored).items() if k not in ("confirm", "missed", "intake")}
    talk.conversation = Conversation.from_json(json.dumps(known))
    talk.press("answer:volume:low")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}


def test_a_proposal_of_an_option_that_the_pack_has_no_more_is_dropped(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    talk.conversation = talk.conversation.replace(pack="older", confirm=Proposal(question="volume", option="gone"))
    talk.say("hi")
    assert talk.conversation.confirm is None
    assert talk.open == "volume"


@pytest.mark.parametrize("text", ["a handful a day maybe", "purple elephants", "no budget btw"])
def test_what_was_said_last_is_said_again_where_it_did_not_arrive(talk: Talk, text: str) -> None:
    at_volume(talk).say(text)
    message = Message(f"m{talk.clock}", Person("ana"), talk.clock, Typed(text))
    again = reconstruct(talk.advisor, talk.conversation, message)
    if text == "no budget btw":
        assert [type(reply) for reply in again.card] == [AnswerChanged, QuestionCard]
    else:
        assert again.card == talk.turn.card


def test_the_card_of_a_question_asked_again_is_shorter(talk: Talk) -> None:
    at_volume(talk)
    long = len(talk.card)
    talk.say("why")
    assert len(plain(current_view(talk.advisor, talk.conversation, talk.clock))) >= long
    assert "Still open: Volume and speed" in talk.card


@pytest.mark.parametrize("text", ["what r u", "wat can u do for me"])
def test_shorthand_and_slips_are_heard(understood: Talk, text: str) -> None:
    assert "I ask 5 questions" in understood.say(text).card
