"""What a clause states and what keeps it from stating it, by a few wordings of one word each."""

import pytest

from knowledge.reading.negations import with_apostrophes, without_slip
from knowledge.reading.quantity_answers import QuantityRules
from knowledge.reading.reader import LONGEST, PackReader
from knowledge.reading.tokens import NUMBER, sentences
from knowledge.reading.word_lists import english
from knowledge.reading_rules import ReadingRules
from tests.knowledge.fixtures import pack

RULES = ReadingRules.model_validate(
    {
        "groups": {"pet": ["cat", "guinea pig"]},
        "cues": {
            "colour": {"red": ["red", "crimson"], "blue": ["blue", "dark red"], "": ["red herring"]},
            "size": {"big": ["big", "tall red"], "small": ["small"]},
            "shape": {"round": ["round"]},
            "name": {"long": ["long"]},
            "animal": {"yes": ["<pet>"], "unsure": ["animal unknown"]},
        },
        "denied": {"colour": {"red": "blue"}, "toys": {"few": "many"}},
        "timeless": ["size", "age"],
        "anywhere": ["shape", "size"],
        "shared": ["name"],
    }
)
QUANTITIES = QuantityRules.model_validate(
    {
        "questions": {
            "toys": [
                {
                    "kind": "count",
                    "nouns": ["toys"],
                    "limits": [{"option": "few", "at_most": 10}, {"option": "many", "at_least": 50}],
                }
            ],
            "age": [{"kind": "count", "nouns": ["rings"], "limits": [{"option": "old", "at_least": 5}]}],
        }
    }
)
READER = PackReader(pack().model_copy(update={"reading": RULES, "quantities": QUANTITIES}))


def read(text: str) -> dict[str, str]:
    return {question: reading.option for question, reading in READER.read(text).items()}


RED, BLUE, BIG = {"colour": "red"}, {"colour": "blue"}, {"size": "big"}


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("it is red", RED),
        ("it is crimson", RED),
        ("it is dark red", BLUE),
        ("a red herring", {}),
        ("red and big", RED | BIG),
        ("tall red", RED | BIG),
        ("our guinea pig", {"animal": "yes"}),
        ("our guinea fowl", {}),
        ("animal unknown", {}),
        # denials
        ("it is not red", BLUE),
        ("it is not really a very red one", BLUE),
        ("it is not very nice red", {}),
        ("it is not blue", {}),
        ("not that it is red", {}),
        ("no, we have red", RED),
        ("no we have red", RED),
        ("no it is red", {}),
        ("no red", BLUE),
        # contradictions
        ("it is red. it is blue.", {}),
        ("it is red. it is red.", RED),
    ],
)
def test_wordings_and_their_denials(text: str, states: dict[str, str]) -> None:
    assert read(text) == states


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("is it red?", {}),
        ("is it red", {}),
        ("and is it red", {}),
        ("why red", {}),
        ("we have blue, is it big?", BLUE),
        ("is it big, we have blue?", {}),
        ("we have blue, it is big?", {}),
        ("we know how many red", {}),
        ("why", {}),
        ("list red", {}),
        ("our red are there", {}),
        ("it has to be red", RED),
        ("has to be red", RED),
        ("what we have is red", RED),
        ("list, we have red", RED),
        ("we have red, why", RED),
        ("we have red, why big", RED),
    ],
)
def test_questions_state_nothing(text: str, states: dict[str, str]) -> None:
    assert read(text) == states


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("if it is red", {}),
        ("if it rains, it is red", {}),
        ("if it rains, we have red", {}),
        ("it rains if we look, it is red", {}),
        ("some say it rains, it is red", {}),
        ("some say it rains, we have red", RED),
        ("some say it rains, it is hot, we have red", RED),
        ("some say it rains, we have big, it is red", BIG | RED),
        ("we have red, if legal lets us", {}),
        ("we have red, i think", {}),
        ("we have red, so i think", {}),
        ("we have red, all of us think", RED),
        ("we have red, the lovely green house may break", RED),
        ("we have red, so should it be", {}),
        ("we have big, so should it be", BIG),
        ("it would be red", {}),
        ("it would be big", BIG),
        ("it might be big", {}),
        ("some say it would be big", {}),
        ("we will have red", {}),
        ("we will have big", BIG),
        ("we have red claims", RED),
        ("he claims it is red", {}),
        ("claims that it is red", {}),
        ("we have about maybe 5 toys", {"toys": "few"}),
        ("we have 5 toys maybe", {}),
    ],
)
def test_conditions_hearsay_and_plans(text: str, states: dict[str, str]) -> None:
    assert read(text) == states


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("our vendor has red", {}),
        ("the vendor is slow, we have red", RED),
        ("the vendor is slow, it is red", {}),
        ("the vendor is slow, it is big, we have red", RED),
        ("we have red, the vendor is slow", RED),
        ("our customers are red", {}),
        ("our users have long names that rhyme", {}),
        ("our users use long", {"name": "long"}),
        ("our users use red", {}),
        ("last year red", {}),
        ("it was red", {}),
        ("strange thing red", {}),
        ("strange thing, we have red", RED),
        ("strange thing of ours is red", RED),
        ("we strange red", {}),
        ("strange thing round", {"shape": "round"}),
        ("strange thing will be round", {}),
        ("a guinea pig is red", RED | {"animal": "yes"}),
    ],
)
def test_other_people_other_times_and_other_things(text: str, states: dict[str, str]) -> None:
    assert read(text) == states


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("it is red, no", {}),
        ("it is red, actually not", {}),
        ("it is red, but nobody may use it", {}),
        ("it is red, but it rains", {}),
        ("it is red, but we love that", {}),
        ("it is red, but we are not here", {}),
        ("it is red, but we are many", RED),
        ("it is red, but big", RED | BIG),
        ("it is red, but", RED),
        ("it is big, it is red, but nobody likes it", BIG),
        ("it is red, and we are many", RED),
        ("it is red. But nobody may use it.", {}),
        ("it is red. But we are many.", RED),
        ("it is red. But it is big.", RED | BIG),
        ("it is big. It is red. But nobody may use it.", BIG),
        ("it is red. We are many. But nobody may use it.", RED),
        ("no, it is red", RED),
        ("actually it is red", {}),
    ],
)
def test_what_is_taken_back(text: str, states: dict[str, str]) -> None:
    assert read(text) == states


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("5 toys", {"toys": "few"}),
        ("not 5 toys", {"toys": "many"}),
        ("20 toys", {}),
        ("60 toys", {"toys": "many"}),
        ("strange thing, 5 toys", {"toys": "few"}),
        ("strange thing has 5 toys", {}),
        ("strange thing has 5 rings", {"age": "old"}),
    ],
)
def test_amounts(text: str, states: dict[str, str]) -> None:
    assert read(text) == states


@pytest.mark.parametrize(
    ("text", "question", "evidence"),
    [
        ("Well, we have a RED one.", "colour", "RED"),
        ("we do only just 5 Toys, here", "toys", "only just 5 Toys"),
    ],
)
def test_the_evidence_is_the_words_of_the_wording(text: str, question: str, evidence: str) -> None:
    assert READER.read(text)[question].evidence == evidence


def test_what_is_mentioned_need_not_be_stated() -> None:
    (sentence,) = READER.sentences("is it red, blue or big?")
    assert READER.mentions(sentence) == {"colour": {"red", "blue"}, "size": {"big"}}


def test_only_so_much_of_a_text_is_read() -> None:
    assert read("." * (LONGEST - 4) + " red") == RED
    assert read("." * (LONGEST - 3) + " red") == {}


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("red, blue", [["red"], ["blue"]]),
        ("red,blue", [["red", "blue"]]),
        ("red and blue", [["red"], ["and", "blue"]]),
        ("and blue", [["and", "blue"]]),
        ("anything but blue", [["anything", "but", "blue"]]),
        ("nice but blue", [["nice"], ["but", "blue"]]),
        ("red (blue) round", [["red"], ["blue"], ["round"]]),
        ("red - blue -> big", [["red"], ["blue"], ["big"]]),
        ("it's a year's work", [["it", "is", "a", "year's", "work"]]),
        ("don't", [["do", "not"]]),
        ("300ms", [[NUMBER, "ms"]]),
        ("300k rows", [[NUMBER, "rows"]]),
        ("300x rows", [[NUMBER, "x", "rows"]]),
        ("300 k million rows", [[NUMBER, "rows"]]),
        ("two hundred thousand rows", [[NUMBER, "rows"]]),
        ("a few hundred rows", [[NUMBER, "rows"]]),
        ("many thousands and thousands of rows", [["many", NUMBER, "rows"]]),
        ("5-10k rows", [[NUMBER, "rows"]]),
        ("1.500.000 rows", [[NUMBER, "rows"]]),
        ("half a million rows", [[NUMBER, "rows"]]),
    ],
)
def test_a_sentence_falls_into_clauses_and_words(text: str, clauses: list[list[str]]) -> None:
    (sentence,) = sentences(text, english())
    assert [[token.text for token in clause] for clause in sentence.clauses] == clauses


def test_sentences_end_at_marks_and_lines_and_know_what_was_asked() -> None:
    found = list(sentences("One. Two? Three!  Four; five\nsix v2.1 of it\n\n- ", english()))
    assert [(sentence.text, sentence.asks) for sentence in found] == [
        ("One.", False),
        ("Two?", True),
        ("Three!", False),
        ("Four", False),
        ("five", False),
        ("six v2.1 of it", False),
        ("-", False),
    ]
    assert found[-1].clauses == ()
    assert found[0].cut(found[0].clauses[0]) == "One"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("dosnt", "doesnt"), ("does'nt", "doesnt"), ("cnt", "cant"), ("doesn't", "doesn't"), ("dent", "dent"), ("", "")],
)
def test_the_negation_that_a_slip_stands_for(typed: str, meant: str) -> None:
    assert without_slip(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("I Didn;t", "I Didn't"), ("one man; ten", "one man; ten"), ("a plan;that", "a plan;that")]
)
def test_the_key_beside_the_apostrophe_stands_for_it(typed: str, meant: str) -> None:
    assert with_apostrophes(typed) == meant


def test_no_slip_is_a_negation_itself_and_all_stand_for_one() -> None:
    lists = english()
    slips = lists.negation_slips
    assert not {*slips} & (lists.negators | {*lists.contractions})
    assert {*slips.values()} <= lists.denials
    assert {*slips.values()} - {"cannot"} <= {*lists.contractions}
