"""What people say beside answers is answered, at sets that the weights have not seen as well."""

from pathlib import Path

import pytest

from tests.eval import dialogue_acts
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(dialogue_acts.__file__).parent.glob(f"*/{dialogue_acts.NAME}"))


@pytest.mark.whole
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_most_acts_are_answered_and_hardly_anything_else_is_taken_for_one(folder: Path) -> None:
    counted = dialogue_acts.count(shipped(), dialogue_acts.load(folder))
    acts = {pair: number for pair, number in counted.items() if pair[0] != dialogue_acts.OTHER}
    right = sum(number for pair, number in acts.items() if pair[0] == pair[1] or pair in dialogue_acts.ALIKE)
    assert 10 * right >= 6 * sum(acts.values()), dialogue_acts.report(counted)
    others = {taken: number for (meant, taken), number in counted.items() if meant == dialogue_acts.OTHER}
    assert 10 * others[dialogue_acts.OTHER] >= 8 * sum(others.values()), dialogue_acts.report(counted)


def test_the_report_counts_what_serves_as_well() -> None:
    counted = {("bye", "bye"): 2, ("bye", "thanks"): 1, ("bye", "other"): 3, ("other", "other"): 4}
    assert dialogue_acts.report(counted).strip() == "beside answers: bye 3 of 6, other 4 of 4"
