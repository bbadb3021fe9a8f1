"""Where an activity happened, who sees what it is answered with, and what is in it."""

from typing import Any

import pytest

from bot.teams.activities import FILE_TYPE, REFERENCE_TYPE, ConversationType, IncomingActivity
from bot.teams.messages import Reaction, from_execute_action, from_feedback, from_message_activity
from dialogs.message import Action, Press, Typed, Verb
from tests.bot.teams.test_activities import BASE, BOT, mention

GROUP = {"id": "19:g@thread.v2", "conversationType": "groupChat", "tenantId": "t1"}
CHANNEL = {"id": "19:c@thread.tacv2;messageid=17", "conversationType": "channel", "tenantId": "t1"}
TARGETED = {"recipient": {**BOT, "isTargeted": True}}


def incoming(**changes: Any) -> IncomingActivity:
    return IncomingActivity.model_validate(BASE | changes)


def test_what_only_one_person_sees_is_a_place_of_its_own() -> None:
    shared, own = incoming(conversation=GROUP), incoming(conversation=GROUP, **TARGETED)
    assert (shared.targeted, own.targeted) == (False, True)
    assert shared.place.space == "teams:t1:19:g@thread.v2"
    assert own.place.space == "teams:t1:19:g@thread.v2:targeted:aad-ana"
    assert incoming(**TARGETED).targeted is False, "a chat with the bot alone is nobody else's anyway"
    for value in (
        {"targeted": True},
        {"action": {"data": {"targeted": True}}},
    ):
        assert incoming(conversation=GROUP, value=value).targeted
    for other in ({"targeted": "yes"}, {"action": {"data": 3}}, {"action": {"data": {}}}, "targeted", None):
        assert not incoming(conversation=GROUP, value=other).targeted
    assert incoming(conversation={"id": "19:x@thread.v2"}).place.space.startswith("teams:local:")


def test_an_address_is_what_is_needed_to_post_there_again() -> None:
    assert incoming(conversation=GROUP).address == {
        "service": BASE["serviceUrl"],
        "conversation": "19:g@thread.v2",
        "bot": "28:bot",
        "scope": "groupChat",
        "person": "29:ana",
    }
    assert incoming(conversation=GROUP, **TARGETED).address["targeted"] == "yes"
    bare = incoming(type="conversationUpdate", recipient=None, **{"from": None})
    assert (bare.address["bot"], "person" in bare.address, bare.person.id) == ("", False, "a:1")


@pytest.mark.parametrize(
    ("conversation", "kind"),
    [
        ({"id": "x", "conversationType": "personal"}, ConversationType.PERSONAL),
        ({"id": "x@thread.tacv2"}, ConversationType.CHANNEL),
        ({"id": "x@thread.skype"}, ConversationType.CHANNEL),
        ({"id": "19:x"}, ConversationType.GROUP),
        ({"id": "x", "isGroup": True}, ConversationType.GROUP),
        ({"id": "x", "isGroup": False}, ConversationType.PERSONAL),
        ({"id": "x", "conversationType": "later"}, ConversationType.PERSONAL),
    ],
)
def test_the_kind_of_a_conversation_is_told_by_its_type_or_its_id(
    conversation: dict[str, Any], kind: ConversationType
) -> None:
    assert incoming(conversation=conversation).conversation_type is kind


def message(**changes: Any) -> Any:
    found = from_message_activity(incoming(**changes), 5)
    assert found is not None
    return found


def test_who_is_spoken_to_and_who_else_reads_it() -> None:
    def told(**changes: Any) -> tuple[bool, bool]:
        return message(**changes).addressed, message(**changes).private

    assert told() == (True, True)
    assert told(conversation=GROUP) == (False, False)
    assert told(conversation=GROUP, text="<at>Advisor</at> hi", entities=[mention("<at>Advisor</at>")]) == (True, False)
    assert told(conversation=GROUP, **TARGETED) == (True, True)


def test_where_a_thread_and_a_message_are() -> None:
    root = "https://teams.microsoft.com/l/message/19%3Ac%40thread.tacv2"
    assert message(conversation=CHANNEL).link == f"{root}/17"
    assert message(conversation=CHANNEL, id="18").permalink == f"{root}/18?parentMessageId=17"
    assert message(conversation=CHANNEL, id="17").permalink == f"{root}/17"
    assert message(conversation=CHANNEL, **TARGETED).link is None
    assert message(conversation=CHANNEL, **TARGETED).permalink is None
    assert message(conversation=GROUP).link is None
    assert message(conversation=GROUP).permalink.startswith(
        "https://teams.microsoft.com/l/message/19%3Ag%40thread.v2/a1?"
    )
    assert message().permalink == "https://teams.microsoft.com/l/chat/0/0?users=28:bot"
    assert message(recipient={"id": "bot"}).permalink is None
    assert message(recipient=None).permalink is None
    press = incoming(type="invoke", conversation=GROUP, value={"verb": "back"}, replyToId="m7")
    assert press.permalink is not None
    assert "/m7?" in press.permalink
    assert press.pressed_card is not None
    assert press.pressed_card.message == "m7"
    assert incoming().pressed_card is None


def test_a_message_that_comes_again_under_another_id_is_known_by_its_moment() -> None:
    first, again, other = message(), message(id="a2"), message(id="a3", text="ho")
    assert first.fingerprint == again.fingerprint != other.fingerprint
    assert message(timestamp=None).fingerprint is None
    pressed = message(value={"verb": "back"}, text=None)
    assert (pressed.content, pressed.fingerprint) == (Press(Action(Verb.BACK)), None)


def test_a_press_is_read_with_its_revision() -> None:
    def pressed(data: dict[str, Any]) -> Any:
        value = {"action": {"type": "Action.Execute", "verb": "answer", "data": data}}
        return from_execute_action(incoming(type="invoke", value=value), 5)

    assert pressed({"question": "data", "option": "yes", "revision": 3}).content == Press(
        Action(Verb.ANSWER, ("data", "yes")), 3
    )
    assert pressed({"question": "data", "option": "yes", "revision": True}).content.revision is None
    assert pressed({"question": "data"}) is None
    assert from_message_activity(incoming(value={"verb": "dance"}, text=None), 5) is None
    assert message(value={"verb": "dance"}, text="hi").content == Typed("hi")


def test_files_are_those_that_may_be_fetched() -> None:
    def one(kind: str, content: Any = None, name: Any = "a") -> dict[str, Any]:
        return {"contentType": kind, "name": name, "content": content}

    found = incoming(
        attachments=[
            one(FILE_TYPE, {"downloadUrl": "https://x.org"}),
            one(REFERENCE_TYPE),
            one(FILE_TYPE, {"downloadUrl": 3}, 4),
            one("text/html", "x"),
            "x",
        ]
    ).files
    assert [(file.name, file.download_url) for file in found] == [("a", "https://x.org"), ("a", ""), ("", "")]
    assert incoming(attachments="x").files == ()
    assert incoming(attachments=None).files == ()


@pytest.mark.parametrize(
    ("feedback", "note"),
    [
        ("plain", "plain"),
        (' {"feedbackText": "words"}', "words"),
        ("{broken", "{broken"),
        ({"feedbackText": "words"}, "words"),
        ({"feedbackText": 3}, ""),
        ([1], ""),
        (None, ""),
        ('{"other": 1}', ""),
    ],
)
def test_what_a_person_wrote_to_their_feedback(feedback: Any, note: str) -> None:
    assert Reaction(reaction="like", feedback=feedback).note == note


def test_a_thumb_is_a_press_of_feedback() -> None:
    def thumb(reaction: str, feedback: Any = None) -> Any:
        value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": feedback}}
        return from_feedback(incoming(type="invoke", name="message/submitAction", value=value), 5).content

    assert thumb("like", " two\n words ") == Press(Action(Verb.FEEDBACK, ("up",)), note="two words")
    assert thumb("dislike") == Press(Action(Verb.FEEDBACK, ("down",)))
    with pytest.raises(ValueError, match="reaction"):
        thumb("meh")


def test_who_was_added_and_who_was_mentioned_is_told_by_id() -> None:
    other = {"id": "29:ben", "name": "Ben"}
    assert incoming(membersAdded=[other, BOT]).adds_bot
    assert not incoming(membersAdded=[other]).adds_bot
    assert not incoming(membersAdded=None).adds_bot
    assert not incoming(membersAdded=[BOT], recipient=None).adds_bot
    both = incoming(
        text="<at>Advisor</at> ask <at>Ben</at>, Advisor",
        entities=[mention("<at>Advisor</at>"), mention("<at>Ben</at>", other), {"type": "clientInfo"}],
    )
    assert (both.mentions_bot, both.typed_text) == (True, "ask Ben, Advisor")
    assert not incoming(entities=[mention("<at>Ben</at>", other)]).mentions_bot
    assert incoming(text=None).typed_text == ""
    assert incoming(text="a&nbsp;&lt;b <at>x</at>").typed_text == "a <b x"


def test_entities_may_be_missing_or_nothing() -> None:
    assert incoming(entities=None).mentions == ()
    assert incoming(entities=[{"type": "clientInfo"}]).mentions == ()
