"""Who is let in with a valid token, and who without an app id."""

import json
from functools import partial
from typing import Any
from unittest.mock import Mock
from urllib.parse import quote

import pytest
from aiohttp.test_utils import make_mocked_request
from aiohttp.web import Request
from yarl import URL

from bot.config.environment import read_settings
from bot.playground.teams.people import TENANT, TeamsChat
from bot.server.local_token import LocalToken
from bot.teams.activities import IncomingActivity
from bot.teams.app import PATH, build
from bot.teams.cloud import PUBLIC
from bot.teams.http import Caller, LocalAuthenticator, RequestRefused, TokenAuthenticator
from bot.turns.service import Service
from tests.bot.teams import microsoft
from tests.bot.teams.world import ANA, PERSONAL, WORDS, World, signed
from tests.local_token import LOCAL_TOKEN


async def test_other_channels_are_refused(signed_world: World) -> None:
    """Web chats let anybody say which tenant they are from."""
    activity = signed_world.people.activity("message", ANA) | {"text": "hi", "channelId": "webchat"}
    assert (await signed_world.people.send(activity))[0] == 401


NOT_ALLOWED = {
    "another host": "http://192.0.2.1:{port}/",
    "another port": "http://127.0.0.1:9/",
    "another scheme": "https://127.0.0.1:{port}/",
    "a name before another host": "http://127.0.0.1:{port}@192.0.2.1/",
    "a name before the host": "http://somebody@127.0.0.1:{port}/",
}


@pytest.mark.parametrize("service_url", NOT_ALLOWED.values(), ids=NOT_ALLOWED)
async def test_a_service_that_is_not_allowed_is_never_spoken_to(service_url: str, signed_world: World) -> None:
    url = service_url.format(port=URL(signed_world.people.service_url).port)
    signed_world.people.service_url = url
    signed_world.people.token = lambda: microsoft.token(serviceurl=url)
    assert (await signed_world.people.say(ANA, "hi"))[0] == 401


async def test_a_services_address_may_end_in_a_slash_or_not(signed_world: World) -> None:
    url = signed_world.people.service_url.rstrip("/")
    for named, signed_for in ((f"{url}/", url), (url, f"{url}/")):
        signed_world.people.service_url = named
        signed_world.people.token = partial(microsoft.token, serviceurl=signed_for)
        assert (await signed_world.people.say(ANA, "hi"))[0] == 200
    assert len(signed_world.messages()) == 2


def authorize(service_url: str, caller: Caller | None) -> None:
    """Whether the public cloud's authenticator lets an activity in."""
    activity = {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": "29:ana"},
        "conversation": {"id": "a:1", "tenantId": TENANT},
    }
    TokenAuthenticator(Mock(), PUBLIC, "app", (TENANT,)).authorize(IncomingActivity.model_validate(activity), caller)


@pytest.mark.parametrize("url", ["https://smba.trafficmanager.net/emea/", "HTTPS://SMBA.TrafficManager.net/emea/"])
def test_a_services_host_may_be_written_in_capitals(url: str) -> None:
    authorize(url, Caller(url, frozenset({"msteams"})))


def test_an_activity_without_a_checked_token_is_refused() -> None:
    with pytest.raises(RequestRefused) as refused:
        authorize("https://smba.trafficmanager.net/emea/", None)
    assert refused.value.status == 401


@pytest.mark.parametrize("tenant", ["another-tenant", ""])
async def test_another_tenant_is_refused_and_nothing_is_done(tenant: str, service: Service) -> None:
    async with signed(service, TeamsChat("a:1", "personal", tenant)) as world:
        assert (await world.people.say(ANA, "hi"))[0] == 403
        assert not world.connector.calls


async def test_the_apps_own_tenant_is_the_default(service: Service) -> None:
    home = "0b7e9a4e-0000-4000-8000-00000000000f"
    settings = {"ADVISOR_TENANTS": "", "MICROSOFT_APP_TENANT_ID": home, "MICROSOFT_APP_TYPE": "SingleTenant"}
    async with signed(service, TeamsChat("a:1", "personal", home.upper()), **settings) as world:
        assert (await world.people.say(ANA, "hi"))[0] == 200
        (call,) = world.connector.calls
        assert call.authorization == f"Bearer {home} https://api.botframework.com/.default 1"


async def test_a_tenants_id_may_be_set_in_capitals(service: Service) -> None:
    async with signed(service, ADVISOR_TENANTS=TENANT.upper()) as world:
        assert (await world.people.say(ANA, "hi"))[0] == 200


BEARER = f"Bearer {LOCAL_TOKEN}"


async def test_local_mode_takes_what_runs_here(world: World) -> None:
    assert (await world.people.say(ANA, "hi"))[0] == 200


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer x", f"Basic {LOCAL_TOKEN}", LOCAL_TOKEN])
async def test_local_mode_lets_nobody_in_without_the_token(header: str | None, world: World) -> None:
    headers = {} if header is None else {"Authorization": header}
    assert await world.post(_body(world), **headers) == 401
    assert await world.post(b"no JSON", **headers) == 401
    assert not world.connector.calls


@pytest.mark.parametrize(
    ("query", "status"), [(LOCAL_TOKEN, 200), ("", 401), ("x", 401), (f"{LOCAL_TOKEN}x", 401), ("\u00e9\ud800", 401)]
)
async def test_the_token_may_stand_in_the_address(query: str, status: int, world: World) -> None:
    world.people.token = None
    world.people.bot_url += f"?token={quote(query, errors='surrogatepass')}"
    assert (await world.people.say(ANA, "hi"))[0] == status


async def test_a_cookie_is_for_pages_and_lets_no_activity_in(world: World) -> None:
    cookie = f"advisor_token_{URL(world.app).port}={LOCAL_TOKEN}"
    assert await world.post(_body(world), Cookie=cookie) == 401


def test_unsigned_teams_needs_a_token(no_service: Service) -> None:
    with pytest.raises(ValueError, match="token"):
        build(read_settings({}), no_service, WORDS)


FORWARDED = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "CF-Connecting-IP"]


@pytest.mark.parametrize("header", FORWARDED)
async def test_local_mode_refuses_what_was_forwarded(header: str, world: World) -> None:
    assert await world.post(_body(world), Authorization=BEARER, **{header: "127.0.0.1"}) == 401


@pytest.mark.parametrize(
    "host", ["advisor.example.com", "advisor.example.com:3978", "192.0.2.1", "localhost.example.com"]
)
async def test_local_mode_refuses_other_names(host: str, world: World) -> None:
    assert await world.post(_body(world), Authorization=BEARER, Host=host) == 401


@pytest.mark.parametrize("host", ["localhost:3978", "127.0.0.1", "[::1]:3978"])
async def test_local_mode_knows_its_own_names(host: str, world: World) -> None:
    assert await world.post(_body(world), Authorization=BEARER, Host=host) == 200


@pytest.mark.parametrize(
    "peer", [("192.0.2.1", 5000), ("::ffff:192.0.2.1", 5000, 0, 0), ("fe80::1", 5000, 0, 1), "", None]
)
async def test_local_mode_refuses_callers_from_elsewhere(peer: Any) -> None:
    with pytest.raises(RequestRefused) as refused:
        await LocalAuthenticator(LocalToken(LOCAL_TOKEN)).authenticate(_request_from(peer))
    assert refused.value.status == 401


@pytest.mark.parametrize("peer", [("127.0.0.1", 5000), ("::1", 5000, 0, 0), ("::ffff:127.0.0.1", 5000, 0, 0)])
async def test_local_mode_takes_callers_from_here(peer: Any) -> None:
    assert await LocalAuthenticator(LocalToken(LOCAL_TOKEN)).authenticate(_request_from(peer)) is None


def _request_from(peer: Any) -> Request:
    transport = Mock()
    transport.get_extra_info.side_effect = lambda name: peer if name == "peername" else None
    headers = {"Host": "127.0.0.1:3978", "Authorization": BEARER}
    return make_mocked_request("POST", PATH, headers=headers, transport=transport)


SERVICES = [
    "https://smba.trafficmanager.net/teams/",
    "http://192.0.2.1/",
    "http://127.0.0.1@192.0.2.1/",
    "x",
    "ftp://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/admin?delete=",
    "http://127.0.0.1:{port}/admin?",
    "http://127.0.0.1:{port}/admin#",
    "http://127.0.0.1:{port}/#x",
]


@pytest.mark.parametrize("service_url", SERVICES)
async def test_local_mode_answers_to_this_machine_alone(service_url: str, world: World) -> None:
    world.people.service_url = service_url.format(port=URL(world.people.service_url).port)
    assert (await world.people.say(ANA, "hi"))[0] == 401
    assert not world.connector.calls


def _body(world: World) -> str:
    assert world.people.chat is PERSONAL
    return json.dumps(world.people.activity("message", ANA) | {"text": "hi"})
