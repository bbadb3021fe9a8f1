"""What an idea calls for from outside: by keywords and by meaning, sentence by sentence."""

import pytest

from tests.knowledge.fixtures import by_words, with_encoder

IDEAS = [
    ("Sort our invoices. The output must be valid JSON.", "out-structured"),
    ("A bot for our shop; the prices change every week.", "out-retrieval"),
    ("Tag the whole back catalogue. It runs overnight and nobody is waiting.", "out-batch"),
    ("Summarise notes on the ward. They hold the names of patients.", "out-personal-data"),
    ("We would host it ourselves on our own servers.", "out-open-weights"),
]


@pytest.mark.parametrize(("idea", "entry"), IDEAS)
def test_an_idea_calls_for_an_entry(idea: str, entry: str) -> None:
    assert entry in with_encoder().matcher.calls(idea)
    assert entry in by_words().matcher.calls(idea)


@pytest.mark.parametrize(
    "idea", ["", "😀", "Write descriptions of garden chairs.", "A bot that suggests names for boats."]
)
def test_a_plain_idea_calls_for_none(idea: str) -> None:
    assert with_encoder().matcher.calls(idea) == ()
    assert by_words().matcher.calls(idea) == ()
