"""Teams around the channel under test, all on loopback sockets: the app, the connector, Microsoft's sign-in, people."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from aiohttp import ClientSession

from bot.config.environment import read_settings
from bot.playground.teams.people import TENANT, Member, TeamsChat, TeamsPeople
from bot.teams.app import PATH, TEAMS, TeamsChannel, build
from bot.teams.cloud import Cloud
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from dialogs import catalogue
from tests.bot.server_clock import ClockedRedelivery
from tests.bot.teams import microsoft
from tests.bot.teams.microsoft import Microsoft, Redirected
from tests.drivers.local_server import serving
from tests.faulty_platforms import FaultyConnector
from tests.local_token import LOCAL_TOKEN, SETTING

ANA, BEN = Member("Ana"), Member("Ben")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PERSONAL = TeamsChat("a:1personal")
GROUP = TeamsChat("19:group@thread.v2", "groupChat")
CHANNEL = TeamsChat("19:channel@thread.tacv2;messageid=1700000000000", "channel")
WORDS = catalogue.load()


@dataclass
class World:
    """Everything that a test may look at or turn. `pauses` are the seconds for which the client would have waited;
    `later` is by how many seconds the clock is ahead."""

    teams: TeamsChannel
    people: TeamsPeople
    connector: FaultyConnector
    microsoft: Microsoft
    app: str
    http: ClientSession
    pauses: list[float]
    later: list[float]
    service: Service

    def pass_time(self, seconds: float) -> None:
        """Lets time go by."""
        self.later[0] += seconds

    def messages(self) -> list[Any]:
        return self.connector.messages(self.people.chat.id)

    async def recover(self, after: float = OVERDUE_AFTER + 60) -> int:
        """Delivers what is overdue so many seconds after noon; returns how many replies were shown."""
        surfaces, later = {TEAMS: self.teams.surface}, NOON.timestamp() + after
        outbox = self.service._stores.outbox
        return await ClockedRedelivery(self.service.overdue, outbox, surfaces, lambda: later).deliver_overdue()

    async def post(self, body: bytes | str | BytesIO, **headers: str) -> int:
        """A raw request to the bot's address; the status."""
        given = {"Content-Type": "application/json", **{n.replace("_", "-"): v for n, v in headers.items()}}
        async with self.http.post(f"{self.app}{PATH}", data=body, headers=given) as response:
            assert response.status in (200, 413) or await response.read() == b""
            return response.status


@asynccontextmanager
async def local(service: Service, chat: TeamsChat = PERSONAL) -> AsyncIterator[World]:
    """Without an app id; every request carries the local token unless the test says otherwise."""
    async with _world(service, chat, SETTING, signed=False) as world:
        yield world


@asynccontextmanager
async def signed(service: Service, chat: TeamsChat = PERSONAL, **settings: str) -> AsyncIterator[World]:
    """With an app id; every request carries a good token unless the test says otherwise."""
    environment = {
        "MICROSOFT_APP_ID": microsoft.APP_ID,
        "MICROSOFT_APP_PASSWORD": microsoft.PASSWORD,
        "MICROSOFT_APP_TYPE": "MultiTenant",
        "ADVISOR_TENANTS": TENANT,
        **settings,
    }
    async with _world(service, chat, environment, signed=True) as world:
        yield world


@asynccontextmanager
async def _world(service: Service, chat: TeamsChat, environment: dict[str, str], signed: bool) -> AsyncIterator[World]:
    connector, ms, numbers, pauses = FaultyConnector(), Microsoft(), count(1), list[float]()
    later = [0.0]

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with serving(connector.routes()) as api, serving(ms.routes()) as login, ClientSession() as http:
        url = f"{api}/"
        cloud = Cloud(
            issuer=microsoft.ISSUER,
            openid=f"{login}/openid",
            login=microsoft.LOGIN,
            default_tenant="botframework.com",
            scope="https://api.botframework.com",
            services=frozenset({url.rstrip("/")}),
        )
        client = Redirected(f"{login}/")
        teams = build(
            read_settings(environment),
            service,
            WORDS,
            cloud=cloud,
            http_client=client,
            sleep=pause,
            clock=lambda: time.monotonic() + later[0],
            random=lambda: 0.0,
        )
        async with serving(teams.routes) as app:
            await teams.start()
            token: Callable[[], str] = (lambda: microsoft.token(serviceurl=url)) if signed else lambda: LOCAL_TOKEN
            people = TeamsPeople(
                http,
                f"{app}{PATH}",
                url,
                connector,
                chat,
                new_id=lambda: f"a{next(numbers)}",
                now=lambda: NOON + timedelta(seconds=next(numbers)),
                token=token,
            )
            try:
                yield World(teams, people, connector, ms, app, http, pauses, later, service)
            finally:
                await teams.stop()
                client.close()
