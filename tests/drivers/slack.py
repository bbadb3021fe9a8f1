"""One conversation in Slack: signed requests to the real endpoint over a socket, messages from the local Web API."""

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession

from bot.config.environment import read_settings
from bot.playground.slack.people import NoSuchButton, SlackPeople, buttons
from bot.playground.slack.workspace import (
    ChannelKind,
    Content,
    LocalWorkspace,
    SlackMessage,
    WorkspaceChannel,
)
from bot.slack.app import PATH, SlackChannel, build
from bot.storage.redis_retries import Storage
from bot.turns.service import Service
from dialogs import catalogue
from tests.drivers import Driver
from tests.drivers.local_server import serving
from tests.faulty_platforms import ApiFault, FaultyWebApi

SECRET = "0123456789abcdef0123456789abcdef"

PEOPLE = ("ana", "ben", "eve")


def user(who: str) -> str:
    """A person's id in the workspace."""
    return f"U0{who.upper()}"


@dataclass
class Rig:
    """The channel as it is served, a workspace, and the people in it."""

    slack: SlackChannel
    api: FaultyWebApi
    workspace: LocalWorkspace
    people: SlackPeople
    url: str
    clock: "Clock"
    service: Service

    async def settled(self, doing: Awaitable[Any] | None = None) -> Any:
        """What somebody's doing gives, once all replies are where they belong."""
        found = None if doing is None else await doing
        await self.slack.reply_tasks.join()
        return found

    def refused(self) -> list[Any]:
        """Calls of the Web API that Slack would have refused."""
        return [call for call in self.api.calls if not call.answer.get("ok")]

    def visible(self, channel: WorkspaceChannel, root: str | None = None) -> list[str]:
        """What the bot's messages in a channel, or in one thread, say now to everybody; oldest first."""
        return [
            read(message.content)
            for message in self.workspace.messages
            if message.channel == channel.id
            and message.user == self.workspace.bot
            and message.only_for is None
            and not message.deleted
            and root in (None, message.root)
        ]


@dataclass
class Clock:
    """A clock that never goes back, and can be put forward."""

    skipped: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.skipped


@asynccontextmanager
async def opened(
    service: Service,
    environment: Mapping[str, str] | None = None,
    storage: Storage | None = None,
    workspace: LocalWorkspace | None = None,
    faults: Iterable[ApiFault] = (),
    **more: Any,
) -> AsyncIterator[Rig]:
    """A running rig. `environment` replaces settings, `faults` are there from the start.

    What Slack would have refused is a failure of the test.
    """
    shared = workspace or LocalWorkspace(time.time)
    api = FaultyWebApi(shared)
    api.faults.extend(faults)
    async with serving(api.app()) as api_url, ClientSession() as http:
        settings = read_settings(
            {
                "SLACK_BOT_TOKEN": shared.token,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": f"{api_url}/api/",
                **(environment or {}),
            }
        )
        clock = Clock()
        slack = build(settings, service, catalogue.load(), storage, **{"clock": clock, **more})
        async with serving(slack.routes) as url:
            await slack.start()
            try:
                people = SlackPeople(shared, url + PATH, api_url, SECRET, http)
                yield Rig(slack, api, shared, people, url, clock, service)
                await slack.reply_tasks.join()
            finally:
                await slack.stop()


def read(content: Content) -> str:
    """A message as a person reads it: its blocks, with the labels of what can be pressed."""
    return _unescaped("\n".join(_lines(content.blocks)) if content.blocks else content.text)


def _lines(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "section":
                yield block["text"]["text"]
            case "context":
                yield from (element["text"] for element in block["elements"])
            case "actions":
                yield from (f"[{label}]" for element in block["elements"] for label in _labels(element))
            case "table" | "data_table":
                yield from (" | ".join(map(_cell, row)) for row in block["rows"])
            case "divider":
                yield "---"
            case "rich_text":
                yield _cell(block)
            case "context_actions":
                sides = ("positive_button", "negative_button")
                yield from (f"[{element[side]['text']['text']}]" for element in block["elements"] for side in sides)
            case other:
                raise ValueError(f"nobody can read a {other}")


def _cell(cell: dict[str, Any]) -> str:
    runs = [run for part in cell.get("elements", []) for run in part["elements"]] or [cell]
    return "".join(run["text"] for run in runs)


def _labels(element: dict[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in element.get("options", [element])]


def _unescaped(text: str) -> str:
    named = re.sub(r"<@U0(\w+)>", lambda found: f"@{found[1].lower()}", text)
    named = re.sub(r"<https?:[^|>]+\|([^>]*)>", r"\1", named)
    return named.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class SlackDriver:
    """Everything is said in one channel: in a thread that the first mention opens, or at the top of direct messages."""

    def __init__(self, rig: Rig, channel: WorkspaceChannel) -> None:
        self._rig = rig
        self._channel = channel
        self._root: str | None = None
        self._seen = 0

    async def say(self, who: str, text: str, aside: bool = False) -> str:
        """Types."""
        direct = self._channel.kind is ChannelKind.DIRECT
        say = self._rig.people.say if direct or aside else self._rig.people.mention
        message = await say(user(who), self._channel, text, self._root)
        if not direct and self._root is None:
            self._root = message.ts
        return await self._new(who)

    def standing(self, who: str) -> list[str]:
        """What stands in the channel."""
        return self._rig.visible(self._channel)

    async def press(self, who: str, button: str, old: bool = False) -> str:
        """Presses a button of the newest message that has it, or of the first version of the oldest one."""
        message, version = self._find(who, button, old)
        answer = await self._rig.people.press(user(who), message, button, version)
        assert answer.status == 200, answer
        return await self._new(who)

    def _find(self, who: str, button: str, old: bool) -> tuple[SlackMessage, int]:
        shown = [m for m in self._rig.workspace.messages if m.only_for in (None, user(who)) and not m.deleted]
        there = (
            [(message, version) for message in shown for version in range(len(message.versions))]
            if old
            else [(message, -1) for message in reversed(shown)]
        )
        for message, version in there:
            if button in buttons(message, version):
                return message, version
        raise NoSuchButton(f"{button}; there is {sorted({b for m, v in there for b in buttons(m, v)})}")

    async def _new(self, who: str) -> str:
        await self._rig.settled()
        news, self._seen = self._rig.workspace.log[self._seen :], len(self._rig.workspace.log)
        return "\n".join(read(content) for message, content in news if self._is_for(who, message))

    def _is_for(self, who: str, message: SlackMessage) -> bool:
        return message.user == self._rig.workspace.bot and message.only_for in (None, user(who))


@asynccontextmanager
async def _driving(service: Service, place: Callable[[LocalWorkspace], WorkspaceChannel]) -> AsyncIterator[Driver]:
    async with opened(service) as rig:
        yield SlackDriver(rig, place(rig.workspace))
        assert not rig.refused(), rig.refused()


def channel(service: Service) -> AbstractAsyncContextManager[Driver]:
    """A thread in a public channel."""
    return _driving(service, lambda workspace: workspace.channel(map(user, PEOPLE)))


def direct_message(service: Service) -> AbstractAsyncContextManager[Driver]:
    """Direct messages with the bot, outside of threads."""
    return _driving(service, lambda workspace: workspace.direct(user(PEOPLE[0])))
