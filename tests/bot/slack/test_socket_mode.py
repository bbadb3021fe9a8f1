"""Socket Mode: the same turns over a connection that the advisor opens."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.playground.slack import payloads
from bot.turns.service import Service
from tests.bot.slack.conftest import Opened
from tests.drivers.slack import Rig, opened, user
from tests.faulty_platforms import ApiFault
from tests.patience import HUNG

ANA = user("ana")
SOCKET = {"SLACK_APP_TOKEN": "xapp-playground", "SLACK_SIGNING_SECRET": ""}


@pytest.fixture
async def socket_rig(open_rig: Opened) -> AsyncIterator[Rig]:
    async with open_rig(SOCKET) as rig:
        yield rig


async def test_a_conversation_over_a_socket(socket_rig: Rig) -> None:
    rig, workspace, sockets = socket_rig, socket_rig.workspace, socket_rig.api.sockets
    channel = workspace.channel([ANA])
    said = rig.people.write(ANA, channel, f"@{workspace.bot} start")
    for event in rig.people.events(said):
        await sockets.send("events_api", payloads.envelope(workspace, event, "Ev1"))
    await rig.settled()
    card = workspace.messages[-1]
    assert "Question 1 of 5" in card.content.text
    await sockets.send("interactive", rig.people.click(ANA, card, "answer:data:yes"))
    await rig.settled()
    assert "Question 2 of 5" in card.content.text
    fields = payloads.command(workspace, ANA, channel, "/advisor", "every payload", f"{rig.people.api}/response/x")
    answer = await sockets.send("slash_commands", dict(fields))
    await rig.settled()
    assert "direct message" in answer["text"]
    assert len(rig.visible(workspace.direct(ANA))) == 1
    assert not rig.refused()


async def test_a_socket_that_no_proxy_names_takes_none(open_rig: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is at the proxy, and this machine takes none: the SDK's own choice would end there."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with open_rig(SOCKET) as rig:
        assert rig.slack.socket_mode is not None
        await asyncio.wait_for(rig.slack.socket_mode.connected(), HUNG)


def test_without_a_signing_secret_nothing_is_served_over_http(socket_rig: Rig) -> None:
    assert socket_rig.slack.routes == ()


async def test_slack_out_of_reach_does_not_keep_the_process_from_starting(service: Service) -> None:
    async with opened(service, {**SOCKET, "SLACK_API_URL": "http://127.0.0.1:1/api/"}) as rig:
        assert rig.slack.socket_mode is not None


async def test_a_wrong_app_token_is_named(open_rig: Opened, caplog: pytest.LogCaptureFixture) -> None:
    async with open_rig(SOCKET, faults=[ApiFault("apps.connections.open", error="invalid_auth")]) as rig:
        await rig.slack.socket_mode.connected()
    assert "SLACK_APP_TOKEN (invalid_auth)" in caplog.text


async def test_the_first_address_is_used(socket_rig: Rig) -> None:
    assert socket_rig.slack.socket_mode is not None
    await socket_rig.slack.socket_mode.connected()
    assert [call.method for call in socket_rig.api.calls].count("apps.connections.open") == 1


async def test_a_lost_connection_is_opened_again(socket_rig: Rig) -> None:
    rig, sockets = socket_rig, socket_rig.api.sockets
    assert rig.slack.socket_mode is not None
    await rig.slack.socket_mode.connected()
    await sockets.close()
    channel = rig.workspace.channel([ANA])
    said = rig.people.write(ANA, channel, f"@{rig.workspace.bot} start")
    event = payloads.envelope(rig.workspace, rig.people.events(said)[0], "Ev1")
    await sockets.send("events_api", event)
    await rig.settled()
    assert len(rig.visible(channel)) == 1


async def test_what_is_malformed_is_refused_over_a_socket_as_well(socket_rig: Rig) -> None:
    event = {"type": "message", "channel": "D1", "channel_type": "im", "user": ANA, "text": "start", "ts": "soon"}
    body = payloads.envelope(socket_rig.workspace, event, "Ev1")
    answer = await socket_rig.slack.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    assert answer.status == 400


async def test_a_form_over_a_socket(socket_rig: Rig) -> None:
    rig, workspace, sockets = socket_rig, socket_rig.workspace, socket_rig.api.sockets
    await sockets.send("interactive", payloads.shortcut(workspace, ANA, "advice_form", None, ""))
    await rig.settled()
    answers = dict.fromkeys(("data", "volume", "domain", "budget", "consistency"), "unsure")
    answer = await sockets.send("interactive", rig.people.submission(ANA, dict.fromkeys(answers)))
    assert set(answer["errors"]) == {"idea"}
    answer = await sockets.send("interactive", rig.people.submission(ANA, answers))
    assert answer["response_action"] == "update"
    assert "Prompt engineering" in str(answer["view"]["blocks"])
