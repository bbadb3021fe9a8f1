"""What an idea calls for from outside: by keywords and by meaning, sentence by sentence."""

import pytest

from knowledge.matching.called_entries import parts
from knowledge.matching.keywords import Keywords
from knowledge.text_normalization import Normaliser
from tests.knowledge.fixtures import by_words, pack, with_encoder

NORMALISE = Normaliser(pack().spelling)


def test_the_longest_keyword_wins_and_two_of_one_length_leave_it_open() -> None:
    keywords = Keywords({"a": ["cat", "black + cat"], "b": ["cat + food"], "c": ["dog"]}, NORMALISE)
    assert keywords.longest("a cat") == ("a",)
    assert keywords.longest("a black old cat") == ("a",)
    assert keywords.longest("food for my cat?") == ("b",)
    assert keywords.longest("food for a black cat") == ("a", "b")
    assert keywords.longest("a catalogue") == ()
    assert keywords.weights("cat, dog") == {"a": 1, "c": 1}


def test_a_text_is_looked_at_by_sentence_and_long_ones_by_clause() -> None:
    assert list(parts("Sort mails. It runs overnight!"))[1:] == ["Sort mails", " It runs overnight"]
    long = "We read every complaint that comes in by post, and the prices change every week"
    assert list(parts(long))[2:] == [
        "We read every complaint that comes in by post",
        "and the prices change every week",
    ]


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
