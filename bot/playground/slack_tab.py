"""The Slack tab: a workspace with a public and a private channel, and each person's direct messages."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from aiohttp import ClientSession

from bot.playground.changes import Changes
from bot.playground.slack import limits
from bot.playground.slack.api import WebApi
from bot.playground.slack.people import NoSuchButton, SlackPeople, buttons
from bot.playground.slack.workspace import ChannelKind, LocalWorkspace, SlackMessage, Upload
from bot.playground.tab import (
    BOT,
    PERSONAS,
    ActResult,
    FoundButton,
    NotFound,
    OpenSurface,
    PageFile,
    PageMessage,
    Persona,
    Room,
    RoomKind,
    RoomThread,
    Size,
)
from bot.storage.place import Place

EVENTS = "/slack/events"
COMMAND = "/advisor"
MENTION = "@Advisor"
"""How the bot is called in what people type."""


class SlackTab:
    """`bot` tells where the bot listens, `api` is where the workspace's Web API does."""

    def __init__(
        self, web: WebApi, secret: str, api: str, session: ClientSession, bot: Callable[[], str], changes: Changes
    ) -> None:
        self._web = web
        self._workspace: LocalWorkspace = web.workspaces[0]
        self._secret = secret
        self._api = api
        self._session = session
        self._bot = bot
        self._changes = changes
        self._users = {person.id: f"U0{person.id.upper():0<7}" for person in PERSONAS}
        self._workspace.names.update({self._users[person.id]: person.name for person in PERSONAS})
        self.rooms: Sequence[Room] = tuple(self._open_rooms())

    def _open_rooms(self) -> Iterator[Room]:
        everybody = tuple(self._users)
        for name, kind, ours in (
            ("ai-ideas", RoomKind.CHANNEL, ChannelKind.CHANNEL),
            ("leadership", RoomKind.PRIVATE, ChannelKind.PRIVATE),
        ):
            channel = self._workspace.channel(self._users.values(), ours)
            yield Room(channel.id, kind, name, everybody, threads=True)
        for person, user in self._users.items():
            yield Room(self._workspace.direct(user).id, RoomKind.DIRECT, "Advisor", (person,), threads=True)

    def messages(self) -> Iterator[PageMessage]:
        """All that was not deleted."""
        people = {user: person for person, user in self._users.items()}
        for message in self._workspace.messages:
            if not message.deleted:
                yield self._shown(message, people)

    def _shown(self, message: SlackMessage, people: dict[str, str]) -> PageMessage:
        content = message.content
        by_bot = message.user == self._workspace.bot
        return PageMessage(
            id=f"{message.channel}:{message.ts}",
            spot=RoomThread(message.channel, message.root),
            author=BOT if by_bot else people.get(message.user, message.user),
            at=float(message.ts),
            text=content.text,
            reply=message.root != message.ts,
            version=len(message.versions) - 1,
            only=people.get(message.only_for) if message.only_for else None,
            content=content.blocks or None,
            json={"text": content.text, "blocks": content.blocks} if by_bot else None,
            sizes=_sizes(content.text, content.blocks) if by_bot else (),
            file=self._file(message.file),
        )

    def _file(self, name: str | None) -> PageFile | None:
        upload = self._workspace.uploads.get(name or "")
        if upload is None:
            return None
        return PageFile(upload.name, (upload.data or b"").decode("utf-8-sig", "replace"))

    def refused(self) -> Iterator[str]:
        """Calls of the Web API that were answered with an error."""
        for call in self._web.calls:
            if call.answer.get("ok") is False:
                details = call.answer.get("response_metadata", {}).get("messages", [])
                yield " ".join([call.method, str(call.answer.get("error")), *details])

    @property
    def _people(self) -> SlackPeople:
        return SlackPeople(self._workspace, self._bot() + EVENTS, self._api, self._secret, self._session)

    async def say(
        self, who: Persona, thread: RoomThread, text: str, mention: bool, file: PageFile | None = None
    ) -> RoomThread:
        """Types a message, or a command."""
        channel = self._workspace.channels.get(thread.room)
        if channel is None:
            raise NotFound(f"There is no channel {thread.room}.")
        user = self._users[who.id]
        command, _, words = text.partition(" ")
        if command == COMMAND:
            await self._people.command(user, channel, words.strip())
            self._changes.notify()
            return thread
        named = text.replace(MENTION, f"@{self._workspace.bot}")
        if mention and named == text:
            named = f"@{self._workspace.bot} {text}"
        message = self._people.write(user, channel, named, thread.thread)
        events = self._people.events(message)
        if file is not None:
            message.file = self._workspace.new_id("F")
            data = file.text.encode()
            self._workspace.uploads[message.file] = Upload(file.name, len(data), data, shown=True)
            self._web.files[message.file] = data
            url = f"{self._api}/files/{message.file}"
            described = {"id": message.file, "name": file.name, "size": len(data), "url_private": url}
            events = [{**event, "subtype": "file_share", "files": [described]} for event in events]
        self._changes.notify()
        await asyncio.gather(*(self._people.send_event(event) for event in events))
        return RoomThread(thread.room, message.root)

    async def press(self, who: Persona, message: str, version: int, button: Any) -> None:
        """Presses a button, or picks from a menu, by its id."""
        found = self._message(message)
        if not -1 <= version < len(found.versions):
            raise NotFound(f"Message {message} has no version {version}.")
        try:
            await self._people.press(self._users[who.id], found, str(button), version)
        except NoSuchButton as error:
            raise NotFound(str(error)) from error
        self._changes.notify()

    async def act(
        self, who: Persona, thread: RoomThread, action: str, message: str | None, values: Mapping[str, Any]
    ) -> ActResult:
        """`home` looks at the app's page, `press` presses a button there, `shortcut` picks one, `submit` sends off the
        modal, `close` closes it.
        """
        user, people = self._users[who.id], self._people
        try:
            match action:
                case "home":
                    await people.open_home(user)
                case "press":
                    await people.press_home(user, str(values.get("button")))
                case "shortcut":
                    found = self._message(message) if message else None
                    await people.shortcut(user, str(values.get("callback")), found)
                case "submit":
                    return ActResult(errors=await people.submit(user, values))
                case "close":
                    self._workspace.modals.pop(user, None)
                case _:
                    raise NotFound(f"There is no {action}.")
        except (NoSuchButton, KeyError) as error:
            raise NotFound(f"There is no {error}.") from error
        finally:
            self._changes.notify()
        return ActResult()

    def surfaces(self) -> Iterator[OpenSurface]:
        """Everybody's Home tab and modal."""
        for person, user in self._users.items():
            for kind, views in (("home", self._workspace.homes), ("modal", self._workspace.modals)):
                view = views.get(user)
                if view is not None:
                    title = view.get("title", {}).get("text", "")
                    yield OpenSurface(kind, person, title, view)

    def _message(self, message: str) -> SlackMessage:
        channel, _, ts = message.partition(":")
        found = self._workspace.find(channel, ts)
        if found is None:
            raise NotFound(f"There is no message {message}.")
        return found

    def find(self, thread: RoomThread, button: str) -> FoundButton | None:
        """The newest that people could press."""
        for message in reversed(self._workspace.messages):
            here = message.channel == thread.room and message.root == thread.thread and not message.deleted
            if here and button in buttons(message):
                return f"{message.channel}:{message.ts}", len(message.versions) - 1, button
        return None

    def place(self, who: Persona, thread: RoomThread) -> Place:
        """In direct messages a conversation belongs to the person."""
        owner = self._workspace.enterprise or self._workspace.team
        if self._workspace.channels[thread.room].kind is ChannelKind.DIRECT:
            return Place(f"slack:{owner}:{self._users[who.id]}", thread.thread, direct=True)
        return Place(f"slack:{owner}:{thread.room}", thread.thread)

    def names(self) -> dict[str, str]:
        """Names by the ids that mentions hold."""
        return {self._workspace.bot: "Advisor", **self._workspace.names, **{room.id: room.name for room in self.rooms}}


def _sizes(text: str, blocks: list[dict[str, Any]]) -> tuple[Size, ...]:
    elements = [element for block in blocks for element in block.get("elements", []) if block["type"] == "actions"]
    return (
        Size("Characters for screen readers", limits.units(text), limits.ADVISED_TEXT),
        Size("Blocks", len(blocks), limits.BLOCKS),
        Size("Characters of the blocks as JSON", limits.size(blocks), limits.SIZE),
        Size("Buttons and menus", len(elements), 25),
    )
