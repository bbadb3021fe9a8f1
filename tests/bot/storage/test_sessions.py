"""Conversations in Redis: the contract, on one server, behind a Sentinel and on a Cluster of three."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.place import Place
from bot.storage.record import Card, DeliveryResult, StoredConversation
from bot.storage.redis_retries import Storage
from bot.storage.sessions import MAX_MARKS, Sessions
from tests.bot.harness import opened
from tests.patience import BRIEF

HOUR = timedelta(hours=1)
THREAD = Place("slack:T1:C1", "1700000000.000100")
DIRECT = Place("slack:T1:D1", direct=True)

SERVERS = ("redis_url", "sentinel_url", "cluster_url")


@pytest.fixture
def sessions(storage: Storage, key_prefix: str) -> Sessions:
    return Sessions(storage, schema=1, ttl=HOUR, prefix=key_prefix)


def document(**content: object) -> str:
    return json.dumps(content)


async def saved(sessions: Sessions, place: Place, revision: int = 1, **content: object) -> StoredConversation:
    outcome = await sessions.save(place, document(**content), revision, expected=revision - 1)
    assert outcome.done
    return outcome.current


async def milliseconds_left(storage: Storage, key: str) -> int:
    return int(await storage.command("PTTL", key))


# Load, save, mark


async def test_where_nothing_is_stored_the_conversation_is_empty(sessions: Sessions) -> None:
    for look in (sessions.load, sessions.adopt, sessions.load):
        assert await look(THREAD) == StoredConversation(THREAD)


async def test_what_is_saved_is_loaded(sessions: Sessions) -> None:
    text = document(idea="Größe 😀 \u2028", answers={})
    outcome = await sessions.save(THREAD, text, 3, expected=0, token="mine")
    assert outcome.done
    assert outcome.current == StoredConversation(THREAD, text, revision=3, schema=1, write="mine")
    assert await sessions.load(THREAD) == outcome.current


async def test_only_the_revision_that_was_loaded_can_be_overwritten(sessions: Sessions) -> None:
    first = await saved(sessions, THREAD, who="first")
    outcome = await sessions.save(THREAD, document(who="second"), 1, expected=0)
    assert not outcome.done
    assert outcome.current == first
    assert await sessions.load(THREAD) == outcome.current


async def test_of_twenty_writers_at_once_each_has_its_effect_once(sessions: Sessions) -> None:
    async def write(name: int) -> int:
        stored, conflicts = await sessions.load(THREAD), 0
        while True:
            before = json.loads(stored.document)["names"] if stored.document else []
            names = [*before, name]
            outcome = await sessions.save(THREAD, document(names=names), stored.revision + 1, expected=stored.revision)
            if outcome.done:
                return conflicts
            stored, conflicts = outcome.current, conflicts + 1

    conflicts = await asyncio.gather(*(write(name) for name in range(20)))
    stored = await sessions.load(THREAD)
    assert stored.revision == 20
    assert sorted(json.loads(stored.document or "")["names"]) == list(range(20))
    assert sum(conflicts) > 0


@pytest.mark.parametrize(
    ("place", "expected", "says"), [(THREAD, 1, "above the expected"), (DIRECT, 0, "needs a thread")]
)
async def test_a_mistake_of_the_caller_is_told(sessions: Sessions, place: Place, expected: int, says: str) -> None:
    """The revision has to grow, and a direct conversation to have a thread."""
    with pytest.raises(ValueError, match=says):
        await sessions.save(place, document(), 1, expected=expected)


async def test_a_save_that_is_sent_twice_is_done_both_times(sessions: Sessions) -> None:
    """As after a lost answer: the second attempt finds its own token."""
    assert (await sessions.save(THREAD, document(n=1), 1, expected=0, token="token")).done
    assert (await sessions.save(THREAD, document(n=1), 1, expected=0, token="token")).done
    assert (await sessions.load(THREAD)).revision == 1


async def test_a_write_is_undone_only_while_it_bears_its_token(sessions: Sessions) -> None:
    written = await sessions.save(THREAD, document(n=1), 1, expected=0, token="mine")
    adopted = await sessions.adopt(THREAD)
    assert adopted.document == written.current.document
    assert adopted.write not in ("", "mine")
    undone = await sessions.save(THREAD, document(n=0), 2, expected=1, over="mine")
    assert not undone.done
    assert await sessions.load(THREAD) == adopted
    assert (await sessions.save(THREAD, document(n=0), 2, expected=1, over=adopted.write)).done


async def test_a_save_that_is_sent_again_once_somebody_adopted_it_is_done_as_well(
    sessions: Sessions,
) -> None:
    """Else its own process takes it for somebody else's, and nobody shows the reply."""
    await sessions.save(THREAD, document(n=1), 1, expected=0, token="mine")
    adopted = await sessions.adopt(THREAD)
    assert (await sessions.save(THREAD, document(n=1), 1, expected=0, token="mine")).done
    assert await sessions.load(THREAD) == adopted == await sessions.adopt(THREAD)
    assert not (await sessions.save(THREAD, document(n=0), 2, expected=1, over="mine")).done


async def test_what_expired_or_was_forgotten_is_not_brought_back_by_a_late_save(sessions: Sessions) -> None:
    await saved(sessions, THREAD)
    assert await sessions.delete(THREAD)
    outcome = await sessions.save(THREAD, document(), 2, expected=1)
    assert not outcome.done
    assert outcome.current == StoredConversation(THREAD)
    assert await sessions.load(THREAD) == StoredConversation(THREAD)


async def test_a_mark_records_the_card_and_what_was_delivered(sessions: Sessions) -> None:
    await saved(sessions, THREAD)
    assert (await sessions.load(THREAD)).delivered == 0
    card = Card("1700000000.000200", {"channel": "C1"})
    assert (await sessions.mark_delivered(THREAD, card, 1)).revision == 1
    for stored in (await sessions.load(THREAD), await saved(sessions, THREAD, 2, next=True)):
        assert (stored.card, stored.delivered) == (card, 1)
    assert (await sessions.mark_delivered(THREAD, None, 2)).revision == 2, "without a card it leaves that"
    stored = await sessions.load(THREAD)
    assert (stored.card, stored.delivered) == (card, 2)


async def test_a_late_mark_learns_that_it_is_superseded_and_changes_nothing(sessions: Sessions) -> None:
    await saved(sessions, THREAD)
    await saved(sessions, THREAD, 2)
    assert (await sessions.mark_delivered(THREAD, Card("new"), 2)).revision == 2
    assert (await sessions.mark_delivered(THREAD, Card("old"), 1)).revision == 2
    stored = await sessions.load(THREAD)
    assert (stored.card, stored.delivered) == (Card("new"), 2)


async def test_nothing_is_delivered_above_the_current_revision(sessions: Sessions) -> None:
    """A press may name a revision that was lost in a failover, or that somebody made up."""
    await saved(sessions, THREAD)
    pressed = await sessions.save(THREAD, document(), 2, expected=1, pressed=(Card("1.1"), 99))
    assert (pressed.current.card, pressed.current.delivered) == (Card("1.1"), 1)
    assert await sessions.mark_delivered(THREAD, Card("1.1"), 99) == DeliveryResult(2, Card("1.1"), 1)
    assert (await sessions.load(THREAD)).delivered == 2


async def test_a_delivered_revision_above_the_current_one_counts_as_that(
    sessions: Sessions, storage: Storage, key_prefix: str
) -> None:
    await saved(sessions, THREAD)
    await storage.command("HSET", THREAD.key(key_prefix), "delivered", 99)
    assert (await sessions.mark_delivered(THREAD, Card("1.1"), 1)).delivered == 1
    assert (await sessions.load(THREAD)).delivered == 1


async def test_a_mark_that_is_sent_again_is_answered_as_before_and_changes_nothing(sessions: Sessions) -> None:
    """As after a lost answer: what was on record is the other card, not its own, also once that is marked again."""
    await saved(sessions, THREAD)
    await sessions.mark_delivered(THREAD, Card("other"), 1)
    marked = await sessions.mark_delivered(THREAD, Card("mine"), 1, token="mine")
    assert marked == DeliveryResult(1, Card("other"), 1)
    assert await sessions.mark_delivered(THREAD, Card("mine"), 1, token="mine") == marked
    await sessions.mark_delivered(THREAD, Card("other"), 1, token="theirs")
    await saved(sessions, THREAD, 2)
    assert await sessions.mark_delivered(THREAD, Card("mine"), 1, token="mine") == marked
    stored = await sessions.load(THREAD)
    assert (stored.card, stored.delivered) == (Card("other"), 1)


async def test_only_the_last_marks_are_known(sessions: Sessions, storage: Storage, key_prefix: str) -> None:
    await saved(sessions, THREAD)
    for number in range(MAX_MARKS + 3):
        await sessions.mark_delivered(THREAD, Card(str(number)), 1, token=f"mark-{number}")
    known = (await storage.command("HGET", THREAD.key(key_prefix), "marks")).decode().split("\n")
    assert [mark.split()[0] for mark in known] == [f"mark-{number}" for number in (6, 5, 4, 3)]
    assert (await sessions.save(THREAD, '{"n":2}', 2, expected=1)).done
    assert await storage.command("HGET", THREAD.key(key_prefix), "marks") is not None
    assert not (await sessions.save(THREAD, '{"n":3}', 3, expected=1, forget_marks=True)).done
    assert await storage.command("HGET", THREAD.key(key_prefix), "marks") is not None
    assert (await sessions.save(THREAD, '{"n":3}', 3, expected=2, forget_marks=True)).done
    assert await storage.command("HGET", THREAD.key(key_prefix), "marks") is None


async def test_a_first_mark_that_is_sent_again_knows_of_no_card(sessions: Sessions) -> None:
    await saved(sessions, THREAD)
    for _ in range(2):
        assert await sessions.mark_delivered(THREAD, Card("mine"), 1, token="mine") == DeliveryResult(1, None, 0)


async def test_a_mark_of_a_conversation_that_is_gone_leaves_nothing_behind(
    sessions: Sessions, storage: Storage, key_prefix: str
) -> None:
    assert (await sessions.mark_delivered(THREAD, Card("1"), 1, token="mine")).revision == 0
    assert await storage.command("EXISTS", THREAD.key(key_prefix)) == 0


# Time to live


async def test_only_a_save_starts_the_time_to_live_anew(sessions: Sessions, storage: Storage, key_prefix: str) -> None:
    key = THREAD.key(key_prefix)
    full = HOUR / timedelta(milliseconds=1)
    await saved(sessions, THREAD)
    assert full * 0.9 < await milliseconds_left(storage, key) <= full
    await storage.command("PEXPIRE", key, 60_000)
    await sessions.load(THREAD)
    await sessions.mark_delivered(THREAD, Card("1"), 1)
    assert 0 < await milliseconds_left(storage, key) <= 60_000
    await saved(sessions, THREAD, 2)
    assert full * 0.9 < await milliseconds_left(storage, key) <= full


async def test_a_refused_save_extends_no_time_and_leaves_the_pointer(
    sessions: Sessions, storage: Storage, key_prefix: str
) -> None:
    place = DIRECT.within("1")
    await saved(sessions, place)
    second = await saved(sessions, DIRECT.within("2"))
    await storage.command("PEXPIRE", place.key(key_prefix), 60_000)
    assert not (await sessions.save(place, document(), 9, expected=8)).done
    assert await milliseconds_left(storage, place.key(key_prefix)) <= 60_000
    assert await sessions.load(DIRECT) == second


async def test_the_pointer_of_a_direct_message_has_a_time_to_live_as_well(
    sessions: Sessions, storage: Storage, key_prefix: str
) -> None:
    place = DIRECT.within("1")
    await saved(sessions, place)
    assert 0 < await milliseconds_left(storage, place.key(key_prefix)) <= HOUR / timedelta(milliseconds=1)
    assert 0 < await milliseconds_left(storage, place.open_key(key_prefix)) <= HOUR / timedelta(milliseconds=1)


# Direct messages


async def test_a_bare_message_finds_the_open_conversation(sessions: Sessions) -> None:
    assert await sessions.load(DIRECT) == StoredConversation(DIRECT)
    first = await saved(sessions, DIRECT.within("1"), name="first")
    assert await sessions.load(DIRECT) == first
    second = await saved(sessions, DIRECT.within("2"), name="second")
    assert await sessions.load(DIRECT) == second
    await saved(sessions, DIRECT.within("1"), 2, name="first again")
    assert (await sessions.load(DIRECT)).place == DIRECT.within("1")
    other = Place("slack:T1:D2", direct=True)
    assert await sessions.load(other) == StoredConversation(other)


async def test_a_thread_finds_its_own_conversation_else_the_open_one(sessions: Sessions) -> None:
    fresh = DIRECT.within("9")
    assert await sessions.load(fresh) == StoredConversation(fresh)
    first = await saved(sessions, DIRECT.within("1"), name="first")
    second = await saved(sessions, DIRECT.within("2"), name="second")
    assert await sessions.load(DIRECT.within("1")) == first
    assert await sessions.load(fresh) == second


async def test_a_pointer_to_an_expired_conversation_leads_to_none(
    sessions: Sessions, storage: Storage, key_prefix: str
) -> None:
    place = DIRECT.within("1")
    await saved(sessions, place)
    await storage.command("DEL", place.key(key_prefix))
    assert await sessions.load(DIRECT) == StoredConversation(DIRECT)
    assert await sessions.load(DIRECT.within("2")) == StoredConversation(DIRECT.within("2"))


async def test_forgetting_in_a_direct_message(sessions: Sessions, storage: Storage, key_prefix: str) -> None:
    first = await saved(sessions, DIRECT.within("1"))
    await saved(sessions, DIRECT.within("2"))
    assert await sessions.delete(DIRECT)
    assert await storage.command("EXISTS", DIRECT.open_key(key_prefix)) == 0
    assert await sessions.load(DIRECT) == StoredConversation(DIRECT)
    assert await sessions.load(DIRECT.within("1")) == first
    assert await sessions.delete(DIRECT.within("1"))
    assert not await sessions.delete(DIRECT.within("1"))
    assert not await sessions.delete(DIRECT)


# Other versions, and damage


async def test_a_newer_schema_is_neither_read_nor_overwritten(storage: Storage, key_prefix: str) -> None:
    newer = Sessions(storage, schema=2, ttl=HOUR, prefix=key_prefix)
    older = Sessions(storage, schema=1, ttl=HOUR, prefix=key_prefix)
    await saved(older, THREAD)
    await saved(newer, THREAD, 2, new="field")
    with pytest.raises(NewerSchema):
        await older.load(THREAD)
    with pytest.raises(NewerSchema):
        await older.save(THREAD, document(), 3, expected=2)
    stored = await newer.load(THREAD)
    assert (stored.document, stored.revision, stored.schema) == (document(new="field"), 2, 2)


async def test_an_older_schema_is_read_and_may_be_overwritten(storage: Storage, key_prefix: str) -> None:
    await saved(Sessions(storage, schema=1, ttl=HOUR, prefix=key_prefix), THREAD, old=True)
    newer = Sessions(storage, schema=2, ttl=HOUR, prefix=key_prefix)
    assert (await newer.load(THREAD)).schema == 1
    assert (await saved(newer, THREAD, 2)).schema == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("doc", b'{"idea": "\xff"}'),
        ("rev", "many"),
        ("rev", "-1"),
        ("rev", "9" * 5000),
        ("schema", "new"),
        ("card", "C1"),
        ("delivered", "soon"),
    ],
)
async def test_a_damaged_record_is_a_typed_error_until_it_is_forgotten(
    sessions: Sessions, storage: Storage, key_prefix: str, field: str, value: str | bytes
) -> None:
    place = DIRECT.within("1")
    await saved(sessions, place)
    await storage.command("HSET", place.key(key_prefix), field, value)
    with pytest.raises(CorruptRecord, match=field) as caught:
        await sessions.load(DIRECT)
    assert caught.value.place == place
    with pytest.raises(CorruptRecord, match=field):
        await sessions.save(place, document(), 8, expected=7)
    assert await sessions.delete(caught.value.place)
    await saved(sessions, place)


async def test_marking_a_damaged_record_is_a_typed_error(sessions: Sessions, storage: Storage, key_prefix: str) -> None:
    await saved(sessions, THREAD)
    await storage.command("HSET", THREAD.key(key_prefix), "rev", "many", "delivered", "soon")
    with pytest.raises(CorruptRecord, match="rev"):
        await sessions.mark_delivered(THREAD, Card("1"), 1)


@pytest.mark.parametrize("place", [THREAD, DIRECT.within("1")])
async def test_another_kind_of_value_under_the_key_is_a_typed_error(
    sessions: Sessions, storage: Storage, key_prefix: str, place: Place
) -> None:
    await storage.command("SET", place.key(key_prefix), "text")
    for call in (
        sessions.load(place),
        sessions.save(place, document(), 1, expected=0),
        sessions.mark_delivered(place, Card("1"), 1),
    ):
        with pytest.raises(CorruptRecord, match="another type"):
            await call
    assert await sessions.delete(place)
    await saved(sessions, place)


async def test_another_kind_of_value_as_the_pointer_is_a_typed_error(
    sessions: Sessions, storage: Storage, key_prefix: str
) -> None:
    await storage.command("RPUSH", DIRECT.open_key(key_prefix), "text")
    with pytest.raises(CorruptRecord, match="another type"):
        await sessions.load(DIRECT)
    await sessions.delete(DIRECT)
    assert await sessions.load(DIRECT) == StoredConversation(DIRECT)


# Places and keys


def test_keys_have_the_documented_form() -> None:
    assert THREAD.key("advisor") == "advisor:{slack:T1:C1:1700000000.000100}"
    assert (
        Place("teams:19:a@thread.tacv2;messageid=1").key("advisor") == "advisor:{teams:19:a@thread.tacv2;messageid=1:}"
    )
    assert DIRECT.within("1.2").key("advisor") == "advisor:{slack:T1:D1}:1.2"
    assert DIRECT.open_key("advisor") == "advisor:{slack:T1:D1}:@open"


def test_no_two_places_share_a_key() -> None:
    names = ["a", "a:b", "b", "@open", "a}", "{a", "}", "a%7D", "a:", ":", "a b", "ä"]
    places = [
        Place(space, thread, direct)
        for space in names
        for thread in (None, *names)
        for direct in (False, True)
        if not (direct and thread is None)
    ]
    keys = [place.key("advisor") for place in places]
    keys += [Place(space, direct=True).open_key("advisor") for space in names]
    keys += [Place(space, direct=True).queue_key("advisor") for space in names]
    keys += [place.queue_key("advisor") for place in places if not place.direct]
    assert len(set(keys)) == len(keys)


def test_keys_of_one_direct_space_share_their_hash_tag() -> None:
    for space in ("slack:T1:D1", "}", "{}", "a}b{c"):
        place = Place(space, "1", direct=True)
        tags = {key[key.index("{") + 1 : key.index("}")] for key in (place.key("p"), place.open_key("p"))}
        assert len(tags) == 1
        assert tags != {""}


def test_a_place_needs_a_space_and_a_thread_needs_a_name() -> None:
    for space, thread in (("", None), ("space", "")):
        with pytest.raises(ValueError, match="a place needs"):
            Place(space, thread)


async def test_a_thread_comes_back_from_its_key_unchanged(sessions: Sessions) -> None:
    place = DIRECT.within("a:b/{c} %41 ä@open")
    stored = await saved(sessions, place)
    assert await sessions.load(DIRECT) == stored
    assert stored.place == place


async def test_a_closed_storage_opens_again(sessions: Sessions, storage: Storage) -> None:
    await storage.ping()
    stored = await saved(sessions, THREAD)
    await storage.close()
    assert await sessions.load(THREAD) == stored


async def test_scripts_that_the_server_forgot_are_sent_again(
    sessions: Sessions, storage: Storage, url: str, cluster_url: str
) -> None:
    stored = await saved(sessions, DIRECT.within("1"))
    # A Cluster's client knows the command by its whole name, and sends it to every node.
    await storage.command(*(["SCRIPT FLUSH"] if url == cluster_url else ["SCRIPT", "FLUSH"]))
    assert await sessions.load(DIRECT) == stored


async def test_without_replicas_to_confirm_it_a_write_does_not_count(
    redis_url: str, cluster_url: str, key_prefix: str
) -> None:
    """What is to be shown waits for none."""
    for url in (redis_url, cluster_url):
        async with opened(url, wait_replicas=1, timeouts=BRIEF) as storage:
            sessions = Sessions(storage, schema=1, ttl=HOUR, prefix=key_prefix)
            for call in (sessions.save(THREAD, document(), 1, expected=0), sessions.delete(DIRECT)):
                with pytest.raises(StorageUnavailable, match="0 of 1 replicas"):
                    await call
            assert (await sessions.adopt(THREAD)).revision == 1


async def test_a_write_that_a_replica_confirms_counts(sentinel_url: str, key_prefix: str) -> None:
    async with opened(sentinel_url, wait_replicas=1) as storage:
        sessions = Sessions(storage, schema=1, ttl=HOUR, prefix=key_prefix)
        await saved(sessions, THREAD)
        assert (await sessions.mark_delivered(THREAD, Card("1"), 1)).revision == 1
        assert (await saved(sessions, THREAD, 2)).card == Card("1")


async def test_a_sentinels_service_is_asked_for_the_database_in_its_address(sentinel_url: str) -> None:
    for number in ("0", "3"):
        async with opened(f"{sentinel_url}?db={number}") as storage:
            assert f"db={number} " in (await storage.command("CLIENT", "INFO")).decode()
