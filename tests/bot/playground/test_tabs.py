"""What the two tabs tell the page, beyond what a conversation through the whole bot shows."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.playground.changes import Changes
from bot.playground.slack.api import ApiCall, WebApi
from bot.playground.slack.workspace import Content, LocalWorkspace
from bot.playground.slack_tab import SlackTab
from bot.playground.tab import PERSONAS, NotFound, Room, RoomKind, RoomThread
from bot.playground.teams.activity_rules import CARD
from bot.playground.teams.connector import Connector, ConnectorCall, PostedMessage
from bot.playground.teams.people import TENANT
from bot.playground.teams_tab import TeamsTab
from bot.storage.place import Place

ANA, BEN = PERSONAS


@pytest.fixture
def web() -> WebApi:
    return WebApi(LocalWorkspace(lambda: 1_795_000_000.0))


@pytest.fixture
def workspace(web: WebApi) -> LocalWorkspace:
    return web.workspaces[0]


@pytest.fixture
def connector() -> Connector:
    return Connector()


@pytest.fixture
async def slack(web: WebApi) -> AsyncIterator[SlackTab]:
    async with ClientSession() as http:
        yield SlackTab(web, "secret", "http://127.0.0.1:1", http, lambda: "http://127.0.0.1:1", Changes())


@pytest.fixture
async def teams(connector: Connector) -> AsyncIterator[TeamsTab]:
    async with ClientSession() as http:
        ids = iter(range(1_795_000_000_000, 1_795_000_000_099))
        yield TeamsTab(
            connector,
            "http://127.0.0.1:1",
            http,
            lambda: "http://127.0.0.1:1",
            Changes(),
            "s",
            lambda: str(next(ids)),
            "local-token",
        )


def room(tab: SlackTab | TeamsTab, kind: RoomKind) -> Room:
    return next(room for room in tab.rooms if room.kind is kind)


def test_slack_has_channels_and_everybodys_direct_messages(slack: SlackTab) -> None:
    assert [(room.kind, room.members) for room in slack.rooms] == [
        (RoomKind.CHANNEL, ("ana", "ben")),
        (RoomKind.PRIVATE, ("ana", "ben")),
        (RoomKind.DIRECT, ("ana",)),
        (RoomKind.DIRECT, ("ben",)),
    ]
    assert all(room.threads for room in slack.rooms)


def test_teams_has_everybodys_chat_a_group_and_a_channel_with_threads(teams: TeamsTab) -> None:
    assert [(room.kind, room.members, room.threads) for room in teams.rooms] == [
        (RoomKind.DIRECT, ("ana",), False),
        (RoomKind.DIRECT, ("ben",), False),
        (RoomKind.GROUP, ("ana", "ben"), False),
        (RoomKind.CHANNEL, ("ana", "ben"), True),
    ]


def slack_message(tab: SlackTab, workspace: LocalWorkspace) -> RoomThread:
    """One of the bot with two versions: each has a button that the other has not."""
    channel = room(tab, RoomKind.CHANNEL)
    message = workspace.post(channel.id, workspace.bot, slack_card("old"))
    message.versions.append(slack_card("new"))
    return RoomThread(channel.id, message.ts)


def slack_card(button: str) -> Content:
    element = {"type": "button", "action_id": button, "text": {"type": "plain_text", "text": button}}
    return Content(button, [{"type": "actions", "elements": [element]}])


async def test_slacks_buttons_are_found_on_the_newest_form(slack: SlackTab, workspace: LocalWorkspace) -> None:
    spot = slack_message(slack, workspace)
    assert slack.find(spot, "new") == (f"{spot.room}:{spot.thread}", 1, "new")
    assert slack.find(spot, "old") is None
    assert slack.find(RoomThread(spot.room, "1.1"), "new") is None


@pytest.mark.parametrize(("version", "button"), [(2, "new"), (-2, "new"), (1, "old"), (0, "new")])
async def test_nobody_presses_what_a_version_has_not(
    slack: SlackTab, version: int, button: str, workspace: LocalWorkspace
) -> None:
    spot = slack_message(slack, workspace)
    with pytest.raises(NotFound):
        await slack.press(ANA, f"{spot.room}:{spot.thread}", version, button)


def test_a_message_of_slacks_as_the_page_gets_it(slack: SlackTab, workspace: LocalWorkspace) -> None:
    spot = slack_message(slack, workspace)
    workspace.post(
        spot.room, next(user for user, name in slack.names().items() if name == "Ben"), Content("hi", []), spot.thread
    )
    card, reply = slack.messages()
    assert (card.author, card.spot, card.reply, card.version, card.text) == ("bot", spot, False, 1, "new")
    assert (card.content, card.json) == (slack_card("new").blocks, {"text": "new", "blocks": slack_card("new").blocks})
    assert [(size.what, size.size) for size in card.sizes] == [
        ("Characters for screen readers", 3),
        ("Blocks", 1),
        ("Characters of the blocks as JSON", card.sizes[2].size),
        ("Buttons and menus", 1),
    ]
    assert (reply.author, reply.spot, reply.reply, reply.version, reply.text) == ("ben", spot, True, 0, "hi")
    assert (reply.content, reply.json, reply.sizes) == (None, None, ())


def test_what_slack_refused_is_told_with_its_reason(slack: SlackTab, web: WebApi) -> None:
    details = {"response_metadata": {"messages": ["[ERROR] too long"]}}
    web.calls += [
        ApiCall("chat.update", {}, {"ok": True}),
        ApiCall("chat.update", {}, {"ok": False, "error": "invalid_blocks", **details}),
        ApiCall("auth.test", {}, {"ok": False, "error": "invalid_auth"}),
    ]
    assert list(slack.refused()) == ["chat.update invalid_blocks [ERROR] too long", "auth.test invalid_auth"]


def test_under_which_names_the_bot_keeps_conversations(
    slack: SlackTab, teams: TeamsTab, workspace: LocalWorkspace
) -> None:
    team, users = workspace.team, slack.names()
    ana = next(user for user, name in users.items() if name == "Ana")
    direct, channel = room(slack, RoomKind.DIRECT).id, room(slack, RoomKind.CHANNEL).id
    assert slack.place(ANA, RoomThread(direct, "1.1")) == Place(f"slack:{team}:{ana}", "1.1", direct=True)
    assert slack.place(ANA, RoomThread(channel, "1.1")) == Place(f"slack:{team}:{channel}", "1.1")
    group, threads = room(teams, RoomKind.GROUP).id, room(teams, RoomKind.CHANNEL).id
    assert teams.place(ANA, RoomThread(group)) == Place(f"teams:{TENANT}:{group}")
    assert teams.place(ANA, RoomThread(threads, "17")) == Place(f"teams:{TENANT}:{threads};messageid=17")


def teams_card(*buttons: str) -> dict:
    actions = [{"type": "Action.Execute", "verb": "answer", "data": {"about": b, "revision": 1}} for b in buttons]
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock"}, {"type": "ActionSet", "actions": actions}]}
    return {"type": "message", "summary": "s", "attachments": [{"contentType": CARD, "content": card}]}


async def test_buttons_of_teams_are_found_on_the_newest_message(teams: TeamsTab, connector: Connector) -> None:
    group = room(teams, RoomKind.GROUP).id
    for number in ("1", "2"):
        connector.posted[number] = PostedMessage(number, group, teams_card("x", "y"), edits=3)
    message, version, button = teams.find(RoomThread(group), "answer:y") or ("", 0, {})
    assert (message, version, button["data"]["about"]) == ("2", 3, "y")
    assert teams.find(RoomThread(group), "answer:z") is None


async def test_a_message_of_teams_as_the_page_gets_it(teams: TeamsTab, connector: Connector) -> None:
    channel = room(teams, RoomKind.CHANNEL)
    spot = await teams.say(ANA, RoomThread(channel.id), "lunch?", mention=False)
    activity = teams_card("x", "y")
    connector.posted["1795000000999"] = PostedMessage(
        "1795000000999", f"{channel.id};messageid={spot.thread}", activity
    )
    await teams.say(BEN, spot, "yes", mention=False)
    first, reply, card = teams.messages()
    assert (first.author, first.text, first.spot, first.reply, first.at) == (
        "ana",
        "lunch?",
        spot,
        False,
        1_795_000_000,
    )
    assert (reply.author, reply.spot, reply.reply) == ("ben", spot, True)
    assert (card.author, card.spot, card.reply, card.text) == ("bot", spot, True, "s")
    assert card.content == activity["attachments"][0]["content"]
    assert [(size.what, size.size > 100) for size in card.sizes] == [
        ("Bytes of the message", True),
        ("Bytes of the card", True),
        ("Buttons in the longest row", False),
    ]
    assert card.sizes[2].size == 2
    assert card.sizes[0].size > 2 * card.sizes[1].size


def test_what_teams_would_not_have_shown_is_told(teams: TeamsTab, connector: Connector) -> None:
    connector.calls += [ConnectorCall("POST", "/a", 200), ConnectorCall("PUT", "/b", 400, ("card: is too large",))]
    assert list(teams.refused()) == ["PUT /b card: is too large"]
