"""The weights of acts: scores, probabilities, and their stored form."""

import math

import pytest

from knowledge.typed_answers.act_weights import ActWeight, dump, likeliest_act, parse, probabilities


def test_probabilities_add_up_and_follow_the_weights() -> None:
    weights = {"": ActWeight(0.0, {}), "thanks": ActWeight(0.0, {"ta": 2 * math.log(3)})}
    assert probabilities(weights, {"ta": 0.5}, ()) == pytest.approx({"": 0.25, "thanks": 0.75})


def test_a_score_counts_bias_features_and_vector() -> None:
    weight = ActWeight(1.0, {"a": 2.0}, (1.0, -1.0))
    assert weight.score({"a": 0.5, "b": 9.0}, (3.0, 1.0)) == 1.0 + 1.0 + 2.0


def test_what_is_stored_is_read_as_it_was() -> None:
    by_meaning = {"": ActWeight(0.5, {"a b": 1.25}, (0.1, 0.2))}
    by_words = {"clarify": ActWeight(-1.0, {"?": 2.0})}
    stored = dump({"dialogue": {True: by_meaning, False: by_words}, "board": {True: by_words, False: by_meaning}})
    assert parse(stored, by_meaning=True) == {"dialogue": by_meaning, "board": by_words}
    assert parse(stored, by_meaning=False) == {"dialogue": by_words, "board": by_meaning}


def test_the_likeliest_act_is_none_only_where_there_is_no_other() -> None:
    assert likeliest_act({"": 0.8, "bye": 0.15, "thanks": 0.05}, "") == "bye"
    assert likeliest_act({"": 1.0}, "") == ""
