"""The client of the Bot Connector, to which the bot sends its messages; at which services. Nothing is sent twice.

Creating a message is not idempotent, so a POST is repeated only where Teams did not accept it: after 429 and 412, with
another token after 401, or without a connection. An edit may be repeated freely.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from bot.server.local_token import hostname, is_this_machine
from bot.teams.access_tokens import AppToken
from bot.teams.cloud import Cloud
from bot.teams.interfaces import REFUSED, failure
from bot.turns.channel import TryLater, Undeliverable

TIMEOUT = 10.0
"""Seconds for one message, all attempts together: Teams waits 15 for the turn."""

FIRST_PAUSE = 0.5
TEMPORARY = frozenset({HTTPStatus.PRECONDITION_FAILED, HTTPStatus.TOO_MANY_REQUESTS})

ActivityPath = tuple[str, ...]
"""A conversation's id, and below it a message's."""

ServiceCheck = Callable[[str], bool]
"""Whether replies may be sent to a serviceUrl."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The result of one attempt. `reached` False: Teams cannot have seen it. `status` None: no answer came."""

    status: int | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)
    retry_after: float | None = None
    reached: bool = True

    def may_repeat(self, method: str) -> bool:
        """Whether another attempt is safe and may help."""
        if not self.reached or self.status in TEMPORARY:
            return True
        if self.status == HTTPStatus.NOT_IMPLEMENTED:
            return False
        return method in ("PUT", "DELETE") and (self.status is None or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR)

    @property
    def failure(self) -> TryLater | Undeliverable:
        """What the last attempt means for the message."""
        error = self.answer.get("error")
        code = str(error.get("code", "")) if isinstance(error, dict) else ""
        reason = "no answer came" if self.status is None else f"it answered {self.status} {code}".rstrip()
        return failure(self.status, reason)


@dataclass(eq=False)
class ConnectorClient:
    """Posts, edits and deletes messages, each given as JSON text.

    `tokens` are the app's; None: nothing is signed. `is_service` says where they may go: addresses come out of the
    outbox, and the app's token must go nowhere else. `sleep` waits for some seconds; `clock` is a clock in seconds that
    never goes back; `random` gives numbers from 0 to 1, so that retries of many do not fall together.
    """

    session: Callable[[], ClientSession]
    tokens: AppToken | None
    is_service: ServiceCheck
    sleep: Callable[[float], Awaitable[None]]
    clock: Callable[[], float]
    random: Callable[[], float]

    async def send(
        self, method: str, service_url: str, path: ActivityPath, message: str = "", *, targeted: bool = False
    ) -> str:
        """POST: posts into a conversation, in answer to a message where the path names one, and returns the new
        message's id. PUT replaces, DELETE deletes the message that the path names.

        `targeted`: the message is for its recipient alone. TryLater or Undeliverable where Teams did not accept it.
        """
        if not self.is_service(service_url):
            raise Undeliverable(f"{REFUSED}its address is none of Teams' services")
        url = _address(service_url, path, targeted)
        body = message.encode()
        end = self.clock() + TIMEOUT
        pause, may_renew = FIRST_PAUSE, True
        while True:
            token = await self.tokens.get() if self.tokens else None
            if self.clock() >= end:
                raise TryLater("the token took all the time")
            attempt = await self._try(method, url, body, token, end - self.clock())
            if attempt.status is not None and attempt.status < HTTPStatus.MULTIPLE_CHOICES:
                return str(attempt.answer.get("id") or "")
            if attempt.status == HTTPStatus.UNAUTHORIZED and self.tokens and token and may_renew and self.clock() < end:
                may_renew = False
                self.tokens.discard(token)
                continue
            wait = pause * (1 + self.random()) if attempt.retry_after is None else attempt.retry_after
            if not attempt.may_repeat(method) or self.clock() + wait >= end:
                raise attempt.failure
            await self.sleep(wait)
            pause *= 2

    async def _try(self, method: str, url: URL, body: bytes, token: str | None, seconds: float) -> _Attempt:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self.session().request(
                method, url, data=body, headers=headers, timeout=ClientTimeout(total=seconds), allow_redirects=False
            ) as response:
                return _Attempt(response.status, await _json(response), _retry_after(response))
        except ClientConnectorError:
            return _Attempt(reached=False)
        except (ClientError, TimeoutError):
            return _Attempt()


def _address(service_url: str, path: ActivityPath, targeted: bool) -> URL:
    """Ids hold colons, semicolons and slashes, so they are encoded whole."""
    conversation, *below = (quote(part, safe="") for part in path)
    parts = [service_url.rstrip("/"), "v3", "conversations", conversation, "activities", *below]
    return URL("/".join(parts) + ("?isTargetedActivity=true" if targeted else ""), encoded=True)


async def _json(response: ClientResponse) -> Mapping[str, Any]:
    try:
        found = json.loads(await response.read() or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _retry_after(response: ClientResponse) -> float | None:
    given = response.headers.get("Retry-After", "")
    return float(given) if given.isdecimal() else None


def cloud_services(cloud: Cloud) -> ServiceCheck:
    return lambda url: _origin(url) in cloud.services


def is_local_service(url: str) -> bool:
    """Whether it is on this machine. A query or fragment would swallow the path of the Connector that is put behind it,
    and a caller could have any address of this machine asked for."""
    scheme = url.partition(":")[0].lower()
    return scheme in ("http", "https") and is_this_machine(hostname(url)) and not set("?#") & set(url)


def _origin(url: str) -> str:
    """Scheme, host and port, with all else before the path; empty where it is no address."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return ""
