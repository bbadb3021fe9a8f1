"""The embedded server: private, durable, one for all advisors of a user, and never two on one file."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import pytest
from redis.asyncio import Redis

from bot.storage.embedded_server import EmbeddedError, EmbeddedServer, find_binary
from bot.storage.file_lock import FileLock
from tests.bot.storage.test_file_lock import mode
from tests.patience import HUNG

Opener = Callable[..., Awaitable[EmbeddedServer]]


@pytest.fixture
async def opened() -> AsyncIterator[Opener]:
    """Opens servers, none of which is left behind."""
    async with AsyncExitStack() as stack:

        async def opener(state: Path, **options: Path) -> EmbeddedServer:
            server = await EmbeddedServer.open(state, **options)
            stack.push_async_callback(server.close)
            return server

        yield opener


async def run(url: str, *words: str) -> bytes | int:
    async with Redis.from_url(url, protocol=2) as redis:
        return await redis.execute_command(*words)  # type: ignore[no-any-return,no-untyped-call]


async def process_id(url: str) -> int:
    async with Redis.from_url(url, protocol=2) as redis:
        return int((await redis.info("server"))["process_id"])


async def until_gone(pid: int) -> None:
    """Returns once the process has ended; a zombie that nobody collects counts as ended."""
    async with asyncio.timeout(HUNG):
        while alive(pid):
            await asyncio.sleep(0.01)


def program(folder: Path, lines: str) -> Path:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o700)
    return path


def move(path: Path, target: Path) -> Path:
    return path.rename(target)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())


async def test_it_listens_on_a_private_socket_and_on_no_port(opened: Opener, tmp_path: Path) -> None:
    server = await opened(tmp_path)
    async with Redis.from_url(server.url, protocol=2) as redis:
        assert (await redis.config_get("port"))["port"] == "0"
    socket = Path(server.url.removeprefix("unix://"))
    assert socket.is_relative_to(tmp_path)
    assert mode(socket) == 0o700
    assert mode(socket.parent) == 0o700
    assert (tmp_path / "redis" / "valkey.log").read_text().strip()
    assert all(mode(path) & 0o077 == 0 for path in (tmp_path / "redis").rglob("*"))


async def test_none_of_our_environment_reaches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    binary = program(tmp_path, 'echo "token: $SLACK_BOT_TOKEN."; exit 1')
    with pytest.raises(EmbeddedError, match=r"does not start: token: \."):
        await EmbeddedServer.open(tmp_path, binary=binary)


async def test_a_restart_keeps_what_was_written(tmp_path: Path) -> None:
    server = await EmbeddedServer.open(tmp_path)
    await run(server.url, "SET", "key", "kept")
    pid = await process_id(server.url)
    await server.close()
    assert not alive(pid)
    again = await EmbeddedServer.open(tmp_path)
    assert await run(again.url, "GET", "key") == b"kept"
    await again.close()


async def test_a_killed_server_has_lost_nothing_that_it_answered(opened: Opener, tmp_path: Path) -> None:
    server = await opened(tmp_path)
    for number in range(50):
        await run(server.url, "SET", f"key-{number}", "kept")
    pid = await process_id(server.url)
    os.kill(pid, signal.SIGKILL)
    await until_gone(pid)
    again = await opened(tmp_path)
    assert await run(again.url, "DBSIZE") == 50
    assert await process_id(again.url) != pid


async def test_what_was_written_is_put_on_the_disk_once(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.embedded_server.FLUSH_INTERVAL", 3600)
    server = await opened(tmp_path)
    synced: list[Path] = []
    monkeypatch.setattr(
        "bot.storage.embedded_server.os.fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").readlink())
    )
    await run(server.url, "SET", "key", "kept")
    server.flush()
    assert any(path.name.endswith(".incr.aof") for path in synced)
    synced.clear()
    server.flush()
    assert not synced
    await run(server.url, "SET", "key", "kept as well")
    server.flush()
    assert len(synced) == 1


async def test_a_second_advisor_attaches_and_the_last_one_ends_the_server(tmp_path: Path) -> None:
    first, second = [await EmbeddedServer.open(tmp_path) for _ in range(2)]
    assert first.url == second.url
    pid = await process_id(first.url)
    await first.close()
    assert await process_id(second.url) == pid
    await second.close()
    assert not alive(pid)


async def test_many_that_start_at_once_share_one_server(opened: Opener, tmp_path: Path) -> None:
    servers = await asyncio.gather(*(opened(tmp_path) for _ in range(8)))
    assert len({await process_id(server.url) for server in servers}) == 1


async def test_an_orphan_of_a_killed_owner_is_adopted_and_ended(tmp_path: Path) -> None:
    script = dedent(
        """
        import asyncio, sys
        from pathlib import Path
        from bot.storage.embedded_server import EmbeddedServer

        async def main():
            await EmbeddedServer.open(Path(sys.argv[1]))
            print("open", flush=True)
            await asyncio.Event().wait()

        asyncio.run(main())
        """
    )
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(tmp_path), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    assert owner.stdout is not None
    assert await owner.stdout.readline() == b"open\n"
    owner.kill()
    await owner.wait()
    adopted = await EmbeddedServer.open(tmp_path)
    pid = await process_id(adopted.url)
    assert (tmp_path / "redis" / "valkey.log").read_text().count("Ready to accept connections") == 1
    await adopted.close()
    assert not alive(pid)


async def test_a_server_whose_socket_is_gone_gets_no_second_one_beside_it(opened: Opener, tmp_path: Path) -> None:
    server = await opened(tmp_path)
    socket = Path(server.url.removeprefix("unix://"))
    pid = await process_id(server.url)
    hidden = move(socket, socket.with_suffix(".hidden"))
    with pytest.raises(EmbeddedError, match=f"runs as process {pid} but does not answer.*REDIS_URL"):
        await EmbeddedServer.open(tmp_path, within=0.2)
    move(hidden, socket)


async def test_a_long_path_moves_the_socket_to_a_private_folder(opened: Opener, tmp_path: Path) -> None:
    state = tmp_path / ("long-" * 24)
    with TemporaryDirectory() as runtime:
        first = await opened(state, runtime=Path(runtime))
        socket = Path(first.url.removeprefix("unix://"))
        assert socket.is_relative_to(runtime)
        assert mode(socket.parent) == 0o700
        second = await opened(state, runtime=tmp_path)
        assert second.url == first.url
        await second.close()
        await first.close()


async def test_a_path_that_is_too_long_everywhere_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match=r"shorter path.*ADVISOR_STATE"):
        await EmbeddedServer.open(tmp_path / ("long-" * 24), runtime=tmp_path / ("long-" * 24))


async def test_a_folder_that_is_no_folder_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "redis").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(EmbeddedError, match=r"not a folder of this user.*ADVISOR_STATE.*REDIS_URL"):
        await EmbeddedServer.open(tmp_path)


async def test_a_state_folder_that_cannot_be_made_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedError, match=r"ADVISOR_STATE.*REDIS_URL"):
        await EmbeddedServer.open(tmp_path / "file" / "state")


async def test_a_binary_that_does_not_start_is_an_error_that_names_redis_url(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match=r"does not start: No such file.*REDIS_URL"):
        await EmbeddedServer.open(tmp_path, binary=tmp_path / "missing")
    with pytest.raises(EmbeddedError, match=r"does not start: no library.*REDIS_URL"):
        await EmbeddedServer.open(tmp_path, binary=program(tmp_path, "echo no library; exit 127"))


async def test_who_finds_another_at_the_door_waits_only_so_long(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir(mode=0o700)
    door = FileLock(tmp_path / "redis" / "door")
    assert door.acquire()
    with pytest.raises(EmbeddedError, match=r"started or ended by another process"):
        await EmbeddedServer.open(tmp_path, within=0.1)
    door.release()


async def test_who_comes_while_another_leaves_finds_a_server_that_stays(tmp_path: Path) -> None:
    server = await EmbeddedServer.open(tmp_path)
    for _ in range(5):
        _, server = await asyncio.gather(server.close(), EmbeddedServer.open(tmp_path))
        assert await run(server.url, "PING")
    await server.close()


async def test_a_server_that_ends_while_starting_is_an_error_that_names_the_log(tmp_path: Path) -> None:
    server = await EmbeddedServer.open(tmp_path)
    await run(server.url, "SET", "key", "value")
    await server.close()
    (appended,) = (tmp_path / "redis" / "appendonlydir").glob("*.incr.aof")
    appended.write_bytes(b"*3\r\n$3\r\nSEX\r\n" * 3)
    with pytest.raises(EmbeddedError, match=r"ended while starting.*valkey\.log.*REDIS_URL"):
        await EmbeddedServer.open(tmp_path)


@pytest.mark.parametrize(("system", "machine"), [("Windows", "AMD64"), ("FreeBSD", "amd64")])
def test_a_platform_without_a_binary_is_an_error_that_names_redis_url(
    system: str, machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    with pytest.raises(EmbeddedError, match=f"does not exist for {system} on {machine}.*REDIS_URL"):
        find_binary()


async def test_a_large_log_is_put_aside(opened: Opener, tmp_path: Path) -> None:
    log = tmp_path / "redis" / "valkey.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * 1_000_001)
    await opened(tmp_path)
    assert log.stat().st_size < 10_000
    assert log.with_name("valkey.log.1").stat().st_size == 1_000_001
