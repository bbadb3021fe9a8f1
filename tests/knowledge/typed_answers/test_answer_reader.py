"""Typed answers: what they answer, in the light of the open question, and how sure that is."""

import pytest

from knowledge.interfaces import Certainty
from tests.knowledge.fixtures import ODD, by_words, with_encoder

QUESTIONS = ("data", "volume", "domain", "budget", "consistency")


def said(text: str, open_question: str | None) -> dict[str, str]:
    """What a reply answers; with a question mark behind what is only proposed."""
    return {
        answer.question: answer.option + ("" if answer.certainty is Certainty.TAKE else "?")
        for answer in with_encoder().typed_answers.answers(text, open_question)
    }


@pytest.mark.parametrize(
    ("open_question", "text", "option"),
    [
        ("data", "1000", "yes"),
        ("data", "prolly not", "no?"),
        ("data", "like 10 examples", "no"),
        ("data", "30k labelled", "yes"),
        ("volume", "maybe 40 a day?", "low?"),
        ("volume", "10k msgs/s", "high"),
        ("volume", "SLA 400ms", "high"),
        ("volume", "<1s", "high"),
        ("volume", "1.2M invoices/yr", "high"),
        ("volume", "a few a week", "low"),
        ("volume", "1000", "high"),
        ("budget", "40k", "flexible?"),
        ("budget", "5k max", "limited"),
        ("budget", "budget signed off", "flexible"),
        ("consistency", "deterministic", "predictable"),
        ("domain", "nope regular consumer goods", "general"),
        *((question, "tbd", "unsure") for question in QUESTIONS),
        *((question, "no idea tbh", "unsure") for question in QUESTIONS),
    ],
)
def test_the_open_question_gives_a_reply_its_meaning(open_question: str, text: str, option: str) -> None:
    assert said(text, open_question).get(open_question) == option


@pytest.mark.parametrize(
    ("open_question", "text", "answers"),
    [
        ("budget", "is very little, 500 dollar and finish", {"budget": "limited"}),
        ("data", "nope starting from zero", {"data": "no"}),
        ("data", "about 100 examples", {"data": "yes?"}),
        ("data", "300k, roi within 2 years is ok", {"budget": "flexible"}),
        ("budget", "no clue who decides or how much", {"budget": "unsure"}),
        (
            "domain",
            "it is about tax law, with all the directives and rulings that come with it, and a layman would not "
            "understand even the headings",
            {"domain": "specialised"},
        ),
    ],
)
def test_opinions_that_agree_outweigh_words_and_hedges(open_question: str, text: str, answers: dict[str, str]) -> None:
    assert said(text, open_question) == answers


@pytest.mark.parametrize(
    ("open_question", "text", "option"),
    [
        ("domain", "insurance", "specialised"),
        ("domain", "chemistry", "specialised"),
        ("domain", "highly", "specialised"),
    ],
)
def test_what_is_likely_is_at_least_proposed(open_question: str, text: str, option: str) -> None:
    assert said(text, open_question).get(open_question, "").removesuffix("?") == option


@pytest.mark.parametrize(
    ("open_question", "text", "wrong"),
    [
        ("volume", "varies a lot", "high"),
        ("consistency", "roughly the same is fine", "predictable"),
        ("consistency", "not so strict", "predictable"),
        ("domain", "anything but ordinary", "general"),
        ("data", "we do have quite a few", "no"),
    ],
)
def test_no_opposite_is_taken(open_question: str, text: str, wrong: str) -> None:
    assert said(text, open_question).get(open_question) != wrong


@pytest.mark.parametrize("verb", ["have to", "need to"])
@pytest.mark.parametrize(
    "negation",
    [
        *("doesnt", "doesn't", "dosnt", "dosent", "doesent", "dosn't", "does'nt", "doesn;t", "dont", "dnt", "do'nt"),
        *("didnt", "didn't", "didn;t", "dident", "did'nt"),
    ],
)
def test_a_slip_in_a_negation_is_the_negation(negation: str, verb: str) -> None:
    assert said(f"it {negation} {verb} be identical", "consistency") == {"consistency": "tolerant"}


@pytest.mark.parametrize(
    "negation",
    [
        *("isnt", "isint", "is'nt", "arent", "arnt", "aren't", "wont", "wo'nt", "shouldnt", "shoudnt", "neednt"),
        *("needent", "cnt", "cant", "can;t"),
    ],
)
def test_what_such_a_negation_denies_is_never_taken_for_the_opposite(negation: str) -> None:
    assert said(f"it {negation} be identical", "consistency").get("consistency", "").removesuffix("?") == "tolerant"


@pytest.mark.parametrize(("open_question", "text", "option"), [("volume", "can wait I guess", "low")])
def test_where_the_classifier_leans_elsewhere_what_the_words_say_is_proposed(
    open_question: str, text: str, option: str
) -> None:
    assert said(text, open_question).get(open_question) == f"{option}?"


def test_an_answer_to_another_question_lands_there() -> None:
    assert said("we got like 3k old tickets w/ answers", "volume") == {"data": "yes"}
    assert said("no budget at all for this", "domain") == {"budget": "limited"}


def test_several_answers_at_once() -> None:
    found = said("200 warranty claims a day, no budget, 3000 labelled examples", None)
    assert (found["data"], found["budget"]) == ("yes", "limited")
    assert found["volume"] == "high?"  # 200 a day lie between the limits


@pytest.mark.parametrize("open_question", QUESTIONS)
@pytest.mark.parametrize(
    "text",
    [
        "my prompt is 1000 tokens",
        "my vpn drops every 10 minutes",
        "heavy traffic on the A5",
        "no rush with the invoice",
        "brb",
        "thanks!",
        "how much does it cost",
        "wait a second",
        "lunch?",
    ],
)
def test_what_answers_nothing_is_not_taken(text: str, open_question: str) -> None:
    assert not [option for option in said(text, open_question).values() if not option.endswith("?")]


@pytest.mark.parametrize("text", ODD)
def test_any_text_gives_a_result(text: str) -> None:
    for knowledge in (with_encoder(), by_words()):
        for question in (*QUESTIONS, None):
            found = knowledge.typed_answers.answers(text, question)
            assert len({answer.question for answer in found}) == len(found)


def test_the_open_question_comes_first() -> None:
    found = with_encoder().typed_answers.answers("high volume, and we have 5000 labelled examples", "volume")
    assert [answer.question for answer in found] == ["volume", "data"]


@pytest.mark.parametrize(
    ("open_question", "text"),
    [
        ("budget", "my train is 40 minutes late, again"),
        ("data", "call you back in 10"),
        ("volume", "lunch at 12 in room 4?"),
    ],
)
def test_amounts_in_chatter_answer_nothing(open_question: str, text: str) -> None:
    assert said(text, open_question) == {}


@pytest.mark.parametrize(
    ("open_question", "text", "option"),
    [("data", "examples? no, we delete every chat", "no"), ("budget", "money? 2k at most", "limited")],
)
def test_a_word_that_names_the_subject_may_come_first(open_question: str, text: str, option: str) -> None:
    assert said(text, open_question)[open_question].rstrip("?") == option


@pytest.mark.parametrize(
    ("open_question", "text", "guessed"),
    [
        ("domain", "nope regular consumer goods", True),
        ("data", "prolly not", True),
        ("budget", "budget signed off", False),
    ],
)
def test_only_what_is_said_in_so_many_words_is_certain(open_question: str, text: str, guessed: bool) -> None:
    (answer,) = with_encoder().typed_answers.answers(text, open_question)
    assert (answer.probability < 1) is guessed


def test_a_question_without_its_mark_is_asked_back_as_well() -> None:
    assert said("is that specialist stuff like law", "domain") == {"domain": "specialised?"}
