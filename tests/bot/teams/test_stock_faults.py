"""Faults of the stock classes, each beside the same request to ours.

A test of a stock class that fails means that the fault is gone there, and the mend may go as well.
"""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientSession, web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import AdaptiveCardInvokeResponse, ErrorResponseException
from botframework.connector.auth import (
    AuthenticationConstants,
    JwtTokenExtractor,
    PasswordServiceClientCredentialFactory,
)
from botframework.connector.auth.jwt_token_extractor import _OpenIdMetadata
from msrest.universal_http.requests import ClientRetryPolicy

from bot.teams.signing_keys import MIN_AGE
from bot.turns.service import Service
from tests.bot.teams import microsoft
from tests.bot.teams.microsoft import APP_ID, PASSWORD, Microsoft
from tests.bot.teams.world import ANA, World, local, signed
from tests.drivers.local_server import serving
from tests.faulty_platforms import ConnectorFault, FaultKind, FaultyConnector

OPENID = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
CARD = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": {"type": "AdaptiveCard"}}


class Stock(ActivityHandler):
    """A small bot as the SDK's samples have it."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity("hello")

    async def on_adaptive_card_invoke(self, turn_context: TurnContext, invoke_value: Any) -> Any:
        return AdaptiveCardInvokeResponse(status_code=200, type=CARD["type"], value=CARD["value"])


@asynccontextmanager
async def stock(app_id: str = "") -> AsyncIterator[Any]:
    """The stock adapter with that bot, on a socket; a way to post to it."""
    adapter = CloudAdapter(
        ConfigurationBotFrameworkAuthentication(SimpleNamespace(APP_ID=app_id, APP_PASSWORD=PASSWORD))
    )
    bot = Stock()

    async def messages(request: web.Request) -> web.StreamResponse:
        try:
            return await adapter.process(request, bot)
        except web.HTTPException:
            raise
        except Exception:
            # What aiohttp would do, without its trace in the log.
            return web.Response(status=500)

    async with serving([web.post("/", messages)]) as app, ClientSession() as http:

        async def post(activity: dict[str, Any], token: str | None = None) -> int:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with http.post(f"{app}/", json=activity, headers=headers) as response:
                return response.status

        yield post


def press(world: World, **action: Any) -> dict[str, Any]:
    pressed = {"type": "Action.Execute", "verb": "why", "data": {"revision": 1}, **action}
    return world.people.activity("invoke", ANA) | {"name": "adaptiveCard/action", "value": {"action": pressed}}


async def test_execute_answers_500_in_stock_and_a_card_here(service: Service) -> None:
    async with local(service) as world, stock() as post:
        await world.people.say(ANA, "start")
        assert await post(press(world)) == 500
        assert (await world.people.send(press(world)))[0] == 200


async def test_a_bad_press_is_500_in_stock_and_400_here(service: Service) -> None:
    async with local(service) as world, stock() as post:
        bad = press(world, type="Action.Submit")
        assert await post(bad) == 500
        assert (await world.people.send(bad))[0] == 400


async def test_a_bad_body_is_500_in_stock_and_400_here(service: Service) -> None:
    async with local(service) as world, stock() as post:
        bad = world.people.activity("message", ANA) | {"timestamp": "yesterday"}
        assert await post(bad) == 500
        assert (await world.people.send(bad))[0] == 400


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Microsoft:
    """Our keys in the stock cache, as if they had been fetched just now."""
    metadata = _OpenIdMetadata(OPENID)
    metadata.keys = [microsoft.jwk("first", ["msteams"])]
    metadata.last_updated = datetime.now()
    monkeypatch.setitem(JwtTokenExtractor.metadataCache, OPENID, metadata)
    return Microsoft()


@pytest.mark.parametrize(
    "claims", [{"exp": 1_600_000_000}, {"key": "stranger", "kid": "first"}, {"key": "stranger"}], ids=str
)
async def test_a_bad_token_is_500_in_stock_and_401_here(claims: Any, published: Microsoft, service: Service) -> None:
    async with signed(service) as world, stock(APP_ID) as post:
        url = world.people.service_url
        activity = world.people.activity("message", ANA) | {"text": "hi"}
        assert await post(activity, microsoft.token(serviceurl=url, **claims)) == 500
        world.people.token = lambda: microsoft.token(serviceurl=url, **claims)
        assert (await world.people.send(activity))[0] == 401


async def test_a_rotated_key_is_not_fetched_in_stock_but_here(published: Microsoft, service: Service) -> None:
    """The stock cache is two hours old, so that it would be allowed to fetch."""
    JwtTokenExtractor.metadataCache[OPENID].last_updated -= timedelta(hours=2)
    async with signed(service) as world, stock(APP_ID) as post:
        await world.people.say(ANA, "hi")
        url = world.people.service_url
        activity = world.people.activity("message", ANA) | {"text": "hi"}
        assert await post(activity, microsoft.token("second", serviceurl=url)) == 500
        world.microsoft.keys["second"] = ["msteams"]
        world.pass_time(MIN_AGE + 1)
        world.people.token = lambda: microsoft.token("second", serviceurl=url)
        assert (await world.people.send(activity))[0] == 200


async def test_every_turn_builds_new_credentials_in_stock_and_one_token_serves_all_here(service: Service) -> None:
    factory = PasswordServiceClientCredentialFactory(APP_ID, PASSWORD)
    made = [
        await factory.create_credentials(
            APP_ID, "https://api.botframework.com", "https://login.microsoftonline.com/", True
        )
        for _ in range(2)
    ]
    assert made[0] is not made[1]
    async with signed(service) as world:
        for _ in range(5):
            await world.people.say(ANA, "help")
        assert len(world.connector.calls) >= 5
        assert world.microsoft.token_requests == 1


def test_the_retry_policy_goes_through_a_list_in_stock() -> None:
    """About 500 000 comparisons, twice a turn."""
    assert isinstance(ClientRetryPolicy.safe_codes, list)
    assert len(ClientRetryPolicy.safe_codes) > 400


async def test_our_turns_do_not_build_that_policy(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[object] = []
    monkeypatch.setattr(ClientRetryPolicy, "__init__", lambda policy: built.append(policy))
    async with local(service) as world:
        await world.people.say(ANA, "hi")
        assert len(world.messages()) == 1
    assert not built


async def test_retry_after_is_ignored_in_stock_and_kept_here(service: Service) -> None:
    connector = FaultyConnector(faults=deque([ConnectorFault(FaultKind.TOO_MANY, retry_after=2)]))
    async with local(service) as world, serving(connector.routes()) as api:
        adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(SimpleNamespace(APP_ID="", APP_PASSWORD="")))
        client = await adapter.bot_framework_authentication.create_connector_factory(
            adapter.create_claims_identity("")
        ).create(f"{api}/", "")
        with pytest.raises(ErrorResponseException):
            await client.conversations.send_to_conversation("c", {"type": "message", "text": "hi"})
        world.connector.faults.append(ConnectorFault(FaultKind.TOO_MANY, retry_after=2))
        await world.people.say(ANA, "hi")
        assert world.pauses == [2.0]
        assert len(world.messages()) == 1
