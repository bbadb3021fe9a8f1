"""How much one person may send."""

import pytest

from bot.turns.rate_limit import RateLimit, RateLimitResult


def test_a_burst_then_one_word_then_silence() -> None:
    limit = RateLimit(burst=3, per_second=1)
    results = [limit.check("ana", str(n), 0) for n in range(6)]
    assert results[:4] == [*[RateLimitResult.ALLOWED] * 3, RateLimitResult.EXCEEDED]
    assert results[4:] == [RateLimitResult.STILL_EXCEEDED] * 2


def test_time_gives_it_back_and_another_word_later() -> None:
    limit = RateLimit(burst=2, per_second=0.5)
    for n in range(4):
        limit.check("ana", str(n), 0)
    assert limit.check("ana", "101", 1) is RateLimitResult.STILL_EXCEEDED
    assert limit.check("ana", "102", 2) is RateLimitResult.ALLOWED
    assert limit.check("ana", "103", 2) is RateLimitResult.EXCEEDED


def test_no_more_than_a_burst_is_saved_up() -> None:
    limit = RateLimit(burst=2, per_second=1)
    limit.check("ana", "1", 0)
    results = [limit.check("ana", str(n), 3600) for n in range(2, 5)]
    assert results == [*[RateLimitResult.ALLOWED] * 2, RateLimitResult.EXCEEDED]


def test_a_clock_that_goes_back_gives_nothing() -> None:
    limit = RateLimit(burst=1)
    limit.check("ana", "110", 10)
    assert limit.check("ana", "111", 5) is RateLimitResult.EXCEEDED


@pytest.mark.parametrize(
    ("burst", "results"),
    [
        (1, [RateLimitResult.ALLOWED] * 3),
        (0, [RateLimitResult.EXCEEDED, *[RateLimitResult.STILL_EXCEEDED] * 2]),
    ],
)
def test_what_arrives_twice_counts_once_and_is_worth_one_word(burst: int, results: list[RateLimitResult]) -> None:
    limit = RateLimit(burst=burst)
    assert [limit.check("ana", "same", 0) for _ in range(3)] == results


def test_a_person_begins_so_many_conversations_in_a_day() -> None:
    limit, noon = RateLimit(new_per_day=2), 1_795_000_000
    for person in ("ana", "ben"):
        limit.check(person, "1", noon)
        assert [limit.may_begin(person, noon + n) for n in range(4)] == [True, True, False, False]
    assert limit.may_begin("ana", noon + 86_400)


def test_what_costs_more_counts_more() -> None:
    limit = RateLimit(burst=12, per_second=1)
    assert limit.check("ana", "107", 0, cost=10) is RateLimitResult.ALLOWED
    assert limit.check("ana", "108", 0, cost=10) is RateLimitResult.EXCEEDED
    assert limit.check("ana", "109", 0) is RateLimitResult.ALLOWED
    assert limit.check("ana", "110", 9, cost=10) is RateLimitResult.ALLOWED


def test_one_person_may_send_so_much() -> None:
    limit = RateLimit()
    results = [limit.check("ana", str(number), 0) for number in range(32)]
    assert results.count(RateLimitResult.ALLOWED) == 30
    assert results[30:] == [RateLimitResult.EXCEEDED, RateLimitResult.STILL_EXCEEDED]
    assert limit.check("ana", "a", 0.9) is RateLimitResult.STILL_EXCEEDED
    assert limit.check("ana", "b", 1.0) is RateLimitResult.ALLOWED
    assert limit.check("ana", "c", 1.0) is RateLimitResult.EXCEEDED
    begun = [limit.may_begin("ana", 1_795_000_000) for _ in range(201)]
    assert (begun.count(True), begun[-1]) == (200, False)


def test_ten_thousand_people_are_remembered() -> None:
    limit = RateLimit(burst=1)
    for number in range(10_000):
        limit.check(str(number), "x", 0)
    assert limit.check("0", "y", 0) is RateLimitResult.EXCEEDED
    limit.check("10000", "x", 0)
    assert limit.check("1", "y", 0) is RateLimitResult.ALLOWED, "who has been quiet for longest is forgotten"
    assert limit.check("3", "y", 0) is RateLimitResult.EXCEEDED
