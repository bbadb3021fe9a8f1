"""Typed answers to the open question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.typed_answers.word_parser import parse_answer
from tests.knowledge.fixtures import pack

PACK = pack()


@pytest.mark.parametrize(
    ("question", "text", "option"),
    [
        ("data", "1", "yes"),
        ("data", " 2. ", "no"),
        ("data", "option 3", "unsure"),
        ("data", "#1", "yes"),
        ("data", "Yes, hundreds or more", "yes"),
        ("data", "YES", "yes"),
        ("data", "yeah we've got around 800 chats", "yes"),
        ("data", "nope", "no"),
        ("data", "no we don't", "no"),
        ("volume", "high", "high"),
        ("volume", "low!", "low"),
        ("domain", "it's medical", "specialised"),
        ("domain", "specialized", "specialised"),
        ("domain", "speciallised", "specialised"),
        ("budget", "limitted", "limited"),
        ("budget", "pretty flexible", "flexible"),
        ("consistency", "must be predictable", "predictable"),
        ("consistency", "predictible", "predictable"),
        ("consistency", "tolerant", "tolerant"),
        ("budget", "not sure", "unsure"),
    ],
)
def test_everyday_answers(question: str, text: str, option: str) -> None:
    assert parse_answer(PACK.question(question), text).options == (option,)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("data", "4"),
        ("data", "0"),
        ("data", ""),
        ("data", "🙂"),
        ("data", "purple elephants"),
        ("budget", "unlimited" if "unlimited" not in PACK.question("budget").option("flexible").words else "purple"),
        ("consistency", "unpredictable results annoy nobody"),
        ("volume", "not high"),
    ],
)
def test_what_fits_nothing(question: str, text: str) -> None:
    found = parse_answer(PACK.question(question), text)
    assert found.options == ()
    assert not found.exact
    assert not found.plain


def test_two_options_at_once() -> None:
    assert parse_answer(PACK.question("data"), "yes and no").options == ("yes", "no")


@pytest.mark.parametrize("question", PACK.questions, ids=lambda question: question.id)
def test_ids_labels_and_words_name_their_own_option(question) -> None:
    for option in question.options:
        for phrase in (option.id, option.label, *option.words):
            assert parse_answer(question, phrase).options == (option.id,), phrase


def test_eight_words_may_be_a_plain_answer() -> None:
    assert parse_answer(PACK.question("data"), "yes we do have some of it here").plain
    assert not parse_answer(PACK.question("data"), "yes we do have some of it here now").plain


@given(st.text(max_size=300))
def test_any_text_has_a_result(text: str) -> None:
    for question in PACK.questions:
        found = parse_answer(question, text)
        assert set(found.options) <= {option.id for option in question.options}
