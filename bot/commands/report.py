"""`advisor report`: most asked, unanswered, feedback, and how talks end. It names nobody."""

import asyncio
import json
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.assembly import open_encoder, open_storage, open_stores, pack_folder
from bot.commands.output import print_error
from bot.commands.report_content import ReportData, report_of, report_text
from bot.config.environment import read_settings
from bot.config.settings import Settings
from bot.storage.errors import CorruptRecord, StorageUnavailable
from knowledge.checks.pack_checks import open_pack


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Prints the report; 1 if Redis is away, or its counts or feedback cannot be read."""
    settings = read_settings(environment)
    today = datetime.now(UTC).date()
    pack, _ = open_pack(pack_folder(settings), today)
    try:
        stored = asyncio.run(_stored(settings))
    except StorageUnavailable as error:
        print_error(f"Redis does not answer: {error}")
        return 1
    except CorruptRecord as error:
        print_error(f"Counts or feedback cannot be read: {error.reason}. They are damaged, or not the advisor's.")
        return 1
    encoder = open_encoder(settings)[0] if len(stored.unanswered) > 1 else None
    report = report_of(pack, encoder, stored, today)
    print(json.dumps(report, ensure_ascii=False) if arguments.json else report_text(pack, report), end="")
    if arguments.json:
        print()
    return 0


async def _stored(settings: Settings) -> ReportData:
    async with open_storage(settings, patient=True) as storage:
        stores = open_stores(settings, storage)
        counts = await stores.outbox.usage(datetime.now(UTC).date())
        ratings, texts = await stores.feedback.ratings(), await stores.feedback.unanswered()
        return ReportData(counts, ratings, texts, settings.unanswered)
