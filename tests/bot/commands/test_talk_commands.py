"""`ask`, `triage` and `chat` without a process of their own: what they print, for whom, and their exit status."""

import csv
import getpass
import json
import logging
import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.commands import ask, chat, triage
from bot.storage.place import Place
from tests.shipped import shipped

ENOUGH = "slogans, we have no data at all"

Typed = Callable[..., None]


class AtKeyboard(StringIO):
    """A stream that somebody sits at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """All have the advisor as it is shipped."""
    for command in (ask, triage, chat):
        monkeypatch.setattr(command, "open_advisor", lambda *_: (shipped(), ()))


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Says what comes through the pipe."""

    def typed(text: str = "") -> None:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text.encode()), encoding="utf-8"))

    typed()
    return typed


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], StringIO]:
    """Says what somebody types, line by line; gives what they see."""

    def typed(lines: Sequence[str]) -> StringIO:
        screen = AtKeyboard()
        monkeypatch.setattr("sys.stdin", AtKeyboard())
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setattr(chat, "read_lines", lambda: iter(lines))
        return screen

    return typed


def asked(*words: str, jsonl: bool = False) -> int:
    return ask.run(Namespace(text=list(words), jsonl=jsonl), {})


def judged(what: object = None, output: Path | None = None, *, jsonl: bool = False, evidence: bool = False) -> int:
    given = Namespace(what=None if what is None else str(what), jsonl=jsonl, output=output, evidence=evidence)
    return triage.run(given, {})


def listed(said: str) -> list[str]:
    return [line.removeprefix("- ") for line in said.splitlines() if line.startswith("- ")]


LINES = '{"text": "how much does fine-tuning cost?"}\n'


def test_a_question_is_answered_and_what_may_have_been_meant_is_listed(
    capfd: pytest.CaptureFixture[str], piped: Typed
) -> None:
    assert asked("how", "much", "does", "fine-tuning", "cost?") == 0
    said = capfd.readouterr().out
    titles = {entry.title for entry in shipped().pack.entries}
    assert "cost" in said
    assert titles.isdisjoint(listed(said))
    piped("how much does fine-tuning cost?")
    assert asked() == 0
    assert capfd.readouterr().out == said
    piped(" \n")
    assert asked() == 2
    assert "Nothing was given. Usage: advisor ask TEXT" in capfd.readouterr().err
    assert asked("model") == 0
    assert titles.intersection(listed(capfd.readouterr().out))


@pytest.mark.parametrize(("lines", "status"), [(LINES, 0), (LINES + "no json\n", 1)])
@pytest.mark.parametrize("command", ["ask", "triage"])
def test_line_by_line_one_bad_line_is_told_by_the_exit_status(
    command: str, lines: str, status: int, capfd: pytest.CaptureFixture[str], piped: Typed
) -> None:
    piped(lines)
    assert (asked(jsonl=True) if command == "ask" else judged(jsonl=True)) == status
    found = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [one.get("line") for one in found] == [None, 2][: len(found)]
    assert len(found) == lines.count("\n")
    assert found[0].keys() >= ({"decision"} if command == "ask" else {"verdict"})


@pytest.mark.parametrize("evidence", [True, False])
def test_the_words_that_were_read_are_there_where_they_are_asked_for(
    evidence: bool, capfd: pytest.CaptureFixture[str], piped: Typed, tmp_path: Path
) -> None:
    piped(json.dumps({"text": ENOUGH}))
    judged(jsonl=True, evidence=evidence)
    assert ("read" in json.loads(capfd.readouterr().out)) is evidence
    notes = tmp_path / "notes.txt"
    notes.write_text(ENOUGH)
    assert judged(notes, evidence=evidence) == 0
    assert ("no data" in capfd.readouterr().out.partition(ENOUGH)[2]) is evidence


def test_an_idea_is_judged_from_words_and_from_a_pipe(capfd: pytest.CaptureFixture[str], piped: Typed) -> None:
    assert judged(ENOUGH) == 0
    said = capfd.readouterr().out
    assert "Prompt engineering" in said
    piped(ENOUGH)
    assert judged() == 0
    assert capfd.readouterr().out == said


@pytest.mark.parametrize("what", ["x" * 5000, "a\0b", "/"], ids=["longer than a name", "no name", "a folder"])
def test_what_is_no_file_is_an_idea(what: str, capfd: pytest.CaptureFixture[str], piped: Typed) -> None:
    assert judged(what) == 0
    assert capfd.readouterr().out
    assert judged(what, Path("out.csv")) == 2


def test_a_file_that_is_not_there_is_no_idea(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert judged(tmp_path / "ideas.csv") == 1
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", f"{tmp_path / 'ideas.csv'}: No such file or directory.\n")


def backlog(folder: Path, bad: int = 0, good: int = 1) -> Path:
    """A file of CSV with so many rows of either kind."""
    file = folder / "ideas.csv"
    file.write_text("text,data\n" + f"{ENOUGH.replace(',', '')},\n" * good + "letters,banana\n" * bad)
    return file


@pytest.mark.parametrize(
    ("bad", "status", "says"),
    [
        (0, 0, "3 rows.\n"),
        (1, 1, "4 rows, 1 of them could not be triaged: line 5.\n"),
        (5, 1, "8 rows, 5 of them could not be triaged: line 5, 6, 7, 8, 9.\n"),
        (6, 1, "9 rows, 6 of them could not be triaged: line 5, 6, 7, 8, 9, ….\n"),
    ],
)
def test_bad_rows_are_counted_and_the_first_of_them_named(
    bad: int, status: int, says: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert judged(backlog(tmp_path, bad, good=3)) == status
    said = capfd.readouterr()
    assert said.err == says
    assert len(list(csv.DictReader(said.out.splitlines()))) == bad + 3


def test_the_file_is_there_when_it_is_whole_and_may_be_the_one_that_is_read(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, other = backlog(tmp_path), tmp_path / "judged.csv"
    assert judged(file, other) == 0
    assert judged(file, file) == 0
    assert capfd.readouterr().out == ""
    assert other.read_bytes() == file.read_bytes()
    assert b"prompt_engineering" in file.read_bytes()
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"PK\x03\x04")
    assert judged(broken, other) == 1
    assert str(broken) in capfd.readouterr().err
    assert other.read_bytes() == file.read_bytes()
    assert {one.name for one in tmp_path.iterdir()} == {"ideas.csv", "judged.csv", "broken.csv"}
    assert judged(file, tmp_path / "nowhere" / "judged.csv") == 1
    assert "No such file" in capfd.readouterr().err


def test_what_is_no_file_of_its_own_is_written_to_as_it_is(tmp_path: Path) -> None:
    """A pipe is not replaced by a file. (A device of the machine is no place to try that on.)"""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert judged(backlog(tmp_path), pipe) == 0
        assert pipe.is_fifo()
        assert b"prompt_engineering" in os.read(reader, 10_000)
    finally:
        os.close(reader)


def test_a_backlog_may_come_through_a_pipe(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file, pipe = backlog(tmp_path), tmp_path / "pipe"
    assert judged(file) == 0
    whole = capfd.readouterr().out
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(file.read_bytes(),))
    writer.start()
    assert judged(pipe) == 0
    writer.join()
    assert capfd.readouterr().out == whole


@pytest.fixture
def chatted(
    redis_url: str, key_prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., int]]:
    """Runs the chat; what it stores and says goes on from one run to the next."""
    monkeypatch.setattr(getpass, "getuser", lambda: "ana")
    root, own = logging.getLogger(), logging.getLogger("bot")
    before = root.handlers[:], root.level, own.level
    environment = {"REDIS_URL": redis_url, "ADVISOR_KEY_PREFIX": key_prefix, "ADVISOR_STATE": str(tmp_path / "state")}

    def run(**arguments: Any) -> int:
        return chat.run(Namespace(**{"resume": False, "jsonl": False, **arguments}), environment)

    yield run
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    own.setLevel(before[2])


def test_through_a_pipe_only_what_is_answered_is_printed(
    chatted: Callable[..., int], piped: Typed, capfd: pytest.CaptureFixture[str]
) -> None:
    piped("start\n\n  \nyes\n")
    assert chatted() == 0
    said = capfd.readouterr().out
    assert said.startswith("Question 1 of 5") or "Question 1 of 5" in said.split("\n\n")[0]
    assert "Question 2 of 5" in said
    assert shipped().catalogue.channel["terminal_bye"] not in said
    piped("exit\n")
    assert chatted() == 0
    assert capfd.readouterr().out, "a pipe ends where it ends, and not at a word"


def test_only_what_is_resumed_goes_on(
    chatted: Callable[..., int], piped: Typed, capfd: pytest.CaptureFixture[str]
) -> None:
    piped("start\n")
    chatted(resume=True)
    assert "Question 1 of 5" in capfd.readouterr().out
    piped("yes\n")
    chatted(resume=True)
    said = capfd.readouterr().out
    assert said.index("Question 1 of 5") < said.index("Question 2 of 5")
    piped("")
    chatted(resume=True)
    assert "Question 2 of 5" in capfd.readouterr().out
    chatted()
    assert capfd.readouterr().out == ""


def test_at_a_keyboard_people_are_greeted_and_leave_by_a_word(
    chatted: Callable[..., int], keyboard: Callable[[Sequence[str]], StringIO]
) -> None:
    hint, bye = (shipped().catalogue.channel[name].split("{")[0][:30] for name in ("terminal_hint", "terminal_bye"))
    screen = keyboard(["start", " QUIT ", "yes"])
    assert chatted() == 0
    said = screen.getvalue().replace("\x1b[2m", "")
    assert "I help you decide" in said
    assert "Question 1 of 5" in said
    assert "Question 2 of 5" not in said
    assert (
        said.index("I help you decide") < said.index(hint[:20]) < said.index("Question 1 of 5") < said.index(bye[:12])
    )


@pytest.mark.parametrize(("lines", "status"), [('{"text": "start"}\n', 0), ('{"text": "start"}\n[]\n', 1)])
def test_a_chat_by_lines_of_json(
    lines: str, status: int, chatted: Callable[..., int], piped: Typed, capfd: pytest.CaptureFixture[str]
) -> None:
    piped(lines)
    assert chatted(jsonl=True) == status
    found = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert len(found) == lines.count("\n")
    assert "Question 1 of 5" in json.dumps(found[0])


def test_who_has_no_name_at_the_machine_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ana")
    assert chat._user() == "ana"

    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert chat._user().isdigit()


def test_a_folder_that_cannot_be_written_costs_no_chat(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    chat._save_thread(tmp_path / "file" / "last-chat", Place("terminal:ana", "t1"))
    assert chat._last_thread(tmp_path / "file" / "last-chat") is None
    chat._save_thread(tmp_path / "state" / "last-chat", Place("terminal:ana", "t1"))
    assert chat._last_thread(tmp_path / "state" / "last-chat") == "t1"
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
