"""`advisor doctor`: is everything in order, and if not, what to do."""

import asyncio
from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bot.assembly import open_encoder, open_storage, pack_folder
from bot.config import summary
from bot.config.settings import Settings, SettingsError
from bot.storage.embedded_server import EmbeddedError
from bot.storage.errors import StorageUnavailable
from knowledge.checks.pack_checks import check_pack

_GOOD, _LOOK, _BAD = "ok  ", "look", "BAD "


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """One line a finding. 78 where something keeps the advisor from working."""
    good = True
    for mark, finding in _findings(environment):
        print(f"{mark}  {finding}")
        good = good and mark != _BAD
    print("Everything it needs is there." if good else "Fix what is marked BAD, then run `advisor doctor` again.")
    return 0 if good else 78


def _findings(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    try:
        settings = Settings.from_environment(environment)
    except SettingsError as error:
        yield _BAD, f"Settings: {error}"
        return
    yield _GOOD, "Settings: every variable has a right form"
    for warning in settings.warnings:
        yield _LOOK, f"Settings: {warning}"
    for channel in summary.channels(settings):
        yield (_GOOD if channel.on else _LOOK), f"{channel.name} is {'on' if channel.on else 'off'}: {channel.detail}"
    reason = settings.no_channel_reason()
    if reason is not None:
        yield _BAD, f"`advisor serve` would serve nobody. {reason}"
    yield asyncio.run(_storage(settings))
    yield from _pack(settings)
    encoder, trouble = open_encoder(settings)
    yield (_LOOK, trouble) if encoder is None else (_GOOD, "Encoder: text is understood by meaning")


async def _storage(settings: Settings) -> tuple[str, str]:
    try:
        async with open_storage(settings) as storage:
            await storage.ping()
    except (EmbeddedError, StorageUnavailable) as error:
        return _BAD, f"Sessions: {error}"
    return _GOOD, f"Sessions: {summary.storage(settings)} answers; kept for {_format_duration(settings.session_ttl)}"


def _format_duration(duration: timedelta) -> str:
    """A duration without a rest of zero."""
    return str(duration).removesuffix(", 0:00:00")


def _pack(settings: Settings) -> Iterator[tuple[str, str]]:
    report = check_pack(pack_folder(settings), datetime.now(UTC).date())
    for problem in report.errors:
        yield _BAD, f"Pack{' (ADVISOR_PACK)' if settings.pack else ''}: {problem}"
    for problem in report.warnings:
        yield _LOOK, f"Pack: {problem}"
    if report.pack is not None and not report.errors:
        yield _GOOD, f"Pack: {report.pack.id}, version {report.pack.version}"
