"""How many of the advisor's own files a press passes, from the request until its reply is delivered and recorded; and
how many a command passes while it is carried out.

A file counts where one of its functions begins; what dataclasses and named tuples generate belongs to no file. Presses
need Python 3.12 or later, for `sys.monitoring`.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.executor import execute
from dialogs.message import Message, Person, Typed
from dialogs.played_talk import PlayedTalk
from tests.bench import on_slack, on_teams
from tests.bench.contestants import Platforms
from tests.bench.people import ROUND, answers
from tests.bench.processes import HOME, Cores, in_thread, running
from tests.bench.stores import standalone

_WATCHED = """
import os, signal, sys
from bot.commands import main
from bot.turns import redelivery
redelivery.INTERVAL = redelivery.OVERDUE_AFTER = 60
home, found = os.getcwd() + os.sep, set()
own = tuple(home + part + os.sep for part in ("bot", "dialogs", "knowledge"))
watch = sys.monitoring
watch.use_tool_id(watch.PROFILER_ID, "files")
def begun(code, offset):
    if code.co_filename.startswith(own):
        found.add(code.co_filename.removeprefix(home))
    return watch.DISABLE
def told(*_):
    with open(sys.argv[1], "a") as file:
        print(*sorted(found), file=file)
    found.clear()
    watch.restart_events()
watch.register_callback(watch.PROFILER_ID, watch.events.PY_START, begun)
watch.set_events(watch.PROFILER_ID, watch.events.PY_START)
signal.signal(signal.SIGUSR1, told)
sys.exit(main(["serve"]))
"""
"""The advisor, which at each signal adds a line with the files since the last; what it does by the clock is put off."""

_SETTLED = 0.3
"""Seconds from a reply until its delivery is recorded, with some to spare."""

_ROUNDS = 4
"""By different answers each; the first is not counted."""


def files_of_presses(*, named: bool = False) -> str:
    """A line for each platform and kind of press with the most files that one passed; with `named`, these as well."""
    lines = []
    for channel in ("slack", "teams"):
        for kind, passed in asyncio.run(_passed(channel)).items():
            lines += [f"{channel}: {kind}: {len(passed)} files", *(f"    {file}" for file in passed if named)]
    return "\n".join(lines)


async def _passed(channel: str) -> dict[str, list[str]]:
    """The files of the press that passes most, by its kind."""
    platforms, found = Platforms(), dict[str, list[str]]()
    with tempfile.TemporaryDirectory() as folder, standalone() as server:
        script, told = Path(folder) / "serve.py", Path(folder) / "told"
        script.write_text(_WATCHED)
        told.touch()
        environment = platforms.environment | {"PYTHONPATH": str(HOME), "REDIS_URL": server.url}
        started = running((sys.executable, str(script), str(told)), environment, Cores(None, None), path="/readyz")
        async with platforms.served(), in_thread(started) as bot:
            person = await platforms.asker(channel, bot.port, clicks_only=True)(0)
            assert isinstance(person, on_slack.Asker | on_teams.Asker)
            for turn in range(1 + ROUND * _ROUNDS):
                asked = answers(person.course.card)
                await person.turn()
                await asyncio.sleep(_SETTLED)
                passed = await asyncio.to_thread(_told, bot.pid, told)
                kind = "an answer" if answers(person.course.card) else "the answer that ends a round"
                if asked and turn > ROUND:
                    found[kind] = max(found.get(kind, []), passed, key=len)
    return found


def _told(pid: int, told: Path) -> list[str]:
    """The files since the last time."""
    before = len(told.read_text().splitlines())
    os.kill(pid, signal.SIGUSR1)
    while len(lines := told.read_text().splitlines()) == before:
        time.sleep(0.01)
    return lines[-1].split()


_OWN = tuple(f"{HOME}{os.sep}{part}{os.sep}" for part in ("bot", "dialogs", "knowledge"))

_BEFORE = (
    Command(Kind.IDEAS, value="a bot that sorts invoices\nletters to tenants\nslogans"),
    *(Command(Kind.SET, ideas=(ALL,), question=q, option=o) for q, o in (("data", "yes"), ("volume", "high"))),
    Command(Kind.IDEA, value="a bot that drafts letters to our customers"),
    Command(Kind.SET, question="data", option="no"),
)
"""What was said before: three ideas with answers, and another that questions are open about."""

_OF_EACH = (
    Command(Kind.SET, question="volume", option="high", quote="many"),
    Command(Kind.CLEAR, question="data"),
    Command(Kind.NOTE, value="legal must agree", quote="legal must agree"),
    Command(Kind.RETARGET, ideas=("2",)),
    Command(Kind.IDEA, value="summaries of calls"),
    Command(Kind.IDEAS, value="summaries of calls\nminutes of meetings"),
    Command(Kind.EDIT, What.MERGE, ideas=("1", "2")),
    Command(Kind.SUPPOSE, question="budget", option="limited"),
    Command(Kind.OPEN, ideas=("2",)),
    Command(Kind.SHOW, What.RESULT, ideas=("1",)),
    Command(Kind.WRITE, What.RECORD, ideas=("1",)),
    Command(Kind.EXPLAIN, What.VERDICT, ideas=("1",)),
    Command(Kind.COMPARE, ideas=("1", "2")),
    Command(Kind.ASK, value="What does fine-tuning cost?"),
    Command(Kind.CALCULATE, value="calls=12000/day; tokens_in=1800; price_in=0.15 EUR/M"),
    Command(Kind.GO, What.UNDO),
    Command(Kind.LEARN, What.START),
    Command(Kind.FORGET, value="letters"),
)
"""One command of every kind but for those that are answered in a sentence."""


def files_of_commands(advisor: Advisor) -> dict[Kind, set[str]]:
    """The files that each command passes from `execute` to its turn."""
    said = Message("m0", Person("ana"), 1_795_000_000, Typed("so be it", commands=_BEFORE), private=True)
    played = PlayedTalk(advisor)
    played.play(said)
    before = played.before()
    return {command.command: _files(advisor, before, command) for command in _OF_EACH}


def _files(advisor: Advisor, before: Conversation, command: Command) -> set[str]:
    found = set[str]()

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(_OWN):
            found.add(frame.f_code.co_filename.removeprefix(f"{HOME}{os.sep}"))

    message = Message("m1", Person("ana"), 1_795_000_060, Typed("so be it"), private=True)
    sys.setprofile(watch)
    try:
        execute(advisor, before, message, (command,))
    finally:
        sys.setprofile(None)
    return found
