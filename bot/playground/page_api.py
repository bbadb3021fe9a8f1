"""What the page asks of the server: the rooms, a stream of messages, and everything that people do."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar

from aiohttp import ClientError, web
from aiohttp.typedefs import Handler
from pydantic import Field, ValidationError

from bot.playground import transcripts
from bot.playground.changes import Changes
from bot.playground.local_access import guarded, own_address
from bot.playground.tab import PERSONAS, NotFound, PageFile, RoomKind, RoomThread, persona
from bot.playground.transcripts import Tab
from bot.server.local_token import LocalToken
from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.place import Place
from bot.storage.record import StoredConversation
from knowledge.content import Model

log = logging.getLogger(__name__)

API = "/playground"

CHANNELS = {"slack": "slack channel", "teams": "teams channel"}
"""Where transcripts are played, by the names that they use."""


class PersonRequest(Model):
    """A person does something at a tab."""

    tab: str
    person: str


class RoomRequest(PersonRequest):
    """The same in a room. `thread` absent: a new one, or a room without threads."""

    room: str
    thread: str | None = None


class SayRequest(RoomRequest):
    """A person types."""

    text: str
    mention: bool = False
    file: PageFile | None = None


class PressRequest(PersonRequest):
    """A person presses a button of a message as they saw it."""

    message: str
    version: int
    button: Any


class ActRequest(RoomRequest):
    """A person does something beside messages, in a room or on a message."""

    action: str
    message: str | None = None
    values: dict[str, Any] = Field(default_factory=dict)


class PlayRequest(Model):
    """A transcript is to be played."""

    tab: str
    script: str


RequestBody = TypeVar("RequestBody", bound=Model)


@dataclass(eq=False)
class PageApi:
    """`load` reads a stored conversation. The bot listens where the page was asked for."""

    title: str
    examples: Sequence[str]
    load: Callable[[Place], Awaitable[StoredConversation]]
    changes: Changes
    token: LocalToken
    _tabs: dict[str, Tab] = field(default_factory=dict, init=False)
    _address: str = field(default="", init=False)
    _on_first_visit: list[Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=list, init=False)
    _running: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _trouble: list[str] = field(default_factory=list, init=False)

    def add(self, name: str, tab: Tab, on_first_visit: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """A tab; something may be done when the page is first opened."""
        self._tabs[name] = tab
        self._on_first_visit += [on_first_visit] if on_first_visit else []

    def bot(self) -> str:
        """Where the bot listens; known from the first request on."""
        return self._address

    def routes(self) -> list[web.RouteDef]:
        """All routes, each guarded."""
        return [
            web.get(f"{API}/state", self._guarded(self._state)),
            web.get(f"{API}/stream", self._guarded(self._stream)),
            web.get(f"{API}/conversation", self._guarded(self._conversation)),
            web.post(f"{API}/say", self._guarded(self._say)),
            web.post(f"{API}/press", self._guarded(self._press)),
            web.post(f"{API}/act", self._guarded(self._act)),
            web.post(f"{API}/play", self._guarded(self._play)),
        ]

    async def close(self) -> None:
        """Ends what is being played."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _guarded(self, handler: Handler) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            self._address = own_address(request)
            try:
                return await handler(request)
            except (NotFound, ValidationError) as error:
                return web.Response(text=f"{error}\n", status=HTTPStatus.BAD_REQUEST)
            except (StorageUnavailable, CorruptRecord, NewerSchema) as error:
                return web.Response(text=f"{error}\n", status=HTTPStatus.SERVICE_UNAVAILABLE)
            except (ClientError, TimeoutError) as error:
                log.warning("The playground did not reach the bot: %s", error)
                return web.Response(text="The bot did not answer. Try again.\n", status=HTTPStatus.BAD_GATEWAY)

        return guarded(self.token, answer)

    async def _state(self, _request: web.Request) -> web.Response:
        while self._on_first_visit:
            self._start(self._on_first_visit.pop()(), "The first visit")
        rooms = {name: [asdict(room) for room in tab.rooms] for name, tab in self._tabs.items()}
        playable = {name: transcripts.transcripts_for(CHANNELS[name]) for name in self._tabs}
        return web.json_response(
            {
                "title": self.title,
                "examples": self.examples,
                "people": [asdict(person) for person in PERSONAS],
                "rooms": rooms,
                "names": {name: tab.names() for name, tab in self._tabs.items()},
                "transcripts": {
                    name: [{"id": one.id, "name": one.name} for one in found] for name, found in playable.items()
                },
            }
        )

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first everything, then what changed."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        sent: dict[str, str] = {}
        try:
            async for _ in self.changes.each():
                for key, line in self._visible():
                    if sent.get(key) != line:
                        await response.write(f"data: {line}\n\n".encode())
                        sent[key] = line
                for gone in sent.keys() - {key for key, _ in self._visible()}:
                    await response.write(f"data: {json.dumps({'gone': gone})}\n\n".encode())
                    del sent[gone]
        except ConnectionError:
            log.debug("a page was closed")
        return response

    def _visible(self) -> Iterator[tuple[str, str]]:
        for name, tab in self._tabs.items():
            for message in tab.messages():
                yield message.id, json.dumps({"tab": name, **asdict(message)})
            for surface in tab.surfaces():
                key = f"{name} {surface.kind} {surface.person}"
                yield key, json.dumps({"tab": name, "id": key, "surface": surface.kind, **asdict(surface)})
            for number, refused in enumerate(tab.refused()):
                key = f"{name} {number}"
                yield key, json.dumps({"id": key, "trouble": refused})
        for number, trouble in enumerate(self._trouble):
            yield f"trouble {number}", json.dumps({"id": f"trouble {number}", "trouble": trouble})

    async def _say(self, request: web.Request) -> web.Response:
        asked = await _read(request, SayRequest)
        thread = RoomThread(asked.room, asked.thread)
        spot = await self._tab(asked.tab).say(persona(asked.person), thread, asked.text, asked.mention, asked.file)
        return web.json_response(asdict(spot))

    async def _press(self, request: web.Request) -> web.Response:
        asked = await _read(request, PressRequest)
        told = await self._tab(asked.tab).press(persona(asked.person), asked.message, asked.version, asked.button)
        return web.json_response({"told": told})

    async def _act(self, request: web.Request) -> web.Response:
        asked = await _read(request, ActRequest)
        thread = RoomThread(asked.room, asked.thread)
        result = await self._tab(asked.tab).act(
            persona(asked.person), thread, asked.action, asked.message, asked.values
        )
        return web.json_response(asdict(result))

    async def _conversation(self, request: web.Request) -> web.Response:
        """The stored document of a thread."""
        asked = request.query
        try:
            thread = RoomThread(asked["room"], asked.get("thread") or None)
            stored = await self.load(self._tab(asked["tab"]).place(persona(asked["person"]), thread))
        except KeyError as error:
            raise NotFound(f"There is no {error}.") from error
        document = json.loads(stored.document) if stored.document else None
        return web.json_response({"revision": stored.revision, "delivered": stored.delivered, "document": document})

    async def _play(self, request: web.Request) -> web.Response:
        """Answers once the transcript has begun, with the thread that it is played in."""
        asked = await _read(request, PlayRequest)
        tab, channel = self._tab(asked.tab), CHANNELS[asked.tab]
        transcript = next((one for one in transcripts.transcripts_for(channel) if one.id == asked.script), None)
        if transcript is None:
            raise NotFound(f"There is no transcript {asked.script}.")
        room = next(room.id for room in tab.rooms if room.kind is RoomKind.CHANNEL)
        steps = transcripts.play(transcript, channel, tab, room, self.changes)
        thread = await anext(steps)

        async def rest() -> None:
            async for _ in steps:
                pass

        self._start(rest(), f"Transcript “{transcript.name}”")
        return web.json_response(asdict(thread))

    def _start(self, work: Coroutine[Any, Any, None], what: str) -> None:
        """Goes on in the background; trouble is told on the page."""

        async def told() -> None:
            try:
                await work
            except (NotFound, transcripts.ButtonMissing, ClientError, TimeoutError) as error:
                self._trouble.append(f"{what} stopped: {error}")
                self.changes.notify()

        task = asyncio.create_task(told())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _tab(self, name: str) -> Tab:
        if name not in self._tabs:
            raise NotFound(f"There is no tab {name}.")
        return self._tabs[name]


async def _read(request: web.Request, kind: type[RequestBody]) -> RequestBody:
    """A form from another site cannot have this content type without asking first."""
    if request.content_type != "application/json":
        raise NotFound("The body must be JSON.")
    return kind.model_validate_json(await request.read())
