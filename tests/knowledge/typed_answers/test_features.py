"""Opinions on a typed reply, and what they weigh."""

from pathlib import Path

import pytest

from knowledge.interfaces import Certainty
from knowledge.reading.reader import PackReader
from knowledge.typed_answers.answer_reader import PackAnswerReader
from knowledge.typed_answers.features import AnswerClassifier, asks, parts
from knowledge.typed_answers.weights import AnswerWeights, Head, Weights, read, stored_weights, write
from tests.knowledge.fixtures import with_encoder


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how much is that", True),
        ("is it dear", True),
        ("dear?", True),
        ("should be the same each time", False),
        ("it is dear", False),
    ],
)
def test_what_asks_something(text: str, asked: bool) -> None:
    assert asks(text) is asked


def test_a_text_of_one_clause_has_no_parts_and_one_of_many_its_first() -> None:
    assert parts("two hundred a day") == ()
    assert len(parts("one. two. three. four. five. six.")) == 4


@pytest.mark.parametrize(
    ("text", "hedged"), [("maybe two hundred a day if we get the grant", True), ("two hundred a day", False)]
)
def test_what_is_hedged_throughout_is_known_to_be(text: str, hedged: bool) -> None:
    assert with_encoder().typed_answers.features(text, "volume").hedged is hedged


def test_what_is_said_of_another_question_speaks_for_that_one() -> None:
    features = with_encoder().typed_answers.features("no idea. budget is 50k", "data")
    assert features.in_words("budget", "flexible")
    assert not features.in_words("budget", "limited")
    assert features.of("budget", "flexible")["amount"] == 1.0
    assert features.of("budget", "limited")["amount_rival"] == 1.0


def test_of_several_options_none_is_said() -> None:
    features = with_encoder().typed_answers.features("yes and no", "data")
    assert not features.in_words("data", "yes")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no, none at all", [("no", Certainty.TAKE)]),
        ("none at all?", [("no", Certainty.PROPOSE)]),
        ("there is hardly anything", []),
    ],
)
def test_without_classifiers_only_what_is_said_in_words_counts(text: str, found: list[tuple[str, Certainty]]) -> None:
    pack = with_encoder().pack
    answers = PackAnswerReader(pack, PackReader(pack), AnswerClassifier(), stored_weights()).answers(text, "data")
    assert [(answer.option, answer.certainty) for answer in answers] == found


def test_stored_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    weights = {Head.OPEN: Weights({"reply": 0.5}, -1.0), Head.UNSURE: Weights({"words": 2.0}, 0.25)}
    write(AnswerWeights, weights, tmp_path / "weights.json")
    assert read(AnswerWeights, tmp_path / "weights.json") == weights
    assert set(stored_weights()) == set(Head)
