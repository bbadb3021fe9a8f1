"""The stored record: size, pack changes, and the buttons' ids."""

from dataclasses import replace

import pytest

from dialogs.conversation import REMEMBERED_IDS, SCHEMA, Conversation, migrate
from dialogs.message import ARGUMENTS, Action, Verb, action_from_data, parse_action
from dialogs.replies.notices import Notice
from tests.dialogs.talk import Talk


@pytest.mark.parametrize("verb", list(Verb))
def test_every_button_survives_both_ways_of_carrying_it(verb: Verb) -> None:
    action = Action(verb, tuple(f"{part}-1" for part in ARGUMENTS.get(verb, ())))
    assert parse_action(action.id) == action
    assert action_from_data(verb.value, action.data) == action


@pytest.mark.parametrize("text", ["", ":", "answer", "answer:data", "answer:data:", "answer:a:b:c", "dance", "back:x"])
def test_unknown_buttons_are_none(text: str) -> None:
    assert parse_action(text) is None


def test_unknown_data_is_none() -> None:
    assert action_from_data(None, {}) is None
    assert action_from_data("answer", {"question": "data", "option": 3}) is None


def test_a_finished_conversation_is_small(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?")
    for question in talk.advisor.pack.questions:
        talk.press(f"answer:{question.id}:unsure", who="U0123456789")
    sizes = []
    for _ in range(2 * REMEMBERED_IDS):
        talk.say("How much does fine-tuning cost?", who="U0123456789")
        document = talk.conversation.replace(revision=0).to_json()
        sizes.append(len(document.encode()))
    assert set(sizes[REMEMBERED_IDS:]) == {sizes[-1]}, "once so many are remembered, nothing but the revision grows"
    assert sizes[-1] <= 1500
    assert f'"schema":{SCHEMA}' in document


def test_answers_whose_ids_remain_are_kept_when_the_pack_changes(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?").press("answer:data:yes").press("answer:volume:low")
    older = talk.conversation
    gone = replace(older.answers["volume"], option="withdrawn")
    talk.conversation = older.replace(pack="0ld", answers={**older.answers, "volume": gone})
    moved, asks_again = migrate(talk.advisor.pack, talk.conversation)
    assert asks_again
    assert moved.chosen == {"data": "yes"}
    talk.say("help")
    assert talk.turn.card[0] == Notice("pack_changed")
    assert talk.open == "volume"


def test_a_new_version_that_keeps_all_answers_goes_unnoticed(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?").press("answer:data:yes")
    talk.conversation = talk.conversation.replace(pack="0ld")
    talk.press("answer:volume:low")
    assert Notice("pack_changed") not in talk.turn.card
    assert talk.conversation.pack == talk.advisor.pack.version


def test_an_unknown_field_of_a_later_version_is_ignored(talk: Talk) -> None:
    document = Conversation.fresh(talk.advisor.pack).to_json()
    assert Conversation.from_json(document[:-1] + ',"later":1}') == Conversation.fresh(talk.advisor.pack)
