"""When something is out of order: a word to the person, nothing applied, never a 500, never a trace."""

import json
from collections import deque
from io import BytesIO
from typing import Any

import pytest

from bot.storage.errors import StorageUnavailable
from bot.teams.handler import MESSAGE_TYPE
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from tests.bot.teams.test_activities import BAD_VALUES
from tests.bot.teams.world import ANA, GROUP, WORDS, World, local
from tests.drivers.teams import read
from tests.faulty_platforms import ConnectorFault, FaultKind
from tests.local_token import BEARER


class Broken(Service):
    """Fails as it is told."""

    trouble: Exception | None = None

    async def process(self, *args: Any, **more: Any) -> Processed:
        if self.trouble is not None:
            raise self.trouble
        return await super().process(*args, **more)


@pytest.fixture
def broken(advisor: Any, stores: Any) -> Broken:
    return Broken(advisor, stores)


KEEP = {"type": "Action.Execute", "verb": "keep", "data": {"revision": 1}}
"""Shows the same question on the same card."""

NOBODY_TOLD = "Nobody could be told that a message was not processed"
"""What is logged for each request that Teams is to send again."""


async def test_redis_away_is_said_where_somebody_typed(broken: Broken) -> None:
    async with local(broken) as world:
        broken.trouble = StorageUnavailable("timeout")
        assert await world.people.say(ANA, "start") == (200, None)
        (shown,) = world.messages()
        assert read(shown.shown) == WORDS.channel["not_saved"]


async def test_redis_away_is_not_told_to_people_who_talk_to_each_other(broken: Broken, caplog: Any) -> None:
    async with local(broken, GROUP) as world:
        broken.trouble = StorageUnavailable("timeout")
        assert (await world.people.say(ANA, "lunch?", mention=False))[0] == 503
        assert not world.messages()
        assert caplog.text.count(NOBODY_TOLD) == 1


async def test_redis_away_is_said_where_somebody_pressed_and_the_card_stays(broken: Broken) -> None:
    async with local(broken) as world:
        broken.trouble = StorageUnavailable("timeout")
        status, body = await world.people.press(ANA, "m1", KEEP)
        assert (status, body) == (200, {"statusCode": 200, "type": MESSAGE_TYPE, "value": WORDS.channel["not_saved"]})


async def test_a_mistake_of_ours_is_told_without_a_trace(broken: Broken, caplog: pytest.LogCaptureFixture) -> None:
    async with local(broken) as world:
        broken.trouble = RuntimeError("a secret detail")
        assert await world.people.say(ANA, "what people write") == (200, None)
        (shown,) = world.messages()
        text = read(shown.shown)
        assert text.startswith("Something went wrong on my side")
        assert "secret" not in text
        reference = text.rpartition("Reference: ")[2].rstrip(".")
        assert reference in caplog.text
        assert "what people write" not in caplog.text


async def test_what_was_neither_taken_nor_told_is_to_be_delivered_again(broken: Broken, caplog: Any) -> None:
    async with local(broken) as world:
        broken.trouble = StorageUnavailable("timeout")
        world.connector.faults = deque([ConnectorFault(FaultKind.BAD_GATEWAY)])
        assert (await world.people.say(ANA, "start"))[0] == 503
        assert "A turn failed" not in caplog.text
        assert caplog.text.count(NOBODY_TOLD) == 1
        broken.trouble = None
        assert (await world.people.say(ANA, "start"))[0] == 200
        assert len(world.messages()) == 1


async def test_feedback_that_could_not_be_kept_is_to_be_delivered_again(broken: Broken, caplog: Any) -> None:
    async with local(broken) as world:
        broken.trouble = StorageUnavailable("timeout")
        assert (await world.people.feedback(ANA, "m1", up=True))[0] == 503
        assert caplog.text.count(NOBODY_TOLD) == 1


async def test_a_welcome_that_could_not_be_saved_is_to_be_delivered_again(broken: Broken, caplog: Any) -> None:
    async with local(broken) as world:
        broken.trouble = StorageUnavailable("timeout")
        assert [status for status, _ in await world.people.install(ANA)] == [503, 503]
        assert not world.messages()
        assert caplog.text.count(NOBODY_TOLD) == 2


@pytest.mark.parametrize(
    ("mistaken", "status", "logged"),
    [
        ("bot.teams.handler.TeamsHandler.message", 503, "A turn failed"),
        ("bot.turns.delivery.Delivery.deliver", 200, "could not be delivered"),
    ],
)
async def test_a_turn_that_fails_by_a_mistake_of_ours_is_to_be_delivered_again_and_its_reply_ends_in_the_log(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    mistaken: str,
    status: int,
    logged: str,
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(mistaken, broken)
    async with local(service) as world:
        assert await world.people.say(ANA, "start") == (status, None)
    assert logged in caplog.text


async def test_without_a_token_of_our_own_the_reply_stays_owed(signed_world: World, caplog: Any) -> None:
    signed_world.microsoft.refusal = "AADSTS7000222: The provided client secret keys are expired."
    assert (await signed_world.people.say(ANA, "start"))[0] == 200
    assert not signed_world.connector.calls
    assert "MICROSOFT_APP_PASSWORD has expired" in caplog.text


async def test_a_stale_token_costs_no_reply_and_no_second_card(signed_world: World, stores: Any) -> None:
    signed_world.connector.faults = deque([ConnectorFault(FaultKind.UNAUTHORIZED)])
    assert (await signed_world.people.say(ANA, "start"))[0] == 200
    (shown,) = signed_world.messages()
    signed_world.connector.faults = deque([ConnectorFault(FaultKind.UNAUTHORIZED)] * 2)
    assert (await signed_world.people.press(ANA, shown.id, KEEP))[0] == 200
    assert [message.id for message in signed_world.messages()] == [shown.id]
    assert await signed_world.recover() == 1
    assert [(message.id, message.edits) for message in signed_world.messages()] == [(shown.id, 1)]
    used = [call.authorization for call in signed_world.connector.calls]
    assert len(set(used)) == 3


@pytest.mark.parametrize("value", BAD_VALUES)
async def test_a_bad_press_is_a_400(value: Any, world: World) -> None:
    invoke = world.people.activity("invoke", ANA) | {"name": "adaptiveCard/action", "value": value}
    status, body = await world.people.send(invoke)
    assert (status, body["statusCode"], body["type"]) == (400, 400, "application/vnd.microsoft.error")


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"type": "\xff"}',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "an empty object": b"{}",
    "deep": b"[" * 50_000,
    "half a character": b'{"type": "message", "text": "\\ud800"}',
}


@pytest.mark.parametrize("body", BODIES)
async def test_a_malformed_body_is_a_400(body: str, world: World) -> None:
    assert await world.post(BODIES[body], **BEARER) == 400


CHANGES: dict[str, Any] = {
    "timestamp": "yesterday",
    "conversation": [],
    "from": "Ana",
    "id": 7,
    "text": {"a": 1},
    "serviceUrl": None,
    "entities": {"a": 1},
    "type": None,
    "recipient": [],
    "membersAdded": "x",
}


@pytest.mark.parametrize("field", CHANGES)
async def test_a_malformed_field_is_a_400(field: str, world: World) -> None:
    assert await world.post(_text(world, **{field: CHANGES[field]}), **BEARER) == 400
    assert not world.connector.calls


@pytest.mark.parametrize("bad", ["a1\r\nX-Evil: 1", "a\n", "\x00", "a\x7f", "\u2028"])
@pytest.mark.parametrize("where", ["id", "replyToId", "conversation", "serviceUrl", "recipient"])
async def test_a_line_break_in_an_id_is_a_400(where: str, bad: str, world: World) -> None:
    activity = world.people.activity("message", ANA)
    changes: dict[str, Any] = {
        "conversation": activity["conversation"] | {"id": bad},
        "recipient": {"id": bad},
        "serviceUrl": f"{world.people.service_url}{bad}",
    }
    assert await world.post(_text(world, **{where: changes.get(where, bad)}), **BEARER) == 400
    assert not world.connector.calls


@pytest.mark.parametrize("end", ["%1/amer/", "0000/", ":1/", "x"])
async def test_an_address_that_cannot_be_asked_for_is_a_400(end: str, world: World) -> None:
    for address in ("http://[", world.people.service_url.rstrip("/") + end):
        assert await world.post(_text(world, serviceUrl=address, text="start"), **BEARER) == 400


TIMES = ["0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]


@pytest.mark.parametrize("time", TIMES)
async def test_a_time_at_the_end_of_the_calendar_is_taken(time: str, world: World) -> None:
    for kind in ({"text": "start"}, {"value": {"verb": "answer", "question": "data", "option": "yes"}}):
        assert await world.post(_text(world, timestamp=time, **kind), **BEARER) == 200
    assert world.connector.calls


async def test_a_body_that_is_not_declared_as_json_is_a_400(world: World) -> None:
    """A page in a browser can send text to this machine without being asked, but not JSON."""
    assert await world.post(_text(world), Content_Type="text/plain", **BEARER) == 400
    assert await world.post(_text(world), Content_Type="application/json; charset=utf-8", **BEARER) == 200


async def test_a_body_beyond_all_measure_is_refused(world: World) -> None:
    assert await world.post(BytesIO(_text(world, text="x" * 2**20).encode()), **BEARER) == 413


def _text(world: World, **changes: Any) -> str:
    return json.dumps(world.people.activity("message", ANA) | {"text": "hi"} | changes)
