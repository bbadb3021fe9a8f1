"""Which parts of a text may imply something, and how far each may be taken for a statement."""

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest

from knowledge.matching.classifier import Floats
from knowledge.matching.evidence import EvidenceReader, HedgeStatus
from knowledge.matching.tfidf import Idf
from knowledge.pack import UNSURE
from tests.knowledge.fixtures import pack

PLAIN, WEAK, APART, BARRED = HedgeStatus


class Blind:
    """Sees the same in any text."""

    digest = "blind"

    def encode(self, texts: Sequence[str]) -> Floats:
        return np.zeros((len(texts), 4), np.float32)


def reader(*known: str) -> EvidenceReader:
    leaving_open = SimpleNamespace(labels=(UNSURE,), probabilities=lambda *_: {})
    return EvidenceReader(pack(), Blind(), {"data": leaving_open}, {}, Idf(dict.fromkeys(known, 1.0)))  # type: ignore[dict-item]


def parts(text: str) -> list[str]:
    return reader().parts(text)


def statuses(text: str) -> list[tuple[str, HedgeStatus]]:
    return [(one.text, one.hedge_status) for one in reader(*text.lower().replace(",", "").split()).clauses(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aa bb cc", ["aa bb cc"]),
        ("aa", []),
        ("aa bb, cc dd", ["aa bb", "cc dd", "aa bb, cc dd"]),
        ("aa, cc dd", ["cc dd", "aa, cc dd"]),
        ("aa bb. cc dd", ["aa bb", "cc dd"]),
        ("", []),
    ],
)
def test_clauses_of_two_words_and_more_and_short_sentences_as_a_whole(text: str, found: list[str]) -> None:
    assert parts(text) == found


def words(number: int) -> str:
    return " ".join(["aa"] * number)


@pytest.mark.parametrize(("number", "looked_at"), [(45, True), (46, False)])
def test_a_clause_that_says_too_many_things_at_once_is_left_out(number: int, looked_at: bool) -> None:
    assert parts(words(number)) == ([words(number)] if looked_at else [])


@pytest.mark.parametrize(("number", "whole"), [(14, True), (15, False)])
def test_a_sentence_is_looked_at_as_a_whole_where_it_is_short(number: int, whole: bool) -> None:
    text = f"{words(2)}, {words(number - 2)}"
    assert parts(text) == [words(2), words(number - 2), *[text][: int(whole)]]


def test_so_many_parts_are_looked_at_and_no_more() -> None:
    text = ". ".join(f"aa b{letter}" for letter in "abcdefghijklmn")
    assert len(parts(text)) == 12
    assert parts(text)[-1] == "aa bl"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we have examples", [("we have examples", PLAIN)]),
        ("do we have examples?", [("do we have examples", BARRED)]),
        ("we have examples. but nobody may use them", [("we have examples", BARRED)]),
        ("we have examples. and they are good", [("we have examples", PLAIN)]),
    ],
)
def test_the_hedge_status_of_the_first_part(text: str, found: list[tuple[str, HedgeStatus]]) -> None:
    assert statuses(text)[:1] == found


def test_a_plain_clause_of_a_sentence_that_is_hedged_elsewhere_stands_apart() -> None:
    found = dict(statuses("last year we had two grand, this year they gave us eighty"))
    assert found["last year we had two grand"] is BARRED
    assert found["this year they gave us eighty"] is APART
    assert found["last year we had two grand, this year they gave us eighty"] is BARRED


def test_a_weak_hedge_makes_the_whole_sentence_weak() -> None:
    found = dict(statuses("i think we have examples, the budget is small"))
    assert set(found.values()) == {WEAK}


@pytest.mark.parametrize(("known", "counts"), [(["aa"], True), ([], False)])
def test_one_word_in_three_is_known(known: list[str], counts: bool) -> None:
    assert [one.text for one in reader(*known).clauses("aa xx yy")] == ["aa xx yy"] * counts
    assert [one.text for one in reader(*known).clauses("aa xx yy zz")] == []


@pytest.mark.parametrize(
    ("text", "retracted"),
    [
        ("we have examples. but nobody may use them", True),
        ("we have examples", False),
        ("but nobody may use them", False),
        ("we have examples. they are good", False),
        ("we have examples, but nobody may use them", False),
    ],
)
def test_a_sentence_may_take_back_the_one_before(text: str, retracted: bool) -> None:
    assert reader().of(text).retracted is retracted


def test_nothing_can_be_said_of_a_text_without_words() -> None:
    found = reader().of("😀")
    assert (found.whole, found.about, found.clauses) == ({}, {}, ())
