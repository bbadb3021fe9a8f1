"""Where replies appear in Teams: what an edit comes back with, and who may read what is for one person."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession

from bot.storage.record import Card
from bot.teams.activities import ConversationType
from bot.teams.botframework import TeamsAdapter
from bot.teams.client import ConnectorClient, is_local_service
from bot.teams.surface import AnsweredSurface, TeamsSurface, stack_views
from dialogs.message import Action, Verb
from dialogs.view import Button, Buttons, Divider, Paragraph, Span, Style, View, as_line
from tests.drivers.local_server import serving
from tests.drivers.teams import read
from tests.faulty_platforms import ConnectorFault, FaultKind, FaultyConnector

HELLO, BYE = View((Paragraph(as_line("Hello.")),), 3), View((Paragraph(as_line("Bye.")),), 4)


@dataclass
class Room:
    """A conversation, without a bot in it, in which things are shown."""

    connector: FaultyConnector
    adapter: TeamsAdapter
    address: dict[str, str]

    def parts(self) -> tuple:
        return self.adapter.conversation(self.address), self.address, None

    def shown(self) -> list[str]:
        return [read(message.shown) for message in self.connector.messages("a:1")]


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    connector = FaultyConnector()

    async def pause(_seconds: float) -> None:
        """Nobody waits."""

    async with serving(connector.routes()) as api, ClientSession() as http:
        client = ConnectorClient(
            lambda: http, None, is_local_service, sleep=pause, clock=lambda: 0.0, random=lambda: 0.0
        )
        address = {"service": api, "conversation": "a:1", "bot": "28:bot", "scope": ConversationType.PERSONAL}
        yield Room(connector, TeamsAdapter(client, None), address)  # type: ignore[arg-type]


async def test_a_message_is_posted_and_edited(room: Room) -> None:
    surface = TeamsSurface(*room.parts())
    card = await surface.post(HELLO)
    assert card == Card(next(iter(room.connector.posted)), room.address)
    assert await surface.update(card, BYE) == card
    assert room.shown() == ["Bye."]


async def test_an_older_card_that_cannot_be_edited_is_the_same_card_still(room: Room) -> None:
    gone = Card("gone", room.address)
    await TeamsSurface(*room.parts()).retire(gone, BYE)
    assert room.shown() == []


async def test_what_is_for_one_person_is_read_by_everybody_where_somebody_typed(room: Room) -> None:
    surface = TeamsSurface(*room.parts())
    assert not surface.can_whisper
    await surface.whisper(HELLO)
    assert room.shown() == ["Hello."]


async def test_and_by_nobody_else_where_a_press_is_answered(room: Room) -> None:
    surface = AnsweredSurface(*room.parts())
    assert surface.can_whisper
    await surface.whisper(HELLO)
    assert room.shown() == []


async def test_the_live_card_is_known_by_the_name_under_which_it_was_found(room: Room) -> None:
    posted = await TeamsSurface(*room.parts()).post(HELLO)
    surface = TeamsSurface(*room.parts(), None, ("a", posted.message))
    assert await surface.update(Card("b"), BYE) == posted
    assert room.shown() == ["Bye."]
    tried = [call.path.rpartition("/")[2] for call in room.connector.calls if call.method == "PUT"]
    assert tried == ["b", "a", posted.message]


async def test_a_live_card_that_is_nowhere_is_posted_anew_and_that_is_told(room: Room) -> None:
    surface = AnsweredSurface(*room.parts(), None, ("a",))
    assert not surface.shown.done()
    card = await surface.update(Card("b"), BYE)
    assert (card.message, card.address) == (next(iter(room.connector.posted)), room.address)
    assert surface.shown.done()
    assert await surface.update(card, HELLO) == card
    assert room.shown() == ["Hello."]


def test_one_view_above_another() -> None:
    assert stack_views(HELLO, BYE) == View((*HELLO.elements, Divider(), *BYE.elements), 4)
    assert stack_views(HELLO, View((), 4)) == View(HELLO.elements, 4)


async def test_and_to_everybody_where_teams_refuses_that(room: Room) -> None:
    client, address, hint = room.parts()
    room.connector.faults.append(ConnectorFault(FaultKind.FORBIDDEN, "POST"))
    await TeamsSurface(client, {**address, "scope": "groupChat", "person": "29:ana"}, hint).whisper(HELLO)
    (message,) = room.connector.posted.values()
    assert message.only_for is None


async def test_one_line_has_no_box_around_it_and_is_no_markup(room: Room) -> None:
    line = View((Paragraph((Span("Budget: "), Span("*limited* [x](http://a.b)", Style.STRONG))),))
    await TeamsSurface(*room.parts()).post(line)
    (message,) = room.connector.messages("a:1")
    assert "attachments" not in message.activity
    assert message.activity["textFormat"] == "plain"
    assert "Budget: ∗limited∗" in message.activity["text"]
    assert "](" not in message.activity["text"]


async def test_what_can_be_pressed_or_is_long_keeps_its_card(room: Room) -> None:
    button = Buttons((Button(Action(Verb.START), "Start"),))
    long = Paragraph(as_line("word " * 200))
    for view in (
        View((*HELLO.elements, button)),
        View((long,)),
        View((*HELLO.elements, *HELLO.elements, *BYE.elements)),
    ):
        await TeamsSurface(*room.parts()).post(view)
    assert all(message.card for message in room.connector.messages("a:1"))
