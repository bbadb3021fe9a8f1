"""A line is cut where a new wish may begin."""

import pytest

from dialogs.understanding.parts import clauses, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("no data. what is LoRA?", ("no data.", "what is LoRA?")),
        ("we have approx. 300 of them", ("we have approx. 300 of them",)),
        ("1. sort mail", ("1. sort mail",)),
        ("limited; and then show it", ("limited", "and then show it")),
        ("thanks!! … ", ("thanks!!",)),
        ("", ()),
    ],
)
def test_sentences(text: str, parts: tuple[str, ...]) -> None:
    assert segments(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("undo that, then show the list and stop", ("undo that", "then show the list", "and stop")),
        ("1,200 a day", ("1,200 a day",)),
    ],
)
def test_clauses(text: str, parts: tuple[str, ...]) -> None:
    assert clauses(text) == parts
