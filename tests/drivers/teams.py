"""One conversation in Teams: activities to the real endpoint over a socket, cards from the local connector."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from aiohttp import ClientSession

from bot.config.environment import read_settings
from bot.playground.teams.connector import PostedMessage
from bot.playground.teams.people import CARD, Member, TeamsChat, TeamsPeople
from bot.teams.app import PATH, build
from bot.turns.service import Service
from dialogs import catalogue
from tests.drivers import Driver
from tests.drivers.local_server import serving
from tests.faulty_platforms import FaultyConnector
from tests.local_token import LOCAL_TOKEN, SETTING

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class TeamsDriver:
    """Remembers every card as it was shown, so that an old one can be pressed."""

    def __init__(self, people: TeamsPeople) -> None:
        self.people = people
        self._shown: list[tuple[str, dict[str, Any]]] = []

    async def say(self, who: str, text: str, aside: bool = False) -> str:
        """Types; an aside reaches the bot as where it may read all messages."""
        status, _ = await self.people.say(Member(who), text, mention=self.people.chat.mentions and not aside)
        assert status == 200
        return "\n".join(self._new(Member(who)))

    async def press(self, who: str, button: str, old: bool = False) -> str:
        """Presses; what comes back as a text is read as well. For feedback Teams itself thanks."""
        if button in ("feedback:up", "feedback:down"):
            asking = [posted for posted in self._messages() if posted.asks_feedback]
            if not asking:
                raise LookupError("no message asks for feedback")
            message = (asking[0] if old else asking[-1]).id
            assert await self.people.feedback(Member(who), message, button == "feedback:up") == (200, None)
            return "\n".join(["Thank you for your feedback.", *self._new(Member(who))])
        message, action = self._button(button, old)
        status, body = await self.people.press(Member(who), message, action)
        assert status == 200
        told = [] if body["type"] == CARD else [body["value"]]
        return "\n".join([*told, *self._new(Member(who))])

    def standing(self, who: str) -> list[str]:
        """All messages as this person sees them now, oldest first."""
        return [read(card) for m in self._messages() if (card := self._seen(Member(who), m)) is not None]

    def _seen(self, who: Member, message: PostedMessage) -> dict[str, Any] | None:
        """What this person sees in a message."""
        seen = self.people.seen_by(who, message)
        return message.shown if seen is None and message.only_for in (None, who.account()["id"]) else seen

    def _messages(self) -> list[Any]:
        return self.people.connector.messages(self.people.chat.id)

    def _new(self, who: Member) -> list[str]:
        shown = []
        for message in self._messages():
            card = self._seen(who, message)
            last = next((shown for shown_id, shown in reversed(self._shown) if shown_id == message.id), None)
            if card is not None and card != last:
                self._shown.append((message.id, card))
                shown.append(read(card))
        return shown

    def _button(self, button: str, old: bool) -> tuple[str, dict[str, Any]]:
        newest = dict(self._shown)
        order = list(dict.fromkeys(message for message, _ in self._shown))
        cards = self._shown if old else [(message, newest[message]) for message in reversed(order)]
        there = [(message, action) for message, card in cards for action in actions(card)]
        for message, action in there:
            if action_id(action) == button:
                return message, action
        raise LookupError(f"no message has {button}; there is {sorted({action_id(action) for _, action in there})}")


def actions(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons of a card, those in menus as well; not what opens a menu."""
    found = [action for block in card["body"] for action in block.get("actions", [])]
    return [action for action in found if action["type"] != "Action.ToggleVisibility"]


def action_id(action: dict[str, Any]) -> str:
    """A button's id, made of what is sent when it is pressed."""
    arguments = (str(value) for name, value in action["data"].items() if name != "revision")
    return ":".join([action["verb"], *arguments])


def read(card: dict[str, Any]) -> str:
    """A card as a person reads it."""
    lines = []
    for block in card["body"]:
        match block["type"]:
            case "TextBlock":
                lines.append(block["text"])
            case "RichTextBlock":
                lines.append("".join(run["text"] for run in block["inlines"]))
            case "ActionSet":
                lines += [f"[{action['title']}]" for action in block["actions"]]
            case other:
                raise ValueError(f"nobody can read a {other}")
    return "\n".join(lines).replace("\N{ZERO WIDTH SPACE}", "")


@asynccontextmanager
async def _opened(service: Service, chat: TeamsChat) -> AsyncIterator[TeamsDriver]:
    teams = build(read_settings(SETTING), service, catalogue.load())
    connector, numbers = FaultyConnector(), count(1)
    async with serving(connector.routes()) as api, serving(teams.routes) as app, ClientSession() as http:
        await teams.start()
        people = TeamsPeople(
            http,
            f"{app}{PATH}",
            f"{api}/",
            connector,
            chat,
            new_id=lambda: f"a{next(numbers)}",
            now=lambda: NOON + timedelta(seconds=next(numbers)),
            token=lambda: LOCAL_TOKEN,
        )
        try:
            yield TeamsDriver(people)
        finally:
            await teams.stop()
        assert not list(connector.refused)


def personal(service: Service) -> AbstractAsyncContextManager[Driver]:
    """A chat with the bot alone."""
    return _opened(service, TeamsChat("a:1personal"))


def group(service: Service) -> AbstractAsyncContextManager[Driver]:
    """A chat of several people with the bot in it."""
    return _opened(service, TeamsChat("19:group@thread.v2", "groupChat"))


def channel(service: Service) -> AbstractAsyncContextManager[Driver]:
    """A thread of a channel."""
    return _opened(service, TeamsChat("19:channel@thread.tacv2;messageid=1700000000000", "channel"))
