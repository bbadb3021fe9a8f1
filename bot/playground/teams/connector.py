"""The Bot Connector in memory: what a bot posts, edits and deletes, below `/v3/conversations`."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from bot.playground.teams.activity_rules import CARD, problems

Activity = dict[str, Any]


@dataclass
class PostedMessage:
    """A message of the bot. `edits` counts how often it was replaced; `only_for` is the account of the one who sees it,
    where it is targeted."""

    id: str
    conversation: str
    activity: Activity
    edits: int = 0
    only_for: str | None = None

    @property
    def asks_feedback(self) -> bool:
        """Whether Teams shows thumbs below it."""
        return bool((self.activity.get("channelData") or {}).get("feedbackLoop"))

    @property
    def file(self) -> Activity | None:
        """What it says of a file: the question whether it may be saved, or where it is."""
        attachments = self.activity.get("attachments") or []
        is_file = attachments and ".teams.card.file." in str(attachments[0].get("contentType"))
        return attachments[0] if is_file else None

    @property
    def card(self) -> Activity | None:
        attachments = self.activity.get("attachments") or []
        return attachments[0]["content"] if attachments and attachments[0].get("contentType") == CARD else None

    @property
    def shown(self) -> Activity:
        """Its card, or its text as a card of one line."""
        return self.card or {"body": [{"type": "TextBlock", "text": self.activity.get("text", "")}]}


@dataclass(frozen=True, slots=True)
class ConnectorCall:
    """A request as it came in, and the status that it got."""

    method: str
    path: str
    status: int
    problems: tuple[str, ...] = ()
    authorization: str | None = None


def _numbers() -> Callable[[], str]:
    numbers = count(1)
    return lambda: str(1_700_000_000_000 + next(numbers))


@dataclass
class Connector:
    """Conversations with the bot's messages in them, and files. `new_id` gives the ids of messages."""

    new_id: Callable[[], str] = field(default_factory=_numbers)
    calls: list[ConnectorCall] = field(default_factory=list)
    posted: dict[str, PostedMessage] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """The part of the Connector's interface that bots post by."""
        base = "/v3/conversations/{conversation}/activities"
        return [
            web.post(base, self._handle),
            web.post(base + "/{activity}", self._handle),
            web.put(base + "/{activity}", self._handle),
            web.delete(base + "/{activity}", self._handle),
            web.get("/files/{file}", self._file),
            web.put("/files/{file}", self._put_file),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        """A file as SharePoint has it, for whoever knows its address."""
        data = self.files.get(request.match_info["file"])
        return web.Response(status=404) if data is None else web.Response(body=data)

    async def _put_file(self, request: web.Request) -> web.Response:
        """A file that a bot may save: whole, with its range said."""
        data = await request.read()
        if request.headers.get("Content-Range") != f"bytes 0-{len(data) - 1}/{len(data)}":
            return web.Response(status=416)
        self.files[request.match_info["file"]] = data
        return web.Response(status=201)

    def messages(self, conversation: str) -> list[PostedMessage]:
        """What the bot has posted there, oldest first."""
        return [message for message in self.posted.values() if message.conversation == conversation]

    @property
    def refused(self) -> Iterator[ConnectorCall]:
        """Requests that Teams would have refused or shown wrongly."""
        return (call for call in self.calls if call.problems)

    async def _handle(self, request: web.Request) -> web.Response:
        response, found = await self._effect(request)
        await self._note(request, response.status, found)
        return response

    async def _note(self, request: web.Request, status: int, found: list[str]) -> None:
        authorization = request.headers.get("Authorization")
        self.calls.append(ConnectorCall(request.method, request.path, status, tuple(found), authorization))

    async def _effect(self, request: web.Request) -> tuple[web.Response, list[str]]:
        conversation, activity_id = request.match_info["conversation"], request.match_info.get("activity")
        known = self.posted.get(activity_id or "")
        if request.method != "POST" and (known is None or known.conversation != conversation):
            return _error(404, "ActivityNotFoundInConversation", "There is no such activity."), []
        targeted = request.query.get("isTargetedActivity") == "true"
        if request.method != "POST" and known is not None and (known.only_for is not None) is not targeted:
            return _error(404, "ActivityNotFoundInConversation", "There is no such activity."), []
        if request.method == "DELETE":
            del self.posted[activity_id or ""]
            return web.json_response({}), []
        try:
            activity = json.loads(await request.read())
        except ValueError:
            return _error(400, "BadSyntax", "The body is not JSON."), ["message: is not JSON"]
        found = problems(activity)
        if found:
            return _error(400, "BadArgument", "; ".join(found)), found
        if activity.get("type") == "typing":
            return web.json_response({}), []
        recipient = activity.get("recipient") or {}
        if targeted and not (recipient.get("id") and recipient.get("isTargeted")):
            return _error(400, "BadArgument", "A targeted message needs its recipient."), ["message: for nobody"]
        edited = known if request.method == "PUT" else None
        only_for = str(recipient["id"]) if targeted else None
        return web.json_response({"id": self._keep(conversation, edited, activity, only_for)}), []

    def _keep(self, conversation: str, edited: PostedMessage | None, activity: Activity, only_for: str | None) -> str:
        if edited is not None:
            edited.activity, edited.edits = activity, edited.edits + 1
            return edited.id
        message = PostedMessage(self.new_id(), conversation, activity, only_for=only_for)
        self.posted[message.id] = message
        return message.id


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status)
