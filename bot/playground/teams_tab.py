"""The Teams tab: each person's chat with the advisor, a group chat, and a channel with threads."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

from aiohttp import ClientError, ClientSession

from bot.playground.changes import Changes
from bot.playground.tab import (
    BOT,
    PERSONAS,
    ActResult,
    FoundButton,
    Json,
    NotFound,
    OpenSurface,
    PageFile,
    PageMessage,
    Persona,
    Room,
    RoomKind,
    RoomThread,
    Size,
    persona,
)
from bot.playground.teams import activity_rules, card_rules
from bot.playground.teams.activity_rules import CARD
from bot.playground.teams.connector import Connector, PostedMessage
from bot.playground.teams.people import TENANT, Member, TeamsChat, TeamsPeople
from bot.storage.place import Place

log = logging.getLogger(__name__)

MESSAGES = "/api/messages"
FEEDBACK = "feedback"
"""Type of what the page presses below a message, which is no action of its card: `up`, and a `text`."""

_THUMBS: Mapping[str, Json] = {
    "feedback:up": {"type": FEEDBACK, "up": True},
    "feedback:down": {"type": FEEDBACK, "up": False},
}

ROOT = ";messageid="
"""What separates a channel's id from the id of a thread's first message."""


@dataclass(frozen=True, slots=True)
class OpenDialog:
    """A dialog before somebody. `command` is the message extension's that opened it; "" where a card's button did."""

    title: str
    card: Json
    thread: RoomThread
    command: str = ""


@dataclass(eq=False)
class TeamsTab:
    """`bot` tells where the bot listens, `service` is where it finds the connector; `seed` is part of all ids.

    `new_id` gives ids of messages that grow with time: milliseconds since 1970. `token` is the local token, with which
    the bot lets activities in.
    """

    connector: Connector
    service: str
    session: ClientSession
    bot: Callable[[], str]
    changes: Changes
    seed: str
    new_id: Callable[[], str]
    token: str
    _typed: list[PageMessage] = field(default_factory=list, init=False)
    _dialogs: dict[str, OpenDialog] = field(default_factory=dict, init=False)
    _people: dict[str, TeamsPeople] = field(default_factory=dict, init=False)
    rooms: Sequence[Room] = field(init=False)

    def __post_init__(self) -> None:
        everybody = tuple(person.id for person in PERSONAS)
        own = (Room(f"a:{self.seed}-{p.id}", RoomKind.DIRECT, "Advisor", (p.id,), threads=False) for p in PERSONAS)
        self.rooms = (
            *own,
            Room(f"19:{self.seed}@thread.v2", RoomKind.GROUP, "AI ideas", everybody, threads=False),
            Room(f"19:{self.seed}@thread.tacv2", RoomKind.CHANNEL, "Product", everybody, threads=True),
        )

    async def install(self) -> None:
        """Adds the advisor to everybody's chats, as Teams does when the app is installed."""
        for room in self.rooms:
            if room.kind is RoomKind.DIRECT:
                try:
                    await self._in(RoomThread(room.id)).install(Member(persona(room.members[0]).name))
                except (ClientError, TimeoutError) as error:
                    log.warning("The playground could not add the advisor to a chat: %s", error)

    def messages(self) -> Iterator[PageMessage]:
        """What people wrote and what the bot posted, by their ids."""
        shown = [
            *self._typed,
            *(self._shown(posted) for posted in self.connector.posted.values()),
        ]
        yield from sorted(shown, key=lambda message: int(message.id))

    def _write(self, who: Persona, thread: RoomThread, message: str, text: str, **more: Any) -> None:
        """Somebody wrote something, or inserted a card."""
        reply = thread.thread not in (None, message)
        self._typed.append(PageMessage(message, thread, who.id, int(message) / 1000, text, reply, **more))

    def _shown(self, posted: PostedMessage) -> PageMessage:
        people = self._people.get(posted.conversation)
        seen = {p.id: people.seen_by(Member(p.name), posted) for p in PERSONAS} if people else {}
        thread = self._room_thread(posted.conversation)
        return PageMessage(
            id=posted.id,
            spot=thread,
            author=BOT,
            at=int(posted.id) / 1000,
            text=str(posted.activity.get("text") or posted.activity.get("summary") or ""),
            reply=thread.thread is not None,
            version=posted.edits,
            only=next((p.id for p in PERSONAS if Member(p.name).account()["id"] == posted.only_for), None),
            content=posted.card,
            own={who: card for who, card in seen.items() if card is not None and card is not posted.card},
            json=posted.activity,
            sizes=_sizes(posted.activity, posted.card),
            file=self._file(posted),
        )

    def _file(self, posted: PostedMessage) -> PageFile | None:
        found = posted.file
        if found is None:
            return None
        if "acceptContext" in found["content"]:
            return PageFile(found["name"], asks=found["content"]["description"])
        saved = self.connector.files.get(str(found["contentUrl"]).rpartition("/")[2], b"")
        return PageFile(found["name"], saved.decode("utf-8-sig", "replace"))

    def refused(self) -> Iterator[str]:
        """Messages that Teams would not have shown."""
        for call in self.connector.refused:
            yield " ".join([call.method, call.path, *call.problems])

    async def say(
        self, who: Persona, thread: RoomThread, text: str, mention: bool, file: PageFile | None = None
    ) -> RoomThread:
        """Types a message. Without a mention Teams tells the bot only in personal chats."""
        room = self._room(thread)
        message = self.new_id()
        if room.threads and thread.thread is None:
            thread = RoomThread(room.id, message)
        slash = text.startswith("/") and room.kind is not RoomKind.DIRECT
        shown = f"@Advisor {text}" if mention and not slash else text
        self._write(who, thread, message, shown, only=who.id if slash else None, file=file)
        attached = {} if file is None else {"attachments": [self._attached(room, message, file)]}
        self.changes.notify()
        if slash:
            await self._in(thread).slash(Member(who.name), text[1:].strip(), id=message)
            return thread
        if mention or room.kind is RoomKind.DIRECT:
            await self._in(thread).say(Member(who.name), text, mention=mention, id=message, **attached)
        return thread

    def _attached(self, room: Room, message: str, file: PageFile) -> Json:
        """A file as Teams tells the bot of it: in a personal chat alone with an address to have it from."""
        self.connector.files[message] = file.text.encode()
        url = f"{self.service}/files/{message}"
        if room.kind is not RoomKind.DIRECT:
            return {"contentType": "reference", "contentUrl": url, "name": file.name}
        content = {"downloadUrl": url, "uniqueId": message, "fileType": file.name.rpartition(".")[2]}
        kind = "application/vnd.microsoft.teams.file.download.info"
        return {"contentType": kind, "contentUrl": url, "name": file.name, "content": content}

    async def _answer_about_file(self, who: Persona, thread: RoomThread, message: str, accept: bool) -> ActResult:
        """A person says whether the bot may save a file for them."""
        posted = self.connector.posted.get(message)
        if posted is None or posted.file is None:
            raise NotFound(f"There is no message {message} about a file.")
        content, name, url = posted.file["content"], posted.file["name"], f"{self.service}/files/{message}"
        info = {"name": name, "uploadUrl": url, "contentUrl": url, "uniqueId": message, "fileType": "csv"}
        value = {"type": "fileUpload", "action": "accept" if accept else "decline", "uploadInfo": info}
        value["context"] = content["acceptContext" if accept else "declineContext"]
        activity = self._in(thread).activity("invoke", Member(who.name))
        asked = {"name": "fileConsent/invoke", "value": value, "replyToId": message}
        status, _ = await self._in(thread).send(activity | asked)
        return ActResult(told=None if status == 200 else f"The bot answered {status}.")

    async def press(self, who: Persona, message: str, version: int, button: Any) -> str | None:
        """Presses a button, which is an action of the card as the page had it."""
        posted = self.connector.posted.get(message)
        if posted is not None and posted.asks_feedback and isinstance(button, dict) and button.get("type") == FEEDBACK:
            up, text = bool(button.get("up")), str(button.get("text") or "")
            people = self._in(self._room_thread(posted.conversation))
            status, _ = await people.feedback(Member(who.name), message, up, text)
            return "Thank you for your feedback." if status == 200 else f"The bot answered {status}."
        if posted is None or not isinstance(button, dict) or button.get("type") != "Action.Execute":
            raise NotFound(f"There is no message {message} with such a button.")
        status, body = await self._in(self._room_thread(posted.conversation)).press(Member(who.name), message, button)
        self.changes.notify()
        if status != 200 or body is None:
            return f"The bot answered {status}."
        return None if body.get("type") == CARD else str(body.get("value"))

    async def act(
        self, who: Persona, thread: RoomThread, action: str, message: str | None, values: Mapping[str, Any]
    ) -> ActResult:
        """`ask` searches, `command` uses the message extension (on a message, where one is named), `fetch` presses a
        button that opens a dialog, `submit` sends the dialog off, `insert` puts a card into the room, `close` closes,
        `file` answers whether a file may be saved.
        """
        try:
            match action:
                case "file":
                    return await self._answer_about_file(who, thread, message or "", bool(values.get("accept")))
                case "ask":
                    return await self._ask(who, thread, str(values.get("text") or ""))
                case "insert":
                    return self._insert(who, thread, values.get("card"))
                case "command":
                    return await self._command(who, thread, str(values.get("id")), message)
                case "fetch":
                    body = await self._invoke(who, thread, "task/fetch", {"data": values.get("data")})
                    return self._shown_dialog(who, thread, "", body)
                case "submit":
                    return await self._submit(who, values.get("data"))
                case "close":
                    self._dialogs.pop(who.id, None)
                    return ActResult()
        finally:
            self.changes.notify()
        raise NotFound(f"There is no {action}.")

    def surfaces(self) -> Iterator[OpenSurface]:
        """Everybody's dialog."""
        for person, dialog in self._dialogs.items():
            yield OpenSurface("dialog", person, dialog.title, dialog.card)

    async def _ask(self, who: Persona, thread: RoomThread, text: str) -> ActResult:
        given = {"name": "text", "value": text} if text else {"name": "initialRun", "value": "true"}
        body = await self._invoke(who, thread, "composeExtension/query", {"commandId": "ask", "parameters": [given]})
        answer = body.get("composeExtension", {})
        found = [
            {**attachment["preview"]["content"], "card": attachment["content"]}
            for attachment in answer.get("attachments", [])
        ]
        return ActResult(told=answer.get("text"), found=found)

    def _insert(self, who: Persona, thread: RoomThread, card: Any) -> ActResult:
        if not isinstance(card, dict):
            raise NotFound("There is no card to insert.")
        message = self.new_id()
        if self._room(thread).threads and thread.thread is None:
            thread = RoomThread(thread.room, message)
        self._write(who, thread, message, "", content=card)
        return ActResult()

    async def _command(self, who: Persona, thread: RoomThread, command: str, message: str | None) -> ActResult:
        value: Json = {"commandId": command, "commandContext": "message" if message else "compose"}
        if message:
            typed = next((one for one in self._typed if one.id == message), None)
            if typed is None:
                raise NotFound(f"There is no message {message} of a person.")
            content = f"<p>{escape(typed.text.removeprefix('@Advisor '))}</p>"
            value["messagePayload"] = {"id": message, "body": {"contentType": "html", "content": content}}
        body = await self._invoke(who, thread, "composeExtension/fetchTask", value)
        return self._shown_dialog(who, thread, command, body)

    async def _submit(self, who: Persona, data: Any) -> ActResult:
        dialog = self._dialogs.get(who.id)
        if dialog is None:
            raise NotFound("There is no dialog.")
        if dialog.command:
            value = {"commandId": dialog.command, "data": data}
            body = await self._invoke(who, dialog.thread, "composeExtension/submitAction", value)
        else:
            body = await self._invoke(who, dialog.thread, "task/submit", {"data": data})
        return self._shown_dialog(who, dialog.thread, dialog.command, body)

    def _shown_dialog(self, who: Persona, thread: RoomThread, command: str, body: Json) -> ActResult:
        """The next dialog, or a text, or a card for the compose box."""
        self._dialogs.pop(who.id, None)
        task = body.get("task", {})
        if task.get("type") == "continue":
            value = task["value"]
            self._dialogs[who.id] = OpenDialog(value["title"], value["card"]["content"], thread, command)
            return ActResult()
        for attachment in body.get("composeExtension", {}).get("attachments", []):
            self._insert(who, thread, attachment["content"])
        told = task.get("value")
        return ActResult(told=str(told) if told else None)

    async def _invoke(self, who: Persona, thread: RoomThread, name: str, value: Json) -> Json:
        status, body = await self._in(thread).invoke(Member(who.name), name, value)
        if status != 200 or not isinstance(body, dict):
            raise NotFound(f"The bot answered {status}.")
        return body

    def find(self, thread: RoomThread, button: str) -> FoundButton | None:
        """The newest that people could press."""
        for posted in reversed(self.connector.messages(_conversation(thread))):
            if button in _THUMBS and posted.asks_feedback:
                return posted.id, posted.edits, _THUMBS[button]
            for block in (posted.card or {}).get("body", []):
                for action in block.get("actions", []):
                    if _button_id(action) == button:
                        return posted.id, posted.edits, action
        return None

    def place(self, who: Persona, thread: RoomThread) -> Place:
        """A chat, or a channel's thread."""
        return Place(f"teams:{TENANT}:{_conversation(thread)}")

    def names(self) -> dict[str, str]:
        """Mentions hold names here."""
        return {}

    def _room(self, thread: RoomThread) -> Room:
        for room in self.rooms:
            if room.id == thread.room:
                return room
        raise NotFound(f"There is no chat {thread.room}.")

    def _in(self, thread: RoomThread) -> TeamsPeople:
        conversation = _conversation(thread)
        if conversation not in self._people:
            kind = {RoomKind.DIRECT: "personal", RoomKind.GROUP: "groupChat"}.get(self._room(thread).kind, "channel")
            self._people[conversation] = TeamsPeople(
                self.session,
                self.bot() + MESSAGES,
                self.service,
                self.connector,
                TeamsChat(conversation, kind),
                self.new_id,
                lambda: datetime.now(UTC),
                lambda: self.token,
            )
        return self._people[conversation]

    def _room_thread(self, conversation: str) -> RoomThread:
        room, _, root = conversation.partition(ROOT)
        return RoomThread(room, root or None)


def _conversation(thread: RoomThread) -> str:
    return thread.room if thread.thread is None else f"{thread.room}{ROOT}{thread.thread}"


def _button_id(action: Json) -> str:
    """The id by which transcripts know a button: its verb and what it is about."""
    about = [str(value) for name, value in action.get("data", {}).items() if name not in ("revision", "targeted")]
    return ":".join([action.get("verb", ""), *about])


def _sizes(activity: Json, card: Json | None) -> tuple[Size, ...]:
    whole = 2 * len(json.dumps(activity, ensure_ascii=False))
    sizes = [Size("Bytes of the message", whole, activity_rules.LIMIT)]
    if card is not None:
        in_sets = [len(block.get("actions", [])) for block in card.get("body", [])]
        sizes += [
            Size("Bytes of the card", len(json.dumps(card, ensure_ascii=False).encode()), card_rules.LIMIT),
            Size("Buttons in the longest row", max(in_sets, default=0), card_rules.MOST_ACTIONS),
        ]
    return tuple(sizes)
