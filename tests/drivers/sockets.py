"""Socket Mode: requests over a connection that the app opened, each in an envelope that it acknowledges."""

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web

PATH = "/socket"


class Sockets:
    """The connections of an app. `kind` is `events_api`, `interactive` or `slash_commands`."""

    def __init__(self) -> None:
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._there = asyncio.Event()
        self._sent = 0

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serves one connection until it is closed."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self._open) + 1})
        self._open.append(socket)
        self._there.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            self._gone(socket)
        return socket

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        waiting = self._waiting.pop(str(answer.get("envelope_id")), None)
        if waiting is not None:
            waiting.set_result(answer.get("payload") or {})

    async def send(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Sends a request over the newest connection; returns what came with its acknowledgement."""
        await self._there.wait()
        self._sent += 1
        envelope_id = f"envelope-{self._sent}"
        waiting = self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        envelope = {"envelope_id": envelope_id, "type": kind, "accepts_response_payload": True, "payload": payload}
        await self._open[-1].send_json(envelope)
        answer: dict[str, Any] = await waiting
        return answer

    def _gone(self, socket: web.WebSocketResponse) -> None:
        if socket in self._open:
            self._open.remove(socket)
        if not self._open:
            self._there.clear()

    async def close(self) -> None:
        """Ends all connections."""
        for socket in list(self._open):
            self._gone(socket)
            await socket.close()
