"""Whole conversations on the three scopes, over sockets, against the local connector."""

import pytest

from bot.service import Service
from tests.drivers import opener

SCOPES = ["teams personal", "teams group", "teams channel"]
QUESTIONS = ["data", "volume", "domain", "budget", "consistency"]


@pytest.mark.parametrize("scope", SCOPES)
async def test_by_buttons_only(scope: str, service: Service) -> None:
    async with opener(scope)(service) as driver:
        hello = await driver.say("Ana", "hi")
        assert "Start the questions" in hello
        assert "Question 1 of 5" in await driver.press("Ana", "start")
        for question in QUESTIONS:
            last = await driver.press("Ana", f"answer:{question}:unsure")
        assert last.startswith("Prompt engineering")
        assert len(driver.visible("Ana")) == 1
