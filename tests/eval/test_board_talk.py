"""What is typed about a list of ideas is mostly done, and hardly ever does anything else."""

from collections import Counter
from pathlib import Path

import pytest

from tests.eval import board_talk
from tests.eval.board_talk import Said, outcome
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(board_talk.__file__).parent.glob(f"*/{board_talk.NAME}"))


@pytest.mark.whole
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_most_that_is_said_about_a_list_is_done_and_hardly_anything_else(folder: Path) -> None:
    found = board_talk.count(shipped(), board_talk.load(folder))
    assert sum(n for (_, came), n in found.items() if came == "done") >= 70, board_talk.report(found)
    assert sum(n for (_, came), n in found.items() if came == "wrong") <= 14, board_talk.report(found)


@pytest.mark.parametrize(
    ("said", "came"),
    [
        (Said(shown="list", text="3: we have no data", does="fact", idea=3, answers={"data": "no"}), "done"),
        (Said(shown="list", text="3: we have no data", does="fact", idea=4, answers={"data": "no"}), "wrong"),
        (Said(shown="list", text="idea 3", does="open", idea=3), "done"),
        (Said(shown="list", text="idea 3", does="open", idea=4), "wrong"),
        (Said(shown="list", text="remove 3", does="open", idea=3), "wrong"),
        (Said(shown="list", text="hmm", does="remove", ideas=(3,)), "missed"),
        (Said(shown="idea 4", text="what is LoRA?", does="question"), "done"),
    ],
)
def test_what_a_text_comes_to(said: Said, came: str) -> None:
    assert outcome(shipped(), said) == came


def test_the_report_counts_by_kind() -> None:
    found: Counter[tuple[str, board_talk.Outcome]] = Counter(
        {("fact", "done"): 3, ("fact", "wrong"): 1, ("open", "missed"): 2}
    )
    assert board_talk.report(found) == (
        "  talk about a list: 3 of 6 are done, 1 done wrongly, 2 not understood (fact 3 of 4, open 0 of 2)"
    )
