"""The playground: the advisor as on Slack and as in Teams, on one page, for the person who runs it on this machine.

Nothing of the bot knows about it. Slack's Web API and the Teams connector are stand-ins on a port of their own; what
people do on the page reaches the bot's own routes, signed as Slack signs, in the form that Teams uses.
"""

import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, web
from aiohttp.typedefs import Handler

from bot.playground import page_files
from bot.playground.changes import Changes
from bot.playground.local_access import local_only
from bot.playground.page_api import PageApi
from bot.playground.slack.api import WebApi
from bot.playground.slack.workspace import LocalWorkspace
from bot.playground.slack_tab import SlackTab
from bot.playground.teams.connector import Connector
from bot.playground.teams_tab import TeamsTab
from bot.server.app import build_runner
from bot.server.local_token import LocalToken
from bot.storage.place import Place
from bot.storage.record import StoredConversation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """What the bot needs to reach the local workspace. It is made anew at each start and stored nowhere."""

    token: str
    signing_secret: str
    api_url: str


@dataclass(frozen=True, slots=True)
class Playground:
    """`slack` goes into the bot's settings, `attach` adds the page to its application."""

    slack: SlackAccess
    attach: Callable[[web.Application], None]


@asynccontextmanager
async def open_playground(
    title: str,
    examples: Sequence[str],
    load: Callable[[Place], Awaitable[StoredConversation]],
    token: str,
) -> AsyncIterator[Playground]:
    """The stand-ins, listening until the end. `load` reads a conversation, `token` is the local token."""
    local, changes = LocalToken(token), Changes()
    seed = secrets.token_hex(3)
    workspace = LocalWorkspace(time.time, team=f"T0{seed.upper()}", token=f"xoxb-{secrets.token_hex(16)}")
    signing_secret = secrets.token_hex(16)
    slack_api, new_id = WebApi(workspace), growing_ids(time.time)
    connector = Connector(new_id)
    path = secrets.token_urlsafe(16)
    stand_ins = _stand_ins(slack_api, connector, changes, path)
    async with _listening(stand_ins, path) as address, ClientSession() as session:
        page = PageApi(title, examples, load, changes, local)
        page.add("slack", SlackTab(slack_api, signing_secret, f"{address}/slack", session, page.bot, changes))
        teams = TeamsTab(connector, f"{address}/teams", session, page.bot, changes, seed, new_id, token)
        page.add("teams", teams, teams.install)
        slack = SlackAccess(workspace.token, signing_secret, f"{address}/slack/api/")

        async def end(_app: web.Application) -> None:
            changes.end()  # streams to the page would otherwise keep a server from stopping

        def attach(app: web.Application) -> None:
            app.add_routes([*page.routes(), *page_files.routes(local)])
            app.on_shutdown.append(end)

        try:
            yield Playground(slack, attach)
        finally:
            await page.close()


def growing_ids(clock: Callable[[], float]) -> Callable[[], str]:
    """Ids of messages as Teams makes them: milliseconds since 1970, never the same one twice."""
    newest = 0

    def new_id() -> str:
        nonlocal newest
        newest = max(newest + 1, int(clock() * 1000))
        return str(newest)

    return new_id


def _stand_ins(slack: WebApi, connector: Connector, changes: Changes, path: str) -> web.Application:
    """Below a path that nobody else knows: the connector asks for no token, since the bot has none to show."""

    @web.middleware
    async def told(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        finally:
            changes.notify()

    app = web.Application(middlewares=[local_only, told])
    app.add_subapp(f"/{path}/slack", slack.app())
    teams = web.Application()
    teams.add_routes(connector.routes())
    app.add_subapp(f"/{path}/teams", teams)
    return app


@asynccontextmanager
async def _listening(app: web.Application, path: str) -> AsyncIterator[str]:
    """Serves on a free port of this machine."""
    runner = build_runner(app, stop_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/{path}"
    finally:
        await runner.cleanup()
