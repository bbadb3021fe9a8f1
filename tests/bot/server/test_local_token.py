"""The local token: where it may stand in a request, how a browser keeps it, and the file that hands it on."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar, web
from yarl import URL

from bot.server.local_token import LocalToken, token_file, token_from_file, token_on_file
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


def test_its_file_is_for_its_owner_and_there_for_as_long_as_it_holds(tmp_path: Path) -> None:
    state = tmp_path / "deep" / "state"
    assert token_from_file(state, 1) is None
    with token_on_file(state, 1, "secret"):
        assert token_from_file(state, 1) == "secret"
        assert token_from_file(state, 2) is None
        assert stat.S_IMODE(token_file(state, 1).stat().st_mode) == 0o600
        assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert token_from_file(state, 1) is None


def test_what_an_earlier_start_left_there_is_replaced(tmp_path: Path) -> None:
    token_file(tmp_path, 1).write_text("older")
    with token_on_file(tmp_path, 1, "secret"):
        assert token_from_file(tmp_path, 1) == "secret"
        token_file(tmp_path, 1).unlink()
    token_file(tmp_path, 1).write_text("")
    assert token_from_file(tmp_path, 1) is None
    token_file(tmp_path, 1).write_bytes(b"\xff")
    assert token_from_file(tmp_path, 1) is None


def test_where_it_cannot_be_written_a_warning_is_enough(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    ran = []
    with token_on_file(tmp_path / "file", 1, "secret"):
        ran.append("served")
    assert ran == ["served"]
    assert "could not be written" in caplog.text
    assert "secret" not in caplog.text
