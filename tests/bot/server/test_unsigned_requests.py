"""What a request costs that nobody has signed: the server's processor time, whatever is sent and wherever."""

import gzip
import socket
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.server.request_body import MAX_BODY
from tests.bench.processes import cpu_of
from tests.patience import HUNG
from tests.serving import address, serving
from tests.thinned import one_in

MOST = 0.3
"""Seconds of processor time."""

PUBLIC = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "quiet",
    "SLACK_SIGNING_SECRET": "quiet",
    "MICROSOFT_APP_ID": "00000000-0000-0000-0000-000000000001",
    "MICROSOFT_APP_PASSWORD": "quiet",
    "MICROSOFT_APP_TENANT_ID": "00000000-0000-0000-0000-000000000002",
    "ADVISOR_MCP_TOKEN": "quiet",
}

ROUTES = {
    "public": [
        "POST /slack/events",
        "GET /slack/install",
        "GET /slack/oauth_redirect",
        "POST /api/messages",
        "POST /mcp",
        "GET /healthz",
        "GET /metrics",
        "POST /nowhere",
    ],
    "local": ["POST /api/messages", "POST /mcp", "GET /", "POST /playground/say", "GET /playground/state"],
}

SIGNED = "X-Slack-Request-Timestamp: 1\r\nX-Slack-Signature: v0=" + "0" * 64
NESTED = urlsafe_b64encode(b'{"kid":' + b"[" * 5000).decode()

HOSTILE: dict[str, tuple[str, str, list[bytes]]] = {
    "a slow charset": ("", "Content-Type: text/plain; charset=punycode", [b"a" * MAX_BODY]),
    "a slow charset, compressed": (
        "",
        "Content-Type: text/plain; charset=punycode\r\nContent-Encoding: gzip",
        [gzip.compress(b"a" * MAX_BODY)],
    ),
    "a bomb": ("", "Content-Encoding: gzip", [gzip.compress(b"0" * (100 * MAX_BODY))]),
    "tiny chunks": ("", "Transfer-Encoding: chunked", [b"1\r\nx\r\n" * 4096] * 256 + [b"0\r\n\r\n"]),
    "without an end": ("", "Transfer-Encoding: chunked", [b"10000\r\n" + b"x" * 65536 + b"\r\n"] * 4096),
    "tiny chunks without an end": ("", "Transfer-Encoding: chunked", [b"1\r\nx\r\n" * 8192] * 1024),
    "a long extension": ("", "Transfer-Encoding: chunked", [b"1;", *[b"x=y;" * (MAX_BODY // 4)] * 32]),
    "trailers without an end": ("", "Transfer-Encoding: chunked", [b"0\r\n", *[b"X: y\r\n" * 65536] * 64]),
    "longer than it may be": ("", f"Content-Length: {256 * MAX_BODY}", [b"x" * MAX_BODY] * 256),
    "nested": ("", "Content-Type: application/json", [b"[" * MAX_BODY]),
    "a form": ("", "Content-Type: application/x-www-form-urlencoded", [b"%25&" * (MAX_BODY // 4)]),
    "a long address": ("?" + "%ff&;=" * 1300, "", []),
    "a long state": ("?code=x&state=" + "." * 8000, "Cookie: slack-app-oauth-state=" + "." * 8000, []),
    "a long cookie": ("", "Cookie: " + 'a="\\"' * 1600, []),
    "many cookies": ("", "\r\n".join(["Cookie: " + "a=b; " * 1600] * 100), []),
    "a nested token": ("", f"Authorization: Bearer {NESTED}.x.x", []),
    "many headers": ("", "\r\n".join(f"X-Forwarded-{n}: {'x' * 8000}" for n in range(100)), []),
    "many header lines": ("", "\r\n".join(f"X-{n}: x" for n in range(100_000)), []),
}


@contextmanager
def _served(folder: Path, **settings: str) -> Iterator[tuple[int, str]]:
    with serving(folder, **settings) as (process, said):
        yield process.pid, address(said)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[int, str]]]:
    """The process and the address of a server with all channels, and of one in local mode."""
    with (
        _served(tmp_path_factory.mktemp("public"), **PUBLIC) as public,
        _served(tmp_path_factory.mktemp("local")) as local,
    ):
        yield {"public": public, "local": local}


def _send(url: str, route: str, query: str, headers: str, body: list[bytes]) -> bytes:
    """One request, until the server has answered and ended the connection; the line of its status."""
    host, port = urlsplit(url).netloc.split(":")
    method, path = route.split()
    given = ["Connection: close", SIGNED, *([headers] if headers else [])]
    if not {"Transfer-Encoding", "Content-Length"} & {line.split(":")[0] for line in headers.split("\r\n")}:
        given.append(f"Content-Length: {sum(map(len, body))}")
    head = "\r\n".join([f"{method} {path}{query} HTTP/1.1", f"Host: {host}:{port}", *given, "", ""])
    answer = b""
    with socket.create_connection((host, int(port)), timeout=HUNG) as connection:
        try:
            for part in (head.encode("latin-1"), *body):
                connection.sendall(part)
            while more := connection.recv(65536):
                answer += more
        except ConnectionError:
            pass  # it is not read to its end
    return answer.split(b"\r\n")[0]


@pytest.mark.parametrize(
    ("place", "hostile"), one_in(3, [(server, route) for server in ROUTES for route in ROUTES[server]], HOSTILE)
)
def test_no_unsigned_request_costs_much(
    servers: dict[str, tuple[int, str]], place: tuple[str, str], hostile: str
) -> None:
    server, route = place
    process, url = servers[server]
    before = cpu_of(process)
    status = _send(url, route, *HOSTILE[hostile])
    cost = cpu_of(process) - before
    assert cost <= MOST, status
    assert b" 500 " not in status
    assert b" 503 " not in status
