"""Texts that are alike, together."""

import numpy as np
import pytest

from knowledge.matching.clusters import group
from knowledge.matching.embeddings import EncoderError
from knowledge.matching.factory import Encoder, load_encoder

TEXTS = (
    "how do I reset my password?",
    "what will the weather be tomorrow?",
    "I forgot my password",
    "is it going to rain?",
    "password reset",
    "how do I export to Excel?",
)


class Directions:
    """An encoder whose vectors are given by the first letter."""

    digest = "directions"

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.array([{"a": (1, 0), "b": (0.9, 0.3), "c": (0, 1)}[text[0]] for text in texts], dtype=np.float32)


def test_groups_by_direction() -> None:
    assert group(["c", "a", "b", "c2"], Directions()) == ((0, 3), (1, 2))


class Short(Directions):
    """The same directions, by short vectors."""

    def encode(self, texts: list[str]) -> np.ndarray:
        return super().encode(texts) * np.float32(0.01)


def test_the_length_of_a_vector_says_nothing() -> None:
    assert group(["c", "a", "b", "c2"], Short()) == ((0, 3), (1, 2))


@pytest.mark.parametrize("texts", [[], ["one"], ["", ""], ["…"]])
def test_few_texts_and_empty_ones(texts: list[str]) -> None:
    assert sorted(at for one in group(texts, None) for at in one) == list(range(len(texts)))


def test_by_words_alone() -> None:
    assert group(TEXTS, None) == ((0, 2, 4), (1,), (3,), (5,))


def test_by_meaning() -> None:
    try:
        encoder: Encoder = load_encoder(None)
    except EncoderError as error:
        pytest.skip(str(error))
    assert [set(one) for one in group(TEXTS, encoder)] == [{0, 2, 4}, {1, 3}, {5}]
