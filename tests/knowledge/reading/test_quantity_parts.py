"""What belongs to a quantity and what does not: its words, bound, noun and time, and what it is for each of."""

import math

import pytest

from knowledge.phrase_table import PhraseTable
from knowledge.reading.quantity import Bound, Kind, Quantity
from knowledge.reading.quantity_parser import LONGEST, quantities

DAY = 86_400


def amounts(text: str) -> list[tuple[str, Kind, float, float]]:
    """The quantities of a text: the words that each takes up, its kind, its least and its most."""
    return [
        (text[one.start : one.end], one.kind, pytest.approx(one.low), pytest.approx(one.high))
        for one in quantities(text)
    ]


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


def counts(text: str) -> list[float]:
    return [one.low for one in quantities(text) if one.kind is Kind.COUNT]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("40 hotels, each 30 chats a day", 1200, 1200),
        ("30 chats a day per hotel, 40 hotels", 1200, 1200),
        ("2 hotels, each 30 chats a day", 60, 60),
        ("2 to 3 hotels, each 10 to 20 chats a day", 20, 60),
        (f"40 hotels,{' ' * 24}each 30 chats a day", 1200, 1200),
    ],
)
def test_a_rate_for_each_of_several_things_is_multiplied(text: str, least: float, most: float) -> None:
    assert amounts(text) == [(text, Kind.RATE, least, most)]
    assert not only(text).each


@pytest.mark.parametrize(
    "text",
    [
        "1 hotel, each 30 chats a day",
        "at least 40 hotels, each 30 chats a day",
        "40 hotels, 30 chats a day",
        "40, each 30 chats a day",
        "40 USD, each 30 chats a day",
        f"40 hotels,{' ' * 25}each 30 chats a day",
    ],
)
def test_without_a_known_number_of_things_beside_it_a_rate_stays_what_it_is(text: str) -> None:
    assert [(one.kind, one.low) for one in quantities(text)][1:] == [(Kind.RATE, 30)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("between 5 and 10 rows", [("5 and 10 rows", Kind.COUNT, 5, 10)]),
        ("we need between about 5 and 10", [("about 5 and 10", Kind.COUNT, 5, 10)]),
        ("5 and 10", [("5", Kind.COUNT, 5, 5), ("10", Kind.COUNT, 10, 10)]),
        ("between you and me 5 and 10", [("5", Kind.COUNT, 5, 5), ("10", Kind.COUNT, 10, 10)]),
        ("between $5 and $10", [("$5 and $10", Kind.MONEY, 5, 10)]),
        ("$5 to 10", [("$5 to 10", Kind.MONEY, 5, 10)]),
        ("10 to 5", [("10 to 5", Kind.COUNT, 5, 10)]),
        ("5 to 10k", [("5 to 10k", Kind.COUNT, 5000, 10_000)]),
        ("20-10k", [("20-10k", Kind.COUNT, 20, 10_000)]),
        ("10-10k", [("10-10k", Kind.COUNT, 10, 10_000)]),
        ("2k-3k", [("2k-3k", Kind.COUNT, 2000, 3000)]),
        ("2k to 3 rows", [("2k to 3 rows", Kind.COUNT, 3, 2000)]),
        ("5 to", [("5", Kind.COUNT, 5, 5)]),
        ("5 to a", [("5", Kind.COUNT, 5, 5)]),
        ("900 dollars to 1100 dollars", [("900 dollars to 1100 dollars", Kind.MONEY, 900, 1100)]),
        ("900 dollars to 2031 dollars", [("900 dollars to 2031 dollars", Kind.MONEY, 900, 2031)]),
        ("900 dollars until 2031", [("900 dollars", Kind.MONEY, 900, 900), ("2031", Kind.OTHER, 2031, 2031)]),
        ("5 minutes to 6 minutes", [("5 minutes", Kind.DURATION, 300, 300), ("6 minutes", Kind.DURATION, 360, 360)]),
    ],
)
def test_two_numbers_are_a_range_where_a_word_joins_them(
    text: str, found: list[tuple[str, Kind, float, float]]
) -> None:
    assert amounts(text) == found


def test_a_range_is_approximate_and_a_number_is_not() -> None:
    assert only("5 to 10 rows").approximate
    assert not only("5 rows").approximate


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("5 tickets", 5, 5),
        ("5 tickets max", 0, 5),
        ("5 max", 0, 5),
        ("max 5 tickets", 0, 5),
        ("max5 tickets", 0, 5),
        ("5+ tickets", 5, math.inf),
        ("at least 5 tickets", 5, math.inf),
        ("no more than 5 tickets", 0, 5),
        ("no less than 5 tickets", 5, math.inf),
        ("never ever more than 5 tickets", 0, 5),
        ("not that it is more than 5 tickets", 5, math.inf),
        ("more than about 5 tickets", 5, math.inf),
        ("at most the only 5 tickets", 0, 5),
        ("at most at least 5", 5, math.inf),
    ],
)
def test_a_bound_stands_before_or_after_and_a_negation_turns_it(text: str, least: float, most: float) -> None:
    assert [(one.low, one.high) for one in quantities(text)] == [(least, most)]
    bound = Bound.AT_LEAST if math.isinf(most) else Bound.EXACT if least else Bound.AT_MOST
    assert only(text).bound is bound


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("about 5", True),
        ("5 or so", True),
        ("20 tickets or so a day", True),
        ("20 a day or so", True),
        ("about at most 5", True),
        ("a few", True),
        ("a couple", False),
        ("hundreds", True),
        ("exactly 5", False),
        ("at most 5", False),
        ("5 max", False),
        ("tomorrow", True),
    ],
)
def test_what_is_about_right_is_told_from_what_is_exact(text: str, approximate: bool) -> None:
    assert only(text).approximate is approximate


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("3k pieces of data", ("pieces", "data")),
        ("200 of our customers", ("customers",)),
        ("200 of those", ()),
        ("50 of us", ("us",)),
        ("50 pieces of", ("pieces",)),
        ("50 pieces of the", ("pieces",)),
        ("50 pieces of 3", ("pieces",)),
        ("200 q & a pairs", ("q", "pairs")),
        ("200 questions and answers", ("questions",)),
        ("& 200 rows", ("rows",)),
        ("200 really very nice old labelled tickets", ("really", "very", "nice", "old")),
        ("200 old tickets / month", ("old", "tickets")),
        ("200 tickets daily", ("tickets",)),
        ("200 tickets 5", ("tickets",)),
        ("200 tickets ten", ("tickets",)),
        ("200 tickets tops", ("tickets",)),
        ("10k+ rows", ("rows",)),
        ("$5 vouchers", ("vouchers",)),
        ("300 a day tickets", ()),
    ],
)
def test_the_noun_is_what_the_number_counts(text: str, noun: tuple[str, ...]) -> None:
    assert quantities(text)[0].noun == noun


@pytest.mark.parametrize(
    ("text", "days"), [("$10 per month", 30), ("$10 a year", 365), ("$10 fees per week", 7), ("$10", 0)]
)
def test_money_keeps_the_time_that_it_is_for(text: str, days: float) -> None:
    assert (only(text).kind, only(text).days, only(text).low) == (Kind.MONEY, days, 10)


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("3 questions per user", True),
        ("3 questions / user", True),
        ("3 questions each", True),
        ("3 questions a user", False),
        ("3 questions per", False),
        ("3 questions per month", False),
        ("3 questions daily", False),
        ("10 cents a query", True),
        ("10 cents each", True),
        ("10 cents a 5", False),
        ("10 cents a day", False),
        ("each machine sends 20 errors a day", True),
        ("each machine sends 20 errors", False),
        ("each month we get 300 errors a day", False),
        ("300 errors a day", False),
    ],
)
def test_what_is_for_each_of_something_is_marked(text: str, each: bool) -> None:
    assert quantities(text)[-1].each is each


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("within 5m", Kind.DURATION, 300),
        ("wait 5m", Kind.DURATION, 300),
        ("wait about 5m", Kind.DURATION, 300),
        ("5m", Kind.COUNT, 5e6),
        ("wait until 5m rows are there", Kind.COUNT, 5e6),
        ("12.5%", Kind.PERCENT, 12.5),
        ("12 per cent", Kind.PERCENT, 12),
        ("$5 USD", Kind.MONEY, 5),
        ("5 lakh dollars", Kind.MONEY, 500_000),
        ("2 grand dollars", Kind.MONEY, 2000),
        ("16 GB", Kind.OTHER, 16),
        ("400 ms", Kind.DURATION, 0.4),
        ("5w", Kind.DURATION, 35 * DAY),
        ("5 w", Kind.COUNT, 5),
        ("3apples", Kind.OTHER, 3),
        ("half an hour", Kind.DURATION, 1800),
        ("a year, we said", Kind.DURATION, 365 * DAY),
        ("it is fast, a minute", Kind.DURATION, 60),
        ("takes hours", Kind.DURATION, 7200),
        ("over an hour", Kind.DURATION, 3600),
        ("3 years", Kind.DURATION, 3 * 365 * DAY),
        ("5-day", Kind.DURATION, 5 * DAY),
        ("5—day", Kind.COUNT, 5),
        ("3 years ago", Kind.OTHER, 3),
        ("the last 2 weeks", Kind.OTHER, 2),
        ("2 weeks last", Kind.DURATION, 14 * DAY),
    ],
)
def test_the_unit_tells_what_a_number_is_of(text: str, kind: Kind, amount: float) -> None:
    found = only(text)
    assert (found.kind, found.high if found.bound is Bound.AT_MOST else found.low) == (kind, pytest.approx(amount))


@pytest.mark.parametrize("text", ["we need a second", "in d", "within", "a", "takes a while", "second", "in a"])
def test_a_unit_without_a_number_is_a_time_only_after_such_a_word_or_at_the_start(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "per_day"),
    [
        ("twice a week", 2 / 7),
        ("thrice a day", 3),
        ("one a day", 1),
        ("300 old tickets come in a day", 300),
        ("300 per good working day", 300),
        ("300 / wk", 300 / 7),
        ("10/m", 1 / 3),
        ("5 every other day", 2.5),
        ("5 every 2 days", 2.5),
        ("one ticket every other day", 0.5),
        ("one ticket every few days", 0.5),
        ("a ticket every 5 minutes", 288),
        ("on average daily 300 tickets", 300),
        ("each month we get 300", 10),
        ("each week there are on average about 70", 10),
        ("300 tickets on average daily", 300),
    ],
)
def test_what_comes_per_time_is_told_for_a_day(text: str, per_day: float) -> None:
    assert (only(text).kind, only(text).low) == (Kind.RATE, pytest.approx(per_day))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("twice", []),
        ("every day", []),
        ("it fails every 5 minutes", [Kind.OTHER]),
        ("an order. It fails every 5 minutes", [Kind.OTHER]),
        ("300 pm", [Kind.COUNT]),
        ("300 per", [Kind.COUNT]),
        ("300 per d", [Kind.COUNT]),
        ("300 rows which somebody wrote by hand a day", [Kind.COUNT]),
        ("300 per working", [Kind.COUNT]),
    ],
)
def test_what_is_no_rate(text: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in quantities(text)] == kinds


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1950", [1950]),
        ("in 1950", []),
        ("in 1899", [1899]),
        ("in 1900", []),
        ("in 2099", []),
        ("in 2100", [2100]),
        ("2009", [2009]),
        ("2010", []),
        ("2039", []),
        ("2040", [2040]),
        ("2026 tickets", [2026]),
        ("2026 ticket", []),
        ("may 1950", []),
        ("2,026", [2026]),
        ("20.26", [20.26]),
        ("at 5", []),
        ("at 24", []),
        ("at 25", [25]),
        ("at 5 offices", [5]),
        ("phase 2", []),
        ("phase 2 a day", []),
        ("at least phase", []),
        ("a 7b model", []),
        ("a 7b", []),
        ("llama 7b rows", []),
        ("7b rows", [7e9]),
        ("7 billion rows", [7e9]),
        ("7 billion models", [7e9]),
        ("7 models", [7]),
        ("over 2026", [2026]),
    ],
)
def test_years_hours_sizes_and_numbers_of_things_count_nothing(text: str, figures: list[float]) -> None:
    assert counts(text) == figures


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1_234_567),
        ("1,234,567.89", 1_234_567.89),
        ("12,34,567", 1_234_567),
        ("0.500", 0.5),
        ("0,500", 0.5),
        ("1.500", 1500),
        ("1.500k", 1500),
        ("1.500.000k", 1.5e9),
        (".5", 0.5),
        ("00", 0),
        ("5 hundred thousand", 500_000),
        ("five hundred thousand", 500_000),
        ("2 and a half million", 2.5e6),
        ("the thousand", 1000),
        ("hundreds of thousands", 2e5),
        ("a dozen", 12),
        ("several", 4),
        ("nil", 0),
        ("5 mm rows", 5e6),
        ("5bn rows", 5e9),
    ],
)
def test_a_number_may_be_written_in_many_ways(text: str, number: float) -> None:
    assert counts(text) == [pytest.approx(number)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1,2,3", []),
        ("1,2.3,4", []),
        ("half", []),
        ("a couple of apples", [2]),
        ("couple", []),
        ("couple thousand", [2000]),
        ("few", []),
        ("a k", []),
        ("5 m rows", [5]),
        ("5 k rows", [5000]),
        ("five k", [5000]),
        ("fiveb", []),
        ("state-of-the-art", []),
        ("about 5", [5]),
        ("gpt-5", []),
        ("ca. 30 rows", [30]),
        ("5, 6 rows", [5, 6]),
        ("5\n6", [5, 6]),
        ("5;6", [5, 6]),
        ("'5'", [5]),
        ("*5* rows", [5]),
        ("https://example.org/5 and 6 rows", [6]),
        ("a.b+5@example.org wrote 6", [6]),
        ("the first five of 6", [5, 6]),
        ("one of 6", [6]),
        ("o 6", [6]),
    ],
)
def test_what_is_a_number_and_what_only_looks_like_one(text: str, figures: list[float]) -> None:
    assert counts(text) == figures


def test_the_words_around_are_those_of_the_clause_and_not_too_far_away() -> None:
    found = only("Before that. " + "so " * 20 + "we have 5 apples " + "and then " * 20)
    assert found.before == ("so",) * 10 + ("we", "have")
    assert found.after == ("and", "then") * 6
    found = only("Well, we have 5 apples; and pears")
    assert (found.before, found.after) == (("we", "have"), ())


def test_only_so_much_of_a_text_is_looked_at() -> None:
    assert counts(" " * (LONGEST - 1) + "57") == [5]
    assert counts(" " * LONGEST + "57") == []


@pytest.mark.parametrize(
    ("low", "high", "likely"), [(5.0, 5.0, 5.0), (4.0, 9.0, 6.0), (0.0, 8.0, 4.0), (5.0, math.inf, 10.0)]
)
def test_what_a_range_most_likely_means(low: float, high: float, likely: float) -> None:
    assert Quantity(Kind.COUNT, low, high, 0, 1).likely == pytest.approx(likely)


def test_of_several_phrases_the_longest_counts() -> None:
    phrases = PhraseTable({"a": 1, "a b": 2, "c": 3, "b c": 4})
    words = ("a", "b", "c")
    assert [phrases.at(words, at) for at in range(4)] == [(2, 2), (2, 4), (1, 3), None]
    assert [phrases.before(words, end) for end in range(4)] == [None, (1, 1), (2, 2), (2, 4)]
    assert phrases.before(words, 3, floor=2) == (1, 3)
    assert phrases.before(words, 3, floor=3) is None
    assert phrases.at(("a",), 0) == (1, 1)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("300 tickets daily", "300 tickets daily"),
        ("300 daily tickets", "300 daily"),
        ("300/day", "300/day"),
        ("some 300 a week now", "some 300 a week"),
        ("about 300 tickets annually, mostly", "about 300 tickets annually"),
        ("300 every 2 weeks", "300 every 2 weeks"),
        ("300 every other day then", "300 every other day"),
    ],
)
def test_a_quantity_reaches_to_the_end_of_its_rate(text: str, part: str) -> None:
    (found,) = quantities(text)
    assert text[found.start : found.end] == part


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at most 300 a day", Bound.AT_MOST),
        ("at most the 300 a day", Bound.AT_MOST),
        ("at most people say 300 a day", Bound.EXACT),
        ("no more than that, we think 300 a day", Bound.EXACT),
    ],
)
def test_a_bound_stands_right_before_its_number(text: str, bound: Bound) -> None:
    assert only(text).bound is bound


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("between 5 and 10 a day", [(5, 10)]),
        ("between the 5 and 10 a day", [(5, 10)]),
        ("between us and 5 and 10 a day", [(5, 5), (10, 10)]),
    ],
)
def test_a_range_is_joined_by_and_right_behind_between(text: str, spans: list[tuple[float, float]]) -> None:
    assert [(one.low, one.high) for one in quantities(text)] == [pytest.approx(span) for span in spans]
