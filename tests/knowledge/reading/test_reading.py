"""Answers are read from plain statements about one's own project, and from nothing else."""

import json
from pathlib import Path

import pytest

from knowledge.pack_loader import load_pack
from knowledge.reading.patterns import Vocabulary
from knowledge.reading.reader import PackReader
from knowledge.reading.tokens import NUMBER, sentences
from knowledge.reading.word_lists import english
from knowledge.reading_rules import ReadingRules
from tests.knowledge.fixtures import ODD, pack
from tests.knowledge.pack_copies import SMALL

READER = PackReader(pack())


def read(text: str) -> dict[str, str]:
    return {question: reading.option for question, reading in READER.read(text).items()}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("we are not exactly swimming in money", {"budget": "limited"}),
        ("data: plenty", {"data": "yes"}),
        ("no, we don't have any data", {"data": "no"}),
        ("no data yet, and only the two of us would look at it", {"data": "no"}),
        ("the budget is tight, and nobody minds if it fails", {"budget": "limited"}),
        ("a handful of requests per month, no deadline", {"volume": "low"}),
        ("the volume is huge though", {"volume": "high"}),
        ("sadly no training data", {"data": "no"}),
        ("it runs fifty thousand times a day", {"volume": "high"}),
        ("we need 100% consistent answers", {"consistency": "predictable"}),
        ("training examples: none", {"data": "no"}),
        ("high consistency requirements", {"consistency": "predictable"}),
        ("it doesn't matter if the wording changes", {"consistency": "tolerant"}),
        ("the budget is fixed at 3000 euros", {"budget": "limited"}),
        ("the output goes into another system, so the format has to be fixed", {"consistency": "predictable"}),
        ("money is not the bottleneck", {"budget": "flexible"}),
        ("our examples are anything but scarce", {"data": "yes"}),
        ("1,500 labelled ones", {"data": "yes"}),
        ("always in the same format", {"consistency": "predictable"}),
        ("it is not rocket science", {"domain": "general"}),
        ("only specialists can follow", {"domain": "specialised"}),
        ("has to answer b4 they blink", {"volume": "high"}),
        ("nobody minds if it takes until tomorrow", {"volume": "low"}),
        ("nobody minds if two answers differ", {"consistency": "tolerant"}),
        ("it is not a tight budget", {"budget": "flexible"}),
        ("this is not really a specialised domain", {"domain": "general"}),
        ("not 50 requests per second", {"volume": "low"}),
        ("we have ~3k labelled tickets", {"data": "yes"}),
        ("we have 3000 labelled tickets, but our new boss likes quick results", {"data": "yes"}),
        ("about two thousand approved replies are available", {"data": "yes"}),
        ("we do not have any training data", {"data": "no"}),
        ("there are 15 examples", {"data": "no"}),
        ("200k requests a day", {"volume": "high"}),
        ("maybe 30 queries per week", {"volume": "low"}),
        ("replies must come in under 300 ms", {"volume": "high"}),
        ("50 requests per second", {"volume": "high"}),
        ("the volume is not high", {"volume": "low"}),
        ("condensed radiology reports", {"domain": "specialised"}),
        ("it is not a specialised domain", {"domain": "general"}),
        ("budget of €120k", {"budget": "flexible"}),
        ("we got 2,000 dollars for this", {"budget": "limited"}),
        ("the budget is not tight", {"budget": "flexible"}),
        ("the wording must never vary", {"consistency": "predictable"}),
        ("some variation is totally fine", {"consistency": "tolerant"}),
        ("it will be about tax law", {"domain": "specialised"}),
        ("answers will have to be the same every time", {"consistency": "predictable"}),
        (
            "1,500 labelled radiology reports, 20 requests a day, tight budget, must always be in the same format",
            {
                "data": "yes",
                "volume": "low",
                "domain": "specialised",
                "budget": "limited",
                "consistency": "predictable",
            },
        ),
    ],
)
def test_plain_statements(text: str, answers: dict[str, str]) -> None:
    assert answers.items() <= read(text).items()


@pytest.mark.parametrize(
    "text",
    [
        "our supplier has 20k labelled examples",
        "we have 3000 labelled tickets, if legal lets us",
        "we have a big budget, it would be nice",
        "lots of training data, no, that was last year",
        "two colleagues corrected the minutes",
        "the data is stored in the cellar",
        "our competitor summarises radiology reports",
        "a vendor reads radiology reports, legal contracts",
        "the town has a tight budget",
        "we do not work with radiology reports",
        "nobody in our team has a tight budget",
        "the competition sits on tons of training data",
        "our customers have a tight budget",
        "for the other project we had 8,000 labelled mails",
        "we used to have lots of training data",
        "the plan is to collect 10,000 examples by june",
        "if we had 5000 examples we would train",
        "we will have thousands of labelled examples",
        "there will be no budget",
        "suppose the budget were unlimited",
        "i wish we had a big budget",
        "do we have enough training data?",
        "how many labelled examples do we have",
        "is the volume high",
        "people say we have plenty of data",
        "we may have 3000 labelled tickets, not sure",
        "we have 40k labelled tickets but nobody may use them",
        "we have 3000 labelled tickets, but our vendor owns the rights",
        "we have 3000 labelled tickets, but our customers have a veto",
        "we have 3000 labelled tickets, but we lost access",
        "lots of training data, none of it usable",
        "the budget is limited, well, actually it is unlimited",
        "low volume but strict latency",
        "a patient team of lawyers helps us",
        "we have data scientists",
        "our office has 40 desks and 12 rooms",
        "the vendor is swimming in money",
        "one newspaper wrote that our industry has deep pockets",
        "were you ever sued if the wording changed?",
        "suppose nobody minds if two answers differ",
    ],
)
def test_what_is_no_statement_about_the_project_is_not_read(text: str) -> None:
    assert read(text) == {}


def test_between_the_limits_the_person_judges() -> None:
    assert read("150 requests a day") == {}
    assert read("budget of 20k euros") == {}
    assert read("we have 100 labelled examples") == {}


def clauses(text: str) -> list[str]:
    return [sentence.cut(tokens) for sentence in READER.sentences(text) for tokens in sentence.clauses]


def test_dictated_marks_part_clauses() -> None:
    dictated = "thank you cards comma eighty a year full stop oh and no budget new paragraph that is all"
    assert clauses(dictated) == ["thank you cards", "eighty a year", "and no budget", "that is all"]
    assert read(dictated) == {"budget": "limited", "volume": "low"}


def test_a_clause_without_marks_is_cut_where_a_new_one_begins() -> None:
    long = "something that writes letters to restaurants with our wines on them we have two thousand old letters"
    assert clauses(long) == [long[: long.index(" we ")], long[long.index("we ") :]]
    assert clauses("letters we have") == ["letters we have"]
    introduced = "something that reads the many long old letters from all our growers about the things we have in stock"
    assert clauses(introduced) == [introduced]


@pytest.mark.parametrize("text", ["no rush either", "uh no rush lol", "no rush though", "haha no rush, mate"])
def test_sounds_and_words_that_say_nothing_are_left_out(text: str) -> None:
    assert read(text) == {"volume": "low"}


def test_a_range_counts_only_where_all_of_it_keeps_to_a_limit() -> None:
    assert read("5-10k requests a day") == {"volume": "high"}
    assert read("150-5000 requests a day") == {}
    assert read("50-500 requests a day") == {}


def test_the_evidence_is_what_was_typed() -> None:
    readings = READER.read("Hello! We have 1,500 Labelled tickets — and NO budget.")
    assert readings["data"].evidence == "1,500 Labelled tickets"
    assert readings["budget"].evidence == "NO budget"


def test_what_is_stated_in_so_many_words_is_certain() -> None:
    assert READER.read("the budget is tight")["budget"].probability == 1


def test_an_amount_answers_one_question_only() -> None:
    assert read("8000 messages every day") == {"volume": "high"}
    assert read("we have 8000 answered messages") == {"data": "yes"}
    assert read("we have 8000 messages") == {}
    assert read("there are 8000 messages in the queue") == {}
    assert read("we have 5000 tickets a day") == {"volume": "high"}
    assert read("we have 5000 tickets come in every day") == {"volume": "high"}


def test_contradictions_cancel_each_other() -> None:
    assert read("we have plenty of training data. we have no training data.") == {}


def test_a_doubt_in_one_sentence_leaves_the_others_alone() -> None:
    assert read("We might get more budget. We have 3000 labelled tickets.") == {"data": "yes"}


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_without_an_error(text: str) -> None:
    assert READER.read(text) == {}


def test_a_pack_without_rules_is_read_by_its_options_words() -> None:
    small = load_pack(SMALL)
    question, option, words = next(
        (question, option, words)
        for question in small.questions
        for option in question.options[:-1]
        for words in option.words
        if " " in words and not {"not", "no"} & set(words.split())
    )
    assert PackReader(small).read(words)[question.id].option == option.id


def test_off_topic_texts_and_small_talk_hold_no_answers() -> None:
    rows = (Path(__file__).parents[2] / "eval" / "dev" / "offtopic.jsonl").read_text("utf-8").splitlines()
    assert [row for row in rows if read(json.loads(row)["text"])] == []


@pytest.mark.parametrize(
    "word", ["one", "ones", "a", "first", "second", "third", "half", "quarter", "zero", "o", "10x+"]
)
def test_words_that_count_nothing_are_no_amounts(word: str) -> None:
    (sentence,) = sentences(f"the {word} rows", english())
    assert sentence.words == ("the", word, "rows")


def test_units_stick_to_figures() -> None:
    (sentence,) = sentences("300ms", english())
    assert sentence.words == (NUMBER, "ms")


def found(wording: str, text: str) -> list[tuple[int, int, bool]]:
    rules = ReadingRules(groups={"pet": ("cat", "guinea pig"), "tail": ("food",), "day": ("a week",)})
    (sentence,) = sentences(text, english())
    compiled = Vocabulary(rules).compile(wording)
    return [(hit.start, hit.end, hit.denied) for hit in compiled.find(sentence.clauses[0], english().negations)]


@pytest.mark.parametrize(
    ("wording", "text", "hits"),
    [
        ("have a <pet>", "we have a guinea pig here", [(1, 5, False)]),
        ("have a? big? <pet>", "we have cat", [(1, 3, False)]),
        ("have ... <pet>", "we have one very fat cat", []),
        ("have ... <pet>", "we have a fat cat", [(1, 5, False)]),
        ("<pet> !<tail>", "cat food", []),
        ("<pet> !<day>", "cat a week", []),
        ("<pet> !<day>", "cat a friend", [(0, 1, False)]),
        ("<pet> .", "a cat sleeps", []),
        ("<pet> .", "a cat", [(1, 2, False)]),
        ("have a <pet>", "we have not a cat", [(1, 5, True)]),
        ("<n> <pet> <day>", "4 cat a week", [(0, 4, False)]),
    ],
)
def test_wordings(wording: str, text: str, hits: list[tuple[int, int, bool]]) -> None:
    assert found(wording, text) == hits


@pytest.mark.parametrize("wording", ["we have <pets>", "...", "maybe?"])
def test_a_wording_that_cannot_work_is_a_mistake_in_the_pack(wording: str) -> None:
    with pytest.raises(ValueError, match="wording"):
        ReadingRules(cues={"data": {"yes": (wording,)}})
