"""What `advisor doctor` says about scopes and secrets of Slack's app."""

import socket

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.config.environment import read_settings
from bot.config.findings import Status
from bot.slack.authorization import SCOPES
from bot.slack.check import REQUIRED, _check_scopes, _check_signing_secret, check

OPTIONAL = sorted(set(SCOPES) - REQUIRED)


@pytest.mark.parametrize(
    ("lacking", "code", "status"),
    [
        ((), "slack_scopes", Status.OK),
        (OPTIONAL[:1], "slack_scope_optional", Status.LOOK),
        (sorted(REQUIRED)[:1], "slack_scope_missing", Status.BAD),
        ([*sorted(REQUIRED)[:1], *OPTIONAL[:1]], "slack_scope_missing", Status.BAD),
    ],
)
@pytest.mark.parametrize("name", ["x-oauth-scopes", "X-OAuth-Scopes"])
def test_scopes_that_are_missing_are_named(name: str, lacking: list[str], code: str, status: Status) -> None:
    given = [scope for scope in SCOPES if scope not in lacking]
    found = _check_scopes({"content-type": "x", name: ", ".join([*given, "another:scope"])})
    assert (found.code, found.status) == (code, status)
    assert all(scope in found.message for scope in lacking)
    assert not any(f" {scope}" in found.message for scope in given if status is not Status.OK)


def test_where_slack_says_nothing_nothing_is_known() -> None:
    assert _check_scopes({"content-type": "x"}).code == "slack_scopes_unknown"


@pytest.mark.parametrize(
    ("secret", "good"),
    [
        ("0" * 32, True),
        ("0123456789abcdef" * 2, True),
        ("0" * 31, False),
        ("0" * 33, False),
        ("g" * 32, False),
        ("", False),
    ],
)
def test_a_signing_secret_has_a_form(secret: str, good: bool) -> None:
    found = _check_signing_secret(secret)
    assert (found.status is Status.OK) is good
    assert not secret or secret not in found.message


OVER_HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0" * 32}
OVER_A_SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.mark.parametrize(("tokens", "tried"), [(OVER_HTTP, 1), (OVER_A_SOCKET, 2)])
async def test_each_token_that_could_not_be_tried_says_so_with_the_address(tokens: dict[str, str], tried: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/api/"
    chosen = read_settings({"SLACK_API_URL": address, **tokens})
    found = [finding async for finding in check(chosen) if finding.code != "slack_signing_secret"]
    assert [finding.code for finding in found] == ["slack_unreachable"] * tried
    assert all(address in finding.message for finding in found)


async def test_where_no_proxy_leads_none_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when it serves: nobody is at the proxy, and this machine takes none."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "team": "Acme", "url": "wss://wss.test"})

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    server = TestServer(app)
    await server.start_server()
    chosen = read_settings({"SLACK_API_URL": str(server.make_url("/api/")), **OVER_A_SOCKET})
    found = [finding.code async for finding in check(chosen)]
    await server.close()
    assert found == ["slack_bot_token", "slack_scopes_unknown", "slack_app_token"]
