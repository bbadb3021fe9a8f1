"""What a question is said to mean agrees with how amounts are read."""

import re

from tests.knowledge.fixtures import pack


def test_every_amount_in_a_meaning_is_a_limit_of_its_question() -> None:
    measured = pack().quantities.questions
    named = 0
    for question in pack().questions:
        amounts = {int(amount) for amount in re.findall(r"\d+", question.meaning or "")}
        named += len(amounts)
        limits = [limit for measure in measured.get(question.id, ()) for limit in measure.limits]
        assert amounts <= {edge for limit in limits for edge in (limit.at_most, limit.at_least)}, question.id
    assert named == 4
