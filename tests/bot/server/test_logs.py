"""One event a line, and no word of what people wrote."""

import asyncio
import gc
import io
import json
import logging
import re
import sys
import threading

import pytest

from bot.server import logs

SECRET = "we plan to buy Initech"


@pytest.fixture(autouse=True)
def _as_before():
    """Logging is the process's own: it is put back after each test."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.getLogger("bot").level)
    hooks, streams = (sys.excepthook, sys.unraisablehook, threading.excepthook), (sys.stdout, sys.stderr)
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    sys.stdout, sys.stderr = streams
    logging.captureWarnings(False)
    logging.raiseExceptions = True
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    logging.getLogger("bot").setLevel(before[2])


def written(with_text: bool = False, level: str = "INFO", name: str = "bot.turns.service", say=lambda log: None) -> str:
    stream = io.StringIO()
    logs.configure(level, with_text, stream)
    say(logging.getLogger(name))
    return stream.getvalue()


def test_a_record_is_one_line_with_time_level_and_place() -> None:
    line = written(say=lambda log: log.info("one\ntwo\r\x1b[31mthree\u2028four"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO bot.turns.service: one two \[31mthree four\n", line)


def test_of_others_only_warnings_are_written_whatever_was_set_before() -> None:
    logging.getLogger().setLevel(logging.DEBUG)
    assert written(name="other", level="DEBUG", say=lambda log: log.info("chatter")) == ""
    assert "WARNING other: trouble" in written(name="other", say=lambda log: log.warning("trouble"))


def fails(log: logging.Logger) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        log.exception("a turn failed")


def test_an_exception_is_told_by_kind_and_place_alone() -> None:
    line = written(say=fails)
    assert SECRET not in line
    assert line.count("\n") == 1
    assert re.search(r"ValueError at tests.bot.server.test_logs:\d+ caused by KeyError at \S+test_logs:\d+", line)


def test_text_is_shown_where_it_is_wanted() -> None:
    assert SECRET in written(with_text=True, say=fails)


@pytest.mark.parametrize("name", ["slack_bolt.AsyncApp", "slack_sdk.web", "botbuilder.core", "msrest.pipeline"])
def test_sdks_may_quote_people_so_only_their_place_is_told(name: str) -> None:
    line = written(name=name, say=lambda log: log.error(f"unhandled body {SECRET}"))
    assert SECRET not in line
    assert name in line
    assert "ADVISOR_LOG_TEXT" in line


def test_others_are_heard_from_warnings_on() -> None:
    assert written(name="aiohttp.server", say=lambda log: log.info("quiet")) == ""
    assert "loud" in written(name="aiohttp.server", say=lambda log: log.warning("loud"))


def test_the_level_is_for_our_own_records() -> None:
    assert written(level="WARNING", say=lambda log: log.info("quiet")) == ""


def test_a_record_as_json_has_the_same_words_in_one_line() -> None:
    stream = io.StringIO()
    logs.configure("INFO", False, stream, as_json=True)
    logging.getLogger("bot.turns.service").info("one\n“two”")
    fails(logging.getLogger("bot.slack.http"))
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", first.pop("time"))
    assert first == {"level": "INFO", "logger": "bot.turns.service", "message": "one\n“two”"}
    assert second["message"] == "a turn failed"
    assert second["error"].startswith("ValueError at ")
    assert SECRET not in stream.getvalue()


def test_a_line_that_cannot_be_written_ends_nothing() -> None:
    closed = io.StringIO()
    logs.configure("INFO", False, closed, as_json=True)
    closed.close()
    print("said")
    logging.getLogger("bot").warning("lost")


def test_what_python_writes_at_the_end_is_json_as_well() -> None:
    stream = io.StringIO()
    logs.configure("INFO", False, stream, as_json=True)
    sys.excepthook(ValueError, ValueError(SECRET), None)
    (line,) = map(json.loads, stream.getvalue().splitlines())
    assert line["error"] == "ValueError at ?"


class Unraisable:
    """Fails where nothing can catch it."""

    def __del__(self) -> None:
        raise ValueError(SECRET)


def ends() -> None:
    raise ValueError(SECRET)


@pytest.mark.parametrize("as_json", [False, True])
def test_what_nothing_catches_is_one_line_without_its_text(as_json: bool) -> None:
    stream = io.StringIO()
    logs.configure("INFO", False, stream, as_json=as_json)
    thread = threading.Thread(target=ends)
    thread.start()
    thread.join()
    Unraisable()
    gc.collect()
    lines = stream.getvalue().splitlines()
    assert [line.count("ValueError at tests.bot.server.test_logs:") for line in lines] == [1, 1]
    assert SECRET not in stream.getvalue()
    assert not as_json or all(json.loads(line)["level"] == "CRITICAL" for line in lines)


def test_an_exception_that_nobody_has_looked_at_is_written_without_its_text() -> None:
    """The event loop quotes the task with its exception in the record itself."""

    async def fails() -> None:
        raise ValueError(SECRET)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(fails())
        await asyncio.wait([task])
        del task
        gc.collect()

    line = written(say=lambda _: asyncio.run(main()))
    assert "ERROR asyncio: Task exception was never retrieved | ValueError at" in line
    assert "Initech" not in line
    assert "Initech" in written(with_text=True, say=lambda _: asyncio.run(main()))
