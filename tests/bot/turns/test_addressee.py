"""Who is addressed: what people say to each other is kept nowhere, and they are not told of an outage."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.failure_notice import failure_notice
from dialogs.advisor import Advisor
from dialogs.conversation import SCHEMA
from dialogs.message import Message, Person, Typed
from tests import servers
from tests.bot.harness import ADDRESS, NOON, PLACE, WEEK, Harness, opened

PRIVATE = "the merger with Initech is off"


def overheard(text: str, number: int, who: str = "eve") -> Message:
    return Message(f"C1:{number}", Person(who), NOON + number, Typed(text), addressed=False, private=False)


@pytest.fixture
async def durable(advisor: Advisor, tmp_path: Path) -> AsyncIterator[Harness]:
    """On a server of its own that writes every command to the disk at once."""
    port = servers.free_port()
    with servers.node(tmp_path / "redis", port, "--appendonly", "yes", "--appendfsync", "always"):
        async with opened(f"redis://127.0.0.1:{port}") as storage:
            yield Harness.on(advisor, Stores.on(storage, ttl=WEEK))


def written(folder: Path) -> bytes:
    """All that stands in the files below a folder."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def hear(harness: Harness, place: Place, message: Message) -> None:
    processed = await harness.service.process(place, message, channel="test", address=ADDRESS)
    await harness.service.delivery.deliver(processed, harness.surface)


async def test_what_strangers_write_is_kept_nowhere(
    durable: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(20):
        await hear(durable, Place("slack:T1:C9", f"{number}.0"), overheard(PRIVATE, number))
    assert await durable.storage.command("DBSIZE") == 0
    assert b"Initech" not in written(tmp_path)
    assert "Initech" not in caplog.text
    await durable.say(PRIVATE)  # the same, said to the advisor: so the search would find it
    assert b"Initech" in written(tmp_path)


async def test_what_people_say_to_each_other_beside_a_conversation_is_kept_nowhere(
    durable: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await durable.say("should we fine-tune our support bot?")
    for number, who in enumerate(("eve", "eve", "ben"), start=50):
        await hear(durable, PLACE, overheard(PRIVATE, number, who))
    assert b"Initech" not in written(tmp_path)
    assert "Initech" not in caplog.text
    assert len(durable.surface.messages) == 1
    assert await durable.pending() == 0


async def test_what_is_taken_without_a_mention_is_pending_until_it_is_delivered(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    answer = overheard("yes", 60, "ana")
    await harness.service.process(PLACE, answer, channel="test", address=ADDRESS)
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 1
    assert "Question 2 of 5" in harness.surface.texts()[-1]
    assert await harness.pending() == 0


async def test_chatter_costs_one_command(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    await harness.say("should we fine-tune our support bot?")
    await hear(harness, PLACE, overheard("lunch?", 70))  # a second person: that is noted
    sent, pipeline = list[str](), harness.storage.pipeline

    async def counted(*commands, **options):
        sent.extend(str(command[0]) for command in commands)
        return await pipeline(*commands, **options)

    monkeypatch.setattr(harness.storage, "pipeline", counted)
    await hear(harness, PLACE, overheard("see you there", 71))
    assert sent == ["HMGET"]


async def test_what_was_not_taken_in_an_outage_counts_when_the_platform_sends_it_again(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody was told that it does not count. Here the write was applied, and only its answer was lost."""
    await harness.say("should we fine-tune our support bot?")
    save, answer = harness.sessions.save, overheard("yes", 80, "ana")

    async def lost(*saved, **options):
        await save(*saved, **options)
        raise StorageUnavailable("timeout")

    with monkeypatch.context() as patch:
        patch.setattr(harness.sessions, "save", lost)
        with pytest.raises(StorageUnavailable):
            await hear(harness, PLACE, answer)
    await harness.service.background.join()
    await hear(harness, PLACE, answer)
    assert (await harness.conversation()).chosen == {"data": "yes"}
    assert await harness.redelivery(NOON + 200).deliver_overdue() == 1
    assert "Question 2 of 5" in harness.surface.texts()[-1]


async def test_a_newer_versions_conversation_is_no_reason_to_speak_to_bystanders(
    harness: Harness, key_prefix: str
) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.storage.command("HSET", PLACE.key(key_prefix), "schema", SCHEMA + 1)
    await hear(harness, PLACE, overheard("yes", 90))
    assert harness.surface.whispers == []


@pytest.mark.parametrize("error", [StorageUnavailable("timeout"), RuntimeError("a mistake")])
def test_a_failure_notice_goes_to_those_who_spoke_to_the_advisor(advisor: Advisor, error: Exception) -> None:
    message = overheard("lunch?", 1)
    assert failure_notice(advisor.catalogue, error, "ref", message) is None
    assert failure_notice(advisor.catalogue, error, "ref", message._replace(addressed=True)) is not None
