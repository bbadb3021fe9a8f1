"""Dialogue acts: their features are the same for every question, and their probabilities add up."""

import math

import pytest

from knowledge.certainty_thresholds import LIKELY_ACT
from knowledge.typed_answers.act_weights import ActWeight, stored_act_weights
from knowledge.typed_answers.dialogue_acts import BOARD, DIALOGUE, ActClassifier, ActFeatures, BoardAct, DialogueAct
from tests.knowledge.fixtures import pack as builtin_pack

PACK = builtin_pack()


def test_words_of_the_open_question_of_the_subject_and_numbers_are_placeholders() -> None:
    features = ActFeatures(PACK)
    assert features.of("what is meant by seconds?", "volume") == features.of("what is meant by specialised?", "domain")
    assert features.of("what is meant by seconds?", "volume") != features.of("what is meant by seconds?", "domain")
    assert features.of("is 50 ok", None) == features.of("is 70 ok", None)
    assert features.of("use lora", None) == features.of("use gpt", None)


def test_the_form_counts_beside_the_words() -> None:
    features = ActFeatures(PACK)
    assert {name for name in features.of("huh?", "volume") if name.startswith("#")} == {"#open", "#short", "#short?"}
    long = " ".join(f"word{chr(97 + number)}" for number in range(13))
    assert {name for name in features.of(long, None) if name.startswith("#")} == {"#long"}
    named = features.of("which seconds? all", "volume")
    assert {"#own", "#own?", "?…"} <= set(named)
    assert features.of("", None) == {"^ $": 1.0, "#short": 0.5}


@pytest.mark.parametrize("by_meaning", [True, False])
def test_the_stored_weights_are_for_every_act(by_meaning: bool) -> None:
    assert set(stored_act_weights(by_meaning=by_meaning)[DIALOGUE]) == set(DialogueAct)
    assert set(stored_act_weights(by_meaning=by_meaning)[BOARD]) == set(BoardAct)


def test_by_words_alone_who_asks_back_is_recognised() -> None:
    acts = ActClassifier(PACK, stored_act_weights(by_meaning=False))
    asked, told = (acts.acts(text, "volume") for text in ("what do you mean by seconds?", "about 300 requests a day"))
    assert asked[DialogueAct.CLARIFY] > LIKELY_ACT > told[DialogueAct.CLARIFY]


def test_beside_a_list_requests_are_recognised_whatever_the_number() -> None:
    acts = ActClassifier(PACK, stored_act_weights(by_meaning=False))
    found = acts.board_acts("bin 6, we dont need it", "list")
    assert max(found, key=lambda act: found[act]) == BoardAct.REMOVE
    assert found == acts.board_acts("bin 12, we dont need it", "list")
    assert found != acts.board_acts("bin 6, we dont need it", "ask")


def test_the_vector_is_asked_for_once_a_text() -> None:
    asked: list[str] = []

    def encode(text: str) -> list[float]:
        asked.append(text)
        return [1.0, 0.0]

    weights = {DialogueAct.OTHER: ActWeight(0.0, {}, (0.0, 0.0)), DialogueAct.THANKS: ActWeight(0.0, {}, (2.0, 0.0))}
    found = ActClassifier(PACK, {DIALOGUE: weights}, encode).acts("cheers", None)
    assert asked == ["cheers"]
    assert found[DialogueAct.THANKS] == pytest.approx(1 / (1 + math.exp(-2)))
