"""The local token: its holders may use the playground and Teams without an app id, whose requests are unsigned.

Only this machine may make such requests: by who connects, the name that was asked for, and signs of a proxy.

It is made at each start, unless ADVISOR_LOCAL_TOKEN sets it.
"""

import hmac
from urllib.parse import urlsplit

from aiohttp import web

from bot.config.setting_types import is_loopback

QUERY = "token"
"""The parameter of an address that holds it."""

FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-original-host", "true-client-ip", "cf-connecting-ip"})
"""Besides all that begin with `x-forwarded`: headers by which a proxy or tunnel shows."""


class LocalToken:
    """Checks requests for a token, which must not be empty."""

    def __init__(self, token: str) -> None:
        if not token:
            raise ValueError("an empty token would let everybody in")
        self._token = token.encode()

    @property
    def value(self) -> str:
        return self._token.decode()

    def is_sent(self, request: web.Request) -> bool:
        """Whether a request carries it, as `Authorization: Bearer …` or as `?token=…`."""
        return self.is_bearer(request) or self.is_in_address(request)

    def is_bearer(self, request: web.Request) -> bool:
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self._is(bearer.strip())

    def is_in_address(self, request: web.Request) -> bool:
        """Whether the address that was asked for has it."""
        return self._is(request.query.get(QUERY, ""))

    def is_kept(self, request: web.Request) -> bool:
        """Whether a page that was opened with it asks: such a page has it as a cookie."""
        return self._is(request.cookies.get(_cookie(request), ""))

    def keep(self, request: web.Request, response: web.StreamResponse) -> None:
        """Has the browser keep it until it is closed, out of reach of scripts and of other sites."""
        response.set_cookie(_cookie(request), self.value, httponly=True, samesite="Strict", path="/")

    def _is(self, sent: str) -> bool:
        return hmac.compare_digest(sent.encode(errors="surrogatepass"), self._token)


def _cookie(request: web.Request) -> str:
    """Named after the port: browsers do not tell the ports of a host apart, and two advisors may run on it."""
    address = request.get_extra_info("sockname") or ("", 0)
    return f"advisor_token_{address[1]}"


def remote_reason(request: web.Request) -> str | None:
    """Why a request does not come directly from this machine; None where it does."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    if not (isinstance(peer, tuple) and is_this_machine(str(peer[0]))):
        return "the caller is not on this machine"
    if not is_this_machine(hostname(f"//{request.host}")):
        return "asked for by a name that is not this machine's"
    names = {name.lower() for name in request.headers}
    if names & FORWARDING or any(name.startswith("x-forwarded") for name in names):
        return "the request was forwarded"
    return None


def is_this_machine(host: str) -> bool:
    """Whether a host, or the address of a connection, is this machine."""
    return is_loopback(host.removeprefix("::ffff:"))


def hostname(url: str) -> str:
    """The host in an address; empty where it is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
