"""What the benchmark counts with: each of these would make a figure wrong without anybody seeing it."""

import asyncio
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from dialogs.conversation import Conversation
from knowledge.pack_loader import builtin, load_pack
from tests.bench.counting import Counter, commands
from tests.bench.instructions import total
from tests.bench.people import Arrivals, Bad, Course, chosen, work
from tests.bench.stores import TTL, fill, place, standalone, three
from tests.bench.wire import Balancer, Link, serve, talking
from tests.servers import address, free_port


async def test_what_is_sent_side_by_side_is_one_round_trip() -> None:
    with standalone() as server:
        before = free_port()
        counter = Counter(int(address(server.clients[0]).partition(":")[2]))
        async with talking(counter.talk, before), Redis(port=before, protocol=2) as client:
            await asyncio.gather(*(client.ping() for _ in range(3)))  # opens the connections
            await counter.reset()
            await asyncio.gather(client.get("a"), client.get("b"))
            assert counter.waited(float("inf")) == 1
            await client.set("a", 1)
            async with client.pipeline(transaction=False) as pipeline:
                pipeline.get("a")
                pipeline.get("b")
                await pipeline.execute()
            assert counter.waited(float("inf")) == 3
            assert counter.sent == [(1, "GET"), (1, "GET"), (2, "SET"), (3, "GET"), (3, "GET")]


def test_instructions_are_the_total_of_what_was_counted(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    counts.write_text("events: Ir\nsummary: 0\n\nfn=(72)\n0 359\n\ntotals: 458648\n")
    assert total(counts) == 458648


def test_a_script_is_called_by_its_name() -> None:
    said = b"*2\r\n$4\r\neval\r\n$3\r\nabc\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n"
    assert list(commands(said, {b"abc": "script save"})) == ["script save", "GET"]


@pytest.mark.parametrize("opened", [standalone, three])
async def test_a_filled_store_has_a_conversation_in_each_place(opened) -> None:  # type: ignore[no-untyped-def]
    conversation = Conversation.fresh(load_pack(builtin()))
    with opened() as server:
        fill(server, conversation, 1234)
        assert sum(client.dbsize() for client in server.clients) == 1234
        storage = Storage(server.url)
        stored = await Stores.on(storage, ttl=TTL).sessions.load(place(1233))
        await storage.close()
    assert stored.document == conversation.to_json()


async def test_each_request_goes_to_the_next_process() -> None:
    ports = [free_port() for _ in range(3)]
    front = free_port()
    async with (
        await serve(lambda *_: b"0", ports[0]),
        await serve(lambda *_: b"1", ports[1]),
        talking(Balancer(*ports[:2]).talk, front),
    ):
        link = Link(front)
        assert [(await link.post("/", "", b"x")).body for _ in range(4)] == [b"0", b"1", b"0", b"1"]
        link.close()


async def test_a_late_answer_is_not_taken_for_that_of_the_next_request() -> None:
    port = free_port()
    replies = [b"late", b"next"]

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            said = replies.pop(0)
            if said == b"late":
                asyncio.get_running_loop().call_later(0.05, writer.write, _http(said))
            else:
                await asyncio.sleep(0.1)
                writer.write(_http(said))

    async with talking(slow, port):
        link = Link(port)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await link.post("/", "", b"x")
        assert (await link.post("/", "", b"x")).body == b"next"
        link.close()


def _http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


async def test_a_reply_that_does_not_come_is_counted_and_nothing_more() -> None:
    class Patient:
        anew = 0

        async def turn(self) -> tuple[float, float]:
            raise TimeoutError if self.anew else Bad("an error")

        def begin_anew(self) -> None:
            self.anew += 1

        def close(self) -> None:
            pass

    person = Patient()
    for _ in range(2):
        seen, _ = await work([person], 0)
        assert (seen.bad, seen.answered) == (1, [])
    assert person.anew == 2


async def test_a_card_that_is_shown_again_is_not_taken_for_the_next() -> None:
    arrivals = Arrivals()
    reply = arrivals.expect("C1", 4)
    arrivals.came("C1", {"blocks": [{"type": "button", "value": "4"}]})
    assert not reply.done()
    arrivals.came("C1", {"blocks": [{"type": "button", "value": "5"}]})
    assert reply.done()
    assert arrivals.total == 2


def test_where_only_clicks_count_one_idea_is_typed_and_people_change() -> None:
    card = {"blocks": [{"type": "button", "action_id": "answer:data:yes", "value": "1"}]}

    def said(*, clicks_only: bool) -> tuple[int, int]:
        course, typed, people = Course(1, clicks_only=clicks_only), 0, set()
        for _ in range(72):
            typed += isinstance(course.next(), str)
            course.card = card
            people.add(course.person)
        return typed, len(people)

    assert said(clicks_only=True) == (1, 3)
    assert said(clicks_only=False) == (3, 3)


def test_starting_over_is_chosen_from_a_menu_where_a_result_has_no_answers() -> None:
    options = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("learn", "restart")]
    edit = {"type": "button", "action_id": "edit:data", "value": "7"}
    card = {"blocks": [{"elements": [edit, {"type": "overflow", "action_id": "menu:1:7", "options": options}]}]}
    assert chosen(card, 3) == {"type": "overflow", "action_id": "menu:1:7", "selected_option": options[1]}
