"""What is understood of a request, and where it belongs."""

import pytest

from bot.slack.events import (
    IncomingMessage,
    Origin,
    RequestContext,
    UnknownButton,
    Workspace,
    from_block_actions,
    from_message_event,
)
from bot.slack.payloads import BlockActions, MessageEvent
from bot.storage.place import Place
from bot.storage.record import Card
from dialogs.message import Action, Person, Press, Typed, Verb

HERE = Workspace("T1")
CONTEXT = RequestContext(HERE, "U0BOT", "help")


def event(**changes: object) -> MessageEvent:
    return MessageEvent.model_validate(
        {"type": "message", "channel": "C1", "ts": "1700000001.000200", "user": "U1", "text": "hi", **changes}
    )


def click(**changes: object) -> BlockActions:
    button = {"type": "button", "action_id": "answer:data:yes", "value": "3", "action_ts": "1700000009.5"}
    container = {"type": "message", "message_ts": "1700000002.1", "channel_id": "C1", "thread_ts": "1700000001.1"}
    return BlockActions.model_validate(
        {"user": {"id": "U1"}, "container": container, "channel": {"id": "C1"}, "actions": [button], **changes}
    )


def heard(**changes: object) -> IncomingMessage:
    found = from_message_event(event(**changes), CONTEXT)
    assert found is not None
    return found


def pressed(**changes: object) -> IncomingMessage:
    found = from_block_actions(click(**changes), CONTEXT)
    assert isinstance(found, IncomingMessage)
    return found


def test_a_mention_and_the_message_itself_are_one_message() -> None:
    mention = heard(type="app_mention", text="<@U0BOT> hi")
    assert mention == heard(text="<@U0BOT> hi")
    assert mention.message.id == "C1:1700000001.000200"
    assert mention.message.at == 1700000001
    assert mention.message.content == Typed("hi")
    assert mention.message.addressed
    assert mention.place == Place("slack:T1:C1", "1700000001.000200")
    assert mention.origin == Origin(HERE, "C1", "1700000001.000200", "U1", opens=True)


def test_a_reply_in_a_thread_belongs_to_the_thread_and_is_not_addressed() -> None:
    found = heard(thread_ts="1700000000.1")
    assert found.place == Place("slack:T1:C1", "1700000000.1")
    assert not found.message.addressed


def test_a_direct_message_belongs_to_the_person() -> None:
    bare = heard(channel="D1", channel_type="im")
    reply = heard(channel="D1", channel_type="im", thread_ts="1700000000.1")
    assert (bare.place.space, bare.place.direct, bare.message.addressed) == ("slack:T1:U1", True, True)
    assert bare.origin.thread is None
    assert (reply.place.thread, reply.origin.thread) == ("1700000000.1", "1700000000.1")


def test_channels_of_an_organisation_are_its_own() -> None:
    found = from_message_event(event(thread_ts="1.1"), RequestContext(Workspace("T1", "E1"), "U0BOT", "help"))
    assert found is not None
    assert found.place.space == "slack:E1:C1"


IGNORED = {
    "outside all threads without a mention": {},
    "without words in a thread": {"thread_ts": "1.1", "text": " "},
    "from a bot": {"thread_ts": "1.1", "bot_id": "B1"},
    "from the bot itself": {"thread_ts": "1.1", "user": "U0BOT"},
    "from nobody": {"thread_ts": "1.1", "user": None},
    "somebody joined": {"thread_ts": "1.1", "subtype": "channel_join"},
}


@pytest.mark.parametrize("changes", IGNORED.values(), ids=IGNORED)
def test_what_is_ignored(changes: dict[str, object]) -> None:
    assert from_message_event(event(**changes), CONTEXT) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_messages_of_other_kinds_that_people_write(subtype: str) -> None:
    assert from_message_event(event(thread_ts="1.1", subtype=subtype), CONTEXT) is not None


def test_a_mention_without_words_asks_for_help() -> None:
    assert heard(type="app_mention", text="<@U0BOT>").message.content == Typed("help")


def test_a_press_carries_action_revision_and_card() -> None:
    found = pressed()
    assert found.message.content == Press(Action(Verb.ANSWER, ("data", "yes")), 3)
    assert found.message.id == "click:1700000002.1:1700000009.5:U1"
    assert (found.message.sender, found.message.at) == (Person("U1"), 1700000009)
    assert found.place == Place("slack:T1:C1", "1700000001.1")
    assert found.pressed == Card("1700000002.1", {"channel": "C1"})


def test_a_pick_from_a_menu() -> None:
    pick = {"type": "overflow", "action_id": "menu:1:7", "selected_option": {"value": "why"}, "action_ts": "1.5"}
    assert pressed(actions=[pick]).message.content == Press(Action(Verb.WHY), 7)


def test_a_press_on_something_that_only_one_person_sees_has_no_card() -> None:
    container = {"message_ts": "1.9", "channel_id": "C1", "thread_ts": "1.1", "is_ephemeral": True}
    found = pressed(container=container)
    assert found.pressed is None
    assert found.place.thread == "1.1"
    assert found.origin.ephemeral


def test_a_press_in_direct_messages_belongs_to_the_person() -> None:
    container = {"message_ts": "1.9", "channel_id": "D1"}
    found = pressed(container=container, channel={"id": "D1"})
    assert (found.place.space, found.place.direct) == ("slack:T1:U1", True)
    assert found.origin.thread is None


@pytest.mark.parametrize("action_id", ["answer:data", "launch:rockets", "", "menu:1:3"])
def test_an_unknown_button(action_id: str) -> None:
    button = {"type": "button", "action_id": action_id, "value": "3"}
    assert isinstance(from_block_actions(click(actions=[button]), CONTEXT), UnknownButton)


@pytest.mark.parametrize("value", [None, "", "x", "-1", "٣", "9" * 40])
def test_a_value_that_is_no_revision(value: str | None) -> None:
    button = {"type": "button", "action_id": "back", "value": value, "action_ts": "1.5"}
    assert pressed(actions=[button]).message.content == Press(Action(Verb.BACK), None)


def test_a_press_outside_of_messages_is_none() -> None:
    assert from_block_actions(click(container={}, channel=None), CONTEXT) is None


def test_what_is_noted_of_an_origin_leads_back_and_holds_no_secret() -> None:
    origin = Origin(Workspace("T1", "E1"), "C1", "1.1", "U1", "https://hooks/secret", ephemeral=True)
    assert "secret" not in str(origin.address)
    assert Origin.from_address(origin.address) == Origin(Workspace("T1", "E1"), "C1", "1.1", "U1")
    assert Origin.from_address(Origin(HERE, "D1", None, "U1").address) == Origin(HERE, "D1", None, "U1")


def test_a_time_that_no_calendar_has_is_none() -> None:
    assert pressed(actions=[{**click().actions[0].model_dump(), "action_ts": "99999999999.5"}]).message.at == 0


@pytest.mark.parametrize(
    ("changes", "permalink"),
    [
        ({}, "https://slack.com/archives/C1/p1700000001000200"),
        ({"thread_ts": "1700000001.000200"}, "https://slack.com/archives/C1/p1700000001000200"),
        (
            {"thread_ts": "1700000000.000100"},
            "https://slack.com/archives/C1/p1700000001000200?thread_ts=1700000000.000100&cid=C1",
        ),
        ({"channel": "D1", "channel_type": "im"}, "https://slack.com/archives/D1/p1700000001000200"),
    ],
)
def test_a_message_says_where_it_is(changes: dict[str, object], permalink: str) -> None:
    assert heard(text="<@U0BOT> hi", **changes).message.permalink == permalink


def test_a_press_says_where_its_card_is_unless_only_one_person_sees_that() -> None:
    assert pressed().message.permalink == "https://slack.com/archives/C1/p17000000021?thread_ts=1700000001.1&cid=C1"
    container = {"type": "message", "message_ts": "1700000002.1", "channel_id": "C1", "is_ephemeral": True}
    assert pressed(container=container).message.permalink is None


@pytest.mark.parametrize("wrong", [10**40, "\ud800", ["E1"], None, {}])
def test_what_is_no_id_of_slacks_names_no_workspace(wrong: object) -> None:
    assert Workspace.named("T1", wrong) == Workspace("T1")
    assert Workspace.named(wrong, "E1") == Workspace(None, "E1")
