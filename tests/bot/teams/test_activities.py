"""From activities to messages."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.teams.activities import ConversationType, IncomingActivity
from bot.teams.messages import from_execute_action, from_installation, from_message_activity
from dialogs.message import Action, Message, Person, Press, Typed, Verb

BOT = {"id": "28:bot", "name": "Advisor"}
BASE: dict[str, Any] = {
    "type": "message",
    "id": "a1",
    "timestamp": "2026-11-24T12:00:00.123Z",
    "channelId": "msteams",
    "serviceUrl": "https://smba.trafficmanager.net/teams/",
    "from": {"id": "29:ana", "name": "Ana", "aadObjectId": "aad-ana"},
    "recipient": BOT,
    "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "t1"},
    "text": "hi",
}
NOW = 5


def incoming(**changes: Any) -> IncomingActivity:
    return IncomingActivity.model_validate(BASE | changes)


def said(**changes: Any) -> Message:
    message = from_message_activity(incoming(**changes), NOW)
    assert message is not None
    return message


def mention(text: str, who: dict[str, str] = BOT) -> dict[str, Any]:
    return {"type": "mention", "text": text, "mentioned": who}


def test_a_typed_message() -> None:
    message = said()
    assert message.content == Typed("hi")
    assert message.id == "a1"
    assert message.sender == Person("aad-ana", "Ana")
    assert message.at == 1795521600
    assert message.addressed


def test_without_a_time_it_is_now() -> None:
    assert said(timestamp=None).at == NOW


def test_without_a_directory_id_the_accounts_own() -> None:
    assert incoming(**{"from": {"id": "29:ana"}}).person == Person("29:ana", None)


@pytest.mark.parametrize(
    ("text", "mentions", "said"),
    [
        ("<at>Advisor</at>&nbsp;1", [mention("<at>Advisor</at>")], "1"),
        ("<at>Advisor</at> start", [mention("<at>Advisor</at>")] * 2, "start"),
        ("<at>Advisor</at> Advisor yes", [mention("<at>Advisor</at>")], "Advisor yes"),
        ('<at id="0">Advisor</at> yes', [mention('<at id="0">Advisor</at>')], "yes"),
        ("ask <at>Jo</at> too", [mention("<at>Jo</at>", {"id": "29:jo", "name": "Jo"})], "ask Jo too"),
        (
            "<at>Data</at> <at>Data</at> knows",
            [mention("<at>Data</at>"), mention("<at>Data</at>", {"id": "29:d", "name": "Data"})],
            "Data knows",
        ),
        ("<at>Advisor</at> a &lt; b &amp; c", [mention("<at>Advisor</at>")], "a < b & c"),
        ("&lt;at&gt;Jo&lt;/at&gt;", [], "<at>Jo</at>"),
        ("  yes\xa0\n", [], "yes"),
        ("<at>Somebody</at> yes", [], "Somebody yes"),
        (
            "<at>Advisor</at> ask <at>Jo</at>, Advisor",
            [mention("<at>Advisor</at>"), mention("<at>Jo</at>", {"id": "29:jo", "name": "Jo"})],
            "ask Jo, Advisor",
        ),
        (None, [], ""),
    ],
)
def test_what_was_said(text: str | None, mentions: list[Any], said: str) -> None:
    assert incoming(text=text, entities=[{"type": "clientInfo", "locale": "en-US"}, *mentions]).typed_text == said


@pytest.mark.parametrize(
    ("conversation", "scope"),
    [
        ({"id": "a:1", "conversationType": "personal"}, ConversationType.PERSONAL),
        ({"id": "19:x@thread.v2", "conversationType": "groupChat"}, ConversationType.GROUP),
        ({"id": "19:x@thread.tacv2;messageid=1", "conversationType": "channel"}, ConversationType.CHANNEL),
        ({"id": "19:x@thread.tacv2;messageid=1"}, ConversationType.CHANNEL),
        ({"id": "19:x@thread.v2"}, ConversationType.GROUP),
        ({"id": "x", "isGroup": True}, ConversationType.GROUP),
        ({"id": "x@thread.skype"}, ConversationType.CHANNEL),
        ({"id": "a:1"}, ConversationType.PERSONAL),
        ({"id": "x", "isGroup": False}, ConversationType.PERSONAL),
        ({"id": "a:1", "conversationType": "something new"}, ConversationType.PERSONAL),
    ],
)
def test_scopes(conversation: dict[str, Any], scope: ConversationType) -> None:
    assert incoming(conversation=conversation).conversation_type is scope


def test_threads_of_a_channel_are_places_of_their_own() -> None:
    places = {
        incoming(conversation={"id": f"19:x@thread.tacv2;messageid={n}", "tenantId": "t1"}).place.key("p") for n in "12"
    }
    assert len(places) == 2


def test_the_tenant_may_stand_in_the_channels_data() -> None:
    found = incoming(conversation={"id": "a:1"}, channelData={"tenant": {"id": "t2"}, "team": {"id": "x"}})
    assert found.tenant == "t2"
    assert found.place.space == "teams:t2:a:1"


@pytest.mark.parametrize(
    ("scope", "changes", "addressed", "private"),
    [
        ("personal", {}, True, True),
        ("groupChat", {"entities": [mention("<at>Advisor</at>")]}, True, False),
        ("groupChat", {"entities": None}, False, False),
        ("groupChat", {"recipient": {**BOT, "isTargeted": True}}, True, True),
        ("channel", {"entities": [mention("<at>Jo</at>", {"id": "29:jo", "name": "Jo"})]}, False, False),
    ],
)
def test_who_is_spoken_to_and_who_else_reads_it(
    scope: str, changes: dict[str, Any], addressed: bool, private: bool
) -> None:
    message = said(conversation={"id": "x", "conversationType": scope}, **changes)
    assert (message.addressed, message.private) == (addressed, private)


ANSWER = {"verb": "answer", "question": "data", "option": "yes", "revision": 3}


def test_a_press_as_submit_is_looked_at_before_the_text() -> None:
    message = said(text=None, value=ANSWER, conversation={"id": "19:x@thread.v2"})
    assert message.content == Press(Action(Verb.ANSWER, ("data", "yes")), 3)
    assert message.addressed


@pytest.mark.parametrize("value", [{"verb": "dance"}, {"verb": "answer", "question": "data"}, {}, {"verb": 7}])
def test_a_button_that_is_not_there_any_more(value: dict[str, Any]) -> None:
    assert from_message_activity(incoming(text=None, value=value), NOW) is None
    half = {"type": "Action.Execute", "verb": "answer", "data": {"question": "data"}}
    assert from_execute_action(invoke({"action": half}), NOW) is None


def test_a_value_of_somebody_else_beside_a_text_is_ignored() -> None:
    assert said(value={"what": "ever"}).content == Typed("hi")


def invoke(value: Any) -> IncomingActivity:
    return incoming(type="invoke", name="adaptiveCard/action", value=value, text=None)


def pressed(value: Any) -> Message:
    message = from_execute_action(invoke(value), NOW)
    assert message is not None
    return message


def test_a_press_as_execute() -> None:
    action = {"type": "Action.Execute", "verb": "answer", "data": {"question": "data", "option": "no", "revision": 4}}
    assert pressed({"action": action}).content == Press(Action(Verb.ANSWER, ("data", "no")), 4)


@pytest.mark.parametrize("revision", [None, "3", True, 1.5, {}])
def test_a_revision_that_is_no_number_counts_as_none(revision: Any) -> None:
    action = {"type": "Action.Execute", "verb": "why", "data": {"revision": revision}}
    assert pressed({"action": action}).content == Press(Action(Verb.WHY), None)


BAD_VALUES = [
    None,
    {},
    "text",
    [],
    {"action": None},
    {"action": {"type": "Action.Submit", "verb": "why", "data": {}}},
    {"action": {"type": "Action.Execute", "data": {}}},
    {"action": {"type": "Action.Execute", "verb": "", "data": {}}},
    {"action": {"type": "Action.Execute", "verb": "why", "data": "text"}},
]


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("2026-11-24T12:00:00Z", 1_795_521_600),
        ("2026-11-24T12:00:00", 1_795_521_600),
        ("2026-11-24T13:00:00+01:00", 1_795_521_600),
        ("0001-01-01T00:00:00", -62_135_596_800),
    ],
)
def test_a_time_without_a_zone_is_utc(given: str, seconds: int) -> None:
    assert said(text="hi", timestamp=given).at == seconds


@pytest.mark.parametrize("value", BAD_VALUES)
def test_a_bad_execute(value: Any) -> None:
    with pytest.raises(ValueError, match="Execute"):
        from_execute_action(invoke(value), NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": ""},
        {"id": None},
        {"from": None},
        {"conversation": None},
        {"conversation": {"id": ""}},
        {"serviceUrl": None},
        {"timestamp": "yesterday"},
        {"text": 7},
        {"entities": "x"},
    ],
)
def test_what_is_no_activity(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        incoming(**changes)


def test_the_welcome_counts_once_for_a_conversation() -> None:
    first = from_installation(incoming(type="installationUpdate", id="e1", **{"from": None}), "help", NOW)
    second = from_installation(incoming(type="conversationUpdate", id="e2"), "help", NOW)
    assert first.id == second.id == "install:a:1"
    assert first.content == Typed("help")
    assert first.addressed


def test_only_the_bots_own_arrival_counts() -> None:
    assert incoming(membersAdded=[{"id": "29:x"}, BOT]).adds_bot
    assert not incoming(membersAdded=[{"id": "29:x"}]).adds_bot
    assert not incoming(membersAdded=None).adds_bot
    assert not incoming(membersAdded=[BOT], recipient=None).adds_bot


CHANNEL = {"id": "19:c@thread.tacv2;messageid=17", "conversationType": "channel", "tenantId": "t1"}
GROUP = {"id": "19:g@thread.v2", "conversationType": "groupChat", "tenantId": "t1"}
IN_CHANNEL = "https://teams.microsoft.com/l/message/19%3Ac%40thread.tacv2"
IN_GROUP = "https://teams.microsoft.com/l/message/19%3Ag%40thread.v2/{}?context=%7B%22contextType%22%3A%22chat%22%7D"


@pytest.mark.parametrize(
    ("changes", "permalink"),
    [
        ({}, "https://teams.microsoft.com/l/chat/0/0?users=28:bot"),
        ({"recipient": {"id": "bot"}}, None),
        ({"recipient": None}, None),
        ({"conversation": CHANNEL, "id": "17"}, f"{IN_CHANNEL}/17"),
        ({"conversation": CHANNEL, "id": "18"}, f"{IN_CHANNEL}/18?parentMessageId=17"),
        ({"conversation": GROUP, "id": "21"}, IN_GROUP.format("21")),
        (
            {"conversation": GROUP, "id": "f:2", "value": {"verb": "more"}, "text": None, "replyToId": "20"},
            IN_GROUP.format("20"),
        ),
        ({"conversation": GROUP, "recipient": {**BOT, "isTargeted": True}}, None),
    ],
)
def test_a_message_says_where_it_is(changes: dict[str, Any], permalink: str | None) -> None:
    message = said(**changes)
    assert message.permalink == permalink
