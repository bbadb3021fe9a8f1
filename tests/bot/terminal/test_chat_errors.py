"""A chat by lines, and a keyboard, where not all goes well."""

import io
from datetime import timedelta
from itertools import count

import pytest

from bot.batch.jsonl import BadLine
from bot.storage.redis_retries import Storage, Timeouts
from bot.storage.stores import Stores
from bot.terminal import keyboard
from bot.terminal.chat_jsonl import ChatJsonl
from bot.terminal.keyboard import detect_screen, read_lines
from bot.terminal.text import Screen
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from tests.shipped import shipped


def lines(storage: Storage, prefix: str, **limits: int) -> ChatJsonl:
    stores = Stores.on(storage, ttl=timedelta(days=1), prefix=prefix)
    ids, clock = count(1), count(1_795_000_000, 30)
    return ChatJsonl(
        shipped(), Service(shipped(), stores, RateLimit(**limits)), stores, "terminal:ana",
        lambda: next(clock), lambda: f"id{next(ids)}",
    )  # fmt: skip


async def test_an_outage_is_told_with_the_state_or_in_its_place() -> None:
    storage = Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05))
    with pytest.raises(BadLine, match="Redis does not answer"):
        await lines(storage, "x").process({"text": "start"})
    await storage.close()


async def test_a_fault_is_told_as_what_was_said(storage: Storage, key_prefix: str) -> None:
    chat = lines(storage, key_prefix)

    class Broken:
        async def process(self, *_: object, **__: object) -> None:
            raise RuntimeError("we plan to buy Initech")

    chat.service = Broken()  # type: ignore[assignment]
    state = await chat.process({"text": "start"})
    (said,) = state["said"]
    assert "Initech" not in said
    assert state["open"] is None
    chat.service = lines(storage, key_prefix).service
    assert (await chat.process({"text": "start"}))["open"] == "data"


async def test_what_is_for_one_person_and_what_is_not_on_the_card_are_said(storage: Storage, key_prefix: str) -> None:
    chat = lines(storage, key_prefix)
    await chat.process({"text": "start"})
    state = await chat.process({"text": "forget me"})
    assert any("forget me" in text for text in state["said"])
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable"):
        state = await chat.process({"press": f"answer:{answer}"})
    assert state["verdict"] == "fine_tuning"
    details = await chat.process({"press": "details"})
    assert len(details["said"]) == 1
    assert details["verdict"] == "fine_tuning"
    assert details["buttons"] == state["buttons"], "the result stays the live card"


async def test_a_card_that_is_asked_again_below_is_not_said_twice(storage: Storage, key_prefix: str) -> None:
    chat = lines(storage, key_prefix)
    first = await chat.process({"text": "start"})
    state = await chat.process({"text": "why"})
    assert len(state["said"]) == 2
    assert state["said"][0] != first["said"][0]
    state = await chat.process({"text": "how much does fine-tuning cost?"})
    assert len(state["said"]) == 2


def typed(monkeypatch: pytest.MonkeyPatch, texts: list[str], more: list[bool]) -> list[str]:
    """What is read, where so many lines come and each is followed at once by another or not."""
    waiting, following = iter(texts), iter(more)

    def line(_prompt: str = "") -> str:
        found = next(waiting, None)
        if found is None:
            raise EOFError
        return found

    monkeypatch.setattr("builtins.input", line)
    monkeypatch.setattr(keyboard, "_more_is_there", lambda: next(following, False))
    return list(read_lines())


def test_lines_that_arrive_together_are_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, ["a", "b", "c", "d"], [False, True, True, False]) == ["a", "b\nc\nd"]
    assert capsys.readouterr().out == "\n", "the next prompt of the shell has a line of its own"
    assert typed(monkeypatch, [], []) == []


def test_ctrl_c_ends_it_without_a_trace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_prompt: str = "") -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    assert list(read_lines()) == []
    assert capsys.readouterr().out == "\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "colour"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
@pytest.mark.parametrize(("columns", "width"), [(40, 40), (96, 96), (97, 96), (300, 96)])
def test_a_screen_is_as_wide_as_it_is_and_no_wider_than_people_read(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colour: bool, columns: int, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert detect_screen(Terminal(), environment) == Screen(width, colour)
    assert detect_screen(io.StringIO(), environment) == Screen()
