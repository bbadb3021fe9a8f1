"""Plays every transcript on every channel."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.service import Service
from tests.drivers import CHANNELS, Driver, opener
from tests.patience import UNHURRIED
from tests.shipped import shipped
from tests.thinned import one_in
from tests.transcripts.transcript import Step, Transcript, folded, mismatch

FILES = {file.stem: file for file in sorted(Path(__file__).parent.glob("*.yaml"))}
NOT_ON = {(name, channel) for name, file in FILES.items() for channel in Transcript.read(file).not_on}


@pytest.mark.parametrize(("name", "channel"), one_in(3, FILES, CHANNELS, but=NOT_ON))
async def test_transcript(name: str, channel: str, redis_url: str, key_prefix: str) -> None:
    storage = Storage(redis_url, timeouts=UNHURRIED)
    try:
        ttl = timedelta(days=1)
        service = Service(shipped(), Stores.on(storage, ttl=ttl, prefix=key_prefix))
        async with opener(channel)(service) as driver:
            await play(Transcript.read(FILES[name]), channel, driver)
    finally:
        await storage.close()


async def play(transcript: Transcript, channel: str, driver: Driver) -> None:
    for number, step in enumerate(transcript.steps, 1):
        if channel in step.not_on:
            continue
        visible = await do(step, driver)
        wrong = mismatch(step, visible)
        assert wrong is None, f"step {number}: {step}: {wrong}. Visible:\n{visible}"
    left = driver.standing(transcript.steps[-1].who or "")
    for message in left:
        assert message.strip(), "an empty message"
        assert STUB not in message, message
        assert not MENTION.search(message), message
    for words in transcript.stands:
        (own,) = [message for message in left if folded(words) in folded(message)]
        assert channel == "terminal" or "question" not in folded(own).partition("\n")[0], own


STUB = "not answered here"
MENTION = re.compile(r"@(ana|ben)\b|<at>")
"""A name whose owner is told about the message; names alone are fine."""


async def do(step: Step, driver: Driver) -> str:
    who = step.who or ""
    if step.press is not None:
        return await driver.press(who, step.press, step.old)
    return await driver.say(who, step.say or "", step.aside)


def test_a_transcript_notices_what_is_missing_and_what_is_too_much() -> None:
    step = Step(say="hi", expect=("Question 1",), never=("error",))
    assert mismatch(step, "*Question*\n1 of 5") is None
    assert mismatch(step, "Question 2") == "“Question 1” is missing"
    assert mismatch(step, "Question 1 Error") == "“error” should not be there"
    assert mismatch(Step(say="hi", quiet=True), "x") == "nothing should have become visible"
