"""A file comes back with its verdicts: with progress, once, and also where a process dies meanwhile."""

from dataclasses import dataclass, field

import pytest

from bot.batch.csv_columns import BadFile
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.channel import Undeliverable
from bot.turns.file_message import FileSource
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from bot.turns.triaged_files import TriagedFiles
from bot.turns.workers import Workers
from dialogs.advisor import Advisor
from dialogs.message import GivenIdea, Message, Person, Typed
from dialogs.view import File
from tests.bot.harness import FakeSurface
from tests.bot.server_clock import ClockedRedelivery
from tests.dialogs.talk import NOON

PLACE = Place("slack:T1:C1", "1")
MESSAGE = Message("m1", Person("ana"), NOON, Typed(""))
ADDRESS = {"channel": "C1", "user": "ana"}
SENT, DATA = FileSource("a.csv", "https://x"), b"text\na bot\n"


@dataclass
class FilePlace(FakeSurface):
    """A surface that takes files. `refusal` is what the platform answers."""

    files: list[File] = field(default_factory=list)
    stored: bytes | None = DATA
    refusal: Exception | None = None

    async def post_file(self, file: File) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.files.append(file)


async def test_it_is_noted_once(advisor: Advisor, stores: Stores) -> None:
    files = TriagedFiles(advisor, stores, Workers().files)
    assert await files.note("fake", PLACE, ADDRESS, MESSAGE, SENT, DATA) is not None
    assert await files.note("fake", PLACE, ADDRESS, MESSAGE, SENT, DATA) is None


async def test_where_it_cannot_be_sent_that_is_said(advisor: Advisor, stores: Stores) -> None:
    files = TriagedFiles(advisor, stores, Workers().files)
    surface = FilePlace(refusal=Undeliverable("no", "missing_scope"))
    pending = await files.note("fake", PLACE, ADDRESS, MESSAGE, SENT, DATA)
    assert pending is not None
    await files.settle(pending, surface, True)
    (said,) = surface.texts()
    assert all(part in said for part in ("a.csv", "missing_scope", "export"))
    assert await stores.outbox.size() == 0


@pytest.mark.parametrize("taken", [True, False])
async def test_another_process_sends_what_one_left(
    service: Service, stores: Stores, advisor: Advisor, taken: bool
) -> None:
    files, surface = service.triaged_files, FilePlace()
    message = Message("m1", Person("ana"), NOON, Typed("", (GivenIdea("a bot"), GivenIdea("posters"))))
    await files.note("fake", PLACE, ADDRESS, message, SENT, DATA)
    if taken:
        processed = await service.process(PLACE, message, channel="fake", address=ADDRESS)
        await service.delivery.deliver(processed, surface)
    redelivery = ClockedRedelivery(
        service.overdue, stores.outbox, {"fake": lambda _: surface}, lambda: NOON + OVERDUE_AFTER + 5
    )
    await redelivery.deliver_overdue()
    await redelivery.deliver_overdue()
    assert [file.name for file in surface.files] == (["a-judged.csv"] if taken else [])
    assert await stores.outbox.size() == 0


@dataclass
class Lost(FilePlace):
    """From which the file is gone."""

    async def fetch(self, name: str, url: str) -> bytes:
        raise BadFile("It is not there any more.")


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (Lost(), "not there any more"),
        (FilePlace(stored=b"PK\x03\x04"), "workbook"),
        (FakeSurface(), "no files come in here"),
    ],
    ids=["gone", "no table", "no place for files"],
)
async def test_a_file_that_cannot_be_judged_later_is_said_to_be_so(
    service: Service, stores: Stores, place: FakeSurface, says: str
) -> None:
    message = MESSAGE._replace(content=Typed("triage\na bot\nposters"))
    await service.triaged_files.note("fake", PLACE, ADDRESS, message, SENT, DATA)
    processed = await service.process(PLACE, message, channel="fake", address=ADDRESS)
    await service.delivery.deliver(processed, FakeSurface())
    redelivery = ClockedRedelivery(
        service.overdue, stores.outbox, {"fake": lambda _: place}, lambda: NOON + OVERDUE_AFTER + 30
    )
    assert await redelivery.deliver_overdue() == 1
    assert [says in text and "a.csv" in text for text in place.texts()] == [True]
    assert await stores.outbox.size() == 0
