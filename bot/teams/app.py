"""Assembles the Teams channel. Only the composition root calls this."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiohttp import web

from bot.config.proxy import open_session
from bot.config.settings import Settings
from bot.server.local_token import LocalToken
from bot.storage.outbox_entry import OutboxEntry
from bot.teams.access_tokens import AppToken, token_acquirer
from bot.teams.botframework import TeamsAdapter
from bot.teams.client import ConnectorClient, ServiceCheck, cloud_services, is_local_service
from bot.teams.cloud import PUBLIC, Cloud
from bot.teams.handler import TEAMS, TeamsHandler
from bot.teams.http import Authenticator, LocalAuthenticator, MessagesEndpoint, TokenAuthenticator
from bot.teams.signing_keys import SigningKeys, openid_fetch
from bot.teams.surface import TeamsSurface
from bot.turns.channel import Surface
from bot.turns.service import Service
from dialogs.catalogue import Catalogue

__all__ = ["PATH", "TEAMS", "TeamsChannel", "build"]

PATH = "/api/messages"


@dataclass(frozen=True, slots=True)
class TeamsChannel:
    """The running channel; see `bot.turns.channel.Channel`."""

    routes: tuple[web.RouteDef, ...]
    start: Callable[[], Awaitable[None]]
    stop: Callable[[], Awaitable[None]]
    surface: Callable[[OutboxEntry], Surface]


def build(
    settings: Settings,
    service: Service,
    catalogue: Catalogue,
    *,
    cloud: Cloud = PUBLIC,
    http_client: Any = None,
    now: Callable[[], float] = time.time,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    random: Callable[[], float] = random.random,
) -> TeamsChannel:
    """The channel for these settings, which must have Teams on (`Settings.teams`).

    `cloud` and `http_client` (MSAL's) lead elsewhere than to Microsoft in tests; `now` is the time since 1970, `clock`
    one that never goes back, both in seconds; `sleep` waits for some seconds; `random` spreads retries.
    """
    session = cache(open_session)  # one for all requests, made when the loop runs
    handler = TeamsHandler(service, catalogue, now, session, local=settings.microsoft_app_id is None)
    if settings.microsoft_app_id is None:
        if settings.local_token is None:
            raise ValueError("unsigned Teams needs a local token")
        authenticator: Authenticator = LocalAuthenticator(LocalToken(settings.local_token.get_secret_value()))
        is_service: ServiceCheck = is_local_service
        token: AppToken | None = None
        fetched: tuple[SigningKeys | AppToken, ...] = ()
    else:
        keys = SigningKeys(openid_fetch(session, cloud.openid), clock)
        authenticator = TokenAuthenticator(keys, cloud, settings.microsoft_app_id, settings.tenants)
        is_service = cloud_services(cloud)
        token = AppToken(token_acquirer(settings, cloud, http_client), clock)
        fetched = (keys, token)
    client = ConnectorClient(session, token, is_service, sleep=sleep, clock=clock, random=random)
    adapter = TeamsAdapter(client, handler)
    endpoint = MessagesEndpoint(authenticator, adapter)

    async def start() -> None:
        for each in fetched:
            each.start()

    async def stop() -> None:
        await handler.stop()
        for each in fetched:
            await each.stop()
        if session.cache_info().currsize:
            await session().close()

    def surface(entry: OutboxEntry) -> Surface:
        return handler.surface(TeamsSurface, entry.address, adapter.conversation(entry.address))

    return TeamsChannel((web.post(PATH, endpoint.handle),), start, stop, surface)
