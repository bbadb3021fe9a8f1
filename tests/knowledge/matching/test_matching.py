"""With an encoder: passages, scenarios and FAQs by meaning."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from numpy import float32
from numpy.typing import NDArray

from knowledge.interfaces import PROJECT, MatchOutcome
from knowledge.matching.examples import known_questions
from knowledge.matching.factory import build_knowledge
from knowledge.matching.semantic_matcher import SemanticMatcher
from tests.knowledge.fixtures import ODD, encoder, pack, trained, with_encoder

SURE = [
    ("FT costs??", "faq-cost"),
    ("how many labelled mails do u need for ft", "faq-data"),
    ("list a few prompting tricks pls", "pe-techniques"),
    ("whats lora", "term-lora"),
    ("tl;dr", "summary"),
]
NEAR = [
    ("what hole does it burn in our wallet", "faq-cost"),
    ("can i get away with instructions only", "faq-instead"),
    ("so it goes back to school with our own books?", "def-ft"),
    ("is it worth all the trouble of retraining", "ft-roi"),
]
FOREIGN = [
    "how do i tune my guitar",
    "price of a train ticket",
    "which vector db is best",
    "lunch?",
    "which gpu do i need for a 13b model",
]


@pytest.mark.parametrize(("text", "passage"), SURE)
def test_a_clear_question_is_answered_at_once(text: str, passage: str) -> None:
    match = with_encoder().matcher.passage(text)
    assert (match.outcome, match.top[0]) == (MatchOutcome.ANSWER, passage)


@pytest.mark.parametrize(("text", "passage"), NEAR)
def test_an_indirect_question_finds_its_passage_among_three(text: str, passage: str) -> None:
    match = with_encoder().matcher.passage(text)
    assert match.outcome is not MatchOutcome.UNKNOWN
    assert passage in match.top


def test_without_a_word_of_the_subject_nothing_is_answered_at_once() -> None:
    matcher = with_encoder().matcher
    assert matcher.passage("how do i give better orders to my team").outcome is not MatchOutcome.ANSWER
    bare = pack().model_copy(update={"anchors": ("nosuchword",)})
    strict = SemanticMatcher(bare, encoder(), trained())
    asked = "what do i gain by training"
    assert strict.passage(asked).outcome is MatchOutcome.OFFER
    assert matcher.passage(asked).outcome is MatchOutcome.ANSWER


def without_links() -> SemanticMatcher:
    """Knows the same, but of no entry under which passage it is linked."""
    alone = tuple(entry.model_copy(update={"passages": ()}) for entry in pack().outside)
    bare = pack().model_copy(update={"outside": alone})
    return SemanticMatcher(bare, encoder(), trained())


def test_between_a_passage_and_its_entries_there_is_nothing_to_be_unsure_about() -> None:
    text = "how long does tuning take"
    match = with_encoder().matcher.passage(text)
    assert (match.outcome, match.top[0]) == (MatchOutcome.ANSWER, "duration")
    assert without_links().passage(text).outcome is MatchOutcome.OFFER


@pytest.mark.parametrize("text", ["what about confidentiality", "what does confidentiality mean", "data protection?"])
def test_a_topic_alone_has_its_entry_offered(text: str) -> None:
    match = with_encoder().matcher.passage(text)
    assert match.outcome is MatchOutcome.OFFER
    assert "out-personal-data" in match.top[:2]  # or what is on data in prompts


def test_likely_entries_are_offered_where_a_topic_of_theirs_is_named() -> None:
    match = with_encoder().matcher.passage("data protection people will ask")
    assert match.outcome is MatchOutcome.OFFER
    assert "out-personal-data" in match.top[:2]


def test_what_is_likely_without_its_topic_is_offered_after_what_is_named() -> None:
    match = with_encoder().matcher.passage("photos of long context")
    assert (match.outcome, match.top[0]) == (MatchOutcome.OFFER, "out-long-context")
    assert len(set(match.top)) > 1


@pytest.mark.parametrize(
    "text", ["where do we store patient data", "client data migration is late", "our gdpr audit is next week"]
)
def test_a_topic_among_other_words_is_not_enough(text: str) -> None:
    assert with_encoder().matcher.passage(text).outcome is MatchOutcome.UNKNOWN


def test_a_text_that_the_pack_calls_foreign_is_never_offered() -> None:
    assert (
        with_encoder().matcher.passage("Can someone trick the model with a clever prompt").outcome
        is MatchOutcome.UNKNOWN
    )


@pytest.mark.parametrize("text", FOREIGN)
def test_other_subjects_are_not_known(text: str) -> None:
    assert with_encoder().matcher.passage(text).outcome is MatchOutcome.UNKNOWN


def test_what_the_pack_knows_word_for_word_is_certain() -> None:
    for label, text in known_questions(pack())[::25]:
        match = with_encoder().matcher.passage(text.upper())
        assert (match.top[0] if match.outcome is MatchOutcome.ANSWER else "") == label


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("legal contracts should be boiled down to one page", "medical"),
        ("shoppers keep asking where their parcel is, a bot should reply", "support"),
        ("an opening line for every cold prospect", "sales"),
        ("we are 200 people in 3 offices", None),
        ("how much does fine-tuning cost", None),
        ("hello", None),
    ],
)
def test_the_closest_scenario_by_structure(text: str, scenario: str | None) -> None:
    assert with_encoder().matcher.scenario(text).id == scenario


def test_an_idea_that_several_scenarios_compete_for_is_a_project_nevertheless() -> None:
    matcher = with_encoder().matcher
    for count in (13, 18, 42, 1001):
        torn = f"A helper that sorts {count} incoming complaints into our own categories"
        assert matcher.scenario(torn).score < matcher.project(torn)
        assert matcher.project(torn) > 0.9
    assert matcher.project("we are 200 people in 3 offices") < PROJECT
    assert matcher.project("") == 0


def test_the_closest_faq_is_there_for_any_description() -> None:
    faqs = {passage.id for passage in pack().faqs}
    closest = with_encoder().matcher.faq("we have 40 examples, is that enough for a bot that writes sales emails?")
    assert closest.id == "faq-data"
    assert with_encoder().matcher.faq("summaries of radiology reports").id in faqs


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_a_sensible_outcome(text: str) -> None:
    matcher = with_encoder().matcher
    assert matcher.passage(text).outcome is not MatchOutcome.ANSWER
    assert matcher.scenario(text).id is None
    assert matcher.faq(text).id in {passage.id for passage in pack().faqs}


def test_scores_are_shares_and_top_holds_three_different_passages() -> None:
    match = with_encoder().matcher.passage("prompts or training, which is better and what does it cost?")
    assert 0 <= match.score <= 1
    assert len(set(match.top)) == 3


class Counting:
    """The encoder, counting the texts."""

    def __init__(self) -> None:
        self.digest = encoder().digest
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> "NDArray[float32]":
        self.texts.extend(texts)
        return encoder().encode(texts)


@pytest.mark.parametrize(
    ("unknown", "text"),
    [
        ("out-examples", "are 280 scripts enough to train on or not"),
        ("faq-data", "minimum amount of samples"),
        ("out-personal-data", "our lawyer says no personal data"),
        ("out-personal-data", "what about confidentiality"),
    ],
)
def test_what_no_text_of_the_pack_asks_for_is_merely_unlikely(unknown: str, text: str) -> None:
    """A passage or an entry without texts has no probability, although others are linked to it."""
    model = trained()
    known = model.passages
    kept = [number for number, label in enumerate(known.labels) if label != unknown]
    without = replace(
        known,
        labels=tuple(known.labels[number] for number in kept),
        dense=known.dense[kept],
        sparse=replace(known.sparse, steps=known.sparse.steps[:, kept]),
        bias=known.bias[kept],
    )
    assert SemanticMatcher(pack(), encoder(), replace(model, passages=without)).passage(text).top


def test_what_a_result_asks_of_an_idea_is_there_once_it_is_prepared() -> None:
    counting = Counting()
    matcher = SemanticMatcher(pack(), counting, trained())
    matcher.prepare("a bot for guests")
    encoded = list(counting.texts)
    assert set(encoded) == {"a bot for guests"}
    matcher.scenario("a bot for guests")
    matcher.faq("a bot for guests")
    matcher.calls("a bot for guests")
    assert counting.texts == encoded


def test_a_message_is_encoded_once() -> None:
    counting = Counting()
    knowledge = build_knowledge(pack(), encoder=counting)
    for text in ("what is lora", "what is lora", "a bot for guests"):
        knowledge.matcher.passage(text)
        knowledge.matcher.scenario(text)
        knowledge.matcher.faq(text)
        knowledge.reader.read(text)
    assert counting.texts == ["what is lora", "a bot for guests"]
