"""What is taken and what is proposed of a reply, given what classifiers, wordings and words say of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from knowledge.evaluation.evaluator import typed_answer_scores
from knowledge.evaluation.labelled_sets import LabelledTypedAnswer
from knowledge.evaluation.report import TypedAnswerScore
from knowledge.interfaces import Certainty, Reading, UnderstoodAnswer
from knowledge.typed_answers.answer_reader import PackAnswerReader
from knowledge.typed_answers.features import AnswerFeatures, TextFeatures
from knowledge.typed_answers.weights import Head, Weights
from tests.knowledge.fixtures import pack

PACK = pack()
LEAST = math.log(0.005 / 0.995)


@dataclass
class Mind:
    """Takes any text for what it is told to: what it means as a reply, whatever is open, and in a description."""

    replies: Mapping[str, float] = field(default_factory=dict)
    anything_at_all: Mapping[tuple[str, str], float] = field(default_factory=dict)
    statements: Mapping[str, float] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    in_doubt: tuple[str, ...] = ()
    by_meaning: bool = True

    def answer(self, text: str, question: str) -> Mapping[str, float]:
        return self.replies

    def anything(self, text: str) -> Mapping[tuple[str, str], float]:
        return self.anything_at_all

    def statement(self, text: str, question: str) -> Mapping[str, float]:
        return self.statements

    def read(self, text: str) -> Mapping[str, Reading]:
        return {}

    likely = read

    def stated(self, text: str) -> Mapping[str, Reading]:
        return {question: Reading(option, f"said {option}") for question, option in self.states.items()}

    def hedged(self, text: str) -> bool:
        return text in self.in_doubt


def features(text: str, question: str, option: str, asked: str | None, mind: Mind) -> dict[str, float]:
    return dict(AnswerFeatures(TextFeatures(text, PACK, mind, mind), asked).of(question, option))


def odds(probability: float) -> float:
    return pytest.approx(math.log(probability / (1 - probability)))


def test_what_classifiers_say_for_an_option_and_against_it() -> None:
    mind = Mind(
        {"yes": 0.6, "no": 0.3, "unsure": 0.2, "": 0.1},
        {("data", "yes"): 0.4, ("budget", "limited"): 0.8, ("budget", "unsure"): 0.9},
        {"yes": 0.7, "no": 0.25},
    )
    found = features("zzz", "data", "yes", "data", mind)
    assert found["reply"] == found["part_reply"] == odds(0.6)
    assert found["reply_rival"] == odds(0.3)
    assert found["anything"] == found["both"] == odds(0.4)
    assert (found["statement"], found["statement_rival"]) == (odds(0.7), odds(0.25))
    assert found["nothing"] == odds(0.1)
    assert found["elsewhere"] == odds(0.8)
    assert found["unsure"] == odds(0.2)
    assert found["open"] == pytest.approx(LEAST)
    assert features("zzz", "budget", "limited", "data", mind)["open"] == odds(0.6)
    assert features("zzz", "budget", "limited", "data", mind)["elsewhere"] == odds(0.4)
    sure = features("zzz", "data", "yes", "data", Mind({"yes": 1.0}))
    assert (sure["reply"], sure["both"]) == (pytest.approx(-LEAST), pytest.approx(LEAST))


def test_what_is_said_in_words_or_by_an_amount() -> None:
    def said(text: str, question: str, option: str, asked: str | None = "data", **states: str) -> dict[str, float]:
        found = features(text, question, option, asked, Mind(states=states))
        return {name: value for name, value in found.items() if value and (name.startswith(("word", "amount")))}

    assert said("zzz", "data", "yes", data="yes") == {"wording": 1}
    assert said("zzz", "data", "yes", data="no") == {"wording_rival": 1}
    assert said("zzz", "data", "yes", budget="limited") == {"wording_elsewhere": 1}
    assert said("5000 labelled examples", "data", "yes", None) == {"amount": 1}
    assert said("5000 labelled examples", "data", "no", None) == {"amount_rival": 1}
    assert said("5000 labelled examples", "budget", "limited", None) == {"amount_elsewhere": 1}
    assert said("yes zzz", "data", "yes") == {"words": 1, "words_inside": 1}
    assert said("plenty zzz", "data", "yes") == {"words_inside": 1}
    assert said("plenty zzz", "data", "no") == {"words_rival": 1}
    assert said("plenty zzz", "budget", "limited") == {}
    assert said("plenty, never mind", "data", "yes") == {"words_mixed": 1}


def test_how_a_text_is_put_counts_as_well() -> None:
    put = features("zzz?", "data", "yes", "data", Mind())
    assert (put["asks"], put["hedged"], put["length"]) == (1, 0, pytest.approx(math.log(2)))
    assert features("aa bb", "data", "yes", "data", Mind(in_doubt=("aa bb",)))["hedged"] == 1
    assert features("aa, bb", "data", "yes", "data", Mind(in_doubt=("aa", "aa, bb")))["hedged"] == 0
    assert features("aa, bb", "data", "yes", "data", Mind(in_doubt=("aa", "bb")))["hedged"] == 1
    assert features("yes aa", "data", "yes", "data", Mind(in_doubt=("yes aa",)))["hedged"] == 0
    words_alone = Mind(in_doubt=("aa", "bb"), by_meaning=False)
    assert features("aa, bb", "data", "yes", "data", words_alone)["hedged"] == 0
    assert features("zzz, plenty", "data", "yes", "data", Mind())["part_words"] == 1
    assert features("zzz, plenty", "data", "no", "data", Mind())["part_words"] == 0


WEIGHTS = {
    Head.OPEN: Weights({"reply": 1.0}, 0.0),
    Head.UNSURE: Weights({"reply": 1.0}, 0.0),
    Head.ANOTHER: Weights({"anything": 1.0}, 0.0),
}
"""The probability that a classifier gives is the one that counts."""


def answers(text: str, asked: str | None, mind: Mind) -> list[str]:
    """Question and option of each answer, with "?" where it is only proposed."""
    found = PackAnswerReader(PACK, mind, mind, WEIGHTS).answers(text, asked)
    return [f"{a.question} {a.option}{'' if a.certainty is Certainty.TAKE else '?'}" for a in found]


@pytest.mark.parametrize(
    ("text", "mind", "found"),
    [
        ("zzz", Mind({"no": 0.7}), ["data no"]),
        ("zzz", Mind({"no": 0.69}), ["data no?"]),
        ("zzz", Mind({"no": 0.2}), ["data no?"]),
        ("zzz", Mind({"no": 0.19}), []),
        ("zzz", Mind({"unsure": 0.8, "no": 0.7}), ["data unsure"]),
        ("zzz", Mind({"no": 0.71, "yes": 0.7}), ["data no"]),
        ("zzz?", Mind({"no": 0.9}), ["data no?"]),
        ("is it zzz", Mind({"no": 0.9}), ["data no?"]),
        # words inside: a yes or no needs more, and what is unlikely is proposed
        ("yes zzz", Mind({"yes": 0.91}), ["data yes?"]),
        ("yes zzz", Mind({"yes": 0.93}), ["data yes"]),
        ("plenty zzz", Mind({"yes": 0.93}), ["data yes"]),
        ("plenty zzz", Mind({"yes": 0.91}), ["data yes?"]),
        ("plenty zzz", Mind({"no": 0.91}), ["data no?"]),
        ("plenty zzz", Mind({"no": 0.93}), ["data no"]),
        ("plenty zzz", Mind({}), ["data yes?"]),
        ("plenty zzz?", Mind({}), []),
        ("plenty zzz", Mind({"no": 0.5}), ["data no?"]),
        ("yes and no", Mind({"yes": 0.95}), ["data yes?"]),
        ("yes", Mind({"no": 0.95}), ["data yes"]),
        # other questions
        ("zzz", Mind({}, {("budget", "limited"): 0.7}), ["budget limited"]),
        ("zzz", Mind({}, {("budget", "limited"): 0.3}), ["budget limited?"]),
        ("zzz", Mind({}, {("budget", "unsure"): 0.9}), []),
        ("zzz", Mind({"no": 0.9}, {("budget", "limited"): 0.69}), ["data no"]),
        ("zzz", Mind({"no": 0.9}, {("budget", "limited"): 0.7}), ["data no", "budget limited"]),
        ("plenty zzz", Mind({}, {("budget", "limited"): 0.5}), ["data yes?"]),
        # what is certain of another question goes before what is only likely of the open one
        ("zzz", Mind({"no": 0.69}, {("budget", "limited"): 0.7}), ["budget limited"]),
        ("zzz", Mind({"no": 0.69}, {("budget", "limited"): 0.69}), ["data no?"]),
        ("zzz", Mind({"no": 0.6}, {("budget", "limited"): 0.7}, states={"data": "no"}), ["data no?", "budget limited"]),
        ("zzz", Mind(states={"budget": "limited"}), ["budget limited"]),
        ("zzz?", Mind(states={"budget": "limited"}), ["budget limited?"]),
        ("zzz", Mind(states={"budget": "limited"}, in_doubt=("zzz",)), ["budget limited?"]),
        # without an encoder
        ("zzz", Mind({"no": 0.9}, by_meaning=False), []),
        ("zzz", Mind({}, {("budget", "limited"): 0.9}, by_meaning=False), []),
        ("plenty zzz", Mind({"yes": 0.4}, by_meaning=False), ["data yes"]),
        ("plenty zzz", Mind({"yes": 0.1}, by_meaning=False), ["data yes"]),
        ("plenty zzz", Mind({"yes": 0.4}, in_doubt=("plenty zzz",), by_meaning=False), ["data yes?"]),
    ],
)
def test_from_one_probability_on_an_answer_is_taken_from_a_lower_one_proposed(
    text: str, mind: Mind, found: list[str]
) -> None:
    assert answers(text, "data", mind) == found


@pytest.mark.parametrize(
    ("text", "asked", "mind", "found"),
    [
        ("200 a day", "volume", Mind({"high": 0.9}), ["volume high?"]),
        ("200 a day", None, Mind(), ["volume high?"]),
        ("200 a day", "data", Mind(), []),
        ("200 a day", "data", Mind({}, {("volume", "low"): 0.25}), ["volume high?"]),
        ("5000 a day", "data", Mind({}, {("volume", "high"): 0.1}), ["volume high"]),
        ("5000 a day", None, Mind({}, {("volume", "high"): 0.1}), ["volume high"]),
        ("5000 a day", "volume", Mind(), ["volume high"]),
        ("~5000 a day!", "volume", Mind(), ["volume high"]),
        ("5000 a day?", "volume", Mind(), []),
        ("5000 a day zzz", "volume", Mind(), []),
        ("1000", "data", Mind(), ["data yes"]),
        ("1000 zzz", "data", Mind(), ["data yes?"]),
        ("1000 zzz zzz", "data", Mind(), []),
    ],
)
def test_an_amount_that_is_all_a_reply_says_is_taken_and_one_between_the_limits_proposed(
    text: str, asked: str | None, mind: Mind, found: list[str]
) -> None:
    assert answers(text, asked, mind) == found


def test_the_evidence_is_what_states_it_or_the_whole_text() -> None:
    def evidence(text: str, mind: Mind, asked: str = "data") -> list[tuple[str, float]]:
        return [(a.evidence, a.probability) for a in PackAnswerReader(PACK, mind, mind, WEIGHTS).answers(text, asked)]

    assert evidence(" zzz ", Mind({"no": 0.75})) == [("zzz", pytest.approx(0.75))]
    assert evidence("zzz", Mind({"no": 0.75}, states={"data": "no"})) == [("said no", 1.0)]
    assert evidence("we do get 5000 a day here", Mind({}, {("volume", "high"): 0.1}))[-1:] == [("5000 a day", 1.0)]
    assert evidence("yes", Mind()) == [("yes", 1.0)]


class Said:
    """Answers as it is told to by text."""

    def __init__(self, **answers: str) -> None:
        self._answers = answers

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        found = []
        for one in filter(None, self._answers[text].split(",")):
            question, option = one.removesuffix("?").split(":")
            certainty = Certainty.PROPOSE if one.endswith("?") else Certainty.TAKE
            found.append(UnderstoodAnswer(question, option, certainty, text))
        return tuple(found)


@pytest.mark.parametrize(
    ("said", "wanted", "score"),
    [
        ("data:yes", {"data": "yes"}, (1, 0, 0, 0, 0)),
        ("data:yes?", {"data": "yes"}, (0, 1, 0, 0, 0)),
        ("data:no", {"data": "yes"}, (0, 0, 1, 0, 0)),
        ("data:no?", {"data": "yes"}, (0, 0, 0, 1, 0)),
        ("", {"data": "yes"}, (0, 0, 0, 0, 0)),
        ("data:yes,budget:limited", {"data": "yes"}, (1, 0, 0, 0, 1)),
        ("data:yes,budget:limited?", {"data": "yes"}, (1, 0, 0, 0, 0)),
        ("data:yes,budget:limited?", {"data": "yes", "budget": "limited"}, (0, 1, 0, 0, 0)),
        ("data:yes", {"data": "yes", "budget": "limited"}, (0, 0, 0, 0, 0)),
        ("data:yes", {}, (0, 0, 1, 0, 0)),
        ("data:yes?", {}, (0, 0, 0, 1, 0)),
        ("", {}, (0, 0, 0, 0, 0)),
    ],
)
def test_replies_are_scored_by_what_they_should_have_said(
    said: str, wanted: dict[str, str], score: tuple[int, ...]
) -> None:
    row = LabelledTypedAnswer(text="t", open_question="data", answers=wanted, kind="k")
    assert typed_answer_scores(Said(t=said), [row]) == {"k": TypedAnswerScore(1, *score)}
