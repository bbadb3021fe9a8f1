"""`advisor model check`: how fast a language model is, what it hears in known lines, and how it words answers."""

import asyncio
from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from bot.assembly import open_advisor, pack_folder
from bot.commands.output import print_error
from bot.config.environment import read_settings
from bot.config.extras import needing
from bot.config.setting_types import ModelUse
from bot.config.settings import Settings
from dialogs.advisor import Advisor
from dialogs.played_talk import LabelledLine, labelled_lines


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Prints latency, tokens, and scores by the built-in sources, the model, and both; then what became of answers that
    it worded. 78 where no model is set, 1 where it does not answer.
    """
    settings = read_settings(environment)
    if not settings.listener:
        print_error("No language model is set: ADVISOR_MODEL_URL and ADVISOR_MODEL name one; see docs/model.md.")
        return 78
    with needing("model", "A language model"):
        pass
    advisor, _warnings = open_advisor(settings, datetime.now(UTC).date(), print_error)
    return asyncio.run(_check(settings, advisor))


async def _check(settings: Settings, advisor: Advisor) -> int:
    from bot.model.check import check, measured, measured_words
    from bot.model.endpoint import Endpoint

    (first,) = [finding async for finding in check(settings)]
    print(first.message)
    if first.code != "model_answers":
        return 1
    endpoint = Endpoint(settings)
    print(await measured(advisor, endpoint, _lines(settings, advisor, "talks")))
    if settings.listener_use is ModelUse.SPEAK:
        print(await measured_words(advisor, endpoint, _lines(settings, advisor, "questions")))
    await endpoint.close()
    return 0


def _lines(settings: Settings, advisor: Advisor, folder: str) -> Iterator[LabelledLine]:
    for talk in sorted((pack_folder(settings) / folder).glob("*.jsonl")):
        yield from labelled_lines(advisor, talk)
