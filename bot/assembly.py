"""The composition root: settings in, real objects out. Nothing else builds them.

What a command does not need is not imported: triage of a text imports no Redis client, and a channel that is off
imports no SDK.
"""

import secrets
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.config.extras import ExtraMissing, needing
from bot.config.setting_types import ModelUse, ModelWhen, Unanswered
from bot.config.settings import Settings
from bot.config.settings_checks import SettingsError
from bot.config.version import built_commit, installed_version
from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.checks.pack_checks import open_pack
from knowledge.matching.factory import MODEL, Encoder, EncoderError, TrainingError, build_knowledge, load_encoder
from knowledge.pack import Pack
from knowledge.pack_loader import builtin
from knowledge.problems import PackError, Problem

if TYPE_CHECKING:
    from aiohttp.web import Application
    from mcp.server.lowlevel import Server

    from bot.mcp.http import McpEndpoint
    from bot.model.listener import ModelListener
    from bot.model.speaker import ModelSpeaker
    from bot.playground.server import Playground
    from bot.storage.redis_retries import Storage
    from bot.storage.stores import Stores
    from bot.turns.channel import Channel
    from bot.turns.listener import Listener, Speaker
    from bot.turns.observer import Observer
    from bot.turns.service import Service


def pack_folder(settings: Settings) -> Path:
    """Where the pack is: an organisation's own, or the built-in one."""
    return settings.pack or builtin()


def open_encoder(settings: Settings) -> tuple[Encoder | None, str]:
    """The encoder, or why there is none: then text is understood by its words alone."""
    try:
        return load_encoder(settings.encoder, settings.state / CACHE), ""
    except EncoderError as error:
        return None, f"Text is understood by its words alone, without an encoder. {error}"


CACHE = "fitted"
"""The folder in the state folder for trained classifiers and for what is made of the encoder's model."""

TRAINING = (
    "There are no valid classifiers for this pack, encoder and version: training takes 5 to 6 minutes of "
    "processor time and 2 GB of memory. "
    "The result is saved for later starts, if the state folder can be written."
)
NOT_SAVED = (
    "The trained model could not be saved, so every start takes this long. "
    "Set ADVISOR_STATE to a folder that can be written."
)


def open_advisor(
    settings: Settings, today: date, tell: Callable[[str], None] | None = None
) -> tuple[Advisor, tuple[str, ...]]:
    """The advisor on its pack, and warnings for the operator. PackError where the pack has a mistake,
    SettingsError where that is one that the settings name.

    `tell` is told at once if this takes long and why, and if the next start will take as long.
    """
    encoder, trouble = open_encoder(settings)
    pack, problems = _open_pack(settings, today, whole=encoder is None)
    cache, told = settings.state / CACHE, list[str]()

    def fitting() -> None:
        told.append(TRAINING)
        if tell:
            tell(TRAINING)

    own = settings.pack / MODEL if settings.pack else None

    def whole() -> Pack:
        return pack if encoder is None else _open_pack(settings, today, whole=True)[0]

    try:
        knowledge = build_knowledge(pack, encoder=encoder, cache=cache, fitting=fitting, own=own, whole=whole)
    except TrainingError as error:
        trouble = f"Text is understood by its words alone, without classifiers. {error}"
        knowledge = build_knowledge(whole(), encoder=None)
    if told and tell and encoder is not None:
        from knowledge.matching.model_file import is_cached

        if not is_cached(pack, encoder, cache):
            tell(NOT_SAVED)
    listener, missing = _listener(settings)
    told_later = (*map(str, problems), *filter(None, (trouble, missing)))
    speaks = settings.listener_use is ModelUse.SPEAK
    days = max(1, settings.session_ttl.days)
    return Advisor.build(knowledge, catalogue.load(), listener, speaks=speaks, days=days), told_later


def _listener(settings: Settings) -> tuple[str, str]:
    """The name of the language model that listens along, or why it does not although it is set."""
    if not settings.listener or find_spec("openai") is not None:
        return settings.listener, ""
    return "", f"No language model listens. {ExtraMissing('It', 'model')}"


@asynccontextmanager
async def open_model(
    settings: Settings, advisor: Advisor, observer: "Observer | None" = None
) -> "AsyncIterator[tuple[ModelListener | None, ModelSpeaker | None]]":
    """What the language model of the settings is for, if the advisor has one: to listen, and to word answers."""
    if not advisor.listener:
        yield None, None
        return
    from bot.model.calls import ModelCalls
    from bot.model.endpoint import Endpoint
    from bot.model.listener import ModelListener
    from bot.model.speaker import ModelSpeaker

    endpoint, always = Endpoint(settings), settings.listener_when is ModelWhen.ALWAYS
    calls = ModelCalls(endpoint, (lambda *_: None) if observer is None else observer.asked_model)
    speaker = ModelSpeaker(advisor, calls) if advisor.speaks else None
    try:
        yield ModelListener(advisor, calls, always=always), speaker
    finally:
        await endpoint.close()


def _open_pack(settings: Settings, today: date, *, whole: bool) -> tuple[Pack, tuple[Problem, ...]]:
    try:
        return open_pack(pack_folder(settings), today, whole=whole)
    except PackError as error:
        if settings.pack is None:
            raise
        raise SettingsError("ADVISOR_PACK", f"names a pack that cannot be used.\n{error}") from error


@asynccontextmanager
async def open_storage(settings: Settings, *, patient: bool = False) -> "AsyncIterator[Storage]":
    """The connection to Redis, or to an embedded server that ends with its last user. EmbeddedError where it fails.

    `patient`: for an operator's command, which no platform waits for.
    """
    from bot.storage.redis_retries import PATIENT, Storage, Timeouts

    async with AsyncExitStack() as stack:
        if settings.redis_url is None:
            from bot.storage.embedded_server import EmbeddedServer

            server = await EmbeddedServer.open(settings.state)
            stack.push_async_callback(server.close)
            storage = Storage(server.url)
        else:
            url, replicas = settings.redis_url.get_secret_value(), settings.redis_wait_replicas
            storage = Storage(url, timeouts=PATIENT if patient else Timeouts(), wait_replicas=replicas)
        stack.push_async_callback(storage.close)
        yield storage


def open_stores(settings: Settings, storage: "Storage") -> "Stores":
    from bot.storage.stores import Stores

    return Stores.on(
        storage,
        ttl=settings.session_ttl,
        record_ttl=settings.record_ttl,
        prefix=settings.key_prefix,
        own_server=settings.redis_url is None,
    )


def open_terminal_service(
    settings: Settings,
    advisor: Advisor,
    stores: "Stores",
    listener: "Listener | None" = None,
    speaker: "Speaker | None" = None,
) -> "Service":
    """The service for one person at a terminal, without a rate limit: a piped file delays nobody else.

    Only that person sees the terminal and its report, so private questions are stored as well.
    """
    from bot.turns.rate_limit import RateLimit
    from bot.turns.service import Service

    kept = Unanswered.OFF if settings.unanswered is Unanswered.OFF else Unanswered.ALL
    limit = RateLimit(burst=sys.maxsize, new_per_day=sys.maxsize)
    return Service(advisor, stores, limit, unanswered=kept, listener=listener, speaker=speaker)


def open_channels(
    settings: Settings, advisor: Advisor, service: "Service", storage: "Storage"
) -> "Mapping[str, Channel]":
    """The channels that the settings turn on, by their names in outbox entries. ExtraMissing where the
    packages of one are not installed."""
    channels: dict[str, Channel] = {}
    if settings.slack_http or settings.slack_socket:
        with needing("slack", "Slack"):
            from bot.slack.app import build as slack

        channels["slack"] = slack(settings, service, advisor.catalogue, storage)
    if settings.teams:
        with needing("teams", "Teams"):
            from bot.teams.app import build as teams

        channels["teams"] = teams(settings, service, advisor.catalogue)
    return channels


def open_mcp_server(advisor: Advisor) -> "Server[Any]":
    """The server of the Model Context Protocol. ExtraMissing where the SDK is not installed."""
    with needing("mcp", "The Model Context Protocol"):
        from bot.mcp.server import build_server
    return build_server(advisor, installed_version(), lambda: datetime.now(UTC).date())


def open_mcp(settings: Settings, advisor: Advisor) -> "McpEndpoint":
    """The same over HTTP. Its SDK is loaded now if the settings ask for it, else with the first request."""
    from bot.mcp.http import McpEndpoint

    def load() -> Any:
        server = open_mcp_server(advisor)
        from bot.mcp.server import session_manager

        return session_manager(server)

    if settings.mcp_token is not None:
        open_mcp_server(advisor)
    token, local = settings.mcp_token, settings.local_token if settings.local_teams else None
    return McpEndpoint(
        load,
        token=token.get_secret_value() if token else None,
        local_token=local.get_secret_value() if local else None,
    )


def open_playground(advisor: Advisor, stores: "Stores", token: str) -> "AbstractAsyncContextManager[Playground]":
    """The playground: its page, and local servers that stand in for the platforms. `token` is the local token."""
    from bot.playground.server import open_playground

    return open_playground(advisor.pack.title, advisor.pack.examples, stores.sessions.load, token)


@asynccontextmanager
async def open_application(settings: Settings, advisor: Advisor) -> "AsyncIterator[Application]":
    """The whole bot as one application, ready to be served. EmbeddedError where there is no storage."""
    from bot.server.app import build_application
    from bot.server.metrics import Metrics
    from bot.server.readiness import Readiness
    from bot.storage.errors import CorruptRecord, StorageUnavailable
    from bot.turns.board_watch import BoardWatch
    from bot.turns.redelivery import Redelivery
    from bot.turns.service import Service

    async with AsyncExitStack() as stack:
        storage = await stack.enter_async_context(open_storage(settings))
        stores = open_stores(settings, storage)
        readiness = Readiness(partial(storage.check_write, settings.key_prefix))

        async def look() -> int | None:
            try:
                return None if await readiness.trouble() else await stores.outbox.size()
            except (StorageUnavailable, CorruptRecord):
                return None

        by_meaning = advisor.knowledge.by_meaning
        metrics = Metrics(version=installed_version(), commit=built_commit(), encoder=by_meaning, look=look)
        listener, speaker = await stack.enter_async_context(open_model(settings, advisor, metrics))
        service = Service(
            advisor, stores, observer=metrics, unanswered=settings.unanswered, listener=listener, speaker=speaker
        )
        playground = None
        if settings.local_mode and settings.local_token is not None:
            token = settings.local_token.get_secret_value()
            playground = await stack.enter_async_context(open_playground(advisor, stores, token))
            settings = settings.with_slack(**asdict(playground.slack))
        channels = open_channels(settings, advisor, service, storage)
        outcomes = () if listener is None else listener.outcomes
        drops = {str(each.use): each.drops for each in (listener, speaker) if each is not None}
        metrics.expect(channels, (verdict.id for verdict in advisor.pack.verdicts), outcomes, drops)
        surfaces = {name: channel.surface for name, channel in channels.items()}
        background = [Redelivery(service.overdue, stores.outbox, surfaces, time.time, metrics).run]
        if settings.reminders:
            background.append(BoardWatch(advisor, stores, surfaces, time.time, secrets.token_hex(8)).run)
        app = build_application(
            channels,
            metrics,
            readiness,
            background=background,
            admin_port=settings.admin_port,
        )
        if settings.mcp:
            open_mcp(settings, advisor).attach(app)
        if playground:
            playground.attach(app)
        yield app
