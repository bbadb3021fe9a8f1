"""`POST /api/messages`: the body's form, and what Teams gets back. Never a 500, never a trace."""

import logging
from http import HTTPStatus

from aiohttp.web import Request, Response
from pydantic import ValidationError

from bot.server.request_body import Unreadable, read_body
from bot.teams.activities import IncomingActivity
from bot.teams.authorization import Authenticator, RequestRefused
from bot.teams.botframework import TeamsAdapter
from bot.teams.handler import NotProcessed
from bot.teams.interfaces import InvokeAnswer

log = logging.getLogger(__name__)


class MessagesEndpoint:
    """`POST /api/messages`."""

    def __init__(self, authenticator: Authenticator, runner: TeamsAdapter) -> None:
        self._authenticator = authenticator
        self._runner = runner

    async def handle(self, request: Request) -> Response:
        """One activity. 401 or 403: the caller is refused; 400: it is no activity; 503: Teams should retry."""
        try:
            caller = await self._authenticator.authenticate(request)
            activity = await _read(request)
            self._authenticator.authorize(activity, caller)
        except RequestRefused as refused:
            log.warning("A request to Teams' address was refused with %d: %s.", refused.status, refused.reason)
            return Response(status=refused.status)
        try:
            return _response(await self._runner.run(activity))
        except NotProcessed:
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
