"""The playground's stand-ins for Slack and Teams, with faults: requests that are refused, slow or lost."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from aiohttp import web

from bot.playground.slack.api import ApiCall, WebApi
from bot.playground.slack.methods import ApiAnswer, ApiError
from bot.playground.slack.workspace import LocalWorkspace
from bot.playground.teams.connector import Connector
from tests.drivers.sockets import PATH, Sockets


@dataclass
class ApiFault:
    """Something that goes wrong in the next `times` calls of a method (`*`: of any).

    `delay` (seconds) and the wait for `released` come first. `status` other than 200 is answered instead of the call,
    `error` as Slack's refusal. `body`, of the type `kind`, is what something between answers in Slack's place. `after`
    lets the call have its effect before it fails.
    """

    method: str = "*"
    status: int = 200
    error: str | None = None
    body: str | None = None
    kind: str = "text/html"
    retry_after: int | str = 0
    delay: float = 0
    released: asyncio.Event | None = None
    times: int = 1
    after: bool = False


class FaultyWebApi(WebApi):
    """`latency` gives the seconds that a call takes, half of them before it has its effect. `codes` are what
    installations trade for a token."""

    def __init__(self, *workspaces: LocalWorkspace, latency: Callable[[], float] = lambda: 0) -> None:
        super().__init__(*workspaces)
        self._latency = latency
        self.faults: list[ApiFault] = []
        self.codes: dict[str, LocalWorkspace] = {}
        self._host = ""
        self.sockets = Sockets()

    def app(self) -> web.Application:
        """With Socket Mode."""
        app = super().app()
        app.add_routes([web.get(PATH, self.sockets.connect)])
        return app

    async def _api(self, request: web.Request) -> web.Response:
        self._host = request.host
        half = self._latency() / 2
        await asyncio.sleep(half)
        response = await super()._api(request)
        await asyncio.sleep(half)
        return response

    async def _carry_out(self, call: ApiCall, answer: Callable[[], ApiAnswer]) -> web.Response:
        fault = self._next_fault(call.method)
        if fault is None:
            return await super()._carry_out(call, answer)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.released is not None:
            await fault.released.wait()

        def refused() -> ApiAnswer:
            raise ApiError(str(fault.error))

        if fault.error or (fault.status == 200 and fault.body is None) or fault.after:
            await super()._carry_out(call, refused if fault.error else answer)
        if fault.body is not None:
            return web.Response(text=fault.body, content_type=fault.kind, status=fault.status)
        if fault.status != 200:
            headers = {"Retry-After": str(fault.retry_after)} if fault.status == 429 else {}
            return web.json_response({"ok": False, "error": "fault"}, status=fault.status, headers=headers)
        return web.json_response(call.answer)

    def _answer(self, method: str, authorization: str, body: dict[str, Any]) -> ApiAnswer:
        match method:
            case "apps.connections.open":
                return {"url": f"ws://{self._host}{PATH}"}
            case "oauth.v2.access":
                return installed(self.codes.pop(str(body.get("code")), None))
        return super()._answer(method, authorization, body)

    def _next_fault(self, method: str) -> ApiFault | None:
        for fault in self.faults:
            if fault.method in ("*", method) and fault.times > 0:
                fault.times -= 1
                return fault
        return None


def installed(workspace: LocalWorkspace | None) -> ApiAnswer:
    """What an installation gets for its code."""
    if workspace is None:
        raise ApiError("invalid_code")
    return {
        "access_token": workspace.token,
        "token_type": "bot",
        "scope": "chat:write,commands",
        "bot_user_id": workspace.bot,
        "app_id": workspace.app,
        "team": {"id": workspace.team, "name": "Playground"},
        "enterprise": {"id": workspace.enterprise, "name": "Org"} if workspace.enterprise else None,
        "is_enterprise_install": False,
        "authed_user": {"id": "U0INSTALLER"},
    }


class FaultKind(Enum):
    """How a request can fail. The number is the status; LOST and SLOW have their effect, and LOST gets no answer."""

    TOO_MANY = 429
    PRECONDITION = 412
    BAD_GATEWAY = 502
    NOT_IMPLEMENTED = 501
    GONE = 404
    FORBIDDEN = 403
    UNAUTHORIZED = 401
    LOST = 0
    SLOW = 200


@dataclass(frozen=True, slots=True)
class ConnectorFault:
    """What befalls the next request (of one method, where it is named).

    `retry_after` in whole seconds goes with TOO_MANY; `release` is what SLOW waits for.
    """

    trouble: FaultKind
    method: str | None = None
    retry_after: int | None = None
    release: asyncio.Event | None = None


@dataclass
class FaultyConnector(Connector):
    """The Bot Connector, whose next requests meet these faults. A request that is lost has the status 0."""

    faults: deque[ConnectorFault] = field(default_factory=deque)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, holds: Callable[[], object]) -> None:
        """Waits until something that requests change is so."""
        async with self.changed:
            await self.changed.wait_for(holds)

    async def _note(self, request: web.Request, status: int, found: list[str]) -> None:
        async with self.changed:
            await super()._note(request, status, found)
            self.changed.notify_all()

    async def _handle(self, request: web.Request) -> web.Response:
        fault = self._fault(request.method)
        if fault is None:
            return await super()._handle(request)
        if fault.release is not None:
            await fault.release.wait()
        has_effect = fault.trouble in (FaultKind.LOST, FaultKind.SLOW)
        response, found = await self._effect(request) if has_effect else (_failure(fault), [])
        lost = fault.trouble is FaultKind.LOST
        await self._note(request, 0 if lost else response.status, found)
        if lost and request.transport is not None:
            request.transport.abort()
        return response

    def _fault(self, method: str) -> ConnectorFault | None:
        for fault in self.faults:
            if fault.method in (None, method):
                self.faults.remove(fault)
                return fault
        return None


def _failure(fault: ConnectorFault) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    code = "ActivityNotFoundInConversation" if fault.trouble is FaultKind.GONE else fault.trouble.name
    error = {"code": code, "message": "A fault that was asked for."}
    return web.json_response({"error": error}, status=fault.trouble.value, headers=headers)
