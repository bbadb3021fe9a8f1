"""What somebody told in private is in nobody else's lists, files, pages, searches and tools, wherever they look.

One person lists ideas at a private entry of a platform and finishes one there; another asks at every entry. All that
the second one can see is looked through: each message in each of its versions, and each answer to a request.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.commands.board import check
from bot.mcp.tools import call, definitions
from bot.playground.teams.people import TENANT, Member, TeamsChat
from bot.slack.modals import FORM, TRIAGE_MESSAGE
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.teams.handler import TEAMS
from bot.turns.board_watch import BoardWatch
from bot.turns.redelivery import Redelivery
from bot.turns.service import Service
from tests.bot.teams.world import ANA, BEN, CHANNEL, GROUP, NOON, PERSONAL, World, local
from tests.doors.test_bystanders import stored
from tests.drivers.slack import Rig, opened, user
from tests.shipped import DAY, shipped

U_ANA, U_BEN = user("ana"), user("ben")
ANSWERS = {"data": "yes", "volume": "high", "domain": "general", "budget": "flexible", "consistency": "tolerant"}
SECRET = ("quagga", "okapi", "narwhal")
"""A word of each idea: two of a list, and one that is finished. The advisor itself has none of them."""

TOLD = (
    "triage\n- labels for quagga photos\n- summaries of okapi reports",
    "new idea: stories about narwhals for our readers",
    *ANSWERS.values(),
    "ideas",
)
"""What the first person types."""

ASKED = ("ideas", "export", "idea 1", "idea 3", "remove 1", "which ideas are there?")


@pytest.fixture
def service(stores: Stores) -> Service:
    return Service(shipped(), stores, now=NOON.timestamp)


def words_in(found: object) -> list[str]:
    """The secret words in what was sent."""
    text = json.dumps(found, default=str).lower()
    return [word for word in SECRET if word in text]


async def tools(service: Service) -> list[object]:
    """What the tools say to anybody."""
    defined = definitions(service.advisor, lambda: DAY)
    catalogue = service.advisor.catalogue
    return [
        await call(defined, catalogue, "ask", {"text": "which ideas are there?"}),
        await call(defined, catalogue, "triage", {"ideas": ["a bot"]}),
        await call(defined, catalogue, "decide", {"data": "no"}),
    ]


def on_slack(rig: Rig, who: str) -> list[object]:
    """All that a person can see: their modal and page, and the messages of their channels, in all versions."""
    shown = [
        [version.blocks, version.text]
        for message in rig.workspace.messages
        if who in rig.workspace.channels[message.channel].members and message.only_for in (None, who)
        for version in message.versions
    ]
    return [shown, rig.workspace.homes.get(who), rig.workspace.modals.get(who)]


async def direct(rig: Rig, who: str, text: str) -> None:
    await rig.people.say(who, rig.workspace.direct(who), text)


async def command(rig: Rig, who: str, text: str) -> None:
    shared = next(iter(rig.workspace.channels.values()))
    assert (await rig.people.command(who, shared, text)).status == 200


async def command_in_direct_messages(rig: Rig, who: str, text: str) -> None:
    assert (await rig.people.command(who, rig.workspace.direct(who), text)).status == 200


async def thread_of_direct_messages(rig: Rig, who: str, text: str) -> None:
    channel = rig.workspace.direct(who)
    roots = [message for message in rig.workspace.messages if message.channel == channel.id]
    root = roots[0] if roots else rig.people.write(who, channel, "see below")
    await rig.people.say(who, channel, text, root.ts)


async def in_channel(rig: Rig, who: str, text: str) -> None:
    await rig.people.mention(who, next(iter(rig.workspace.channels.values())), text)


SLACK: dict[str, Callable[[Rig, str, str], Awaitable[None]]] = {
    "direct message": direct,
    "command in a channel": command,
    "command in direct messages": command_in_direct_messages,
    "thread of direct messages": thread_of_direct_messages,
}
"""The private entries that store ideas."""


@pytest.mark.parametrize("entry", SLACK)
async def test_on_slack_what_is_private_is_nobody_elses(entry: str, service: Service) -> None:
    async with opened(service) as rig:
        rig.workspace.channel([U_ANA, U_BEN])
        for text in TOLD:
            await SLACK[entry](rig, U_ANA, text)
            await rig.settled()
        await rig.people.shortcut(U_ANA, FORM)
        await rig.settled()
        await rig.people.submit(U_ANA, {**ANSWERS, "idea": "letters about an okapi"})
        message = rig.people.write(U_ANA, rig.workspace.direct(U_ANA), "a quagga bot, we have no data")
        await rig.people.shortcut(U_ANA, TRIAGE_MESSAGE, message)
        await rig.people.open_home(U_ANA)
        await rig.settled()
        assert words_in(on_slack(rig, U_ANA)) == list(SECRET)
        assert words_in(rig.workspace.homes[U_ANA]) == list(SECRET), "her own"
        for asked in ASKED:
            for way in (in_channel, *SLACK.values()):
                await way(rig, U_BEN, asked)
                await rig.settled()
        await rig.people.open_home(U_BEN)
        await rig.settled()
        assert U_BEN in rig.workspace.homes
        assert words_in([on_slack(rig, U_BEN), await tools(service)]) == []


PRIVATE = {"personal": PERSONAL, "targeted in a channel": CHANNEL, "targeted in a group chat": GROUP}
SHARED = (CHANNEL, TeamsChat("19:channel@thread.tacv2;messageid=1700000000999", "channel"), GROUP)
BEN_ALONE = TeamsChat("a:1ben")


async def tell_on_teams(world: World, chat: TeamsChat) -> None:
    """Lists ideas in private, finishes one and looks at the list."""
    world.people.chat = chat
    for text in TOLD:
        status, _ = await (world.people.slash if chat.mentions else world.people.say)(ANA, text)
        assert status in (200, 201)


async def ask_on_teams(world: World) -> list[Any]:
    """Asks at every entry; the answers to the requests."""
    got: list[Any] = []
    for chat in (*SHARED, BEN_ALONE):
        world.people.chat = chat
        for asked in ASKED:
            got.append(await world.people.say(BEN, asked))
            if chat.mentions:
                got.append(await world.people.slash(BEN, asked))
    for name, value in (
        ("composeExtension/query", {"commandId": "ask", "parameters": [{"name": "q", "value": "ideas"}]}),
        ("composeExtension/fetchTask", {"commandId": "advice_form"}),
        ("task/fetch", {"data": {"dialog": "advice_form"}}),
    ):
        got.append(await world.people.invoke(BEN, name, value))
        assert got[-1][0] == 200, name
    return got


def on_teams(world: World, who: Member, chats: tuple[TeamsChat, ...]) -> list[object]:
    """The messages that a person can see in some chats."""
    ids = [chat.id for chat in chats]
    shown = [m for m in world.connector.posted.values() if m.conversation in ids]
    return [m.activity for m in shown if m.only_for in (None, who.account()["id"])]


@pytest.mark.parametrize("entry", PRIVATE)
async def test_in_teams_what_is_private_is_nobody_elses(entry: str, service: Service) -> None:
    async with local(service, PRIVATE[entry]) as world:
        await tell_on_teams(world, PRIVATE[entry])
        data = {"dialog": "advice_form", "step": "decide", **ANSWERS, "idea": "letters about an okapi"}
        assert (await world.people.invoke(ANA, "task/submit", {"data": data}))[0] == 200
        assert words_in(on_teams(world, ANA, (PRIVATE[entry],))) == list(SECRET)
        got = await ask_on_teams(world)
        assert words_in([got, on_teams(world, BEN, (*SHARED, BEN_ALONE)), await tools(service)]) == []
        await tell_on_teams(world, PRIVATE[entry])
        assert words_in(on_teams(world, ANA, (PRIVATE[entry],))) == list(SECRET), "nobody else has removed them"


def news(stores: Stores) -> BoardWatch:
    """The daily look at the boards, at once."""

    async def at_once(_: float) -> None:
        """Waits for nothing."""

    return BoardWatch(shipped(), stores, {TEAMS}, NOON.timestamp, "w", at_once)


@pytest.mark.parametrize("entry", ["targeted in a channel", "targeted in a group chat"])
async def test_what_changed_about_a_private_idea_is_told_to_its_person_alone(
    entry: str, service: Service, stores: Stores
) -> None:
    chat = PRIVATE[entry]
    async with local(service, chat) as world:
        await tell_on_teams(world, chat)
        board = Place(f"teams:{TENANT}:{chat.id}").targeted("aad-ana").board
        ideas = (await stores.boards.load(board)).shown
        await stores.boards.apply(board, [idea.replace(judged="hybrid", pack="older") for idea in ideas])
        before = len(on_teams(world, ANA, (chat,)))
        assert await news(stores).look() == 1
        surfaces = {TEAMS: world.teams.surface}
        await Redelivery(service.overdue, stores.outbox, surfaces, NOON.timestamp).deliver_overdue()
        told = on_teams(world, ANA, (chat,))[before:]
        assert len(told) == 1
        assert "narwhal" in json.dumps(told)
        assert words_in(on_teams(world, BEN, (chat,))) == []


@pytest.mark.parametrize("entry", ["targeted in a channel", "targeted in a group chat"])
async def test_who_is_forgotten_leaves_nothing_on_a_private_board(
    entry: str, service: Service, stores: Stores, storage: Storage, key_prefix: str
) -> None:
    async with local(service, PRIVATE[entry]) as world:
        await tell_on_teams(world, PRIVATE[entry])
        await world.people.slash(ANA, "yes, forget me")
        found = await stored(storage, key_prefix)
        assert [word for word in SECRET if word.encode() in found.lower()] == []
        left = [line for line in found.splitlines() if b"29:ana" in line]
        assert [line for line in left if not line.startswith(f"{key_prefix}:due ".encode())] == []


async def test_what_an_earlier_version_put_on_a_shared_board_is_found(
    service: Service, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shared(place: Place) -> Place:
        return Place(place.space.partition(";messageid=")[0], "@board", direct=True)

    async with local(service, CHANNEL) as world:
        with monkeypatch.context() as patch:
            patch.setattr(Place, "board", property(shared))
            await tell_on_teams(world, CHANNEL)
        await world.people.say(BEN, "triage\n- a bot for the canteen\n- slogans", mention=True)
        await world.people.say(ANA, "triage\n- a bot for the library\n- posters", mention=True)
        channel = CHANNEL.id.partition(";")[0]
        found = await check(stores, shipped().pack, DAY)
        assert found.private == {f"teams:{TENANT}:{channel}": (1, 2, 3)}
