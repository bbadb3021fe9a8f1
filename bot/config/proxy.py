"""The proxy that the environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), and sessions that go through it.

aiohttp's own `trust_env` reads the environment and ~/.netrc with each request, in threads. Slack's SDK names a proxy
itself, without NO_PROXY; in a session from here that does not count, and its sockets are told ours.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, ClientSession
from yarl import URL

from bot.config.setting_types import is_loopback


def open_session(**options: Any) -> ClientSession:
    """aiohttp's session with these options. The environment is read once, here."""
    proxies = getproxies_environment()
    return ClientSession(middlewares=(partial(_send, proxies),) if proxies else (), **options)


def proxy_for(url: str) -> str | None:
    """The proxy for an address, for clients that are no session of ours. The environment is read here."""
    found = _proxy(getproxies_environment(), URL(url))
    return None if found is None else str(found)


async def _send(proxies: Mapping[str, str], request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    request.update_proxy(_proxy(proxies, request.url), None, None)
    return await handler(request)


def _proxy(proxies: Mapping[str, str], url: URL) -> URL | None:
    """This machine is reached without one: a proxy elsewhere would look for it on its own."""
    host, scheme = url.host or "", {"ws": "http", "wss": "https"}.get(url.scheme, url.scheme)
    found = proxies.get(scheme)
    if not found or is_loopback(host) or proxy_bypass_environment(host, dict(proxies)):
        return None
    return URL(found if "://" in found else f"http://{found}")
