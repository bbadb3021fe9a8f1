"""Slack in trouble, or not Slack at all, while the process starts and at the first message; tokens it does not take."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.config.environment import read_settings
from bot.playground.slack.workspace import Content, LocalWorkspace
from bot.slack.app import build
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs import catalogue
from tests.bot.slack.conftest import Opened
from tests.drivers.slack import Rig, opened, user
from tests.faulty_platforms import ApiFault

ANA = user("ana")


async def test_a_wrong_token_is_named_at_the_start(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        async with opened(service, {"SLACK_BOT_TOKEN": "xoxb-wrong"}) as rig:
            assert rig.visible(rig.workspace.direct(ANA)) == []
    assert "SLACK_BOT_TOKEN (invalid_auth)" in caplog.text


async def test_slack_out_of_reach_at_the_start_stops_nothing(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        async with opened(service, {"SLACK_API_URL": "http://127.0.0.1:1/api/"}) as rig:
            said = rig.workspace.post(rig.workspace.channel([ANA]).id, ANA, Content("hi", []))
            assert (await rig.people.send_event(rig.people.events(said)[0])).status == 503
    assert "out of reach" in caplog.text


IN_TROUBLE = [ApiFault(status=429), ApiFault(status=503), ApiFault(error="internal_error")]


@pytest.mark.parametrize("fault", IN_TROUBLE, ids=lambda f: f.error or str(f.status))
async def test_slack_in_trouble_at_the_start_loses_no_message(open_rig: Opened, fault: ApiFault) -> None:
    workspace = LocalWorkspace(time.time)
    channel = workspace.channel([ANA])
    again = ApiFault("auth.test", fault.status, fault.error, retry_after=60, times=99)
    async with open_rig(faults=[again], workspace=workspace) as rig:
        incoming = rig.people.events(rig.people.write(ANA, channel, f"@{workspace.bot} start"))[0]
        asked = await rig.people.command(ANA, channel, "start")
        assert [asked.status, (await rig.people.send_event(incoming)).status] == [503, 503]
        rig.api.faults.clear()
        assert (await rig.settled(rig.people.send_event(incoming, retry=1))).status == 200
        assert "Question 1 of 5" in rig.visible(channel)[0]


async def test_a_token_that_slack_does_not_take_is_no_reason_to_send_again(service: Service) -> None:
    async with opened(service, {"SLACK_BOT_TOKEN": "xoxb-wrong"}) as rig:
        said = rig.people.write(ANA, rig.workspace.channel([ANA]), f"@{rig.workspace.bot} start")
        assert (await rig.people.send_event(rig.people.events(said)[0])).status == 200


def test_a_token_in_the_environment_is_not_said_to_be_ignored(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    settings = read_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "x"})
    assert build(settings, service, catalogue.load()).app.client.token == "xoxb-1"
    assert caplog.text == ""


ODD = {
    "plain text": ApiFault(status=503, body="upstream connect error", kind="text/plain"),
    "a page": ApiFault(status=502, body="<html>bad gateway</html>"),
    "a page that is said to be JSON": ApiFault(status=502, body="<html>", kind="application/json"),
    "a list": ApiFault(status=503, body="[]", kind="application/json"),
    "a page of another host": ApiFault(body="<html>welcome</html>"),
    "plain text of another host": ApiFault(body="welcome", kind="text/plain"),
}


@pytest.fixture(params=ODD.values(), ids=ODD)
def odd(request: pytest.FixtureRequest) -> Callable[[str, int], ApiFault]:
    """What a proxy answers in Slack's place to the next calls of a method."""
    return lambda method, times: replace(request.param, method=method, times=times)


async def test_whatever_is_answered_at_the_start_the_process_starts(
    open_rig: Opened, caplog: pytest.LogCaptureFixture, odd: Callable[[str, int], ApiFault]
) -> None:
    fault = odd("auth.test", 99)
    async with open_rig(faults=[fault]) as rig:
        fault.times = 0
        told = [record.getMessage() for record in caplog.records if record.name == "bot.slack.web_api_errors"]
        channel = rig.workspace.channel([ANA])
        await rig.settled(rig.people.mention(ANA, channel, "start"))
        assert len(rig.visible(channel)) == 1
    assert len(told) == 1
    assert "out of reach" in told[0]


async def test_whatever_is_answered_to_an_edit_the_reply_stays_owed(
    rig: Rig, stores: Stores, odd: Callable[[str, int], ApiFault]
) -> None:
    await rig.settled(rig.people.mention(ANA, rig.workspace.channel([ANA]), "start"))
    rig.api.faults.append(odd("chat.update", 99))
    await rig.settled(rig.people.press(ANA, rig.workspace.messages[-1], "answer:data:yes"))
    assert len(await stores.outbox.claim(-1e9)) == 1
