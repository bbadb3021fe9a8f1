"""An OpenAI-compatible endpoint on this machine that answers as a test has written down."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.config.environment import read_settings
from bot.config.settings import Settings
from dialogs.commands.command import Command


def said(*commands: Command) -> str:
    """An answer with these commands."""
    return json.dumps({"commands": [command.as_json() for command in commands]})


def worded(*sentences: tuple[str, int]) -> str:
    """An answer with these sentences, each resting on one fact."""
    return json.dumps({"sentences": [{"text": text, "facts": [fact]} for text, fact in sentences]})


def facts_in(body: Mapping[str, Any]) -> dict[str, str]:
    """The numbered facts of a request to word an answer; none of another request."""
    try:
        facts: dict[str, str] = json.loads(body["messages"][1]["content"])["facts"]
    except KeyError:
        return {}
    return facts


def completion(text: object, finish: str = "stop") -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940}
    return {"choices": [{"index": 0, "finish_reason": finish, "message": message}], "usage": usage}


Answer = Callable[[dict[str, Any]], web.StreamResponse]


class Dripping(web.Response):
    """Announces its whole body, sends half of it, then a space at a time for as long as the other side listens; if it
    is to be `cut`, ends the connection instead.
    """

    def __init__(self, body: bytes, *, cut: bool) -> None:
        super().__init__(headers={"Content-Length": str(10**6)})
        self.half, self.cut = body[: len(body) // 2], cut

    async def prepare(self, request: web.BaseRequest) -> Any:
        writer = await super().prepare(request)
        assert writer is not None
        await writer.write(self.half)
        while not self.cut and request.transport is not None:
            await asyncio.sleep(0.01)
            await writer.write(b" ")
        if request.transport is not None:
            request.transport.close()
        return writer


@dataclass
class ScriptedEndpoint:
    """`answer` makes the response from the body of a request; it is sent once `answers` is set. `most` is how many
    requests were under way at once."""

    answer: Answer = lambda _: web.json_response(completion(said()))
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: int = 0
    most: int = 0

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["ScriptedEndpoint"]:
        app = web.Application(client_max_size=10**7)
        app.router.add_post("/v1/chat/completions", self._post)
        server = TestServer(app)
        await server.start_server()
        self.url = str(server.make_url("/v1"))
        self.answers.set()
        try:
            yield self
        finally:
            self.answers.set()
            await server.close()

    def settings(self, **more: str) -> Settings:
        return read_settings({"ADVISOR_MODEL_URL": self.url, "ADVISOR_MODEL": "m", "HOME": "/nowhere", **more})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.json())
        self.headers.append(dict(request.headers))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.answers.wait()
        self.under_way -= 1
        return self.answer(self.bodies[-1])
