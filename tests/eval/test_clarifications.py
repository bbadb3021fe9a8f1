"""Who asks what a question means is told; who answers it, or asks something else, is not."""

from pathlib import Path

import pytest

from tests.eval import clarifications
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(clarifications.__file__).parent.glob(f"*/{clarifications.NAME}"))


@pytest.mark.whole
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_many_who_ask_back_are_told_and_hardly_anybody_else(folder: Path) -> None:
    counted = clarifications.count(shipped(), clarifications.load(folder))
    assert counted.found >= 40, clarifications.report(counted)
    assert counted.mistaken <= 1, clarifications.report(counted)


def test_the_report_tells_both() -> None:
    counted = clarifications.Counted(asked=5, found=3, others=4, mistaken=1)
    assert clarifications.report(counted).strip() == (
        "asking back: 3 of 5 are told what the question means, and 1 of 4 others"
    )
