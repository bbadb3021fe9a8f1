"""The way to Redis: one command for each operation, and what happens when Redis does not answer as it should."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from redis.asyncio import Redis
from redis.crc import key_slot
from redis.exceptions import ResponseError

from bot.config.redis_url import RedisAddress
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.place import Place
from bot.storage.record import Card, StoredConversation
from bot.storage.redis_client import MAX_PIPELINES, Arguments, Client
from bot.storage.redis_retries import Storage, Timeouts
from bot.storage.sessions import Sessions
from tests import servers
from tests.bot.harness import opened
from tests.patience import BRIEF, HUNG

PLACE = Place("slack:T1:C1", "1")
DIRECT = Place("slack:T1:D1", "1", direct=True)
SHORT = Timeouts(total=1.0, connect=10.0, answer=10.0)


def sessions_on(storage: Storage, prefix: str = "test") -> Sessions:
    return Sessions(storage, schema=1, ttl=timedelta(hours=1), prefix=prefix)


def url_of(client: redis.Redis, login: str = "") -> str:
    return f"redis://{login}{servers.address(client)}"


# One command each


async def commands_during(url: str, storage: Storage, act: Callable[[], object]) -> list[str]:
    """The commands that reach the server while something is done, without those that scripts run inside."""
    seen: list[str] = []
    async with Redis.from_url(url, protocol=2) as watcher, watcher.monitor() as monitor:
        await act()  # type: ignore[misc]
        await storage.command("ECHO", "the end")
        while True:
            found = await monitor.next_command()
            words = found["command"].split()
            if words[0] == "ECHO":
                return seen
            if found["client_type"] != "lua":
                seen.append(words[0])


@pytest.mark.parametrize(("place", "load"), [(PLACE, "HMGET"), (DIRECT, "EVAL")])
async def test_load_save_and_mark_take_one_command_each(
    redis_url: str, key_prefix: str, place: Place, load: str
) -> None:
    async with opened(redis_url) as storage:
        sessions = sessions_on(storage, key_prefix)
        await sessions.save(place, "{}", 1, expected=0)
        await sessions.load(place)
        await sessions.mark_delivered(place, Card("1"), 1)
        for act, commands in (
            (lambda: sessions.load(place), [load]),
            (lambda: sessions.save(place, "{}", 2, expected=1), ["EVAL"]),
            (lambda: sessions.mark_delivered(place, Card("1"), 2), ["EVAL"]),
        ):
            assert await commands_during(redis_url, storage, act) == commands


async def test_calls_of_the_same_moment_share_a_connection(own: redis.Redis) -> None:
    async with opened(url_of(own)) as storage:
        found = await asyncio.gather(*[storage.command("ECHO", str(number)) for number in range(300)])
        assert [int(value) for value in found] == list(range(300))
        assert own.info("stats")["total_connections_received"] <= MAX_PIPELINES + 2


async def test_an_error_in_a_batch_is_that_of_its_command_alone(own: redis.Redis) -> None:
    own.set("text", "x")
    async with opened(url_of(own)) as storage:
        found = await asyncio.gather(
            storage.command("ECHO", "before"),
            storage.command("LPUSH", "text", "y"),
            storage.command("ECHO", "after"),
            return_exceptions=True,
        )
        assert [found[0], found[2]] == [b"before", b"after"]
        assert isinstance(found[1], CorruptRecord)


async def test_a_call_that_is_cancelled_leaves_no_answer_for_the_next_one(own: redis.Redis) -> None:
    async with opened(url_of(own)) as storage:
        await storage.ping()
        own.client_pause(60_000, all=False)
        calls = [asyncio.create_task(storage.command("SET", "given up", number)) for number in range(5)]
        while not own.info("clients")["blocked_clients"]:
            await asyncio.sleep(0)
        for call in calls:
            call.cancel()
        await asyncio.wait(calls)
        own.client_unpause()
        assert [await storage.command("ECHO", str(number)) for number in range(3)] == [b"0", b"1", b"2"]


async def test_what_is_not_answered_in_time_is_given_up_and_no_longer_sent(own: redis.Redis) -> None:
    async with opened(url_of(own), timeouts=SHORT) as storage:
        await storage.ping()
        own.client_pause(60_000, all=False)
        calls = []
        for number in range(MAX_PIPELINES + 1):
            calls.append(asyncio.create_task(storage.command("SET", f"given up {number}", 1)))
            while own.info("clients")["blocked_clients"] < min(number + 1, MAX_PIPELINES):
                await asyncio.sleep(0)
        for failed in await asyncio.gather(*calls, return_exceptions=True):
            assert isinstance(failed, StorageUnavailable)
            assert "no answer within 1 s" in str(failed)
        own.client_unpause()
        assert [await storage.command("ECHO", str(number)) for number in range(3)] == [b"0", b"1", b"2"]
        assert sorted(own.keys()) == [f"given up {number}" for number in range(MAX_PIPELINES)]


async def test_what_waits_for_a_pipeline_is_sent_when_one_is_free(own: redis.Redis) -> None:
    async with opened(url_of(own)) as storage:
        await storage.ping()
        before = own.info("clients")["blocked_clients"]
        calls = []
        for number in range(MAX_PIPELINES):
            calls.append(asyncio.create_task(storage.command("BLPOP", f"list {number}", 0)))
            while own.info("clients")["blocked_clients"] < before + number + 1:
                await asyncio.sleep(0)
        waiting = asyncio.create_task(storage.command("ECHO", "sent"))
        await asyncio.sleep(0)
        own.rpush("list 0", "free")
        assert await waiting == b"sent"
        for number in range(1, MAX_PIPELINES):
            own.rpush(f"list {number}", "free")
        await asyncio.gather(*calls)


# Redis away


async def test_nobody_there_is_an_error_with_the_reason_until_somebody_is(tmp_path: Path) -> None:
    port = servers.free_port()
    async with opened(f"redis://127.0.0.1:{port}", timeouts=SHORT) as storage:
        for call in (storage.ping(), sessions_on(storage).load(PLACE)):
            with pytest.raises(StorageUnavailable, match=r"Connect call failed|refused") as caught:
                await call
            assert "REDIS_URL" in str(caught.value)
        with servers.node(tmp_path / "back", port):
            await storage.ping()


async def test_a_server_that_never_answers_is_given_up() -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with asyncio.timeout(HUNG), await asyncio.start_server(listen, "127.0.0.1", 0) as deaf:
        port = deaf.sockets[0].getsockname()[1]
        async with opened(f"redis://127.0.0.1:{port}", timeouts=SHORT) as storage:
            with pytest.raises(StorageUnavailable, match="no answer within"):
                await storage.ping()


@pytest.mark.parametrize("loads", [False, True])
async def test_a_short_outage_and_a_server_that_still_loads_its_data_are_waited_for(
    tmp_path: Path, loads: bool
) -> None:
    port, met = servers.free_port(), asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while loads and (asked := await reader.read(65536)):
            writer.write(b"-LOADING the dataset is being loaded\r\n" * len(re.findall(rb"\*\d+\r\n", asked)))
            if b"INFO" in asked:
                met.set()
        if not loads:
            met.set()
        writer.close()

    async with opened(f"redis://127.0.0.1:{port}") as storage:
        async with await asyncio.start_server(answer, "127.0.0.1", port):
            call = asyncio.create_task(sessions_on(storage).save(PLACE, "{}", 1, expected=0))
            await met.wait()
        with servers.node(tmp_path / "back", port):
            assert (await call).done


async def test_a_failover_by_sentinel_is_followed(tmp_path: Path) -> None:
    with servers.watched(tmp_path, away=1_000) as (primary, replica, sentinel):
        async with opened(f"redis+sentinel://{servers.address(sentinel)}/main") as storage:
            sessions = sessions_on(storage)
            assert (await sessions.save(PLACE, "{}", 1, expected=0)).done
            primary.wait(1, 5000)
            primary.shutdown(nosave=True)
            assert (await sessions.save(PLACE, "{}", 2, expected=1)).done
            assert replica.info("replication")["role"] == "master"


async def test_a_restart_between_two_calls_goes_unnoticed(tmp_path: Path) -> None:
    port = servers.free_port()
    async with opened(f"redis://127.0.0.1:{port}") as storage:
        sessions = sessions_on(storage)
        with servers.node(tmp_path / "before", port):
            await asyncio.gather(*(sessions.load(PLACE) for _ in range(20)))
        with servers.node(tmp_path / "after", port):
            assert (await sessions.save(PLACE, "{}", 1, expected=0)).done


async def test_connections_to_a_cluster_that_were_closed_meanwhile_go_unnoticed(
    cluster_url: str, monkeypatch: pytest.MonkeyPatch, key_prefix: str
) -> None:
    """Its client does not look before it writes, and each event loop has an error of its own for that."""
    connect, writers = asyncio.open_connection, list[asyncio.StreamWriter]()

    async def recorded(**where: Any) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await connect(**where)
        writers.append(writer)
        return reader, writer

    monkeypatch.setattr(asyncio, "open_connection", recorded)
    async with opened(cluster_url) as storage:
        sessions = sessions_on(storage, key_prefix)
        places = [Place("slack:T1:C1", str(number)) for number in range(30)]
        await asyncio.gather(*[sessions.load(place) for place in places])
        for writer in writers:
            writer.close()
            await writer.wait_closed()
        assert await asyncio.gather(*[sessions.load(place) for place in places]) == [
            StoredConversation(place) for place in places
        ]


async def test_a_demoted_server_is_asked_again_until_it_takes_writes(own: redis.Redis) -> None:
    async with opened(url_of(own)) as storage:
        await storage.ping()
        own.replicaof("127.0.0.1", servers.free_port())
        call = asyncio.create_task(sessions_on(storage).save(PLACE, "{}", 1, expected=0))
        while not own.info("commandstats").get("cmdstat_eval", {}).get("failed_calls"):
            await asyncio.sleep(0)
        own.replicaof("NO", "ONE")
        assert (await call).done


@pytest.mark.parametrize("wait_replicas", [0, 1])
async def test_a_save_is_tried_for_as_long_as_its_caller_can_wait(own: redis.Redis, wait_replicas: int) -> None:
    usual = Timeouts(total=0.5, connect=HUNG, answer=1.0)
    async with opened(url_of(own), wait_replicas=wait_replicas, timeouts=usual) as storage:
        own.replicaof("127.0.0.1", servers.free_port())
        sessions = sessions_on(storage)
        patient = asyncio.create_task(sessions.save(PLACE, "{}", 1, expected=0, within=HUNG))
        for _ in range(3):  # together certainly longer than one call usually takes
            with pytest.raises(StorageUnavailable):
                await sessions.save(PLACE, "{}", 1, expected=0)
        own.replicaof("NO", "ONE")
        if wait_replicas:
            with pytest.raises(StorageUnavailable, match="0 of 1 replicas"):
                await patient
        else:
            assert (await patient).done


REDIS_6 = f"Error running script (call to f_{'0' * 40}): @user_script:3: @user_script: 3: "


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"{REDIS_6}-READONLY You can't write against a read only replica.", "READONLY You can't write"),
        (f"{REDIS_6}-OOM command not allowed when used memory > 'maxmemory'.", "OOM command not allowed"),
        (f"{REDIS_6}The user executing the script can't run this command", "NOPERM The user executing"),
        ("The user executing the script can't run this command script: 0, on @user_script:3.", "NOPERM The user"),
        (f"{REDIS_6}attempt to index a nil value", "Error running script"),
    ],
)
async def test_a_refusal_within_a_script_of_an_older_server_is_understood(
    own: redis.Redis, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    tries = []

    async def refuse(self: Client, commands: Sequence[Arguments]) -> list[Any]:
        tries.append(commands)
        raise ResponseError(said)

    async with opened(url_of(own), timeouts=SHORT) as storage:
        await storage.ping()
        monkeypatch.setattr(Client, "run", refuse)
        with pytest.raises(StorageUnavailable, match=f": {told}"):
            await sessions_on(storage).save(PLACE, "{}", 1, expected=0)
    assert (len(tries) > 1) == ("READONLY" in said), "only a demoted server may take it a moment later"


# Answers lost on the way


class Wire:
    """Stands between client and server. When `cut`, the next answer is lost and its connection closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cut = False
        self.lost = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._port)
        forth = asyncio.create_task(self._forth(reader, there_writer))
        while answer := await there_reader.read(65536):
            if self.cut:
                self.cut, self.lost = False, self.lost + 1
                break
            writer.write(answer)
        writer.close()
        there_writer.close()
        await forth

    async def _forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await reader.read(65536):
            writer.write(asked)
        writer.close()


async def test_a_save_whose_answer_was_lost_is_done_once(own: redis.Redis) -> None:
    wire = Wire(own.connection_pool.connection_kwargs["port"])
    async with await asyncio.start_server(wire.carry, "127.0.0.1", 0) as between:
        port = between.sockets[0].getsockname()[1]
        async with opened(f"redis://127.0.0.1:{port}") as storage:
            sessions = sessions_on(storage)
            await sessions.save(PLACE, '{"n": 1}', 1, expected=0)
            wire.cut = True
            outcome = await sessions.save(PLACE, '{"n": 2}', 2, expected=1)
            assert wire.lost == 1
            assert outcome.done
            assert await sessions.load(PLACE) == outcome.current
            assert (outcome.current.document, outcome.current.revision) == ('{"n": 2}', 2)


# Refusals that do not pass


async def test_a_full_server_refuses_writes_and_still_reads(own: redis.Redis) -> None:
    async with opened(url_of(own)) as storage:
        sessions = sessions_on(storage)
        await sessions.save(DIRECT, '{"n": 1}', 1, expected=0)
        before = await sessions.load(DIRECT)
        own.config_set("maxmemory", 1)
        for call in (
            sessions.save(DIRECT, '{"n": 2}', 2, expected=1),
            sessions.save(DIRECT.within("2"), "{}", 1, expected=0),
            sessions.mark_delivered(DIRECT, Card("1"), 1),
        ):
            with pytest.raises(StorageUnavailable, match="maxmemory"):
                await call
        assert await sessions.load(DIRECT) == before
        own.config_set("maxmemory", 0)
        assert (await sessions.save(DIRECT, '{"n": 2}', 2, expected=1)).done


async def test_a_wrong_password_is_told_at_once_and_never_shown(own: redis.Redis) -> None:
    own.config_set("requirepass", "right-password")
    async with opened(url_of(own, ":right-password@")) as storage:
        await storage.ping()
    async with asyncio.timeout(HUNG), opened(url_of(own, ":wrong-password@")) as storage:
        with pytest.raises(StorageUnavailable, match="invalid username-password") as caught:
            await storage.ping()
        assert "wrong-password" not in str(caught.value)


async def test_an_error_that_repeats_the_command_does_not_carry_it_into_the_log(own: redis.Redis) -> None:
    async with opened(url_of(own)) as storage:
        with pytest.raises(StorageUnavailable, match="unknown command") as caught:
            await storage.command("NOSUCHCOMMAND", "what a person wrote")
        assert "person" not in str(caught.value)


async def test_options_of_the_address_reach_the_server(own: redis.Redis, redis_url: str) -> None:
    for url, database in ((f"{url_of(own)}?db=1", b"db=1"), (f"{redis_url}?db=0", b"db=0")):
        async with opened(url) as storage:
            assert database in (await storage.command("CLIENT", "INFO")).split()


def test_options_for_tls_are_those_of_the_client() -> None:
    url = "rediss://host?ssl_cert_reqs=optional&ssl_ca_certs=a&ssl_certfile=b&ssl_keyfile=c&ssl_check_hostname=no"
    RedisAddress.parse(url)
    Redis.from_url(url).connection_pool.make_connection()


# A Cluster that changes


def owner_and_other(cluster_url: str, slot: int) -> tuple[str, str]:
    """Addresses of the node that has the slot and of another one."""
    with redis.RedisCluster.from_url(cluster_url, protocol=2) as cluster:
        owner = cluster.nodes_manager.get_node_from_slot(slot)
        other = next(node for node in cluster.get_primaries() if node.name != owner.name)
        return owner.name, other.name


def move_slot(cluster_url: str, slot: int) -> None:
    """Gives an empty slot to another node."""
    names = owner_and_other(cluster_url, slot)
    nodes = [redis.Redis.from_url(f"redis://{name}", protocol=2, decode_responses=True) for name in names]
    identity = nodes[1].execute_command("CLUSTER", "MYID")
    for node in reversed(nodes):
        node.execute_command("CLUSTER", "SETSLOT", slot, "NODE", identity)
        node.close()


@pytest.mark.parametrize("wait_replicas", [0, 1])
async def test_a_conversation_whose_slot_has_moved_is_followed(
    cluster_url: str, key_prefix: str, wait_replicas: int
) -> None:
    space = hashlib.sha256(key_prefix.encode()).hexdigest()
    place = Place(space, "1", direct=True)
    async with opened(cluster_url, wait_replicas=wait_replicas, timeouts=BRIEF) as storage:
        sessions = sessions_on(storage, key_prefix)
        assert await sessions.load(place) == StoredConversation(place)
        move_slot(cluster_url, key_slot(place.key(key_prefix).encode()))
        if wait_replicas:
            with pytest.raises(StorageUnavailable, match="0 of 1 replicas"):
                await sessions.save(place, "{}", 1, expected=0)
        else:
            assert (await sessions.save(place, "{}", 1, expected=0)).done
        assert (await sessions.load(place)).revision == 1
