"""How long texts take, as an evaluation tells it."""

import json
from itertools import count
from pathlib import Path

from knowledge.evaluation.evaluator import evaluate
from knowledge.evaluation.labelled_sets import load_sets
from tests.knowledge.fixtures import by_words


def test_times_are_in_milliseconds_the_one_in_the_middle_and_the_longest(tmp_path: Path) -> None:
    texts = ("aaa bbb", "ccc ddd", "eee fff")
    rows = [{"text": text, "expected": "faq-cost", "acceptable": []} for text in texts]
    (tmp_path / "faq.jsonl").write_text("\n\n".join(map(json.dumps, rows)))
    ticks = count()
    # Two looks at the clock for each text: they take 1, 5 and 9 s.
    report = evaluate(by_words(), load_sets(tmp_path), lambda: float(next(ticks) ** 2))
    assert (report.median_ms, report.slowest_ms) == (5000.0, 9000.0)
    assert report.questions.rows == 3, "empty lines are no rows"
