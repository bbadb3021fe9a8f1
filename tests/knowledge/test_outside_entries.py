"""The facts from outside: sourced, dated, found in words of one's own, and deciding nothing."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from knowledge.decision import decide
from knowledge.evaluation.labelled_sets import load_sets
from knowledge.interfaces import MatchOutcome
from knowledge.outside import READ_WITHIN, OutsideText
from tests.knowledge.fixtures import pack, with_encoder

ASKED = load_sets(Path(__file__).parents[1] / "eval" / "outside-aa").questions
"""Questions of each kind, in other words than those that stand in the pack."""


@pytest.mark.parametrize("entry", [*pack().outside, *pack().advice], ids=lambda entry: entry.id)
def test_each_says_who_says_so_where_and_until_when(entry: OutsideText) -> None:
    assert entry.source and entry.url.startswith("https://")
    assert date(2026, 11, 26) <= entry.read < entry.last_day <= entry.read + READ_WITHIN


def test_what_is_from_outside_moves_no_verdict() -> None:
    bare = pack().model_copy(update={"outside": (), "advice": ()})
    options = {question.id: [option.id for option in question.options] for question in pack().questions}
    for chosen in product(*options.values()):
        answers = dict(zip(options, chosen, strict=True))
        assert decide(pack(), answers) == decide(bare, answers)


def test_questions_in_other_words_reach_their_entries() -> None:
    matches = [(with_encoder().matcher.passage(row.text), row.passages) for row in ASKED]
    shown = [match for match, wanted in matches if match.outcome is not MatchOutcome.UNKNOWN and wanted & {*match.top}]
    wrong = [match for match, wanted in matches if match.outcome is MatchOutcome.ANSWER and match.top[0] not in wanted]
    assert len(shown) >= 0.9 * len(ASKED)
    assert len(wrong) <= 0.05 * len(ASKED)
