"""Whose requests are accepted: with a valid token, from a service of Teams, about people of an allowed tenant.

Without an app id: requests from this machine alone. Whether a token is valid: `token_validation.py`. Replies go to the
same services, or to this machine.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp.web import Request

from bot.server.local_requests import hostname, is_this_machine, remote_reason
from bot.server.local_token import LocalToken
from bot.teams.activities import IncomingActivity
from bot.teams.cloud import Cloud
from bot.teams.signing_keys import KeysUnavailable
from bot.teams.token_validation import Caller, InvalidToken, TokenValidator

CHANNEL_ID = "msteams"

ServiceCheck = Callable[[str], bool]
"""Whether replies may be sent to a serviceUrl."""


class RequestRefused(Exception):
    """A request that is not answered. `reason` is for the log."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class TokenAuthenticator:
    """For Teams itself: a token for this app, from an allowed service, about people of an allowed tenant.

    `tenants` are their ids, in small letters as settings have them.
    """

    def __init__(self, validator: TokenValidator, is_service: ServiceCheck, tenants: tuple[str, ...]) -> None:
        self._validator = validator
        self._is_service = is_service
        self._tenants = frozenset(tenants)

    async def authenticate(self, request: Request) -> Caller:
        """Checks the token; 503 while there are no keys to check it with, so that Teams tries again."""
        try:
            return await self._validator.validate(request.headers.get("Authorization"))
        except InvalidToken as error:
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, f"bad token: {error}") from error
        except KeysUnavailable as error:
            raise RequestRefused(
                HTTPStatus.SERVICE_UNAVAILABLE, "Microsoft's signing keys are not there yet"
            ) from error

    def authorize(self, activity: IncomingActivity, caller: Caller | None) -> None:
        """The token must be about this activity. Only Teams itself says who its tenants are: others are refused."""
        if caller is None or caller.service_url.rstrip("/") != activity.service_url.rstrip("/"):
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "the token is for another service")
        if activity.channel_id != CHANNEL_ID or CHANNEL_ID not in caller.endorsements:
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "not from Teams, or signed by a key that is not for Teams")
        if not self._is_service(activity.service_url):
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "serviceUrl is not a service of Teams")
        if (activity.tenant or "").lower() not in self._tenants:
            raise RequestRefused(HTTPStatus.FORBIDDEN, "the tenant is not among ADVISOR_TENANTS")


class LocalAuthenticator:
    """Without an app id: only direct requests from this machine, by holders of the local token."""

    def __init__(self, token: LocalToken) -> None:
        self._token = token

    async def authenticate(self, request: Request) -> None:
        """See `remote_reason` and `LocalToken.is_sent`."""
        if (reason := remote_reason(request)) is not None:
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, f"local mode: {reason}")
        if not self._token.is_sent(request):
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, "local mode: the local token is missing or wrong")

    def authorize(self, activity: IncomingActivity, caller: Caller | None) -> None:
        """Answers go to this machine alone."""
        if not is_local_service(activity.service_url):
            reason = "local mode: serviceUrl is not on this machine, or has a query or fragment"
            raise RequestRefused(HTTPStatus.UNAUTHORIZED, reason)


Authenticator = TokenAuthenticator | LocalAuthenticator
"""Checks a request in two steps: by itself, then by what its activity claims."""


def cloud_services(cloud: Cloud) -> ServiceCheck:
    """Only the services of a cloud."""
    return lambda url: _origin(url) in cloud.services


def is_local_service(url: str) -> bool:
    """Whether it is on this machine. A query or fragment would swallow the path of the Connector that is put behind it,
    and a caller could have any address of this machine asked for."""
    return _scheme(url) in ("http", "https") and is_this_machine(hostname(url)) and not set("?#") & set(url)


def _origin(url: str) -> str:
    """Scheme, host and port, with all else before the path; empty where it is no address."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return ""


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()
