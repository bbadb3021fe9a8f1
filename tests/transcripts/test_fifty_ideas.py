"""Fifty pasted notes become a complete board, on both platforms, by one person who answers several ideas at once."""

import random
import re
import time
from datetime import timedelta

import pytest

from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.flows.board import IDEAS_JUDGED
from tests.drivers import opener
from tests.patience import UNHURRIED
from tests.shipped import shipped

MOST_ACTIONS = 40
MOST_SECONDS = 300

WHAT = ("a bot for tickets", "slogans for campaigns", "summaries of reports", "minutes of meetings", "answers to mails")
WHOSE = ("of the shop", "in sales", "for the legal team", "at the help desk", "of the factory", "in the labs")
NOTES = [f"{WHAT[n % len(WHAT)]} {WHOSE[n % len(WHOSE)]}, number {n + 1}" for n in range(IDEAS_JUDGED)]

_ASKED = re.compile(r"^(?P<ideas>\d+\.\xa0.+) · (?:\d+ of )?\d+ open", re.MULTILINE)
_NUMBER = re.compile(r"(?:^|; )(\d+)\.\xa0")


def replies(seed: int, card: str, ideas: str) -> str:
    """What somebody types who knows their ideas: a few without an answer, the others half and half."""
    numbers, above = [int(number) for number in _NUMBER.findall(ideas)], card.index(ideas)
    asked = max(shipped().pack.questions, key=lambda one: card.rfind(one.name, 0, above))
    said: dict[str, list[int]] = {}
    for number in numbers:
        knows = random.Random(f"{seed}:{asked.name}:{number}")
        option = knows.choices(asked.options, [45, 45, 10])[0]
        said.setdefault(option.id if option.id != "unsure" else "not sure", []).append(number)
    *named, last = sorted(said.items(), key=lambda one: len(one[1]))
    return "; ".join([*(f"{', '.join(map(str, numbers))}: {word}" for word, numbers in named), f"rest: {last[0]}"])


@pytest.mark.parametrize("channel", ["slack channel", "slack direct message", "teams personal", "teams channel"])
@pytest.mark.parametrize("seed", [1, 2])
async def test_fifty_notes_become_a_complete_board(channel: str, seed: int, redis_url: str, key_prefix: str) -> None:
    storage = Storage(redis_url, timeouts=UNHURRIED)
    stores = Stores.on(storage, ttl=timedelta(days=1), prefix=key_prefix)
    began, actions = time.monotonic(), 2
    try:
        async with opener(channel)(Service(shipped(), stores)) as driver:
            assert "Ideas 1 to 12 of 50" in await driver.say("ana", "triage\n" + "\n".join(NOTES))
            shown = await driver.press("ana", "guide")
            while (asked := _ASKED.search(shown)) is not None:
                shown = await driver.say("ana", replies(seed, shown, asked["ideas"]))
                actions += 1
                assert actions <= MOST_ACTIONS, shown
            assert "50 with a verdict, 0 open" in shown
            assert "50 with a verdict, 0 open" in await driver.say("ana", "ideas")
        print(f"{channel}, seed {seed}: {actions} actions")
    finally:
        await storage.close()
    assert time.monotonic() - began <= MOST_SECONDS
