"""Scripts of whole talks: most that were seen end where they should, and the runner notices those that do not."""

from pathlib import Path

import pytest

from dialogs.advisor import Advisor
from tests.eval import scripts
from tests.shipped import shipped

SETS = sorted(path.parent for path in Path(scripts.__file__).parent.glob(f"*/{scripts.NAME}"))


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return shipped()


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_most_scripts_reach_their_end(advisor: Advisor, folder: Path) -> None:
    played = [scripts.play(advisor, script) for script in scripts.load(folder)]
    assert sum(one.reached for one in played) >= 7, scripts.report(played)


def test_five_of_six_scripts_end_as_their_labelled_answers_decide(advisor: Advisor) -> None:
    played = [scripts.play(advisor, script) for folder in SETS for script in scripts.load(folder)]
    assert 6 * sum(one.decided for one in played) >= 5 * len(played)


def test_a_script_that_ends_elsewhere_is_noticed(advisor: Advisor) -> None:
    script = scripts.load(SETS[0])[1]
    assert scripts.play(advisor, script).reached
    other = script.model_copy(update={"verdict": "fine_tuning"})
    assert not scripts.play(advisor, other).reached


def test_a_trace_says_what_each_line_came_to(advisor: Advisor) -> None:
    script = scripts.Script(name="short", lines=("start", "yes", "qwertz"), answers={"data": "no"})
    trace = scripts.traced(scripts.play(advisor, script))
    assert "data: yes for no" in trace
    assert "[data] yes" in trace
    assert "data=yes" in trace
