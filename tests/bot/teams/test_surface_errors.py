"""Where Teams takes no edit, no deletion, no notice and no file: what waits, what is given up, what stays."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from unittest.mock import Mock

import pytest

from bot.storage.record import Card
from bot.teams.activities import ConversationType
from bot.teams.files import ChatFiles
from bot.teams.interfaces import failure
from bot.teams.surface import AnsweredSurface, TeamsSurface
from bot.turns.channel import TryLater, Undeliverable
from dialogs.message import Action, Verb
from dialogs.view import Button, Buttons, File, View, as_line
from tests.bot.teams.test_surface import BYE, HELLO, Room, room
from tests.bot.teams.world import WORDS
from tests.faulty_platforms import ConnectorFault, FaultKind

__all__ = ["room"]

KINDS = [(FaultKind.BAD_GATEWAY, TryLater), (FaultKind.FORBIDDEN, Undeliverable)]

PERSONAL = {"scope": ConversationType.PERSONAL}
GROUP = {"scope": ConversationType.GROUP, "person": "29:ana"}


@dataclass
class Kept:
    """Where files wait for an answer."""

    files: dict[str, bytes]

    async def keep(self, conversation: str, name: str, data: bytes) -> str:
        self.files[name] = data
        return "token"


def chat(room: Room) -> TeamsSurface:
    client, address, _ = room.parts()
    files = ChatFiles(WORDS, Mock(), Kept({}))  # type: ignore[arg-type]
    return TeamsSurface(client, {**address, **PERSONAL}, None, files)


@pytest.mark.parametrize(("trouble", "meaning"), KINDS)
@pytest.mark.parametrize("what", ["post", "edit", "whisper", "file"])
async def test_what_teams_does_not_take_waits_or_is_given_up(
    room: Room, trouble: FaultKind, meaning: type[Exception], what: str
) -> None:
    client, address, hint = room.parts()
    card = await TeamsSurface(client, address, hint).post(HELLO)
    room.connector.faults += [ConnectorFault(trouble) for _ in range(9)]
    does: dict[str, Callable[[], Awaitable[object]]] = {
        "post": lambda: TeamsSurface(client, address, hint).post(BYE),
        "edit": lambda: TeamsSurface(client, address, hint).edit(card, BYE),
        "whisper": lambda: TeamsSurface(client, {**address, **GROUP}, hint).whisper(HELLO),
        "file": lambda: chat(room).post_file(File("a.csv", b"x", as_line("Hello."))),
    }
    with pytest.raises(meaning):
        await does[what]()
    assert room.shown() == ["Hello."]


async def test_a_file_is_offered_with_what_came_of_it(room: Room) -> None:
    await chat(room).post_file(File("a.csv", b"xyz", as_line("Hello.")))
    (message,) = room.connector.messages("a:1")
    (offer,) = message.activity["attachments"]
    assert offer["name"] == "a.csv"
    assert offer["content"]["sizeInBytes"] == 3
    assert offer["content"]["description"] == "Hello. Allow it, and it is saved in your OneDrive."
    assert offer["content"]["acceptContext"] == offer["content"]["declineContext"]


@pytest.mark.parametrize(
    ("fault", "shown"),
    [(None, []), (FaultKind.GONE, ["Hello."]), (FaultKind.FORBIDDEN, ["Bye."])],
    ids=["taken", "not there", "refused"],
)
async def test_an_old_card_is_deleted_or_becomes_a_record(
    room: Room, fault: FaultKind | None, shown: list[str]
) -> None:
    surface = TeamsSurface(*room.parts())
    card = await surface.post(HELLO)
    if fault is not None:
        room.connector.faults.append(ConnectorFault(fault, "DELETE"))
    await surface.delete(card, BYE)
    assert room.shown() == shown


async def test_the_card_that_a_thread_hangs_on_is_not_deleted(room: Room) -> None:
    surface = TeamsSurface(*room.parts())
    card = await surface.post(HELLO)
    root = Card(card.message, {"conversation": f"19:x;messageid={card.message}"})
    await surface.delete(root, BYE)
    assert room.shown() == ["Bye."]
    room.connector.faults.append(ConnectorFault(FaultKind.FORBIDDEN, "PUT"))
    await surface.delete(root, HELLO)
    assert room.shown() == ["Bye."], "and where it cannot be edited either it stays as it was"


@pytest.mark.parametrize(
    ("changes", "only_for"), [({}, "29:ana"), ({"scope": ConversationType.PERSONAL}, None), ({"person": ""}, None)]
)
async def test_a_notice_is_for_one_person_where_others_would_read_it(
    room: Room, changes: dict[str, str], only_for: str | None
) -> None:
    client, address, hint = room.parts()
    await TeamsSurface(client, {**address, **GROUP, **changes}, hint).whisper(HELLO)
    (message,) = room.connector.posted.values()
    assert message.only_for == only_for


async def test_a_notice_with_buttons_is_for_everybody(room: Room) -> None:
    client, address, hint = room.parts()
    button = View((*HELLO.elements, Buttons((Button(Action(Verb.START), "Start"),))), 3)
    await TeamsSurface(client, {**address, **GROUP}, hint).whisper(button)
    (message,) = room.connector.posted.values()
    assert message.only_for is None


async def test_teams_tells_nothing_of_what_stands_there(room: Room) -> None:
    surface = AnsweredSurface(*room.parts())
    assert await surface.sent(0) is None
    assert surface.text(HELLO) == ""


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        *((status, False) for status in (None, 401, 408, 412, 429, 500, 503)),
        *((status, True) for status in (400, 403, 404, 499)),
    ],
)
def test_what_is_of_no_use_to_send_again(status: int | None, permanent: bool) -> None:
    assert isinstance(failure(status, "why"), Undeliverable if permanent else TryLater)


@pytest.mark.parametrize(
    ("service", "url", "is_place"),
    [
        (None, "https://x.sharepoint.com/a", True),
        (None, "http://127.0.0.1:1/files/a", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1:1/files/a", True),
        ("http://127.0.0.1:1", "http://127.0.0.1:1/files/a", True),
        ("http://127.0.0.1:1", "http://127.0.0.1:1/other/a", False),
        ("http://127.0.0.1:1", "http://127.0.0.1:2/files/a", False),
        ("http://127.0.0.1:1", "https://x.sharepoint.com/a", True),
    ],
)
def test_where_files_may_be(service: str | None, url: str, is_place: bool) -> None:
    files = ChatFiles(WORDS, Mock(), Mock(), local=service is not None)
    assert files.is_place(url, service or "https://smba.trafficmanager.net/emea/") is is_place
