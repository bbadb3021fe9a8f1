"""`advisor doctor` where Slack is out of reach: each token that could not be tried says so, with the address."""

import socket

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.config.environment import read_settings
from bot.slack.check import check

OVER_HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0" * 32}
OVER_A_SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.mark.parametrize(("tokens", "tried"), [(OVER_HTTP, 1), (OVER_A_SOCKET, 2)])
async def test_nobody_listens(tokens: dict[str, str], tried: int) -> None:
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
