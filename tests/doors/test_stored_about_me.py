"""What is stored about somebody is listed, and deleted part by part, at every entry of both platforms."""

import pytest

from bot.playground.slack.workspace import ChannelKind
from bot.turns.service import Service
from tests.drivers import CHANNELS, opener
from tests.drivers.slack import SlackDriver, _lines, opened, user

TOLD = "triage\n- a bot for tickets\n- summaries of reports\n- slogans for shops"
ASKED = "what do you know about me"
PLACES = [name for name in CHANNELS if name != "terminal"]


@pytest.mark.parametrize("place", PLACES)
async def test_three_listed_ideas_and_a_note_are_listed_and_deleted(place: str, service: Service) -> None:
    async with opener(place)(service) as driver:
        await driver.say("ana", TOLD)
        await driver.say("ana", "note for 2: legal must agree")
        said = await driver.say("ana", ASKED)
        for part in ("a bot for tickets", "summaries of reports", "slogans for shops", "legal must agree"):
            assert part in said
        assert "I have nothing from you" not in said
        assert "Note deleted" in await driver.press("ana", "offer:3")
        said = await driver.say("ana", ASKED)
        assert "legal must agree" not in said
        assert "slogans for shops" in said
        said = await driver.press("ana", "offer:3")
        assert "Removed: 3. slogans for shops" in said
        assert "slogans" not in await driver.say("ana", ASKED)
        assert "slogans for shops" in await driver.say("ana", "undo")


async def test_in_a_group_chat_and_on_the_home_tab_of_slack_it_is_the_same(service: Service) -> None:
    ana, ben = user("ana"), user("ben")
    async with opened(service) as rig:
        driver = SlackDriver(rig, rig.workspace.channel([ana, ben], ChannelKind.GROUP))
        await driver.say("ana", TOLD)
        said = await driver.say("ana", ASKED)
        assert all(part in said for part in ("a bot for tickets", "summaries of reports", "slogans for shops"))
        assert "I have nothing from you" in await driver.say("ben", ASKED)
        await rig.people.open_home(ana)
        await rig.settled()
        home = "\n".join(_lines([b for b in rig.workspace.homes[ana]["blocks"] if b["type"] != "input"]))
        assert all(part in home for part in ("a bot for tickets", "summaries of reports", "slogans for shops"))
        assert "delete each part" in home
