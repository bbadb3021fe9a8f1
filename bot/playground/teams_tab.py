"""The Teams tab: each person's chat with the advisor, a group chat, and a channel with threads."""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientError, ClientSession

from bot.playground.changes import Changes
from bot.playground.tab import BOT, PEOPLE, Found, Json, Kind, NoSuch, Person, Room, Shown, Size, Spot
from bot.playground.teams import activity_rules, card_rules
from bot.playground.teams.activity_rules import CARD
from bot.playground.teams.connector import Connector, Posted
from bot.playground.teams.people import TENANT, Chat, Member, People
from bot.storage.place import Place

log = logging.getLogger(__name__)

MESSAGES = "/api/messages"
ROOT = ";messageid="
"""What stands between a channel's id and the message that a thread hangs from."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Something that a person wrote."""

    id: str
    conversation: str
    who: Person
    text: str


class TeamsTab:
    """`bot` tells where the bot listens, `service` is where it finds the connector; `seed` is part of all ids.

    `new_id` gives ids of messages that grow with time: milliseconds since 1970.
    """

    keeps_versions = False

    def __init__(
        self,
        connector: Connector,
        service: str,
        session: ClientSession,
        bot: Callable[[], str],
        changes: Changes,
        seed: str,
        new_id: Callable[[], str],
    ) -> None:
        self._connector = connector
        self._service = service
        self._session = session
        self._bot = bot
        self._changes = changes
        self._new_id = new_id
        self._typed: list[Typed] = []
        self._people: dict[str, People] = {}
        everybody = tuple(person.id for person in PEOPLE)
        own = (Room(f"a:{seed}-{p.id}", Kind.DIRECT, "Advisor", (p.id,), threads=False) for p in PEOPLE)
        self.rooms: Sequence[Room] = (
            *own,
            Room(f"19:{seed}@thread.v2", Kind.GROUP, "AI ideas", everybody, threads=False),
            Room(f"19:{seed}@thread.tacv2", Kind.CHANNEL, "Product", everybody, threads=True),
        )

    async def install(self) -> None:
        """Adds the advisor to everybody's chats, as Teams does when the app is installed."""
        for room in self.rooms:
            if room.kind is Kind.DIRECT:
                try:
                    await self._in(Spot(room.id)).install(Member(_person(room.members[0]).name))
                except (ClientError, TimeoutError) as error:
                    log.warning("The playground could not add the advisor to a chat: %s", error)
        self._changes.notify()

    def messages(self) -> Iterator[Shown]:
        """What people wrote and what the bot posted, by their ids."""
        shown = [
            *(self._written(typed) for typed in self._typed),
            *(self._shown(posted) for posted in self._connector.posted.values()),
        ]
        yield from sorted(shown, key=lambda message: int(message.id))

    def _written(self, typed: Typed) -> Shown:
        spot = self._spot(typed.conversation)
        reply = spot.thread not in (None, typed.id)
        return Shown(typed.id, spot, typed.who.id, int(typed.id) / 1000, typed.text, reply)

    def _shown(self, posted: Posted) -> Shown:
        people = self._people.get(posted.conversation)
        seen = {p.id: people.seen_by(Member(p.name), posted) for p in PEOPLE} if people else {}
        spot = self._spot(posted.conversation)
        return Shown(
            id=posted.id,
            spot=spot,
            author=BOT,
            at=int(posted.id) / 1000,
            text=str(posted.activity.get("text") or posted.activity.get("summary") or ""),
            reply=spot.thread is not None,
            version=posted.edits,
            content=posted.card,
            own={who: card for who, card in seen.items() if card is not posted.card},
            json=posted.activity,
            sizes=_sizes(posted.activity, posted.card),
        )

    def refused(self) -> Iterator[str]:
        """Messages that Teams would not have shown."""
        for call in self._connector.refused:
            yield " ".join([call.method, call.path, *call.problems])

    async def say(self, who: Person, spot: Spot, text: str, mention: bool) -> Spot:
        """Types a message. Without a mention Teams tells the bot only in personal chats."""
        room = self._room(spot)
        message = self._new_id()
        if room.threads and spot.thread is None:
            spot = Spot(room.id, message)
        self._typed.append(Typed(message, _conversation(spot), who, f"@Advisor {text}" if mention else text))
        self._changes.notify()
        if mention or room.kind is Kind.DIRECT:
            await self._in(spot).say(Member(who.name), text, mention=mention, id=message)
            self._changes.notify()
        return spot

    async def press(self, who: Person, message: str, version: int, button: Any) -> str | None:
        """Presses a button, which is an action of the card as the page had it."""
        posted = self._connector.posted.get(message)
        if posted is None or not isinstance(button, dict) or button.get("type") != "Action.Execute":
            raise NoSuch(f"There is no message {message} with such a button.")
        status, body = await self._in(self._spot(posted.conversation)).press(Member(who.name), message, button)
        self._changes.notify()
        if status != 200 or body is None:
            return f"The bot answered {status}."
        return None if body.get("type") == CARD else str(body.get("value"))

    def find(self, spot: Spot, button: str, oldest: bool) -> Found | None:
        """As the cards are now: Teams keeps no older ones."""
        cards = [(posted, posted.card or {}) for posted in self._connector.messages(_conversation(spot))]
        for posted, card in cards if oldest else reversed(cards):
            for action in (action for block in card.get("body", []) for action in block.get("actions", [])):
                if _button_id(action) == button:
                    return Found(posted.id, posted.edits, action)
        return None

    def place(self, who: Person, spot: Spot) -> Place:
        """A chat, or a channel's thread."""
        return Place(f"teams:{TENANT}:{_conversation(spot)}")

    def names(self) -> dict[str, str]:
        """Mentions hold names here."""
        return {}

    def _room(self, spot: Spot) -> Room:
        for room in self.rooms:
            if room.id == spot.room:
                return room
        raise NoSuch(f"There is no chat {spot.room}.")

    def _in(self, spot: Spot) -> People:
        conversation = _conversation(spot)
        if conversation not in self._people:
            kind = {Kind.DIRECT: "personal", Kind.GROUP: "groupChat"}.get(self._room(spot).kind, "channel")
            self._people[conversation] = People(
                self._session,
                self._bot() + MESSAGES,
                self._service,
                self._connector,
                Chat(conversation, kind),
                self._new_id,
                lambda: datetime.now(UTC),
            )
        return self._people[conversation]

    def _spot(self, conversation: str) -> Spot:
        room, _, root = conversation.partition(ROOT)
        return Spot(room, root or None)


def _conversation(spot: Spot) -> str:
    return spot.room if spot.thread is None else f"{spot.room}{ROOT}{spot.thread}"


def _person(who: str) -> Person:
    return next(person for person in PEOPLE if person.id == who)


def _button_id(action: Json) -> str:
    """The id by which transcripts know a button: its verb and what it is about."""
    about = [str(value) for name, value in action.get("data", {}).items() if name != "revision"]
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
