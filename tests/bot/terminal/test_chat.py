"""One person's conversation in a terminal."""

from datetime import timedelta
from itertools import count

from bot.storage.place import Place
from bot.storage.redis_retries import Storage, Timeouts
from bot.storage.stores import Stores
from bot.terminal.chat import TerminalChat
from bot.terminal.text import Screen
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from dialogs.message import Action, Person, Verb
from tests.shipped import shipped

NOON = 1_795_000_000


def chatting(storage: Storage, prefix: str, written: list[str]) -> TerminalChat:
    ids = count(1)
    return TerminalChat(
        service=Service(shipped(), Stores.on(storage, ttl=timedelta(hours=1), prefix=prefix), RateLimit(burst=10**9)),
        catalogue=shipped().catalogue,
        place=Place("terminal:ana"),
        person=Person("ana"),
        screen=Screen(),
        write=written.append,
        clock=lambda: NOON,
        new_id=lambda: str(next(ids)),
    )


async def test_each_line_gets_one_piece_of_text(storage: Storage, key_prefix: str) -> None:
    written: list[str] = []
    chat = chatting(storage, key_prefix, written)
    for line in ("start", "yes", "2", "why", "back", "1", "how much does fine-tuning cost?"):
        written.clear()
        await chat.handle_line(line)
        # What was asked in between is a message of its own, and the question follows.
        assert len(written) == (2 if line in ("why", "how much does fine-tuning cost?") else 1), line


async def test_a_number_presses_what_was_shown_with_it_last(storage: Storage, key_prefix: str) -> None:
    written: list[str] = []
    chat = chatting(storage, key_prefix, written)
    await chat.handle_line("start")
    await chat.handle_line("1")
    assert "Question 2 of 5" in written[-1]
    await chat.handle_line("7")
    assert "few, with time to spare. Right?" in written[-1], "a number that no option has is no button of the menu"
    await chat.handle_line("stop")
    assert "Stopped" in written[-1]
    await chat.handle_line("99")
    assert "Question" not in written[-1]


async def test_a_long_pipe_is_no_haste(storage: Storage, key_prefix: str) -> None:
    written: list[str] = []
    chat = chatting(storage, key_prefix, written)
    for _ in range(60):
        await chat.handle_line("hi")
    assert written[-1] == written[1]


async def test_trouble_is_told_and_does_not_count() -> None:
    written: list[str] = []
    await chatting(Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05)), "x", written).handle_line("start")
    assert written == [shipped().catalogue.channel["not_saved"]]


async def test_a_fault_is_told_with_a_reference_and_without_its_text() -> None:
    class Broken:
        async def process(self, *_: object, **__: object) -> None:
            raise RuntimeError("we plan to buy Initech")

    written: list[str] = []
    chat = TerminalChat(
        Broken(),  # type: ignore[arg-type]
        shipped().catalogue,
        Place("terminal:ana"),
        Person("ana"),
        Screen(),
        written.append,
        lambda: NOON,
        lambda: "ref-1",
    )
    await chat.handle_line("start")
    assert "ref-1" in written[0]
    assert "Initech" not in written[0]


async def test_what_is_for_one_person_is_written_as_well(storage: Storage, key_prefix: str) -> None:
    written: list[str] = []
    chat = chatting(storage, key_prefix, written)
    await chat.handle_line("start")
    written.clear()
    await chat.handle_line("yes, forget me")
    assert written


async def test_which_numbers_can_be_typed_is_known(storage: Storage, key_prefix: str) -> None:
    chat = chatting(storage, key_prefix, [])
    assert chat.numbers == {}
    await chat.handle_line("start")
    assert chat.numbers[1] == Action(Verb.ANSWER, ("data", "yes"))
