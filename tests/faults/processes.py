"""Real processes that can be killed: a server with an append-only file, and replicas of the advisor."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from tests.bot.run import COMMAND, environment
from tests.local_token import SETTING
from tests.patience import HUNG, STARTING
from tests.servers import free_port, program

SECRET = "0123456789abcdef0123456789abcdef"


@dataclass
class Process:
    """A process of ours, started and killed any number of times."""

    command: list[str]
    folder: Path
    environment: dict[str, str]
    name: str
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Starts it; what it prints goes to a file."""
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, cwd=self.folder, stdout=log, stderr=log)

    def kill(self) -> None:
        """SIGKILL, to the very process that was started."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ends it at the end of a test."""
        if self.process is not None and self.process.poll() is None:
            self.kill()


DURABLE = ("--appendonly", "yes", "--appendfsync", "always")


def redis(folder: Path, durable: bool = True) -> tuple[Process, str]:
    """A server and its URL; `durable`: what it has answered survives SIGKILL."""
    port = free_port()
    return server(folder, port, "redis", *(DURABLE if durable else ())), f"redis://127.0.0.1:{port}/0"


def server(folder: Path, port: int, name: str, *options: str) -> Process:
    """A server that keeps its files in a folder, as far as the options let it."""
    where = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    return Process([program(), *where, *options], folder, dict(os.environ), name)


@dataclass
class Replica:
    """One advisor that serves Slack, and Teams with the local token."""

    process: Process
    url: str

    @classmethod
    def of(cls, number: int, folder: Path, redis_url: str, api_url: str, token: str, **more: str) -> "Replica":
        """A replica on a free port, with `more` settings; not started yet."""
        port = free_port()
        settings = environment(
            folder,
            REDIS_URL=redis_url,
            SLACK_BOT_TOKEN=token,
            SLACK_SIGNING_SECRET=SECRET,
            SLACK_API_URL=f"{api_url}/api/",
            ADVISOR_PORT=str(port),
            ADVISOR_LOG_LEVEL="WARNING",
            **SETTING,
            **more,
        )
        process = Process([*COMMAND, "serve"], folder, settings, f"replica-{number}")
        return cls(process, f"http://127.0.0.1:{port}")

    async def ready(self, http: ClientSession) -> None:
        """Returns when it answers."""
        loop = asyncio.get_running_loop()
        last = loop.time() + STARTING
        while True:
            try:
                async with http.get(f"{self.url}/healthz") as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                pass
            running = self.process.process is not None and self.process.process.poll() is None
            assert running and loop.time() < last, (
                f"{self.process.name} does not start; see its log in {self.process.folder}"
            )
            await asyncio.sleep(0.05)


@asynccontextmanager
async def running(
    servers: Iterable[Process], replicas: Sequence[Replica], total: float = HUNG
) -> AsyncIterator[ClientSession]:
    """Starts all of them and ends them again; for who speaks to the replicas, which answer by then.

    `total`: seconds that an answer may take.
    """
    with ExitStack() as stack:
        for process in (*servers, *(replica.process for replica in replicas)):
            stack.callback(process.stop)
            process.start()
        async with ClientSession(timeout=ClientTimeout(total=total), connector=TCPConnector(limit=0)) as http:
            for replica in replicas:
                await replica.ready(http)
            yield http
