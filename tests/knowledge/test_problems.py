"""What is wrong with a pack is told by file and line."""

from pathlib import Path

from knowledge.problems import Problem, in_order


def test_what_is_wrong_with_a_whole_file_is_told_before_its_lines() -> None:
    lines = [("b.yaml", 1), ("b.yaml", None), ("a.yaml", 20), ("a.yaml", 3)]
    told = in_order(Problem(Path(file), line, "Wrong.", "Mend it.") for file, line in lines)
    places = ["a.yaml:3", "a.yaml:20", "b.yaml", "b.yaml:1"]
    assert list(map(str, told)) == [f"{place}: Wrong. Mend it." for place in places]
