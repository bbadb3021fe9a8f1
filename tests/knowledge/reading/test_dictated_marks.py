"""Dictated marks become marks, and marks that are spoken of stay words."""

import pytest

from knowledge.reading.dictated_marks import punctuated


@pytest.mark.parametrize(
    ("dictated", "marks"),
    [
        ("twenty a week comma no rush full stop", "twenty a week ,     no rush ."),
        ("One letter NEW PARAGRAPH then the next", "One letter .             then the next"),
        ("not one comma may differ", "not one comma may differ"),
        ("the full stop is missing", "the full stop is missing"),
        ("as a comma-separated file", "as a comma-separated file"),
        ("comma separated values", "comma separated values"),
        ("our new line of shoes", "our new line of shoes"),
        ("commando", "commando"),
    ],
)
def test_dictated_marks_become_marks_and_everything_keeps_its_place(dictated: str, marks: str) -> None:
    found = punctuated(dictated)
    assert found.rstrip() == marks
    assert len(found) == len(dictated)
