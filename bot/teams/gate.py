"""Who is let in, before any work: two gates, one with sign-in and one for this machine alone."""

from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

from aiohttp.web import Request

from bot.shapes import is_loopback
from bot.teams.activities import Incoming
from bot.teams.cloud import Cloud
from bot.teams.keys import KeysUnavailable
from bot.teams.tokens import BadToken, Caller, Tokens

CHANNEL = "msteams"

FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-original-host", "true-client-ip", "cf-connecting-ip"})
"""Besides all that begin with `x-forwarded`: headers by which a proxy or tunnel shows."""


class Refused(Exception):
    """Not let in. `reason` is for the log."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Gate(Protocol):
    """Decides in two steps: by the request alone, then by what its body claims."""

    async def open(self, request: Request) -> Caller | None:
        """Lets a request in; Refused."""

    def admit(self, incoming: Incoming, caller: Caller | None) -> None:
        """Lets its activity in; Refused."""


class SignedGate:
    """For Teams itself: a token for this app, from an allowed service, about people of an allowed tenant.

    `tenants` are their ids, in small letters as settings have them.
    """

    def __init__(self, tokens: Tokens, cloud: Cloud, tenants: tuple[str, ...]) -> None:
        self._tokens = tokens
        self._cloud = cloud
        self._tenants = frozenset(tenants)

    async def open(self, request: Request) -> Caller:
        """Checks the token; 503 while no keys are there to check it with, so that Teams tries again."""
        try:
            return await self._tokens.check(request.headers.get("Authorization"))
        except BadToken as error:
            raise Refused(HTTPStatus.UNAUTHORIZED, f"bad token: {error}") from error
        except KeysUnavailable as error:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Microsoft's signing keys are not there yet") from error

    def admit(self, incoming: Incoming, caller: Caller | None) -> None:
        """The token must be about this activity. Only Teams itself says who its tenants are: others are refused."""
        if caller is None or caller.service_url.rstrip("/") != incoming.service_url.rstrip("/"):
            raise Refused(HTTPStatus.UNAUTHORIZED, "the token is for another service")
        if incoming.channel_id != CHANNEL or CHANNEL not in caller.endorsements:
            raise Refused(HTTPStatus.UNAUTHORIZED, "not from Teams, or by a key that does not speak for Teams")
        if _origin(incoming.service_url) not in self._cloud.services:
            raise Refused(HTTPStatus.UNAUTHORIZED, "serviceUrl is not a service of Teams")
        if (incoming.tenant or "").lower() not in self._tenants:
            raise Refused(HTTPStatus.FORBIDDEN, "the tenant is not among ADVISOR_TENANTS")


class LocalGate:
    """Without an app id: only what runs on this machine and came here directly."""

    async def open(self, request: Request) -> None:
        """Looks at who connects, at the name that was asked for, and for signs of a proxy or tunnel."""
        peer = request.transport.get_extra_info("peername") if request.transport else None
        if not (isinstance(peer, tuple) and _is_this_machine(str(peer[0]))):
            raise Refused(HTTPStatus.UNAUTHORIZED, "local mode: the caller is not on this machine")
        if not _is_this_machine(_hostname(f"//{request.host}")):
            raise Refused(HTTPStatus.UNAUTHORIZED, "local mode: asked for by a name that is not this machine's")
        names = {name.lower() for name in request.headers}
        if names & FORWARDING or any(name.startswith("x-forwarded") for name in names):
            raise Refused(HTTPStatus.UNAUTHORIZED, "local mode: the request was forwarded")

    def admit(self, incoming: Incoming, caller: Caller | None) -> None:
        """Answers go to this machine alone."""
        if not _is_this_machine(_hostname(incoming.service_url)):
            raise Refused(HTTPStatus.UNAUTHORIZED, "local mode: serviceUrl is not on this machine")


def _is_this_machine(host: str) -> bool:
    return is_loopback(host.removeprefix("::ffff:"))


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _origin(url: str) -> str:
    """Scheme, host and port, with whatever else stands before the path; empty where it is no address."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return ""
