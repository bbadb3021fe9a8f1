"""What is typed in lessons mostly has the effect that its author expects, and hardly ever another one."""

from collections import Counter
from pathlib import Path

import pytest

from tests.eval import lesson_talk
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(lesson_talk.__file__).parent.glob(f"*/{lesson_talk.NAME}"))


@pytest.mark.whole
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_most_is_understood_and_hardly_anything_is_taken_for_something_else(folder: Path) -> None:
    counts = lesson_talk.count(shipped(), lesson_talk.load(folder))
    assert lesson_talk.total(counts, "right") >= 70, lesson_talk.report(counts)
    assert lesson_talk.total(counts, "wrong") <= 8, lesson_talk.report(counts)


@pytest.mark.parametrize(
    ("text", "does", "option", "judged"),
    [
        ("2", "answer", 2, "right"),
        ("2", "answer", 3, "wrong"),
        ("2", "unsure", 0, "wrong"),
        ("skip", "next", 0, "right"),
        ("purple elephants", "answer", 1, "missed"),
    ],
)
def test_each_line_is_judged_by_its_effect(text: str, does: lesson_talk.Effect, option: int, judged: str) -> None:
    line = lesson_talk.Line(lesson=1, text=text, does=does, option=option)
    assert lesson_talk.judged(shipped(), line) == judged


def test_the_report_tells_each_kind() -> None:
    counts: lesson_talk.Counts = Counter({("answer", "right"): 3, ("answer", "wrong"): 1, ("next", "missed"): 2})
    assert lesson_talk.report(counts).strip() == (
        "lessons: 3 of 6 as expected, 1 wrong, 2 not understood (answer 3/1/0, next 0/0/2)"
    )
