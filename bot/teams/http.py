"""`POST /api/messages`: whose requests are accepted, the body's form, and what Teams gets back. Never a 500, never a
trace.

Accepted are requests with a valid token, from a service of Teams, about people of an allowed tenant; without an app id,
from this machine alone.
"""

import logging
from dataclasses import dataclass
from http import HTTPStatus

import jwt
from aiohttp.web import Request, Response
from pydantic import ValidationError

from bot.server.local_token import LocalToken, remote_reason
from bot.server.request_body import Unreadable, read_body
from bot.teams.activities import IncomingActivity
from bot.teams.botframework import TeamsAdapter
from bot.teams.client import cloud_services, is_local_service
from bot.teams.cloud import Cloud
from bot.teams.handler import NotProcessed
from bot.teams.interfaces import InvokeAnswer
from bot.teams.signing_keys import KeysUnavailable, SigningKeys

log = logging.getLogger(__name__)

CHANNEL_ID = "msteams"

LEEWAY = 300
"""Seconds by which clocks may differ."""

CLAIMS = ["exp", "iss", "aud", "serviceurl"]


class RequestRefused(Exception):
    """A request that is not answered. `reason` is for the log."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Caller:
    """The claims of a valid token: the service that sent it, and the channels that its key may sign for."""

    service_url: str
    endorsements: frozenset[str]


@dataclass(eq=False)
class TokenAuthenticator:
    """For Teams itself: a token for this app, from an allowed service, about people of an allowed tenant.

    `tenants` are their ids, in small letters as settings have them.
    """

    keys: SigningKeys
    cloud: Cloud
    app_id: str
    tenants: tuple[str, ...]

    async def authenticate(self, request: Request) -> Caller:
        """The caller behind the token; 503 while there are no keys to check it with, so that Teams tries again."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise _bad_token("there is none")
        try:
            key_id = jwt.get_unverified_header(token).get("kid")
            key = await self.keys.get(key_id) if isinstance(key_id, str) else None
            if key is None:
                raise _bad_token("its key is unknown")
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self.app_id,
                issuer=self.cloud.issuer,
                leeway=LEEWAY,
                options={"require": CLAIMS},
            )
        except KeysUnavailable as error:
            reason = "Microsoft's signing keys are not there yet"
            raise RequestRefused(HTTPStatus.SERVICE_UNAVAILABLE, reason) from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise _bad_token(type(error).__name__) from error
        return Caller(str(claims["serviceurl"]), key.endorsements)

    def authorize(self, activity: IncomingActivity, caller: Caller | None) -> None:
        """The token must be about this activity. Only Teams itself says who its tenants are: others are refused."""
        if caller is None or caller.service_url.rstrip("/") != activity.service_url.rstrip("/"):
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "the token is for another service")
        if activity.channel_id != CHANNEL_ID or CHANNEL_ID not in caller.endorsements:
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "not from Teams, or signed by a key that is not for Teams")
        if not cloud_services(self.cloud)(activity.service_url):
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "serviceUrl is not a service of Teams")
        if (activity.tenant or "").lower() not in self.tenants:
            raise RequestRefused(HTTPStatus.FORBIDDEN, "the tenant is not among ADVISOR_TENANTS")


def _bad_token(reason: str) -> RequestRefused:
    """The request is not from Teams, or not for this app. The log gets nothing of the token."""
    return RequestRefused(HTTPStatus.UNAUTHORIZED, f"bad token: {reason}")


@dataclass(eq=False)
class LocalAuthenticator:
    """Without an app id: only direct requests from this machine, by holders of the local token."""

    token: LocalToken

    async def authenticate(self, request: Request) -> None:
        """See `remote_reason` and `LocalToken.is_sent`."""
        if (reason := remote_reason(request)) is not None:
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, f"local mode: {reason}")
        if not self.token.is_sent(request):
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "local mode: the local token is missing or wrong")

    def authorize(self, activity: IncomingActivity, caller: Caller | None) -> None:
        """Answers go to this machine alone."""
        if not is_local_service(activity.service_url):
            reason = "local mode: serviceUrl is not on this machine, or has a query or fragment"
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, reason)


Authenticator = TokenAuthenticator | LocalAuthenticator
"""Checks a request in two steps: by itself, then by what its activity claims."""


@dataclass(eq=False)
class MessagesEndpoint:
    """`POST /api/messages`."""

    authenticator: Authenticator
    runner: TeamsAdapter

    async def handle(self, request: Request) -> Response:
        """One activity. 401 or 403: the caller is refused; 400: it is no activity; 503: Teams should retry."""
        try:
            caller = await self.authenticator.authenticate(request)
            activity = await _read(request)
            self.authenticator.authorize(activity, caller)
        except RequestRefused as refused:
            log.warning("A request to Teams' address was refused with %d: %s.", refused.status, refused.reason)
            return Response(status=refused.status)
        try:
            return _response(await self.runner.run(activity))
        except NotProcessed as error:
            log.warning("Nobody could be told that a message was not processed. %s", error)
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception:
            log.exception("A turn failed.")
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)


async def _read(request: Request) -> IncomingActivity:
    if request.content_type != "application/json":
        raise RequestRefused(HTTPStatus.BAD_REQUEST, "the body is not declared as application/json")
    try:
        return IncomingActivity.model_validate_json(await read_body(request))
    except Unreadable as error:
        raise RequestRefused(error.status, str(error)) from error
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the body"
        raise RequestRefused(HTTPStatus.BAD_REQUEST, f"no activity: {where}: {problem['msg']}") from error


def _response(answer: InvokeAnswer | None) -> Response:
    if answer is None or answer.body is None:
        return Response(status=HTTPStatus.OK if answer is None else answer.status)
    return Response(text=answer.body, content_type="application/json", status=answer.status)
