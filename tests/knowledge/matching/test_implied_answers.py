"""What no wording of the pack states may be implied; in doubt it is not."""

import pytest

from knowledge.interfaces import Reader
from knowledge.matching.factory import build_knowledge
from knowledge.pack import UNSURE
from knowledge.reading.reader import PackReader
from tests.knowledge.fixtures import ODD, by_words, encoder, pack, with_encoder


def read(text: str, reader: Reader | None = None) -> dict[str, str]:
    found = (reader or with_encoder().reader).read(text)
    return {question: reading.option for question, reading in found.items()}


IMPLIED = [
    ("a treasure of solved and graded cases slumbers on our server", {"data": "yes"}),
    ("the directors encourage us to spend generously on this", {"budget": "flexible"}),
    ("we scrape our last coins together for this", {"budget": "limited"}),
]


@pytest.mark.parametrize(("text", "answers"), IMPLIED)
def test_what_is_said_in_other_words_is_read(text: str, answers: dict[str, str]) -> None:
    assert read(text, PackReader(pack())) == {}
    assert read(text) == answers


@pytest.mark.parametrize(
    "text",
    [
        "do the directors encourage us to spend generously on this?",
        "a competitor has a treasure of solved and graded cases slumbering on a server",
        "last year the directors encouraged us to spend generously on this",
        "the kettle in the kitchen is broken",
        "i will be back on thursday",
        "a vendor's archive is full of solved and graded cases",
        "they say the directors encourage us to spend generously",
        "as soon as the directors encourage us to spend generously we start",
        "we'll have thousands of solved cases with verified answers by christmas",
    ],
)
def test_questions_other_people_and_other_subjects_imply_nothing(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("extract indemnity clauses from reinsurance treaties", "specialised"),
        ("draft radiology findings letters from the reporting system", "specialised"),
        ("birthday greetings for the members of our sports club", "general"),
    ],
)
def test_what_a_description_is_about_answers(text: str, option: str) -> None:
    assert read(text) == {"domain": option}


@pytest.mark.parametrize(("subjects", "answers"), [((), {}), (("domain",), {"domain": "general"})])
def test_of_one_clause_only_questions_about_the_subject_are_answered_by_the_text_as_a_whole(
    subjects: tuple[str, ...], answers: dict[str, str]
) -> None:
    reading = pack().reading.model_copy(update={"subjects": subjects})
    knowledge = build_knowledge(pack().model_copy(update={"reading": reading}), encoder=encoder())
    assert read("toasts for weddings", knowledge.reader) == answers


def test_what_is_open_is_read_as_open() -> None:
    assert read("helpdesk bot. how many questions come in a day was never counted") == {"volume": UNSURE}
    assert UNSURE not in read("helpdesk bot. in which office it will stand nobody has said").values()


def test_a_plain_clause_counts_beside_one_of_another_year() -> None:
    text = "a pallet planner; last year we had two grand, this year the board has set aside eighty grand"
    assert read(text)["budget"] == "flexible"


def test_a_wording_that_does_not_count_is_not_overruled() -> None:
    assert read("i wish we had thousands of good labelled examples") == {}
    assert read("i would love to have thousands of good labelled examples") == {}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "we write about turbine blades, and half the words were coined in our own workshop",
            {"domain": "specialised"},
        ),
        ("the database of our helpdesk holds 9,000 solved tickets with verified answers", {"data": "yes"}),
        ("one case comes in the morning and the next one days later", {"volume": "low"}),
    ],
)
def test_words_of_the_past_or_of_others_do_not_silence_a_plain_statement(text: str, answers: dict[str, str]) -> None:
    assert read(text) == answers


def test_two_sentences_that_disagree_imply_nothing() -> None:
    first, second = (
        "the directors encourage us to spend generously on this",
        "we scrape our last coins together for this",
    )
    assert read(f"{first}. {second}.").get("budget") is None


def test_what_is_taken_back_implies_nothing() -> None:
    text = "The directors encourage us to spend generously on this."
    assert read(f"{text} No wait, that was another project.") == {}


def test_the_evidence_is_the_sentence_as_typed_and_not_too_long() -> None:
    text, answers = IMPLIED[1]
    (question,) = answers
    assert with_encoder().reader.read(f"Hello! {text.capitalize()}.")[question].evidence == text.capitalize()
    assert with_encoder().reader.read(f"A bot\n- {text}\n- for us")[question].evidence == text
    longer = (
        "we keep a treasure of solved graded cases on our own server in our cellar near the boxes with old drawings"
    )
    evidence = with_encoder().reader.read(longer)["data"].evidence
    assert longer.startswith(evidence.removesuffix(" …"))
    assert len(evidence) < len(longer)


def test_what_wordings_state_is_read_with_an_encoder_as_well() -> None:
    text = "we have 3000 labelled tickets, tight budget"
    assert read(text) == read(text, PackReader(pack())) == {"data": "yes", "budget": "limited"}


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_without_an_error(text: str) -> None:
    assert read(text) == {}


def test_without_an_encoder_wordings_alone_are_read() -> None:
    assert isinstance(by_words().reader, PackReader)
