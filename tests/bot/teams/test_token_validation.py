"""Which tokens are valid: every bad one is a 401, never a 500, and nothing is done for it."""

import time
from typing import Any

import pytest

from bot.teams.http import LEEWAY
from bot.teams.signing_keys import MIN_AGE
from bot.turns.service import Service
from tests.bot.teams import microsoft
from tests.bot.teams.world import ANA, World, signed


async def test_a_good_token_is_let_in(signed_world: World) -> None:
    assert (await signed_world.people.say(ANA, "hi"))[0] == 200
    assert len(signed_world.messages()) == 1


@pytest.mark.parametrize(
    ("claim", "off", "status"),
    [("exp", -LEEWAY / 2, 200), ("exp", -1.5 * LEEWAY, 401), ("nbf", LEEWAY / 2, 200), ("nbf", 1.5 * LEEWAY, 401)],
)
async def test_clocks_may_differ_a_little(claim: str, off: float, status: int, signed_world: World) -> None:
    url = signed_world.people.service_url
    signed_world.people.token = lambda: microsoft.token(serviceurl=url, **{claim: int(time.time() + off)})
    assert (await signed_world.people.say(ANA, "hi"))[0] == status


BAD_TOKENS: dict[str, Any] = {
    "expired": {"exp": 1_600_000_000},
    "not yet valid": {"nbf": int(time.time()) + 4000},
    "without an end": {"exp": None},
    "for another app": {"aud": "another"},
    "without an audience": {"aud": None},
    "of another issuer": {"iss": "https://login.microsoftonline.com"},
    "without an issuer": {"iss": None},
    "for another service": {"serviceurl": "https://smba.trafficmanager.net/teams/"},
    "for no service": {"serviceurl": None},
    "by an unknown key": {"key": "stranger"},
    "by another key than it says": {"key": "stranger", "kid": "first"},
    "by a key that does not speak for Teams": {"key": "directline"},
}


@pytest.mark.parametrize("bad", BAD_TOKENS)
async def test_a_bad_token_is_refused(bad: str, signed_world: World) -> None:
    signed_world.microsoft.keys["directline"] = ["directline"]
    claims = {"serviceurl": signed_world.people.service_url, **BAD_TOKENS[bad]}
    signed_world.people.token = lambda: microsoft.token(**claims)
    assert await signed_world.people.say(ANA, "hi") == (401, None)
    assert not signed_world.connector.calls


def _unsigned() -> str:
    head, body, _ = microsoft.token().split(".")
    return f"Bearer {head}.{body}."


HEADERS = {
    "none": None,
    "empty": "",
    "garbage": "Bearer garbage",
    "three parts of garbage": "Bearer a.b.c",
    "not ASCII": "Bearer \u00e9.\u00e9.\u00e9",
    "no token": "Bearer ",
    "another scheme": "Basic dXNlcjpwYXNz",
    "a header of JSON that is no object": "Bearer W10.W10.W10",
    "unsigned": _unsigned(),
    "no algorithm": "Bearer eyJhbGciOiJub25lIn0.e30.",
}


@pytest.mark.parametrize("header", HEADERS)
async def test_a_bad_header_is_refused_even_with_a_bad_body(header: str, service: Service) -> None:
    given = HEADERS[header]
    async with signed(service) as world:
        headers = {} if given is None else {"Authorization": given}
        assert await world.post(b"no JSON", **headers) == 401
        assert not world.connector.calls


async def test_a_rotated_key_is_fetched(signed_world: World) -> None:
    assert (await signed_world.people.say(ANA, "hi"))[0] == 200
    url = signed_world.people.service_url
    signed_world.microsoft.keys["second"] = ["msteams"]
    signed_world.people.token = lambda: microsoft.token("second", serviceurl=url)
    signed_world.pass_time(MIN_AGE + 1)
    assert (await signed_world.people.say(ANA, "hi"))[0] == 200
    assert signed_world.microsoft.key_requests == 2


async def test_made_up_key_ids_do_not_make_us_ask_again_and_again(signed_world: World) -> None:
    url = signed_world.people.service_url
    signed_world.people.token = lambda: microsoft.token("stranger", serviceurl=url)
    for _ in range(5):
        assert (await signed_world.people.say(ANA, "hi"))[0] == 401
    assert signed_world.microsoft.key_requests == 1


async def test_while_no_keys_are_there_teams_is_asked_to_try_again(signed_world: World) -> None:
    signed_world.microsoft.down = True
    assert (await signed_world.people.say(ANA, "hi"))[0] == 503
