"""The local token: where it may stand in a request, and how a browser keeps it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar, web
from yarl import URL

from bot.server.local_token import LocalToken
from tests.drivers.local_server import serving

TOKEN = LocalToken("secret")


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """A server that says how it was shown the token, and hands it to the browser at /keep."""

    async def said(request: web.Request) -> web.Response:
        how = (TOKEN.is_sent(request), TOKEN.is_in_address(request), TOKEN.is_kept(request))
        response = web.json_response(how)
        if request.path == "/keep":
            TOKEN.keep(request, response)
        return response

    async with serving([web.get("/{any}", said)]) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "header", "sent", "in_address"),
    [
        ("/x", "Bearer secret", True, False),
        ("/x", "bearer secret", True, False),
        ("/x", "Basic secret", False, False),
        ("/x", "secret", False, False),
        ("/x", "Bearer other", False, False),
        ("/x", "", False, False),
        ("/x?token=secret", "", True, True),
        ("/x?token=secre", "", False, False),
        ("/x?token=", "", False, False),
        ("/x?token=secret", "Bearer other", True, True),
    ],
)
async def test_where_it_may_stand(url: str, path: str, header: str, sent: bool, in_address: bool) -> None:
    async with ClientSession() as http, http.get(f"{url}{path}", headers={"Authorization": header}) as answer:
        assert await answer.json() == [sent, in_address, False]


async def test_a_browser_keeps_it_for_this_port_alone(url: str) -> None:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:  # also of hosts without a name
        async with browser.get(f"{url}/keep") as answer:
            cookie = answer.cookies[f"advisor_token_{URL(url).port}"]
        assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("secret", True, "Strict", "/")
        assert cookie["max-age"] == cookie["expires"] == ""
        async with browser.get(f"{url}/x") as answer:
            assert await answer.json() == [False, False, True]
    for name, value in ((f"advisor_token_{URL(url).port}", "other"), ("advisor_token_1", "secret")):
        async with ClientSession() as other, other.get(f"{url}/x", headers={"Cookie": f"{name}={value}"}) as answer:
            assert await answer.json() == [False, False, False]


def test_an_empty_one_lets_nobody_in() -> None:
    with pytest.raises(ValueError, match="everybody"):
        LocalToken("")
    assert TOKEN.value == "secret"
