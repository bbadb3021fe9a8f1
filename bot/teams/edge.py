"""`POST /api/messages`: who is let in, what is well-formed, and what Teams gets back. Never a 500, never a trace."""

import logging
from http import HTTPStatus
from typing import Protocol

from aiohttp.web import Request, Response
from pydantic import ValidationError

from bot.bodies import Unreadable, body_of
from bot.teams.activities import Incoming
from bot.teams.chat import InvokeAnswer
from bot.teams.gate import Gate, Refused
from bot.teams.turns import NotTaken

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
        return Incoming.model_validate_json(await body_of(request))
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
