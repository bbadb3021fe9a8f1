"""What is counted of a text: its words, pairs, pieces of words, what is denied, what its quantities amount to."""

import math

import pytest

from knowledge.matching.statement_features import StatementFeatures
from knowledge.matching.tfidf import Idf, ngrams
from knowledge.reading.negations import with_negations
from knowledge.reading.quantity_answers import measure_limits
from tests.knowledge.fixtures import pack


def test_words_pairs_and_pieces_of_three_and_four_letters() -> None:
    assert dict(ngrams("it is it")) == {
        **{"it": 2, "is": 1, "it is": 1, "is it": 1},
        **{"#_it": 2, "#it_": 2, "#_it_": 2, "#_is": 1, "#is_": 1, "#_is_": 1},
    }
    assert {name for name in ngrams("data") if name.startswith("#")} == {
        *("#_da", "#dat", "#ata", "#ta_"),
        *("#_dat", "#data", "#ata_"),
    }
    assert ngrams("") == {}


def test_how_rare_a_word_is() -> None:
    texts = ["a b", "a c", "a a"]
    idf = Idf.of(texts, count=lambda text: ngrams(text))
    assert idf.weights["a"] == pytest.approx(1 + math.log(4 / 4))
    assert idf.weights["b"] == pytest.approx(1 + math.log(4 / 2))
    common = Idf.of(texts, least=2)
    assert "a" in common.weights
    assert "b" not in common.weights
    assert [*idf.columns] == sorted(idf.weights)
    assert [*idf.columns.values()] == [*range(len(idf.weights))]


def test_a_text_has_the_length_one_and_repeated_words_count_by_their_logarithm() -> None:
    idf = Idf({"a": 3.0, "b": 4.0})
    assert idf.weigh("a b z") == {"a": pytest.approx(0.6), "b": pytest.approx(0.8)}
    twice = idf.weigh("a a b")
    assert twice["a"] / twice["b"] == pytest.approx((1 + math.log(2)) * 3 / 4)
    assert math.hypot(*twice.values()) == pytest.approx(1)
    assert idf.weigh("z") == {}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("it is strict", "it is strict"),
        ("it is not strict", "it is not STRICT"),
        ("not a b c d e", "not A B C D e"),
        ("not a b and c", "not A B and c"),
        ("no a not b c d e f", "no A not B C D E f"),
        ("this is far from strict", "this is far from STRICT"),
        ("from far away", "from far away"),
        ("not strict but fair", "not STRICT but fair"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_what_is_denied_stands_apart_up_to_four_words_or_a_conjunction(text: str, marked: str) -> None:
    assert with_negations(text) == marked


def test_a_quantity_counts_twice_by_its_kind_and_between_which_limits_it_lies() -> None:
    count = StatementFeatures(pack()).count

    def sizes(text: str) -> dict[str, int]:
        return {name: number for name, number in count(text).items() if name.startswith("=")}

    (few,), (many,) = sizes("2 mails a day"), sizes("900000 mails a day")
    kind, limits = next(
        (kind, found) for kind, found in measure_limits(pack().quantities).items() if few.startswith(f"={kind}")
    )
    assert (few, many) == (f"={kind}0", f"={kind}{len(limits)}")
    assert sizes("2 mails a day") == {few: 2}
    assert sizes("2 mails a day and 3 calls a day") == {few: 4}
    assert next(iter(sizes("30 chats a day per hotel"))).endswith("/")
    assert not next(iter(sizes("30 chats a day"))).endswith("/")
    assert sizes("mails") == {}
    exactly = f"{limits[0]:.0f} mails a day"
    assert [*sizes(exactly)] == [few], "a limit belongs to what lies below it"
    assert count("not strict")["STRICT"] == 1
