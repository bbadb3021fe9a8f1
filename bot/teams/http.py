"""`POST /api/messages`: who is let in, what is well-formed, and what Teams gets back. Never a 500, never a trace."""

import logging
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

from aiohttp.web import Request, Response
from pydantic import ValidationError

from bot.config.types import is_loopback
from bot.server.request_body import Unreadable, read_body
from bot.teams.activities import Incoming
from bot.teams.cloud import Cloud
from bot.teams.handler import NotTaken
from bot.teams.interfaces import InvokeAnswer
from bot.teams.signing_keys import KeysUnavailable
from bot.teams.token_validation import BadToken, Caller, Tokens

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


log = logging.getLogger(__name__)


class Runner(Protocol):
    """Runs an activity that was let in."""

    async def run(self, incoming: Incoming) -> InvokeAnswer | None:
        """One turn."""


class Edge:
    """The HTTP side of Teams."""

    def __init__(self, gate: Gate, runner: Runner) -> None:
        self._gate = gate
        self._runner = runner

    async def messages(self, request: Request) -> Response:
        """One activity: 401 or 403 for callers that are not let in, 400 for what is no activity, 503 for "again"."""
        try:
            caller = await self._gate.open(request)
            incoming = await _read(request)
            self._gate.admit(incoming, caller)
        except Refused as refused:
            log.warning("A request to Teams' address was refused with %d: %s.", refused.status, refused.reason)
            return Response(status=refused.status)
        try:
            return _response(await self._runner.run(incoming))
        except NotTaken:
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception:
            log.exception("A turn failed.")
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)


async def _read(request: Request) -> Incoming:
    if request.content_type != "application/json":
        raise Refused(HTTPStatus.BAD_REQUEST, "the body is not declared as application/json")
    try:
        return Incoming.model_validate_json(await read_body(request))
    except Unreadable as error:
        raise Refused(error.status, str(error)) from error
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the body"
        raise Refused(HTTPStatus.BAD_REQUEST, f"no activity: {where}: {problem['msg']}") from error


def _response(answer: InvokeAnswer | None) -> Response:
    if answer is None or answer.body is None:
        return Response(status=HTTPStatus.OK if answer is None else answer.status)
    return Response(text=answer.body, content_type="application/json", status=answer.status)
