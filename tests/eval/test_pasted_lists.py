"""Pasted lists become lists of their ideas; one idea told in several lines stays one."""

from pathlib import Path

import pytest

from tests.eval import pasted_lists
from tests.eval.pasted_lists import Counted, are_same
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(pasted_lists.__file__).parent.glob(f"*/{pasted_lists.NAME}"))


@pytest.mark.whole
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_most_lists_are_recognised_and_hardly_anything_else(folder: Path) -> None:
    found = pasted_lists.count(shipped(), pasted_lists.load(folder))
    told = pasted_lists.report(found)
    assert found.recognised >= 0.6 * found.lists, told
    assert found.exact >= 0.4 * found.lists, told
    assert found.kept >= 0.93 * found.ones, told
    assert found.alone >= 0.9 * found.others, told


def test_marks_and_remarks_behind_an_idea_make_no_difference() -> None:
    assert are_same(("HR bot (Ben's)", "slogans - urgent"), ("hr bot", "Slogans."))
    assert not are_same(("hr bot", "slogans"), ("hr bot",))
    assert not are_same(("hr bot",), ("slogans",))


def test_the_report_counts_each_kind() -> None:
    assert pasted_lists.report(Counted(lists=9, exact=7, recognised=8, ones=5, kept=4, others=3, alone=2)) == (
        "  pasted lists: 8 of 9 are recognised, 7 of them with exactly their ideas; 4 of 5 single ideas stay one, and "
        "2 of 3 others no list"
    )
