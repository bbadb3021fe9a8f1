"""The Home tab, over the endpoint: what it shows, and what its buttons open."""

from contextlib import suppress

from bot.playground.slack.people import NoSuchButton
from bot.slack.modals import FORM
from bot.turns.service import Service
from dialogs.advisor import Advisor
from tests.bot.slack.test_forms import ANA, BEN, MEDICAL, shown
from tests.drivers.slack import Rig, SlackDriver, opened


async def test_the_home_shows_what_it_is_for_and_begins_in_messages(rig: Rig, advisor: Advisor) -> None:
    await rig.settled(rig.people.open_home(ANA))
    assert advisor.pack.subject in shown(rig.workspace.homes[ANA])
    assert (await rig.settled(rig.people.press_home(ANA, "start"))).status == 200
    assert "Question 1 of 5" in rig.visible(rig.workspace.direct(ANA))[0]
    await rig.settled(rig.people.press_home(ANA, "learn"))
    assert "Lesson 1" in rig.visible(rig.workspace.direct(ANA))[-1]


async def test_the_home_lists_what_somebody_has_come_to_and_nobody_elses(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA, BEN])
    for who, idea in ((ANA, "a bot for <our> radiologists"), (BEN, "a bot for our shop")):
        driver = SlackDriver(rig, channel)
        name = "ana" if who == ANA else "ben"
        await driver.say(name, f"I have an idea: {idea}")
        for question in MEDICAL:
            with suppress(NoSuchButton):
                await driver.press(name, f"answer:{question}:unsure")
    await rig.people.mention(ANA, channel, "start")
    await rig.settled(rig.people.open_home(ANA))
    home = shown(rig.workspace.homes[ANA])
    assert home.count("Prompt engineering, ") == 1
    root = next(m for m in rig.workspace.messages if m.user == ANA)
    assert f"<https://slack.com/archives/{channel.id}/p{root.ts.replace('.', '')}|" in home, "it leads there"
    assert "radiologists" in home
    assert "shop" not in home
    assert "None yet" not in home


async def test_the_home_leads_to_the_places_of_ones_ideas_and_to_nobody_elses(rig: Rig) -> None:
    channel, other = rig.workspace.channel([ANA, BEN]), rig.workspace.channel([BEN])
    told_where = ((ANA, channel, "slogans\nletters"), (BEN, channel, "posters\nsigns"), (BEN, other, "a\nb"))
    await rig.settled(rig.people.say(ANA, rig.workspace.direct(ANA), "triage\npoems\nsongs"))
    for who, where, words in told_where:
        await rig.settled(rig.people.mention(who, where, f"triage\n{words}"))
    await rig.settled(rig.people.open_home(ANA))
    home = shown(rig.workspace.homes[ANA])
    told = next(m for m in rig.workspace.messages if m.user == ANA and m.channel == channel.id)
    link = f"https://slack.com/archives/{channel.id}/p{told.ts.replace('.', '')}"
    assert f"<#{channel.id}>: *<{link}|letters>*, *<{link}|slogans>*. Type *ideas* there" in home
    direct = next(line for line in home.splitlines() if "Between you and me: " in line)
    assert ("poems" in direct, "songs" in direct, "letters" in direct) == (True, True, False)
    assert "posters" not in home
    assert other.id not in home


async def test_an_empty_home_says_what_to_type(rig: Rig, advisor: Advisor) -> None:
    await rig.settled(rig.people.open_home(ANA))
    home = shown(rig.workspace.homes[ANA])
    assert "None yet" in home
    assert advisor.pack.examples[0] in home


async def test_without_redis_the_home_is_there_all_the_same(no_service: Service) -> None:
    async with opened(no_service) as rig:
        await rig.settled(rig.people.open_home(ANA))
        assert "could not look them up" in shown(rig.workspace.homes[ANA])


async def test_the_home_opens_the_form(rig: Rig) -> None:
    await rig.settled(rig.people.open_home(ANA))
    await rig.settled(rig.people.press_home(ANA, FORM))
    assert rig.workspace.modals[ANA]["callback_id"] == FORM


async def test_the_messages_tab_publishes_nothing(rig: Rig) -> None:
    await rig.settled(rig.people.open_home(ANA, "messages"))
    assert rig.workspace.homes == {}


async def test_a_button_that_the_home_does_not_have_any_more(rig: Rig) -> None:
    await rig.settled(rig.people.open_home(ANA))
    rig.workspace.homes[ANA]["blocks"][-1]["elements"][0]["action_id"] = "dance"
    assert (await rig.settled(rig.people.press_home(ANA, "dance"))).status == 200
    assert rig.workspace.messages == []
