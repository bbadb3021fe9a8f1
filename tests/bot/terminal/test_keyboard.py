"""The chat at a real terminal: a pseudo one, with a keyboard that types."""

import os
import platform
import pty
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.bot.run import COMMAND, end_server, environment
from tests.patience import STARTING

_SELECT = {"x86_64": ("23", "270"), "aarch64": ("72",)}.get(platform.machine(), ())
"""The kernel's numbers of select() and pselect6()."""


class Terminal:
    """What a person at it types and sees."""

    def __init__(self, descriptor: int, process: subprocess.Popen[bytes]) -> None:
        self._descriptor = descriptor
        self.process = process
        self._unseen = ""

    def type(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def see(self, words: str) -> str:
        """Reads up to where the words appear; AssertionError where they do not in time. What follows is seen next."""
        last = time.monotonic() + STARTING
        while words not in self._unseen:
            ready, _, _ = select.select([self._descriptor], [], [], max(0.0, last - time.monotonic()))
            assert ready, f"{words!r} did not appear in {self._unseen!r}"
            self._unseen += os.read(self._descriptor, 65536).decode(errors="replace")
        seen, found, self._unseen = self._unseen.partition(words)
        return seen + found

    def waits(self) -> None:
        """Returns when the process waits for a key: a signal between the prompt and that would go unnoticed.

        A process sleeps for other reasons as well, so where the kernel tells, it has to sleep in select().
        """
        last = time.monotonic() + STARTING
        while not self._in_select():
            assert time.monotonic() < last, "it never waits for a key"

    def _in_select(self) -> bool:
        process = Path(f"/proc/{self.process.pid}")
        if not process.exists():
            return True
        with suppress(OSError):
            call = (process / "syscall").read_text().partition(" ")[0]
            if _SELECT:
                return call in _SELECT
        return (process / "stat").read_text().rpartition(")")[2].split()[0] == "S"


@contextmanager
def chatting(folder: Path, *words: str, **settings: str) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(folder, **{"TERM": "xterm", "NO_COLOR": "1", **settings}),
        cwd=folder,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # where the tests run in the background
    )
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        end_server(folder)


def test_a_chat_greets_asks_and_leaves_politely(tmp_path: Path) -> None:
    with chatting(tmp_path, "chat") as terminal:
        assert "\x1b" not in terminal.see("Start the questions")
        terminal.see("> ")
        terminal.type("start\n")
        terminal.see("Question 1 of 5")
        terminal.see("> ")
        terminal.type("1\n")
        terminal.see("Question 2 of 5")
        terminal.see("> ")
        terminal.type("\x04")
        terminal.see("advisor chat --resume")
        assert terminal.process.wait(STARTING) == 0


@pytest.mark.parametrize("marks", [("\x1b[200~", "\x1b[201~"), ("", "")], ids=["marked", "unmarked"])
def test_a_pasted_block_is_one_message(tmp_path: Path, marks: tuple[str, str]) -> None:
    start, end = marks
    with chatting(tmp_path, "chat") as terminal:
        terminal.see("> ")
        terminal.waits()
        terminal.type(f"{start}- a bot for tickets\n- slogans for shoes\n- summaries of contracts{end}\n")
        terminal.see("3 ideas")
        terminal.see("> ")
        terminal.type("\x04")
        terminal.see("advisor chat --resume")


def test_emphasis_where_nobody_says_that_it_is_not_wanted(tmp_path: Path) -> None:
    with chatting(tmp_path, "chat", NO_COLOR="") as terminal:
        assert "\x1b[2m" in terminal.see("Start the questions")


def test_ctrl_c_leaves_as_well(tmp_path: Path) -> None:
    with chatting(tmp_path, "chat") as terminal:
        terminal.see("> ")
        terminal.waits()
        os.killpg(terminal.process.pid, 2)
        terminal.see("advisor chat --resume")
        assert terminal.process.wait(STARTING) == 0
