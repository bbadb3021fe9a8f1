"""What speaks against taking a sentence for a statement, and how much."""

import pytest

from knowledge.reading.clauses import Clause
from knowledge.reading.hedging import HedgeLevel, clause_levels, hedge_level, is_hedged
from knowledge.reading.tokens import sentences
from knowledge.reading.word_lists import english


@pytest.mark.parametrize(
    ("text", "level", "hedges"),
    [
        ("our data is on the server", HedgeLevel.NONE, False),
        # questions
        ("is our data on the server?", HedgeLevel.STRONG, False),
        ("is our data on the server", HedgeLevel.STRONG, False),
        ("when it rains we work", HedgeLevel.WEAK, False),
        ("we work when it rains", HedgeLevel.NONE, False),
        ("we have it, is it ours", HedgeLevel.NONE, False),
        # conditions, wishes and hearsay
        ("if you ask me we have it", HedgeLevel.WEAK, True),
        ("we have it unless legal minds", HedgeLevel.STRONG, True),
        ("as soon as it works we have it", HedgeLevel.STRONG, True),
        ("i wish it was ours", HedgeLevel.STRONG, True),
        ("nobody knows where it is", HedgeLevel.STRONG, False),
        ("they say we have it", HedgeLevel.STRONG, False),
        ("i would rather have it", HedgeLevel.NONE, False),
        ("maybe we have it", HedgeLevel.STRONG, False),
        ("we have maybe 300 of it", HedgeLevel.NONE, False),
        ("perhaps about 300 of it", HedgeLevel.NONE, False),
        # taken back
        ("we have it, no", HedgeLevel.STRONG, True),
        ("we have it, but nobody may use it", HedgeLevel.STRONG, True),
        ("we have it, nothing fancy", HedgeLevel.NONE, False),
        ("nothing is as good as ours", HedgeLevel.NONE, False),
        # others
        ("our vendor reads it", HedgeLevel.STRONG, True),
        ("a vendor's archive holds it", HedgeLevel.STRONG, True),
        ("someone presses the button", HedgeLevel.WEAK, False),
        ("someone presses the vendor's button", HedgeLevel.STRONG, True),
        ("blog posts about us", HedgeLevel.NONE, False),
        # other times
        ("last year we have it", HedgeLevel.STRONG, True),
        ("we had it", HedgeLevel.STRONG, True),
        ("we had it, it is fine", HedgeLevel.STRONG, True),
        ("we have what they had", HedgeLevel.WEAK, False),
        ("it is fine, we had it", HedgeLevel.WEAK, False),
        ("fine, we had it", HedgeLevel.WEAK, False),
        ("it is fine, last year too", HedgeLevel.STRONG, True),
    ],
)
def test_hedges(text: str, level: HedgeLevel, hedges: bool) -> None:
    (sentence,) = sentences(text, english())
    clauses = [Clause(tokens) for tokens in sentence.clauses]
    assert hedge_level(sentence, clauses, english()) == level
    assert is_hedged(clauses, english()) == hedges


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("last year we had two grand, this year we have eighty", [HedgeLevel.STRONG, HedgeLevel.NONE]),
        ("our vendor has labels, we have none", [HedgeLevel.STRONG, HedgeLevel.NONE]),
        ("a competitor has labels, lots of them", [HedgeLevel.STRONG, HedgeLevel.STRONG]),
        ("we have labels, it is cheap", [HedgeLevel.NONE, HedgeLevel.NONE]),
        ("unless it rains, we have labels", [HedgeLevel.STRONG, HedgeLevel.STRONG]),
        ("we have labels, no, we lost them", [HedgeLevel.STRONG] * 3),
    ],
)
def test_each_clause_by_itself(text: str, levels: list[HedgeLevel]) -> None:
    (sentence,) = sentences(text, english())
    clauses = [Clause(tokens) for tokens in sentence.clauses]
    assert clause_levels(sentence, clauses, english()) == levels
