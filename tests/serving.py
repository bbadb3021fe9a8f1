"""`advisor serve` as a process of its own, and requests to it."""

import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yarl import URL

from tests.bot.run import COMMAND, end_server, environment
from tests.patience import HUNG


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own, and the address at which it says it listens."""
    process = subprocess.Popen(
        [*COMMAND, "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(folder, ADVISOR_PORT="0", **settings),
        cwd=folder,
    )
    try:
        said: list[str] = []
        for line in iter(process.stdout.readline, ""):
            said.append(line)
            if "http://" in line:
                break
        assert said and "http://" in said[-1], process.stderr.read()
        yield process, "".join(said)
    finally:
        process.kill()
        process.communicate()
        end_server(folder)


def printed(said: str) -> URL:
    """The address as it is printed, with the local token where there is one."""
    return URL(next(word for word in said.split() if word.startswith("http://")))


def address(said: str) -> str:
    """The address alone."""
    return str(printed(said).origin())


def status(url: str, body: bytes | None = None, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=HUNG) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
