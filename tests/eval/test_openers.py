"""Who asks for advice in their first message is asked the questions; who wants to know something is not."""

from collections import Counter
from pathlib import Path

import pytest

from tests.eval import openers
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(openers.__file__).parent.glob(f"*/{openers.NAME}"))


@pytest.mark.whole
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_most_who_ask_for_advice_get_the_questions_and_few_others_do(folder: Path) -> None:
    found = openers.count(shipped(), openers.load(folder))
    advised = sum(count for (_, taken), count in found.items() if taken == "advice") - found["advice", "advice"]
    assert found["advice", "advice"] >= 43, openers.report(found)
    assert advised <= 3, openers.report(found)


def test_the_report_counts_what_was_taken_for_something_else() -> None:
    found = Counter(
        {("advice", "advice"): 3, ("advice", "question"): 2, ("question", "advice"): 1, ("other", "other"): 4}
    )
    assert openers.report(found) == (
        "  first messages: 3 of 5 that ask for advice start the questions, and 1 of 5 others"
    )
