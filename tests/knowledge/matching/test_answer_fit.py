"""What the opinions on a reply weigh: what they say of labelled replies, and never the wrong way round."""

import math
from collections.abc import Mapping

import pytest

from knowledge.matching.answer_fit import LabelledOption, fit_weights
from knowledge.typed_answers.weights import Head, Weights

PENALTY = 10.0
"""The L2 penalty on the weights."""


def fitted(rows: list[tuple[Mapping[str, float], bool]], head: Head = Head.OPEN, count: float = 1.0) -> Weights:
    return fit_weights([LabelledOption(head, features, right, count) for features, right in rows])[head]


def told_by(name: str, *, yes: float = 1.0, no: float = -1.0, right: int = 9) -> list[tuple[Mapping[str, float], bool]]:
    """Twenty replies: of ten for which an opinion says `yes` so many are right, of ten with `no` as many are wrong."""
    return [({name: said}, (at < right) == (said == yes)) for said in (yes, no) for at in range(10)]


def sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-score))


@pytest.mark.parametrize("right", [9, 10])
def test_a_weight_is_where_the_replies_and_the_pull_hold_the_balance(right: int) -> None:
    found = fitted(told_by("reply", right=right))
    weight = found.opinions["reply"]
    assert 20 * (right / 10 - sigmoid(weight)) == pytest.approx(PENALTY * weight, abs=0.02)
    assert found.bias == 0


def test_many_replies_are_pulled_less() -> None:
    weight = fitted(told_by("reply") * 50).opinions["reply"]
    assert 1000 * (0.9 - sigmoid(weight)) == pytest.approx(PENALTY * weight, abs=0.5)


def test_a_reply_that_counts_twice_is_two() -> None:
    assert fitted(told_by("reply"), count=2.0) == fitted(told_by("reply") * 2) != fitted(told_by("reply"))


def test_where_an_opinion_begins_and_in_which_unit_makes_no_difference() -> None:
    plain, moved = fitted(told_by("reply")), fitted(told_by("reply", yes=5.2, no=4.8))
    assert moved.opinions["reply"] == pytest.approx(plain.opinions["reply"] / 0.2, abs=0.01)
    for said, as_said in ((1.0, 5.2), (0.0, 5.0), (-1.0, 4.8)):
        assert moved.probability({"reply": as_said}) == pytest.approx(plain.probability({"reply": said}), abs=0.005)


def test_what_says_the_same_of_all_replies_weighs_nothing_and_the_rest_is_the_bias() -> None:
    found = fitted([({"reply": 0.7}, at % 10 > 0) for at in range(40)])
    assert found.opinions == {}
    assert sigmoid(found.bias) == pytest.approx(0.9, abs=0.001)


def test_an_opinion_that_tells_nothing_is_left_out() -> None:
    told = [({"reply": said, "words": other}, said > 0) for said in (1.0, -1.0) for other in (1.0, -1.0)] * 5
    assert [*fitted(told).opinions] == ["reply"]


SPEAKS_FOR = [(Head.OPEN, "reply"), (Head.OPEN, "words"), (Head.OPEN, "part_reply"), (Head.UNSURE, "unsure")]
SPEAKS_AGAINST = [
    *[(head, "unsure") for head in (Head.OPEN, Head.ANOTHER)],
    *[(Head.OPEN, name) for name in ("asks", "hedged", "elsewhere", "open", "words_mixed", "nothing")],
    *[(Head.UNSURE, name) for name in ("hedged", "part_hedged", "reply_rival", "part_reply_rival", "words_elsewhere")],
]


@pytest.mark.parametrize(("head", "name"), SPEAKS_FOR)
def test_what_speaks_for_an_option_never_counts_against_it(head: Head, name: str) -> None:
    assert fitted(told_by(name), head).opinions[name] > 0
    assert fitted(told_by(name, right=1), head).opinions == {}


@pytest.mark.parametrize(("head", "name"), SPEAKS_AGAINST)
def test_what_speaks_against_an_option_never_counts_for_it(head: Head, name: str) -> None:
    assert fitted(told_by(name, right=1), head).opinions[name] < 0
    assert fitted(told_by(name), head).opinions == {}


def test_the_length_may_speak_either_way() -> None:
    assert fitted(told_by("length")).opinions["length"] > 0 > fitted(told_by("length", right=1)).opinions["length"]


def test_what_counts_the_wrong_way_is_left_out_and_the_others_are_weighed_anew() -> None:
    both = [({"reply": said, "words": -said}, right) for said, right in [(1.0, True), (-1.0, False)] * 10]
    assert fitted(both) == fitted([({"reply": features["reply"]}, right) for features, right in both])


def test_each_head_is_fitted_to_its_own_examples() -> None:
    rows = {Head.ANOTHER: told_by("reply"), Head.OPEN: told_by("words")}
    labelled = [LabelledOption(head, features, right, 1.0) for head, each in rows.items() for features, right in each]
    assert fit_weights(labelled) == {head: fitted(each, head) for head, each in rows.items()}
