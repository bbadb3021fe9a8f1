"""`python -m tests.eval` measures every folder of sets."""

import pytest

from knowledge.evaluation.labelled_sets import load_sets
from tests.eval import __main__ as evaluation
from tests.shipped import shipped


def test_each_folder_holds_sets_that_can_be_read() -> None:
    for folder in evaluation.FOLDERS:
        names = {file.name for file in folder.glob("*.jsonl")}
        assert folder in evaluation.TEXTS or names <= evaluation.TALKS, folder.name
    assert all(load_sets(folder) for folder in evaluation.TEXTS)


@pytest.mark.whole
def test_folders_of_beginnings_have_a_report() -> None:
    beginnings = [folder for folder in evaluation.FOLDERS if folder not in evaluation.TEXTS]
    assert {folder.name.partition("-")[0] for folder in beginnings} == {"lists", "openers", "typed"}
    one_each = {folder.name.partition("-")[0]: folder for folder in beginnings}
    told = [evaluation.reports(shipped(), folder) for _, folder in sorted(one_each.items())]
    assert [line.split(":")[0].strip() for (line,) in told] == ["pasted lists", "first messages", "scripts"]
