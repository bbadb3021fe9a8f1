"""`advisor doctor`: checks everything, and says what to do if something does not work."""

import asyncio
import json
import logging
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib import import_module

from bot.assembly import open_encoder, open_storage, pack_folder
from bot.config import summary
from bot.config.environment import check_settings
from bot.config.extras import ExtraMissing, needing
from bot.config.findings import Finding, Status, bad, look, ok
from bot.config.settings import Settings
from bot.config.version import installed_version
from bot.storage.embedded_server import EmbeddedError
from knowledge.checks.pack_checks import check_pack

_MARKS = {Status.OK: "ok  ", Status.LOOK: "look", Status.BAD: "BAD "}

Check = Callable[[Settings], AsyncIterator[Finding]]
"""Checks one part."""


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """One line for each finding, or all of them as one JSON object. 78 if one is bad."""
    logging.getLogger().addHandler(logging.NullHandler())  # what is wrong is told here, once
    findings = asyncio.run(diagnose(environment))
    good = all(finding.status is not Status.BAD for finding in findings)
    if arguments.json:
        print(as_json(findings))
    else:
        print_findings(findings)
    return 0 if good else 78


def print_findings(findings: Sequence[Finding]) -> None:
    """For people."""
    for finding in findings:
        print(f"{_MARKS[finding.status]}  {finding.area}: {finding.message}")
    good = all(finding.status is not Status.BAD for finding in findings)
    print("Everything it needs is there." if good else "Fix what is marked BAD, then run `advisor doctor` again.")


def as_json(findings: Sequence[Finding]) -> str:
    """For machines: `code` and `status` stay the same from version to version."""
    return json.dumps(
        {
            "version": installed_version(),
            "good": all(finding.status is not Status.BAD for finding in findings),
            "findings": [
                {"status": one.status, "area": one.area, "code": one.code, "message": one.message} for one in findings
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


async def diagnose(
    environment: Mapping[str, str], teams: Check | None = None, page_problem: Callable[[], str | None] | None = None
) -> list[Finding]:
    """All findings; the parts are checked at the same time. `teams` and `page_problem` can be replaced in tests."""
    settings, mistakes = check_settings(environment)
    found = [bad("Settings", "setting", str(mistake)) for mistake in mistakes]
    if not mistakes:
        found.append(ok("Settings", "settings", "every variable has a valid form"))
    found += [look("Settings", "setting_warning", warning) for warning in settings.warnings]
    found += _channels(settings, bool(mistakes))
    wrong = {mistake.variable.removesuffix("_FILE") for mistake in mistakes}
    checks = []
    if settings.slack_bot_token or settings.slack_app_token or settings.slack_signing_secret:
        checks.append(_platform(settings, "Slack"))
    if settings.microsoft_app_id is not None:
        checks.append(_platform(settings, "Teams", teams))
    if settings.listener and not wrong & {"ADVISOR_MODEL_URL", "ADVISOR_MODEL"}:
        checks.append(_platform(settings, "Model"))
    if "REDIS_URL" not in wrong:
        checks.append(_storage(settings))
    for part in await asyncio.gather(*(_collected(check) for check in checks)):
        found += part
    found += [*_page(settings, page_problem), *_pack(settings), _encoder(settings)]
    return found


async def _collected(findings: AsyncIterator[Finding]) -> list[Finding]:
    return [finding async for finding in findings]


def _channels(settings: Settings, mistaken: bool) -> Iterator[Finding]:
    for channel in summary.channels(settings):
        said = f"{channel.partly} {channel.detail}" if channel.partly else f"it is {channel.state}: {channel.detail}"
        yield (ok if channel.on else look)(channel.name, "channel_on" if channel.on else "channel_off", said)
    reason = settings.no_channel_reason()
    if reason is not None and not mistaken:
        yield bad("Settings", "no_channel", f"`advisor serve` would serve nobody. {reason}")


async def _platform(settings: Settings, name: str, instead: Check | None = None) -> AsyncIterator[Finding]:
    """The findings of a platform's own check, which needs its extra. `instead` is for tests."""
    try:
        with needing(name.lower(), name):
            check: Check = instead or import_module(f"bot.{name.lower()}.check").check
    except ExtraMissing as error:
        yield bad(name, "extra_missing", str(error))
        return
    async for finding in check(settings):
        yield finding


async def _storage(settings: Settings) -> AsyncIterator[Finding]:
    from bot.storage.check import check

    try:
        async with open_storage(settings) as storage:
            found = await _collected(check(storage, settings.key_prefix))
    except EmbeddedError as error:
        yield bad("Redis", "embedded_server", str(error))
        return
    kept = str(settings.session_ttl).removesuffix(", 0:00:00")
    yield ok("Redis", "redis", f"{summary.storage(settings)}; conversations are kept for {kept}")
    for finding in found:
        yield finding


def _page(settings: Settings, problem: Callable[[], str | None] | None) -> Iterator[Finding]:
    if not settings.local_mode:
        return
    from bot.playground.page_build import problem as real

    said = (problem or real)()
    if said is None:
        yield ok("Playground", "page", "its page is built")
    else:
        yield bad("Playground", "page_not_built", said)


def _pack(settings: Settings) -> Iterator[Finding]:
    report = check_pack(pack_folder(settings), datetime.now(UTC).date())
    area = f"Pack{' (ADVISOR_PACK)' if settings.pack else ''}"
    yield from (bad(area, "pack", str(problem)) for problem in report.errors)
    yield from map(partial(look, "Pack", "pack_warning"), map(str, report.warnings))
    if report.pack is not None and not report.errors:
        yield ok("Pack", "pack", f"{report.pack.id}, version {report.pack.version}")


def _encoder(settings: Settings) -> Finding:
    encoder, trouble = open_encoder(settings)
    if encoder is None:
        return look("Encoder", "encoder_off", trouble)
    return ok("Encoder", "encoder_on", "text is understood by meaning")
