"""Who gave an answer is said alike on both platforms, also of answers that are typed."""

import re
import time

from bot.playground.slack.workspace import LocalWorkspace
from bot.turns.service import Service
from tests.drivers import Driver, opener
from tests.drivers.slack import SlackDriver, opened, user

PEOPLE = ("ana", "ben")
TYPED = ("yes, hundreds of them", "high volume", "the domain is law, very specialised", "limited budget", "predictable")


async def named(driver: Driver) -> list[list[str]]:
    """What each reply says of names: those on cards, then on the record, then in the history."""
    await driver.say("ana", "should we fine-tune our support bot?")
    said = [await driver.say(PEOPLE[n % 2 == 0], line, aside=True) for n, line in enumerate(TYPED)]
    said += [await driver.say("ana", "summary"), await driver.say("ana", "what has changed since yesterday?")]
    return [sorted(set(re.findall(r"\((?:by )?(?:ana|ben|you)\)", each.replace("*", "")))) for each in said]


async def test_two_people_who_type_are_named_alike_on_both_platforms(service: Service) -> None:
    names = {user(who): who for who in PEOPLE}
    async with opened(service, workspace=LocalWorkspace(time.time, names=names)) as rig:
        slack = await named(SlackDriver(rig, rig.workspace.channel(names)))
    async with opener("teams group")(service) as driver:
        teams = await named(driver)
    assert slack == teams
    assert slack[:2] == [["(by ben)"], ["(by ana)", "(by ben)"]]
    assert slack[-2:] == [["(ana)", "(ben)"], ["(ben)", "(you)"]]
