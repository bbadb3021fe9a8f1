"""A mention arrives as two events, and perhaps again: what changes no conversation is heeded once as well."""

import pytest

from bot.playground.slack.workspace import WorkspaceChannel
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA
from tests.drivers.slack import Rig, opened, read, user

ANA, BEN = user("ana"), user("ben")


def whispers(rig: Rig) -> list[str]:
    return [read(message.content) for message in rig.workspace.messages if message.only_for is not None]


async def begun(rig: Rig, channel: WorkspaceChannel, text: str) -> Place:
    """Ana begins a thread by a mention."""
    said = await rig.settled(rig.people.mention(ANA, channel, text))
    return Place(f"slack:{rig.workspace.team}:{channel.id}", said.ts)


async def test_the_wish_to_be_forgotten_is_answered_once(rig: Rig, general: WorkspaceChannel) -> None:
    place = await begun(rig, general, "start")
    await rig.settled(rig.people.say(ANA, general, "yes", place.thread))
    await rig.settled(rig.people.mention(ANA, general, "yes, forget me"))
    (told,) = whispers(rig)
    assert "your answers (1) and your part in conversations (1)" in told


@pytest.mark.parametrize(("between", "erased"), [((), True), (("why",), False)])
async def test_a_yes_that_follows_the_question_confirms_it(
    rig: Rig, general: WorkspaceChannel, stores: Stores, between: tuple[str, ...], erased: bool
) -> None:
    place = await begun(rig, general, "start")
    for text in ("forget me", *between, "yes"):
        await rig.settled(rig.people.mention(ANA, general, text, place.thread))
    asked, *done = whispers(rig)
    assert "yes, forget me" in asked
    assert [told.partition(".")[0] for told in done] == (["Done"] if erased else [])
    assert ((await stores.sessions.load(place)).document is None) is erased


async def test_the_red_button_confirms_it_and_asks_first(rig: Rig, general: WorkspaceChannel, stores: Stores) -> None:
    place = await begun(rig, general, "start")
    await rig.settled(rig.people.mention(ANA, general, "forget me", place.thread))
    asked = next(message for message in rig.workspace.messages if message.only_for == ANA)
    (button,) = [
        each for block in asked.versions[-1].blocks if block["type"] == "actions" for each in block["elements"]
    ]
    assert (button["style"], button["confirm"]["style"]) == ("danger", "danger")
    assert "cannot be undone" in button["confirm"]["text"]["text"]
    await rig.settled(rig.people.press(ANA, asked, "forget"))
    assert whispers(rig)[-1].startswith("Done.")
    assert (await stores.sessions.load(place)).document is None


async def test_a_yes_of_somebody_else_confirms_nothing(rig: Rig, general: WorkspaceChannel, stores: Stores) -> None:
    place = await begun(rig, general, "start")
    await rig.settled(rig.people.mention(ANA, general, "forget me", place.thread))
    await rig.settled(rig.people.mention(BEN, general, "yes", place.thread))
    assert (await stores.sessions.load(place)).document is not None


async def test_what_begins_after_the_wish_to_be_forgotten_stays(
    rig: Rig, general: WorkspaceChannel, stores: Stores
) -> None:
    said = rig.people.write(ANA, general, f"@{rig.workspace.bot} yes, forget me")
    mention, message = rig.people.events(said)
    await rig.settled(rig.people.send_event(mention))
    place = await begun(rig, general, "start")
    assert (await rig.settled(rig.people.send_event(message, retry=2))).status == 200
    assert (await stores.sessions.load(place)).document is not None


async def test_a_word_to_somebody_else_in_lessons_is_said_once(rig: Rig, general: WorkspaceChannel) -> None:
    place = await begun(rig, general, "learn")
    for text in ("2", "3"):
        await rig.settled(rig.people.mention(BEN, general, text, place.thread))
    assert [told.partition(".")[0] for told in whispers(rig)] == ["These lessons are @ana’s"] * 2


async def test_that_a_newer_version_is_at_work_is_said_once(
    rig: Rig, general: WorkspaceChannel, stores: Stores, key_prefix: str
) -> None:
    place = await begun(rig, general, "start")
    await stores.storage.command("HSET", place.key(key_prefix), "schema", SCHEMA + 1)
    await rig.settled(rig.people.mention(ANA, general, "yes", place.thread))
    (told,) = whispers(rig)
    assert "I am being updated" in told


async def test_that_it_was_too_much_is_said_once(advisor: Advisor, stores: Stores) -> None:
    async with opened(Service(advisor, stores, RateLimit(burst=0))) as rig:
        await rig.settled(rig.people.mention(ANA, rig.workspace.channel([ANA]), "start"))
        (told,) = whispers(rig)
        assert "a lot at once" in told


async def test_a_command_answered_where_it_was_typed_points_nowhere(rig: Rig, general: WorkspaceChannel) -> None:
    answer = await rig.settled(rig.people.command(ANA, general, "yes, forget me"))
    assert (answer.status, answer.shown) == (200, None)
    (told,) = whispers(rig)
    assert told.startswith("Done.")
