"""Scripts of whole talks: most that were seen end where they should, and the runner notices those that do not."""

from functools import cache
from pathlib import Path

import pytest

from dialogs.advisor import Advisor
from tests.eval import scripts
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(scripts.__file__).parent.glob(f"*/{scripts.NAME}"))


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return shipped()


@cache
def played(folder: Path) -> list[scripts.Played]:
    """The scripts of a set, each played once."""
    return [scripts.play(shipped(), script) for script in scripts.load(folder)]


@pytest.mark.whole
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_most_scripts_reach_their_end(folder: Path) -> None:
    assert sum(one.reached for one in played(folder)) >= 7, scripts.report(played(folder))


@pytest.mark.whole
def test_five_of_six_scripts_end_as_their_labelled_answers_decide() -> None:
    all_of_them = [one for folder in SETS for one in played(folder)]
    assert 6 * sum(one.decided for one in all_of_them) >= 5 * len(all_of_them)


def test_a_script_that_ends_elsewhere_is_noticed(advisor: Advisor) -> None:
    script = scripts.load(SETS[0])[1]
    assert scripts.play(advisor, script).reached
    other = script.model_copy(update={"verdict": "fine_tuning"})
    assert not scripts.play(advisor, other).reached
