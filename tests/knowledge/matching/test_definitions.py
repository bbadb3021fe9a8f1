"""What terms mean is asked in any form, and nothing else is taken for it."""

import pytest

from knowledge.interfaces import MatchOutcome
from knowledge.matching.definitions import DefinitionMatcher
from knowledge.text_normalization import Normaliser
from tests.knowledge.fixtures import by_words, pack

NORMALISE = Normaliser(pack().spelling)
MATCHER = DefinitionMatcher.of_terms(pack(), NORMALISE)


def asked(text: str) -> tuple[str, ...]:
    return MATCHER(text, NORMALISE(text))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("lora?", ["term-lora"]),
        ("LoRA", ["term-lora"]),
        ("sorry, what do you mean by QLoRA", ["term-qlora"]),
        ("hey can you explain rag in plain english pls", ["term-rag"]),
        ("token?", ["term-token"]),
        ("what's a context window", ["term-context-window"]),
        ("how do embeddings work", ["term-embedding"]),
        ("difference between sft and rlhf", ["term-sft", "term-rlhf"]),
        ("RAG vs. embeddings", ["term-rag", "term-embedding"]),
        ("few-shot or zero shot?", ["term-few-shot", "term-zero-shot"]),
    ],
)
def test_the_meaning_of_a_term_is_asked_in_any_form(text: str, terms: list[str]) -> None:
    assert list(asked(text)) == terms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "token",  # alone, an everyday word asks nothing
        "what is the temperature",
        "what is the temperature in Vienna",
        "are you an agent",
        "how do i reduce hallucinations",
        "what context window does claude have",
        "difference between rag and fine-tuning",
        "what does lora cost",
        "should we use rag",
        "our agent is on holiday",
        "what did the travel agent say",
        "parking token",
    ],
)
def test_nothing_else_is_taken_for_it(text: str) -> None:
    assert asked(text) == ()


def test_both_terms_are_answered_together_without_an_encoder_as_well() -> None:
    match = by_words().matcher.passage("what is the difference between lora and qlora?")
    assert (match.outcome, match.top[:2], match.together) == (MatchOutcome.ANSWER, ("term-lora", "term-qlora"), 2)


TOPICS = DefinitionMatcher.of_topics(pack(), NORMALISE)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("privacy?", ["out-personal-data"]),
        ("what does confidentiality mean", ["out-personal-data"]),
        ("and what about the ai act", ["out-ai-act"]),
        ("privacy or regulation?", ["out-personal-data", "out-ai-act"]),
        ("our privacy officer is on holiday", []),
        ("what about lunch", []),
        ("azure password", []),
    ],
)
def test_a_topic_alone_asks_for_its_entry(text: str, entries: list[str]) -> None:
    assert list(TOPICS(text, NORMALISE(text))) == entries


def test_a_name_of_punctuation_only_names_nothing() -> None:
    matcher = DefinitionMatcher({"dots": ["...", "?!"], "lora": ["lora"]}, frozenset(), NORMALISE)
    assert matcher("what is lora", "what is lora") == ("lora",)
    assert matcher("what is it", "what is it") == ()
