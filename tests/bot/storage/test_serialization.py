"""What is written to Redis is read back as it was, and what is damaged is told."""

import json
from typing import Any

import orjson
import pytest
from pydantic_core import from_json

from bot.config.redis_url import AddressError, RedisAddress, ServerKind
from bot.storage.errors import CorruptRecord, NewerSchema
from bot.storage.outbox_entry import FileJob, OutboxEntry, Redraw, Share
from bot.storage.place import Place
from bot.storage.record import Card, StoredConversation, parse, read_card, to_json
from dialogs.answer import Answer, AnswerMethod
from dialogs.ideas.board import Idea
from dialogs.message import Action, GivenIdea, Message, Person, Press, Typed, Verb

PLACE = Place("slack:T1:C1", "1.0")
MESSAGE = Message("m1", Person("ana", "Ana"), 7, Typed("hello"), addressed=False, private=True)
ENTRY = OutboxEntry("slack", PLACE, {"channel": "C1"}, MESSAGE, "token")
IDEA = Idea(
    number=2,
    id="i",
    title="T",
    by="ana",
    at=7,
    answers={"data": Answer(option="yes", how=AnswerMethod.TYPED, by="ana", at=7)},
)


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        ENTRY._replace(place=Place("slack:T1:D1", None, direct=True)),
        ENTRY._replace(message=MESSAGE._replace(addressed=True, private=False, fingerprint="f", link="https://x.org")),
        ENTRY._replace(message=MESSAGE._replace(content=Press(Action(Verb.ANSWER, ("data", "yes")), 3))),
        ENTRY._replace(message=MESSAGE._replace(content=Press(Action(Verb.WHY)))),
        ENTRY._replace(
            message=MESSAGE._replace(
                content=Typed("x", (GivenIdea("a", (("data", "no"),)), GivenIdea("b")), ("line 3",))
            ),
        ),
        ENTRY._replace(redraw=Redraw("m0", {"channel": "C1"}, deleted=True)),
        ENTRY._replace(redraw=Redraw("m0", {}, deleted=False)),
        ENTRY._replace(board_changes=(IDEA, IDEA.replace(number=3))),
        ENTRY._replace(share=Share("Look", 2)),
        ENTRY._replace(share=Share()),
        ENTRY._replace(file=FileJob("a.csv", "https://x.org", "m0")),
        ENTRY._replace(reminder=True),
    ],
)
def test_an_entry_is_read_as_it_was_written(entry: OutboxEntry) -> None:
    read = OutboxEntry.from_json(entry.serialized)
    assert read._replace(original=None) == entry
    assert read.serialized == entry.serialized
    assert OutboxEntry.from_json(str(entry.serialized).encode()).message == entry.message


def test_an_entry_holds_no_more_than_it_needs() -> None:
    assert set(json.loads(ENTRY.serialized)) == {
        *("token", "channel", "place", "address", "id", "sender", "at", "addressed", "private", "text"),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"token": ""},
        {"text": None},
        {"text": None, "press": "dance"},
        {"at": "7"},
        {"at": None},
        {"place": ["x"]},
        {"place": ["", None, False]},
        {"place": "here"},
        {"address": ["C1"]},
        {"sender": None},
        {"sender": []},
        {"redraw": {"message": ""}},
        {"redraw": {"message": "", "address": {}, "deleted": True}},
    ],
)
def test_a_damaged_entry_is_none(changes: dict[str, object]) -> None:
    changed = json.loads(ENTRY.serialized) | changes
    for damaged in (changed, {name: part for name, part in changed.items() if part is not None}):
        with pytest.raises(ValueError, match=r".+"):
            OutboxEntry.from_json(json.dumps(damaged))


@pytest.mark.parametrize("stored", [b"[1]", b"3", b"{not json", b"\xff\xfe"])
def test_what_is_no_entry_at_all_is_the_same_kind_of_error(stored: bytes) -> None:
    with pytest.raises(ValueError):
        OutboxEntry.from_json(stored)


def test_what_a_newer_version_added_is_passed_over() -> None:
    newer = json.dumps(json.loads(ENTRY.serialized) | {"later": 1})
    assert OutboxEntry.from_json(newer).message == MESSAGE
    assert OutboxEntry.from_json(newer).serialized == newer


CARD = Card("m1", {"channel": "C1"})
FIELDS = (b'{"a":1}', b"4", b"1", b"w", CARD.to_json().encode(), b"3", b"[]")


def test_a_status_of_an_older_version_stands_alone() -> None:
    stored = {**json.loads(IDEA.model_dump_json(exclude_defaults=True)), "status": "live"}
    read = Idea.model_validate_json(json.dumps(stored))
    assert (read.status, read.stage.at, read.stage.who) == ("live", 0, "")
    assert "status" not in json.loads(read.model_dump_json())


def test_a_record_is_read_by_its_fields() -> None:
    assert parse(PLACE, FIELDS, 1) == StoredConversation(PLACE, '{"a":1}', 4, 1, "w", CARD, 3, draft="[]")
    assert parse(PLACE, (None,) * 7, 1) == StoredConversation(PLACE)
    assert parse(PLACE, (*FIELDS[:3], None, None, None, None), 1) == StoredConversation(PLACE, '{"a":1}', 4, 1)
    assert parse(PLACE, (*FIELDS[:1], b"9" * 15, *FIELDS[2:]), 1).revision == 10**15 - 1


@pytest.mark.parametrize(
    ("at", "name", "values"),
    [
        (0, "doc", (None, b"", b"[]", b"not json", b"\xff")),
        (1, "rev", (None, b"x", b"-1", b"9" * 16)),
        (2, "schema", (None,)),
        (4, "card", (b"x", b"[]", b"{}", b'{"message":1}', b'{"message":"m","address":[]}')),
        (5, "delivered", (b"x",)),
    ],
)
def test_a_damaged_field_is_told_by_its_name(at: int, name: str, values: tuple[bytes | None, ...]) -> None:
    for value in values:
        with pytest.raises(CorruptRecord, match=name):
            parse(PLACE, (*FIELDS[:at], value, *FIELDS[at + 1 :]), 1)


def test_a_record_of_a_newer_schema_is_not_read() -> None:
    with pytest.raises(NewerSchema):
        parse(PLACE, (*FIELDS[:2], b"2", *FIELDS[3:]), 1)
    assert parse(PLACE, (*FIELDS[:2], b"2", *FIELDS[3:]), 2).schema == 2


def test_a_card_without_an_address_has_none() -> None:
    assert read_card(b'{"message":"m"}') == Card("m")
    assert read_card(b'{"message":"m","address":{"a":1}}') == Card("m", {"a": "1"})


def test_an_address_of_sentinels_has_its_parts() -> None:
    url = "redis+sentinel://ana:p%40w@one:1,two/main?db=3&sentinel_username=u&sentinel_password=hunter2"
    found = RedisAddress.parse(url)
    assert (found.kind, found.url, found.service, found.db, found.tls) == (ServerKind.SENTINEL, url, "main", 3, False)
    assert found.sentinels == (("one", 1), ("two", 26_379))
    assert (found.username, found.password) == ("ana", "p@w")
    assert (found.sentinel_username, found.sentinel_password) == ("u", "hunter2")
    bare = RedisAddress.parse("rediss+sentinel://one/main%20one")
    assert (bare.username, bare.password, bare.db, bare.tls, bare.service) == (None, None, 0, True, "main one")
    assert (bare.sentinel_username, bare.sentinel_password) == (None, None)
    assert not any(secret in repr(found) for secret in ("p@w", "p%40w", "hunter2")), "a parsed address may be printed"


def test_an_address_of_a_server_has_its_parts() -> None:
    plain = RedisAddress.parse("redis://ana:hunter2@host:6380/2?username=ana")
    assert (plain.kind, plain.tls, plain.db) == (ServerKind.NODE, False, 2)
    assert "hunter2" not in repr(plain)
    assert (RedisAddress.parse("rediss://host").tls, RedisAddress.parse("rediss://host").db) == (True, 0)
    assert RedisAddress.parse("unix:///run/redis.sock?db=1").kind is ServerKind.NODE


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("redis://host/x", "not a number"),
        ("redis://host:x", "not a number"),
        ("redis:///0", "a host is missing"),
        ("unix://relative", "absolute path"),
        ("redis+sentinel://one", "service's name"),
        ("redis+sentinel://one/a/b", "service's name"),
        ("redis+sentinel://,/main", "Sentinel's host is missing"),
        ("redis://host?x=1", "there may be nothing but"),
        ("redis://host?db=1&db=2", "stand there once"),
        ("http://host", "must begin with"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url: str, says: str) -> None:
    with pytest.raises(AddressError, match=says):
        RedisAddress.parse(url)


@pytest.mark.parametrize("value", [{"a": [1, "ä", None, True]}, {"a": 10**40}, {"a": -(2**70), "b": ["x"]}, {}])
def test_what_is_written_is_read_back(value: Any) -> None:
    assert from_json(to_json(value)) == value


def test_half_of_a_surrogate_pair_is_no_character() -> None:
    assert from_json(to_json({"a": "\ud800 x", "\udfff": 1})) == {"a": "? x", "?": 1}


def test_it_is_as_orjson_writes_it_where_that_can() -> None:
    assert to_json({"a": [1, "ä"]}) == orjson.dumps({"a": [1, "ä"]})
    assert to_json({"a": [2**64, "ä"]}) == '{"a":[18446744073709551616,"ä"]}'.encode()


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json({"a": object()})
