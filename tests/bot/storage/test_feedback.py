"""What is kept of feedback and of questions without an answer, and for how long."""

from datetime import timedelta

import pytest

from bot.storage import feedback
from bot.storage.feedback import FeedbackStore, StoredRating, UnansweredText
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from dialogs.message import Rating

HERE, THERE = Place("slack:T1:C1", "1.1"), Place("slack:T2:C1", "1.1")


@pytest.fixture
def store(storage: Storage, key_prefix: str) -> FeedbackStore:
    return FeedbackStore(storage, prefix=key_prefix)


async def test_a_newer_press_takes_the_place_of_the_one_before(store: FeedbackStore) -> None:
    assert await store.rate("slack", HERE, "U1", Rating(("faq-cost",), up=True), 1)
    assert not await store.rate("slack", HERE, "U1", Rating(("faq-cost",), up=True), 2)
    assert await store.rate("slack", HERE, "U1", Rating(("faq-cost",), up=False), 3)
    assert await store.ratings() == (StoredRating("faq-cost", False, "", 3),)


async def test_people_and_workspaces_are_told_apart(store: FeedbackStore) -> None:
    for channel, place, person in (("slack", HERE, "U1"), ("slack", HERE, "U2"), ("slack", THERE, "U1")):
        await store.rate(channel, place, person, Rating(("faq-cost",), up=True), 1)
    assert len(await store.ratings()) == 3
    await store.forget("slack", HERE.scope, "U1")
    assert len(await store.ratings()) == 2


async def test_results_are_told_apart_by_conversation_and_not_by_verdict(store: FeedbackStore) -> None:
    for begun, verdict in ((1, "hybrid"), (1, "fine_tuning"), (5, "hybrid")):
        await store.rate("slack", HERE, "U1", Rating((f"result:{verdict}",), up=True, begun=begun), begun)
    assert sorted(one.about for one in await store.ratings()) == ["result:fine_tuning", "result:hybrid"]


async def test_no_key_and_no_value_tells_who_it_was(store: FeedbackStore, storage: Storage, key_prefix: str) -> None:
    await store.rate("slack", HERE, "U0SECRET", Rating(("faq-cost",), up=True), 1)
    await store.add_unanswered("slack", HERE, "U0SECRET", "m1", "who won?", 1)
    for key in await storage.command("KEYS", f"{key_prefix}:*"):
        assert b"U0SECRET" not in key
        if not key.endswith((b":key", b":times")):
            assert b"U0SECRET" not in b"".join(await storage.command("HGETALL", key))
        assert await storage.command("PTTL", key) > 0


async def test_the_key_outlives_what_is_kept_under_it(store: FeedbackStore, storage: Storage, key_prefix: str) -> None:
    await store.rate("slack", HERE, "U1", Rating(("faq-cost",), up=True), 1)
    await store.add_unanswered("slack", HERE, "U1", "m1", "who won?", 1)
    (key,) = await storage.command("KEYS", f"{key_prefix}:*:key")
    kept = max(feedback.FEEDBACK_TTL, feedback.UNANSWERED_TTL) / timedelta(milliseconds=1)
    assert await storage.command("PTTL", key) > kept


async def test_a_message_that_comes_twice_is_one_text(store: FeedbackStore) -> None:
    for _ in range(2):
        await store.add_unanswered("slack", HERE, "U1", "m1", "who won?", 5)
    assert await store.unanswered() == (UnansweredText("who won?", 5),)


async def test_forget_me_removes_both_and_makes_no_key(store: FeedbackStore, storage: Storage, key_prefix: str) -> None:
    await store.forget("slack", HERE.scope, "U1")
    assert await storage.command("KEYS", f"{key_prefix}:*") == []
    await store.rate("slack", HERE, "U1", Rating(("faq-cost",), up=True), 1)
    await store.add_unanswered("slack", HERE, "U1", "m1", "who won?", 5)
    await store.forget("slack", HERE.scope, "U1")
    assert (await store.ratings(), await store.unanswered()) == ((), ())


async def test_what_is_too_old_or_too_much_goes(
    storage: Storage, key_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "_MAX_TEXTS", 3)
    store = FeedbackStore(storage, prefix=key_prefix)
    for number in range(5):
        await store.add_unanswered("slack", HERE, "U1", f"m{number}", f"text {number}", number)
    assert len(await store.unanswered()) == 3
    # As if the server's clock were 31 days further.
    times = f"{key_prefix}:{{{key_prefix}:feedback}}:unanswered:times"
    for name in await storage.command("ZRANGE", times, 0, -1):
        old = timedelta(days=31).total_seconds()
        await storage.command("ZINCRBY", times, str(-int(old)), name)
    assert await store.unanswered() == ()
    assert await storage.command("ZCARD", times) == 0


async def test_damaged_records_are_left_out(store: FeedbackStore, storage: Storage, key_prefix: str) -> None:
    await store.rate("slack", HERE, "U1", Rating(("faq-cost",), up=True), 1)
    ratings = f"{key_prefix}:{{{key_prefix}:feedback}}:ratings"
    for number, record in enumerate(("x", "[]", "{}", '{"about": 3, "up": true}')):
        await storage.command("HSET", ratings, f"w:{number}", record)
    assert len(await store.ratings()) == 1
