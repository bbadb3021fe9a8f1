"""Processes under measurement: started, kept to one core, read from /proc (so only on Linux)."""

import asyncio
import os
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeVar

from tests.servers import free_port

_TICKS = os.sysconf("SC_CLK_TCK")
_STARTS_WITHIN = 60.0

HOME = Path(__file__).resolve().parents[2]

Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class Cores:
    """One core for the bots, another for everything else; None where there is only one."""

    bots: int | None
    rest: int | None

    @classmethod
    def choose(cls) -> "Cores":
        """The first two cores that may be used."""
        found = sorted(os.sched_getaffinity(0))
        return cls(found[0], found[1]) if len(found) > 1 else cls(None, None)


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot. `ready` is the time from its start until it listened, in seconds."""

    pid: int
    port: int
    ready: float
    state: Path

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, without its server's."""
        return cpu_of(self.pid)

    @property
    def memory(self) -> float:
        """Resident MB."""
        return memory_of(self.pid)

    @property
    def redis(self) -> int | None:
        """The process of its embedded server."""
        found = self.state / "redis" / "valkey.pid"
        return int(found.read_text()) if found.exists() else None


def cpu_of(pid: int) -> float:
    """Seconds of processor time of one process, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_of(pid: int) -> float:
    """Resident MB of one process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def thread_of(pid: int) -> float:
    """Seconds of processor time of the main thread, to the nanosecond: where single turns are compared."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def machine() -> tuple[float, float]:
    """Seconds that all cores have been busy, and have existed."""
    ticks = [int(tick) for tick in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / _TICKS, sum(ticks) / _TICKS


def left_over() -> float:
    """MB of memory that could still be had on this machine."""
    return int(Path("/proc/meminfo").read_text().split("MemAvailable:")[1].split()[0]) / 1024


@contextmanager
def kept_to(core: int | None) -> Iterator[None]:
    """This process, too, runs on one core meanwhile."""
    before = os.sched_getaffinity(0)
    keep_to(os.getpid(), core)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def keep_to(pid: int, core: int | None) -> None:
    """All threads of a process run on this core from now on."""
    if core is not None:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {core})


@contextmanager
def running(
    command: Sequence[str],
    environment: Mapping[str, str],
    cores: Cores,
    *,
    path: str | None = None,
    within: float = _STARTS_WITHIN,
) -> Iterator[Bot]:
    """Starts a bot with PORT and ADVISOR_PORT set, waits until it listens (`within` so many seconds), and ends it.

    With a path: until that is answered with 200.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="advisor-bench-") as folder:
        given = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "PORT": str(port),
            "ADVISOR_PORT": str(port),
            "ADVISOR_STATE": folder,
            "ADVISOR_LOG_LEVEL": "warning",
            **environment,
        }
        began = time.perf_counter()
        with (Path(folder) / "said").open("wb") as said:
            process = subprocess.Popen(command, env=given, cwd=HOME, stdout=said, stderr=said)
        try:
            _listens(port, path, process, Path(folder) / "said", began + within)
            bot = Bot(process.pid, port, time.perf_counter() - began, Path(folder))
            keep_to(bot.pid, cores.bots)
            if bot.redis is not None:
                keep_to(bot.redis, cores.rest)
            yield bot
        finally:
            process.terminate()
            process.wait()


@asynccontextmanager
async def in_thread(what: AbstractContextManager[Opened]) -> AsyncIterator[Opened]:
    """Opened and closed in a thread: stand-ins in this one answer meanwhile."""
    stack = ExitStack()
    try:
        yield await asyncio.to_thread(stack.enter_context, what)
    finally:
        await asyncio.to_thread(stack.close)


def _listens(port: int, path: str | None, process: "subprocess.Popen[bytes]", said: Path, end: float) -> None:
    while not _answers(port, path):
        if process.poll() is not None or time.perf_counter() > end:
            raise RuntimeError(f"a bot did not start: {said.read_text()[-2000:]}")
        time.sleep(0.01)


def _answers(port: int, path: str | None) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.connect()
        if path is None:
            return True
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
