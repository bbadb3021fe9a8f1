"""Behind a company's proxy: what leaves goes through it, signed by the company's own authority, but not to NO_PROXY."""

import asyncio
import json
import ssl
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from yarl import URL

from bot.config.proxy import _proxy, open_session
from bot.teams.client import ConnectorClient
from bot.teams.files import ChatFiles
from tests.bot.run import COMMAND, environment
from tests.bot.teams.microsoft import APP_ID, PASSWORD, Microsoft, private_key
from tests.drivers.proxy import proxy_to

SERVICE = "http://smba.test/emea"
LOGIN = "https://login.microsoftonline.com"
HOSTS = ("login.botframework.com", urlsplit(LOGIN).hostname or "", "slack.com")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("https://slack.com/api/", "http://proxy.corp:3128"),
        ("http://slack.com", None),
        ("https://a.internal.test", None),
        ("https://x.corp", None),
        ("https://127.0.0.1:1/", None),
        ("wss://wss-primary.slack.com/link", "http://proxy.corp:3128"),
        ("wss://wss.corp/link", None),
    ],
)
def test_a_proxy_is_for_its_scheme_and_not_for_what_no_proxy_names(address: str, proxy: str | None) -> None:
    proxies = {"https": "proxy.corp:3128", "no": "corp,.internal.test"}
    assert _proxy(proxies, URL(address)) == (None if proxy is None else URL(proxy))


async def test_without_a_proxy_a_session_is_aiohttps_own() -> None:
    async with open_session() as session:
        assert session._middlewares == ()


@pytest.mark.parametrize("excepted", [False, True])
async def test_replies_and_files_go_through_it(monkeypatch: pytest.MonkeyPatch, excepted: bool) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"id": "7"}) if request.method == "POST" else web.Response(body=b"one idea")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    async with proxy_to(server.port or 0) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address.replace("//", "//ana:pass@"))
        monkeypatch.setenv("NO_PROXY", "smba.test,files.test" if excepted else "")
        session = cache(open_session)
        client = ConnectorClient(
            session, None, lambda _: True, sleep=asyncio.sleep, clock=time.monotonic, random=lambda: 0.0
        )
        sent, files = "http://files.test/files/ideas", ChatFiles(Mock(), session, Mock(), local=True)
        try:
            if excepted:  # names of this kind are nobody's
                with pytest.raises(Exception, match="could not fetch"):
                    await files.fetch(sent, "http://files.test")
                assert proxy.asked == []
            else:
                assert await client.send("POST", SERVICE, ("chat",), "{}") == "7"
                assert await files.fetch(sent, "http://files.test") == b"one idea"
                assert proxy.asked == [f"{SERVICE}/v3/conversations/chat/activities", sent]
                assert all("Proxy-Authorization: Basic" in head for head in proxy.heads)
        finally:
            await session().close()
    await server.close()


def authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The file of a company's own authority, and a server that it vouches for."""
    key, name = private_key("authority"), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Corp")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    file, secret = folder / "corp.pem", folder / "key.pem"
    file.write_bytes(certificate.public_bytes(form))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(form, serialization.PrivateFormat.TraditionalOpenSSL, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return file, context


async def test_the_doctor_finds_slack_and_microsoft_through_it_by_the_companys_authority(tmp_path: Path) -> None:
    async def openid(_request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": "https://login.botframework.com/keys"})

    async def slack(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "team": "Acme"}, headers={"X-OAuth-Scopes": ""})

    app = web.Application()
    app.add_routes([web.get("/v1/.well-known/openidconfiguration", openid), web.post("/api/auth.test", slack)])
    app.add_routes(Microsoft(login=LOGIN).routes())
    file, context = authority(tmp_path)
    server = TestServer(app)
    await server.start_server(ssl=context)
    async with proxy_to(server.port or 0) as proxy:
        variables = environment(
            tmp_path,
            HTTPS_PROXY=proxy.address,
            SSL_CERT_FILE=str(file),
            SLACK_BOT_TOKEN="xoxb-good",
            SLACK_SIGNING_SECRET="0" * 32,
            MICROSOFT_APP_ID=APP_ID,
            MICROSOFT_APP_PASSWORD=PASSWORD,
            MICROSOFT_APP_TENANT_ID="0b7e9a4e-0000-4000-8000-000000000001",
            REDIS_URL="redis://127.0.0.1:1",
        )
        ran = await asyncio.create_subprocess_exec(
            *COMMAND, "doctor", "--json", env=variables, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await ran.communicate()
    await server.close()
    found = {finding["code"]: finding["status"] for finding in json.loads(said)["findings"]}
    assert (found["teams_keys"], found["teams_token"], found["slack_bot_token"]) == ("ok", "ok", "ok")
    assert {target.removesuffix(":443") for target in proxy.asked} == set(HOSTS)
