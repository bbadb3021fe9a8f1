"""One process as its tests see it: a service on a real server, the people who write to it, and what they see."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.storage.outbox import Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.redis_retries import Storage, Timeouts
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from bot.turns.channel import SentMessage, Surface
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message, Person, Press, Typed, parse_action
from dialogs.view import Choices, View
from dialogs.views.plain_text import plain
from tests.bot.server_clock import NOON, ClockedRedelivery
from tests.patience import UNHURRIED

PLACE = Place("slack:T1:C1", "1.0")
EVERYTHING = -1e9
"""What `Outbox.claim` gets for entries of any age."""

WEEK = timedelta(days=7)
ADDRESS = {"channel": "C1"}

AWAY = "redis://127.0.0.1:1"
"""Where no server is."""


@asynccontextmanager
async def opened(url: str, *, wait_replicas: int = 0, timeouts: Timeouts = UNHURRIED) -> AsyncIterator[Storage]:
    """What is stored at a server, until the block ends."""
    storage = Storage(url, wait_replicas=wait_replicas, timeouts=timeouts)
    try:
        yield storage
    finally:
        await storage.close()


def pressable(view: View) -> bool:
    """Whether it has an option to press."""
    return any(isinstance(element, Choices) for element in view.elements)


@dataclass
class FakeSurface(Surface):
    """What people see: messages by id, in order. Fails on demand. `stored` is the file that was sent here."""

    can_whisper: bool = True
    can_expand: bool = False
    names_subject: bool = False
    messages: dict[str, View] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    edits: list[View] = field(default_factory=list)
    whispers: list[View] = field(default_factory=list)
    trouble: Exception | None = None
    tells: bool = False
    stored: bytes | None = None
    numbers: count = field(default_factory=lambda: count(1))

    async def fetch(self, name: str, url: str) -> bytes:
        return await super().fetch(name, url) if self.stored is None else self.stored

    async def post(self, view: View) -> Card:
        self._check()
        card = Card(f"m{next(self.numbers)}", ADDRESS)
        self.messages[card.message] = view
        return card

    async def update(self, card: Card, view: View) -> Card:
        self._check()
        if card.message in self.deleted:
            return await self.post(view)
        assert card.message in self.messages
        self.messages[card.message] = view
        self.edits.append(view)
        return card

    async def edit(self, card: Card, view: View) -> None:
        await self.update(card, view)

    async def delete(self, card: Card, record: View) -> None:
        self._check()
        self.messages.pop(card.message, None)
        self.deleted.add(card.message)

    async def sent(self, since: int) -> Sequence[SentMessage] | None:
        if not self.tells:
            return None
        return [
            SentMessage(Card(message, ADDRESS), plain(view), view.revision, asks=True)
            for message, view in self.messages.items()
            if pressable(view)
        ]

    def text(self, view: View) -> str:
        return plain(view)

    async def close(self, card: Card) -> None:
        self.messages[card.message] = self.messages[card.message].without_buttons()

    async def whisper(self, view: View) -> None:
        self._check()
        self.whispers.append(view)

    async def think(self, message: Message, words: str, over: asyncio.Event) -> None:
        """Nobody sees it."""

    def _check(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def texts(self) -> list[str]:
        return [plain(view) for view in self.messages.values()]

    def live(self) -> list[str]:
        """Ids of the messages that have an option to press."""
        return [message for message, view in self.messages.items() if pressable(view)]


@dataclass
class Slow(FakeSurface):
    """Answers only when it is told to, and counts how many wait for it."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: int = 0
    at_once: int = 0

    async def post(self, view: View) -> Card:
        self.waiting += 1
        self.at_once = max(self.at_once, self.waiting)
        self.asked.set()
        await self.answered.wait()
        self.waiting -= 1
        return await super().post(view)


@dataclass
class Watched(FakeSurface):
    """Has something happen each time a message was posted."""

    then: Callable[[], Awaitable[None]] | None = None

    async def post(self, view: View) -> Card:
        card = await super().post(view)
        if self.then is not None:
            await self.then()
        return card


async def taken(
    service: Service,
    content: Typed | Press | str,
    message_id: str = "said",
    *,
    who: str = "ana",
    at: int = NOON + 50,
    pressed: Card | None = None,
) -> Processed:
    """What a process makes of what somebody types or presses; nothing of it is shown yet."""
    message = Message(message_id, Person(who), at, Typed(content) if isinstance(content, str) else content)
    return await service.process(PLACE, message, channel="test", address=ADDRESS, pressed=pressed)


@dataclass
class Harness:
    """A service, what it stands on, and shorthands for people."""

    service: Service
    sessions: Sessions
    outbox: Outbox
    storage: Storage
    surface: FakeSurface = field(default_factory=FakeSurface)
    numbers: count = field(default_factory=lambda: count(1))

    @classmethod
    def on(cls, advisor: Advisor, stores: Stores, now: Callable[[], float] = lambda: NOON) -> "Harness":
        return cls(Service(advisor, stores, now=now), stores.sessions, stores.outbox, stores.storage)

    async def process(self, content: Typed | Press, message_id: str | None = None, who: str = "ana") -> Processed:
        number = next(self.numbers)
        live = self.surface.live() or list(self.surface.messages)
        pressed = Card(live[-1], ADDRESS) if isinstance(content, Press) and live else None
        return await taken(
            self.service, content, message_id or f"e{number}", who=who, at=NOON + number, pressed=pressed
        )

    async def ask_at(self, place: Place) -> None:
        """Somebody asks there, and the process dies before it replies."""
        message = Message(f"e{next(self.numbers)}", Person("ana"), NOON, Typed("should we fine-tune our support bot?"))
        await self.service.process(place, message, channel="test", address=ADDRESS)

    async def say(self, text: str, message_id: str | None = None) -> None:
        await self.service.delivery.deliver(await self.process(Typed(text), message_id), self.surface)

    async def press(
        self, button: str, message_id: str | None = None, revision: int | None = None, who: str = "ana"
    ) -> None:
        processed = await self.process(self.button(button, revision), message_id, who)
        await self.service.delivery.deliver(processed, self.surface)

    @staticmethod
    def button(name: str, revision: int | None = None) -> Press:
        action = parse_action(name)
        assert action is not None
        return Press(action, revision)

    async def conversation(self) -> Conversation:
        stored = await self.sessions.load(PLACE)
        assert stored.document is not None
        return Conversation.from_json(stored.document)

    async def pending(self) -> int:
        return len(await self.outbox.claim(EVERYTHING))

    def redelivery(
        self, at: float, by: Service | None = None, surface: Callable[[OutboxEntry], FakeSurface] | None = None
    ) -> ClockedRedelivery:
        """A look at that time, by this process or another one."""
        surfaces = {"test": surface or (lambda entry: self.surface)}
        return ClockedRedelivery((by or self.service).overdue, self.outbox, surfaces, lambda: at)
