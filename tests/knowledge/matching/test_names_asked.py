"""Which names a question asks for: how many, in which order, and what may stand beside them."""

import pytest

from knowledge.matching.definitions import DefinitionMatcher
from knowledge.phrasings import Spelling
from knowledge.text_normalization import Normaliser

NORMALISE = Normaliser(Spelling())
NAMES = {
    "one": ["alpha", "alpha beta gamma"],
    "two": ["beta"],
    "three": ["delta"],
    "four": ["epsilon"],
    "common": ["agent"],
}
MATCHER = DefinitionMatcher(NAMES, frozenset(["common"]), NORMALISE)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("alpha", ("one",)),
        ("(alpha)", ("one",)),
        ("what is alpha", ("one",)),
        ("alpha alpha", ("one",)),
        ("what is alpha, alpha", ("one",)),
        ("alpha or beta", ("one", "two")),
        ("beta or alpha", ("two", "one")),
        ("alpha beta", ()),
        ("what is alpha beta", ("one", "two")),
        ("what is alpha beta gamma", ("one",)),
        ("what is alpha beta gamma beta", ("one", "two")),
        ("alpha or beta or delta", ("one", "two", "three")),
        ("alpha or beta or delta or epsilon", ()),
        ("what is it", ()),
        ("what is alpha for lunch", ()),
        # one name needs a question, not a comparison
        ("alpha or", ()),
        ("please alpha", ()),
        # an everyday word alone has to be asked
        ("agent", ()),
        ("agent?", ("common",)),
        ("what is agent", ("common",)),
        ("please agent?", ()),
        ("agent or alpha", ("common", "one")),
        ("", ()),
    ],
)
def test_names_in_the_order_in_which_they_stand(text: str, ids: tuple[str, ...]) -> None:
    assert MATCHER(text, NORMALISE(text)) == ids


def test_beside_words_of_everyday_life_an_everyday_word_is_no_name_and_another_is() -> None:
    assert MATCHER("what is the agent", NORMALISE("what is the agent")) == ()
    assert MATCHER("what is the alpha", NORMALISE("what is the alpha")) == ("one",)
