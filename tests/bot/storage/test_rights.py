"""The rights that docs/operations.md lists are enough for everything that is stored, and each of them is needed."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import redis
from slack_sdk.oauth.installation_store import Bot

from bot.config.setting_types import Unanswered
from bot.server.metrics import Metrics
from bot.slack.authorization import Installations
from bot.storage.check import check
from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.redelivery import OVERDUE_AFTER, Redelivery
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.message import Message, Person, Typed
from tests import servers
from tests.bot.harness import NOON, PLACE, WEEK, FakeSurface, Harness, opened
from tests.bot.server_clock import ahead, restored
from tests.drivers import CHANNELS, opener

PAGE = (Path(__file__).parents[3] / "docs" / "operations.md").read_text()
PASSWORD = "of-this-test"
NUMBERS = count()


def listed() -> list[str]:
    """The rights on one server, as the page has them."""
    (line,) = re.findall(r"^user advisor on >PASSWORD (.+)$", PAGE, re.MULTILINE)
    return line.split()


def listed_for(what: str) -> list[str]:
    """Those that a line adds, as for a Cluster."""
    (line,) = re.findall(rf"^- {what} also (.+?)(?:, on every node|;|\.)", PAGE, re.MULTILINE)
    return [right for part in re.findall(r"`(.+?)`", line) for right in part.split()]


def allow(server: redis.Redis, rights: list[str], prefix: str = "advisor") -> None:
    server.execute_command("ACL", "SETUSER", "advisor", "reset")
    adapted = [right.replace("~advisor:", f"~{prefix}:") for right in rights]
    server.execute_command("ACL", "SETUSER", "advisor", "on", f">{PASSWORD}", *adapted)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Redis]:
    with servers.node(tmp_path_factory.mktemp("rights") / "one", servers.free_port()) as node:
        allow(node, listed())
        yield node


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Redis]:
    with servers.cluster(tmp_path_factory.mktemp("rights") / "three") as nodes:
        for node in nodes:
            allow(node, listed() + listed_for("On a Cluster"))
        yield nodes[0]


@pytest.fixture(params=["server", "cluster"])
def url(request: pytest.FixtureRequest) -> str:
    return url_of(request.getfixturevalue(request.param))


def url_of(server: redis.Redis) -> str:
    """A server's address for the user with these rights."""
    return f"redis://advisor:{PASSWORD}@{servers.address(server)}"


async def live(advisor: Advisor, storage: Storage, channel: str, prefix: str = "advisor") -> None:
    """A whole conversation, a reply that another process owes, and "forget me"."""
    stores = Stores.on(storage, ttl=timedelta(days=1), prefix=prefix)
    service = Service(advisor, stores, observer=Metrics(), unanswered=Unanswered.ALL)
    await owe_and_deliver(service, stores)
    async with opener(channel)(service) as driver:
        assert "Question 1 of 5" in await driver.say("ana", "start")
        for button in ("answer:data:yes", "answer:volume:high", "answer:domain:specialised", "answer:budget:flexible"):
            await driver.press("ana", button)
        assert "Fine-tuning" in await driver.press("ana", "answer:consistency:predictable")
        await driver.press("ana", "feedback:up")
        assert "nothing on that" in await driver.say("ana", "who won the world cup?")
        assert "1 idea" in await driver.say("ana", "ideas")
        await service.background.join()
        assert (await stores.outbox.usage(datetime.now(UTC).date())).keys() >= {"begun", "unknown"}
        assert len(await stores.feedback.ratings()) == len(await stores.feedback.unanswered()) == 1
        await driver.say("ana", "forget me")
        await driver.say("ana", "yes, forget me")
    await service.background.join()
    left = await storage.command("ZRANGE", f"{prefix}:due", 0, -1)
    assert all(b'"redraw"' in entry for entry in left)  # cards of what was deleted are redrawn later


async def owe_and_deliver(service: Service, stores: Stores) -> None:
    message = Message("m1", Person("eve"), int(time.time()), Typed("should we fine-tune our support bot?"))
    await service.process(Place(f"test:C{next(NUMBERS)}", "1"), message, channel="test", address={})
    assert await stores.outbox.size() >= 1
    surface, later = FakeSurface(), time.time() + OVERDUE_AFTER + 60
    again = Redelivery(service.overdue, stores.outbox, {"test": lambda _: surface}, lambda: later)
    with restored():
        ahead(OVERDUE_AFTER + 60)
        assert await again.deliver_overdue() >= 1
    assert surface.messages


@pytest.mark.parametrize("channel", CHANNELS)
async def test_they_carry_a_whole_conversation(advisor: Advisor, url: str, channel: str) -> None:
    async with opened(url) as storage:
        await storage.check_write("advisor")
        await live(advisor, storage, channel)


async def test_they_carry_installations_into_many_workspaces(url: str) -> None:
    async with opened(url) as storage:
        await install(storage)


async def install(storage: Storage) -> None:
    installations = Installations(storage, time.monotonic)
    found = Bot(bot_token="xoxb-1", bot_id="B1", bot_user_id="U1", team_id="T1", installed_at=1.0)
    await installations.async_save_bot(found)
    assert await Installations(storage, time.monotonic).async_find_bot(enterprise_id=None, team_id="T1")
    await installations.async_delete_bot(enterprise_id=None, team_id="T1")


async def test_none_is_listed_that_nothing_needs(advisor: Advisor, tmp_path: Path) -> None:
    """The server counts what is called; with a replica, since confirmed writes wait for one."""
    with servers.watched(tmp_path) as (primary, _replica, _sentinel):
        allow(primary, listed())
        primary.config_resetstat()
        async with opened(url_of(primary), wait_replicas=1) as storage:
            await storage.ping()
            await storage.check_write("advisor")
            await live(advisor, storage, "slack direct message")
            await install(storage)
        used = {name.removeprefix("cmdstat_") for name in primary.info("commandstats")}
    allowed = {right[1:] for right in listed() if right.startswith("+")}
    # Only where a person has so many places that some are dropped, and where an idea has expired.
    seldom = {"srandmember", "hdel"}
    assert sorted(allowed - used - seldom) == []


@pytest.mark.parametrize("right", sorted({right for right in listed() if right.startswith("+")} - {"+ping", "+wait"}))
async def test_the_doctor_names_each_that_is_missing(server: redis.Redis, right: str) -> None:
    """Without `ping` all goes on; `wait` is tried only where replicas have to confirm."""
    allow(server, [given for given in listed() if given != right])
    async with opened(url_of(server)) as storage:
        found = [finding async for finding in check(storage, "advisor") if finding.code == "redis_rights_missing"]
    allow(server, listed())
    assert [finding.message.partition(" below")[0] for finding in found] == [f"Its user may not {right[1:].upper()}"]


async def test_another_prefix_is_out_of_reach_and_ones_own_is_enough(advisor: Advisor, tmp_path: Path) -> None:
    """So staging, on production's Redis, takes nothing, and every key is below its prefix."""
    with servers.node(tmp_path / "shared", servers.free_port()) as node:
        allow(node, listed(), prefix="staging")
        async with opened(url_of(node)) as storage:
            await live(advisor, storage, "slack channel", prefix="staging")
            with pytest.raises(StorageUnavailable, match="NOPERM"):
                await storage.check_write("advisor")


async def test_each_prefix_has_an_outbox_of_its_own(advisor: Advisor, harness: Harness, key_prefix: str) -> None:
    await harness.ask_at(PLACE)
    staging = Stores.on(harness.storage, ttl=WEEK, prefix=f"{key_prefix}-staging")
    assert await Harness.on(advisor, staging).redelivery(NOON + OVERDUE_AFTER + 60).deliver_overdue() == 0
    assert await harness.outbox.size() == 1
