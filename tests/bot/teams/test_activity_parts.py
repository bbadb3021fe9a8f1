"""Where an activity happened, who sees what it is answered with, and what is in it."""

from typing import Any

import pytest

from bot.teams.messages import Reaction, from_feedback
from dialogs.message import Action, Press, Verb
from tests.bot.teams.test_activities import BASE, BOT, CHANNEL, GROUP, incoming, said

TARGETED = {"recipient": {**BOT, "isTargeted": True}}


def test_what_only_one_person_sees_is_a_place_of_its_own() -> None:
    shared, own = incoming(conversation=GROUP), incoming(conversation=GROUP, **TARGETED)
    assert (shared.targeted, own.targeted) == (False, True)
    assert shared.place.space == "teams:t1:19:g@thread.v2"
    assert own.place.space == "teams:t1:19:g@thread.v2:targeted:aad-ana"
    assert incoming(**TARGETED).targeted is False, "a chat with the bot alone is nobody else's anyway"
    for value in ({"targeted": True}, {"action": {"data": {"targeted": True}}}):
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


def test_where_a_thread_and_a_pressed_card_are() -> None:
    assert said(conversation=CHANNEL).link == "https://teams.microsoft.com/l/message/19%3Ac%40thread.tacv2/17"
    assert said(conversation=CHANNEL, **TARGETED).link is None
    assert said(conversation=GROUP).link is None
    press = incoming(type="invoke", conversation=GROUP, value={"verb": "back"}, replyToId="m7")
    assert press.permalink is not None
    assert "/m7?" in press.permalink
    assert press.pressed_card is not None
    assert press.pressed_card.message == "m7"
    assert incoming().pressed_card is None


def test_a_message_that_comes_again_under_another_id_is_known_by_its_moment() -> None:
    first, again, other = said(), said(id="a2"), said(id="a3", text="ho")
    assert first.fingerprint == again.fingerprint != other.fingerprint
    assert said(timestamp=None).fingerprint is None
    pressed = said(value={"verb": "back"}, text=None)
    assert (pressed.content, pressed.fingerprint) == (Press(Action(Verb.BACK)), None)


FILE_TYPE = "application/vnd.microsoft.teams.file.download.info"


def test_files_are_those_that_may_be_fetched() -> None:
    def one(kind: str, content: Any = None, name: Any = "a") -> dict[str, Any]:
        return {"contentType": kind, "name": name, "content": content}

    found = incoming(
        attachments=[
            one(FILE_TYPE, {"downloadUrl": "https://x.org"}),
            one("reference"),
            one(FILE_TYPE, {"downloadUrl": 3}),
            one("text/html", "x"),
            "x",
        ]
    ).files
    assert [(file.name, file.download_url) for file in found] == [("a", "https://x.org"), ("a", "")]
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
