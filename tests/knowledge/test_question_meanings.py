"""What a question is said to mean agrees with how amounts are read."""

import re

from tests.knowledge.fixtures import pack

LIMITS = {
    "data": {("yes", 200), ("no", 50)},
    "volume": {("high", 250), ("low", 100), ("high", 5)},
    "budget": {("limited", 5_000), ("flexible", 50_000)},
}
"""Amounts that the meanings name, in requests a day, seconds and dollars, by the option that they stand beside."""


def test_the_amounts_in_a_meaning_are_limits_of_the_options_they_stand_beside() -> None:
    measured = pack().quantities.questions
    for question in pack().questions:
        amounts = {int(amount) for amount in re.findall(r"\d+", (question.meaning or "").replace(",", ""))}
        named = LIMITS.get(question.id, set())
        assert amounts == {amount for _, amount in named}, question.id
        limits = [limit for measure in measured.get(question.id, ()) for limit in measure.limits]
        assert named <= {(limit.option, edge) for limit in limits for edge in (limit.at_most, limit.at_least)}
