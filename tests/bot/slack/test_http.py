"""Nobody gets in without Slack's signature, or with an old one; nothing malformed does, and nothing ends in 500."""

import hashlib
import hmac
import json
import logging
import time
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.api import WebApi
from bot.playground.slack.payloads import envelope
from bot.playground.slack.people import FORM, SlackPeople
from bot.playground.slack.workspace import LocalWorkspace
from bot.server.metrics import Metrics
from bot.server.request_body import MAX_BODY
from bot.slack.http import MAX_AGE, parse_body
from bot.slack.payloads import MalformedRequest
from bot.turns.service import Service
from tests.bot.slack.conftest import Opened
from tests.drivers.local_server import serving
from tests.drivers.slack import SECRET, Rig, user

CHALLENGE = json.dumps({"type": "url_verification", "challenge": "c0ffee", "token": "t"}).encode()


async def test_the_address_is_verified_by_its_challenge(rig: Rig) -> None:
    answer = await rig.people.send(CHALLENGE)
    assert (answer.status, json.loads(answer.text)) == (200, {"challenge": "c0ffee"})


async def test_the_check_of_the_certificate_is_answered(rig: Rig) -> None:
    assert (await rig.people.send(b"ssl_check=1&token=t", FORM)).status == 200


UNSIGNED = {
    "no signature": {"X-Slack-Signature": ""},
    "another's signature": {"X-Slack-Signature": "v0=" + "0" * 64},
    "another version": {"X-Slack-Signature": "v1=" + "0" * 64},
    "not hexadecimal": {"X-Slack-Signature": "v0=" + "z" * 64},
    "not even ASCII": {"X-Slack-Signature": "v0=" + "é" * 64},
    "no time": {"X-Slack-Request-Timestamp": ""},
    "a time that is no number": {"X-Slack-Request-Timestamp": "soon"},
    "a time in other digits": {"X-Slack-Request-Timestamp": "١٧٠٠٠٠٠٠٠٠"},
    "a negative time": {"X-Slack-Request-Timestamp": "-1"},
}


@pytest.mark.parametrize("headers", UNSIGNED.values(), ids=UNSIGNED)
async def test_unsigned_is_401(rig: Rig, headers: dict[str, str]) -> None:
    assert (await rig.people.send(CHALLENGE, headers=headers)).status == 401


NOW = 1_800_000_000


@pytest.mark.parametrize("off", [-MAX_AGE - 1, MAX_AGE + 1, -360, 86400])
async def test_another_time_is_401(open_rig: Opened, off: int) -> None:
    async with open_rig(now=lambda: NOW + 0.9) as rig:
        assert (await rig.people.send(CHALLENGE, at=NOW + off)).status == 401


@pytest.mark.parametrize("off", [-MAX_AGE, MAX_AGE])
async def test_a_small_difference_of_clocks_is_fine(open_rig: Opened, off: int) -> None:
    async with open_rig(now=lambda: NOW + 0.9) as rig:
        assert (await rig.people.send(CHALLENGE, at=NOW + off)).status == 200


async def test_the_signature_covers_every_byte(rig: Rig) -> None:
    stamp = str(int(rig.workspace.clock()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + CHALLENGE, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
    assert (await rig.people.send(CHALLENGE, headers=headers)).status == 200
    assert (await rig.people.send(CHALLENGE + b" ", headers=headers)).status == 401


JSON = "application/json"
MALFORMED = {
    "empty": (b"", JSON),
    "cut off": (b'{"type": "event_callback"', JSON),
    "no object": (b"[1, 2]", JSON),
    "null": (b"null", JSON),
    "too deep": (b"[" * 100_000, JSON),
    "a little too deep": (b'{"type": "x", "deep": ' + b"[" * 250 + b"]" * 250 + b"}", JSON),
    "half a character": (b'{"type": "x", "name": "\\ud800"}', JSON),
    "a time that no calendar has": (
        b'{"type": "event_callback", "event": {"type": "message", "channel": "D1", "ts": "99999999999.1"}}',
        JSON,
    ),
    "not UTF-8": (b'{"type": "\xff"}', JSON),
    "an empty object": (b"{}", JSON),
    "a type that is none": (b'{"type": 5}', JSON),
    "no event": (b'{"type": "event_callback"}', JSON),
    "an event that is a list": (b'{"type": "event_callback", "event": []}', JSON),
    "a message without a channel": (
        b'{"type": "event_callback", "event": {"type": "message", "ts": "1.1"}}',
        JSON,
    ),
    "a team that is a number": (
        b'{"type": "event_callback", "team": 5, "event": {"type": "app_home_opened"}}',
        JSON,
    ),
    "no form": (b"%%%", FORM),
    "an empty form": (b"", FORM),
    "a payload that is no JSON": (b"payload=%7B", FORM),
    "a payload that is no object": (b"payload=1", FORM),
    "a click on nothing": (urlencode({"payload": '{"type": "block_actions", "actions": []}'}).encode(), FORM),
    "a shortcut without a trigger": (
        urlencode({"payload": '{"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}}'}).encode(),
        FORM,
    ),
    "a command of nobody": (b"command=%2Fadvisor&text=hi", FORM),
}


@pytest.mark.parametrize(("body", "content_type"), MALFORMED.values(), ids=MALFORMED)
async def test_malformed_is_400(rig: Rig, body: bytes, content_type: str) -> None:
    assert (await rig.people.send(body, content_type)).status == 400
    assert rig.visible(rig.workspace.direct(user("ana"))) == []


async def test_too_large_is_413(rig: Rig) -> None:
    assert (await rig.people.send(b'{"a": "' + b"x" * MAX_BODY + b'"}')).status == 413


NAMES = (
    "type", "event", "channel", "user", "team", "ts", "text", "actions", "container", "authorizations", "id", "message",
    "enterprise", "command", "view", "bot_id", "thread_ts", "payload", "action_id", "is_ext_shared_channel",
)  # fmt: skip
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)
kinds = st.sampled_from(
    ["event_callback", "block_actions", "view_submission", "shortcut", "message_action", "message", "app_mention"]
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(body=st.dictionaries(st.text(max_size=9), json_values, max_size=4), kind=kinds, event=json_values)
async def test_no_body_leads_to_a_server_error(rig: Rig, body: dict, kind: str, event: object) -> None:
    answer = await rig.people.send(json.dumps({**body, "type": kind, "event": event}).encode())
    assert answer.status in (200, 400)


async def test_what_nobody_knows_is_acknowledged(rig: Rig) -> None:
    assert (await rig.people.send_event({"type": "reaction_added", "user": user("ana")})).status == 200
    assert (await rig.people.send_payload({"type": "view_closed", "view": {}})).status == 200


async def test_a_command_that_says_payload_is_received(rig: Rig) -> None:
    channel = rig.workspace.channel([user("ana")], with_bot=False)
    answer = await rig.settled(
        rig.people.command(user("ana"), channel, "should we fine-tune on every payload we have?")
    )
    assert answer.status == 200
    assert "Question 1 of" in rig.visible(rig.workspace.direct(user("ana")))[-1]


async def test_bolt_itself_still_loses_such_a_command() -> None:
    """Once this fails, Bolt has mended it and `http` may hand over forms as they are."""
    received: list[str] = []
    workspace = LocalWorkspace(time.time)
    async with serving(WebApi(workspace).app()) as api_url, ClientSession() as http:
        client = AsyncWebClient(workspace.token, base_url=f"{api_url}/api/")
        bolt = AsyncApp(name="stock", client=client, signing_secret=SECRET)

        @bolt.command("/advisor")
        async def hear(ack, body) -> None:  # type: ignore[no-untyped-def]
            received.append(body["text"])
            await ack()

        async with serving(bolt.web_app()) as url:
            people = SlackPeople(workspace, f"{url}/slack/events", api_url, SECRET, http)
            fine = await people.command("U0ANA", workspace.direct("U0ANA"), "every message we have")
            lost = await people.command("U0ANA", workspace.direct("U0ANA"), "every payload we have")
    assert (fine.status, lost.status, received) == (200, 404, ["every message we have"])


async def test_no_word_of_a_refused_body_is_logged(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await rig.people.send(b'{"secret": "swordfish"}', headers={"X-Slack-Signature": "v0=" + "0" * 64})
        await rig.people.send(b'{"type": "event_callback", "event": {"type": "message", "text": "swordfish"}}')
    assert caplog.records
    assert "swordfish" not in caplog.text


@pytest.mark.parametrize("levels", [190, 250, 1_000])
async def test_a_body_is_refused_or_heard_however_deep_it_is(rig: Rig, levels: int) -> None:
    """The deepest that the parser takes passes through Bolt and everything else without an error."""
    said = rig.people.write(user("ana"), rig.workspace.direct(user("ana")), "should we fine-tune on tickets?")
    (event,) = rig.people.events(said)
    event["blocks"] = "deep"
    body = json.dumps(envelope(rig.workspace, event, "Ev1")).replace('"deep"', "[" * levels + "]" * levels).encode()
    is_heard = levels < 200
    assert (await rig.people.send(body)).status == (200 if is_heard else 400)
    await rig.settled()
    assert bool(rig.visible(rig.workspace.direct(user("ana")))) is is_heard


async def test_a_body_of_many_parts_is_heard(rig: Rig) -> None:
    """Far more brackets than the levels that a body may have, but all side by side."""
    said = rig.people.write(user("ana"), rig.workspace.direct(user("ana")), "should we fine-tune on tickets?")
    (event,) = rig.people.events(said)
    event["blocks"] = [{"type": "rich_text", "elements": []}] * 500
    assert (await rig.settled(rig.people.send_event(event))).status == 200
    assert "Question 1 of" in rig.visible(rig.workspace.direct(user("ana")))[-1]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "malformed: it cannot be parsed"),
        (b"[1]", "malformed: it is no object"),
        (b'{"type": "event_callback", "event": []}', "malformed: event"),
        (b'{"type": "event_callback", "team": 5, "event": {"type": "app_home_opened"}}', "malformed: its ids"),
    ],
)
async def test_operators_read_what_is_wrong_with_a_body(
    rig: Rig, caplog: pytest.LogCaptureFixture, body: bytes, said: str
) -> None:
    with caplog.at_level(logging.INFO, "bot.slack.http"):
        await rig.people.send(body)
    assert [record.getMessage() for record in caplog.records if record.name == "bot.slack.http"] == [
        f"A signed request was {said}"
    ]


def test_a_payload_field_wins_over_its_neighbours() -> None:
    assert parse_body(b"payload=%7B%22type%22%3A%22x%22%7D&text=y", FORM) == {"type": "x"}


def test_the_fields_of_a_form_may_be_empty() -> None:
    assert parse_body(b"text=&command=%2Fadvisor&a=%C3%A9+b", FORM) == {"text": "", "command": "/advisor", "a": "é b"}


def test_a_form_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(MalformedRequest):
        parse_body(b"text=\xff", FORM)


async def test_a_rate_limit_of_slack_is_logged_and_counted(
    open_rig: Opened, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    counted = Metrics()
    service.observer = counted
    ids = {"token": "t", "team_id": "T1", "api_app_id": "A1"}
    body = {"type": "app_rate_limited", "minute_rate_limited": 1_800_000_000, **ids}
    async with open_rig() as rig:
        assert (await rig.people.send(json.dumps(body).encode())).status == 200
    assert counted.registry.get_sample_value("advisor_slack_rate_limited_total") == 1
    assert "Slack dropped events" in caplog.text
