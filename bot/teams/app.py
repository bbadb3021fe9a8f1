"""Puts the channel together. Only the composition root calls this."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, web

from bot.config.settings import Settings
from bot.storage.outbox import OutboxEntry
from bot.teams.activities import Scope
from bot.teams.botframework import Framework
from bot.teams.client import Sender
from bot.teams.cloud import PUBLIC, Cloud
from bot.teams.credentials import Acquire, AppToken, NoSignIn, acquirer
from bot.teams.elements import Keeping
from bot.teams.handler import CHANNEL, Turns
from bot.teams.http import Edge, Gate, LocalGate, SignedGate
from bot.teams.renderer import Drawing
from bot.teams.signing_keys import Keys, from_web
from bot.teams.surface import LiveSurface, hint
from bot.teams.token_validation import Tokens
from bot.turns.channel import Surface
from bot.turns.service import Service
from dialogs.catalogue import Catalogue
from dialogs.view import Element

__all__ = ["CHANNEL", "PATH", "Teams", "build"]

PATH = "/api/messages"


@dataclass(frozen=True, slots=True)
class Teams:
    """The running channel: its routes, what to await before they are served and after, and how `Redelivery` reaches the
    place of a reply that is owed (under the name CHANNEL)."""

    routes: tuple[web.RouteDef, ...]
    start: Callable[[], Awaitable[None]]
    stop: Callable[[], Awaitable[None]]
    surface: Callable[[OutboxEntry], Surface]


class _Session:
    """The one session for everything that goes out; made when the loop runs."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None

    def __call__(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession()
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def build(
    settings: Settings,
    service: Service,
    catalogue: Catalogue,
    *,
    fixed: Callable[[Element], bool] = lambda _: False,
    cloud: Cloud = PUBLIC,
    http_client: Any = None,
    now: Callable[[], float] = time.time,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    chance: Callable[[], float] = random.random,
) -> Teams:
    """The channel for these settings, which must have Teams on (`Settings.teams`).

    `fixed` says which parts of views are the same in every conversation (`dialogs.once`): they are drawn once. `cloud`
    and `http_client` (MSAL's) lead elsewhere than to Microsoft in tests; `now` is the time since 1970, `clock` one that
    never goes back, both in seconds; `pause` waits; `chance` spreads retries.
    """
    session = _Session()
    draw = Keeping(fixed)
    turns = Turns(service, catalogue, now, draw)
    if settings.microsoft_app_id is None:
        gate: Gate = LocalGate()
        tokens: NoSignIn | AppToken = NoSignIn()
        keys: Keys | None = None
    else:
        keys = Keys(from_web(session, cloud.openid), clock)
        gate = SignedGate(Tokens(keys, cloud, settings.microsoft_app_id), cloud, settings.tenants)
        tokens = AppToken(_acquirer(settings, cloud, http_client), clock)
    sender = Sender(session, tokens, pause=pause, clock=clock, chance=chance)
    framework = Framework(sender, turns)
    edge = Edge(gate, framework)

    async def start() -> None:
        if keys is not None and isinstance(tokens, AppToken):
            keys.start()
            tokens.start()

    async def stop() -> None:
        await turns.stop()
        if keys is not None and isinstance(tokens, AppToken):
            await keys.stop()
            await tokens.stop()
        await session.close()

    def surface(entry: OutboxEntry) -> Surface:
        scope = Scope(entry.address["scope"])
        return LiveSurface(framework.chat(entry.address), entry.address, Drawing(hint(catalogue, scope), draw))

    return Teams((web.post(PATH, edge.messages),), start, stop, surface)


def _acquirer(settings: Settings, cloud: Cloud, http_client: Any) -> Acquire:
    password = settings.microsoft_app_password
    return acquirer(
        cloud,
        settings.microsoft_app_type,
        settings.microsoft_app_id or "",
        password.get_secret_value() if password else "",
        settings.microsoft_app_tenant_id,
        http_client,
    )
