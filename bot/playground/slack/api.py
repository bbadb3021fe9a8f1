"""The Web API of the workspaces: the methods that the advisor calls, answered as Slack answers them.

A message that Slack might refuse is refused here, with Slack's name for the error and where it is.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.slack import methods
from bot.playground.slack.methods import ApiAnswer, ApiError
from bot.playground.slack.workspace import LocalWorkspace


@dataclass
class ApiCall:
    """A call as it arrived."""

    method: str
    body: dict[str, Any]
    answer: ApiAnswer = field(default_factory=dict)


class WebApi:
    """Answers for all workspaces, told apart by their tokens. `files` are what people shared, by name."""

    def __init__(self, *workspaces: LocalWorkspace) -> None:
        self.workspaces = list(workspaces)
        self.calls: list[ApiCall] = []
        self.files: dict[str, bytes] = {}
        self._methods: dict[str, Callable[[LocalWorkspace, dict[str, Any]], ApiAnswer]] = {
            "auth.test": methods.auth_test,
            "users.info": methods.users_info,
            "chat.postMessage": methods.post_message,
            "chat.update": methods.update,
            "chat.delete": methods.delete,
            "chat.postEphemeral": methods.post_ephemeral,
            "assistant.threads.setStatus": methods.set_status,
            "views.open": methods.open_view,
            "views.update": methods.update_view,
            "views.publish": methods.publish_view,
            "conversations.replies": methods.replies,
            "conversations.history": methods.history,
            "files.getUploadURLExternal": methods.get_upload_url,
            "files.completeUploadExternal": methods.complete_upload,
        }

    def app(self) -> web.Application:
        """The API under `/api/`, and under `/response/` what the `response_url` of a click or a command leads to."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/api/{method}", self._api),
                web.get("/api/{method}", self._api),
                web.post("/response/{team}/{channel}/{user}/{ts}", self._response),
                web.get("/files/{name}", self._file),
                web.post("/upload/{team}/{file}", self._upload),
            ]
        )
        return app

    def workspace(self, team: str) -> LocalWorkspace:
        """The workspace with this id; KeyError where there is none."""
        for workspace in self.workspaces:
            if workspace.team == team:
                return workspace
        raise KeyError(team)

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        call = ApiCall(method, await _body(request))
        self.calls.append(call)

        def answered() -> ApiAnswer:
            answer = self._answer(method, request.headers.get("Authorization", ""), call.body)
            if "upload_url" in answer:
                below = request.path.rpartition("/api/")[0]
                answer["upload_url"] = f"http://{request.host}{below}{answer['upload_url']}"
            return answer

        response = await self._carry_out(call, answered)
        if any(workspace.names for workspace in self.workspaces):
            response.headers["X-OAuth-Scopes"] = "users:read"
        return response

    def _answer(self, method: str, authorization: str, body: dict[str, Any]) -> ApiAnswer:
        token = authorization.removeprefix("Bearer ") or str(body.get("token", ""))
        if not token:
            raise ApiError("not_authed")
        known = [workspace for workspace in self.workspaces if workspace.token == token]
        if not known:
            raise ApiError("invalid_auth")
        if method not in self._methods:
            raise ApiError("unknown_method")
        return self._methods[method](known[0], body)

    async def _carry_out(self, call: ApiCall, answer: Callable[[], ApiAnswer]) -> web.Response:
        try:
            call.answer = {"ok": True, **answer()}
        except ApiError as refused:
            messages = [f"[ERROR] {refused.detail}"] if refused.detail else []
            call.answer = {"ok": False, "error": refused.error, "response_metadata": {"messages": messages}}
        return web.json_response(call.answer)

    async def _file(self, request: web.Request) -> web.Response:
        """A file, for whoever has a workspace's token; anybody else gets a page."""
        tokens = {f"Bearer {workspace.token}" for workspace in self.workspaces}
        if request.headers.get("Authorization") not in tokens:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=self.files[request.match_info["name"]], content_type="text/csv")

    async def _upload(self, request: web.Request) -> web.Response:
        """The bytes of a file that was announced; the address alone gives the right, so no token may come here."""
        where = request.match_info
        upload = self.workspace(where["team"]).uploads.get(where["file"])
        call = ApiCall("upload", {"authorization": request.headers.get("Authorization")}, {"ok": upload is not None})
        self.calls.append(call)
        if upload is None or call.body["authorization"]:
            call.answer = {"ok": False}
            return web.Response(status=400)
        upload.data = await request.read()
        return web.Response(text=f"OK - {len(upload.data)}")

    async def _response(self, request: web.Request) -> web.Response:
        where = request.match_info
        call = ApiCall("response_url", await _body(request))
        self.calls.append(call)

        def answer() -> ApiAnswer:
            workspace = self.workspace(where["team"])
            methods.respond(workspace, where["channel"], where["user"], where["ts"], call.body)
            return {}

        return await self._carry_out(call, answer)


async def _body(request: web.Request) -> dict[str, Any]:
    body: Any
    if request.method == "GET":
        body = dict(request.query)
    elif request.content_type == "application/json":
        body = await request.json()
    else:
        body = {**request.query, **await request.post()}
        for name in ("blocks", "attachments", "metadata"):
            if isinstance(body.get(name), str):
                body[name] = json.loads(body[name])
    return body if isinstance(body, dict) else {}
