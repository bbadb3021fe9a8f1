"""Without an encoder: near-exact questions are answered, near ones offered, the rest is not known."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.interfaces import MatchOutcome
from knowledge.matching.factory import build_knowledge
from knowledge.matching.lexical_matcher import LexicalMatcher
from knowledge.pack_loader import load_pack
from tests.knowledge.fixtures import ODD, by_words, encoder, pack
from tests.knowledge.pack_copies import SMALL

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("passage", [passage.id for passage in pack().passages])
def test_every_title_is_answered(passage: str) -> None:
    match = by_words().matcher.passage(pack().passage(passage).title)
    assert (match.outcome, match.top[0]) == (MatchOutcome.ANSWER, passage)


def test_a_question_in_other_words_is_offered_not_answered() -> None:
    match = by_words().matcher.passage("tell me roughly how much the fine-tuning will cost our company")
    assert match.outcome is MatchOutcome.OFFER
    assert "faq-cost" in match.top


@pytest.mark.parametrize(
    "text", ["where do i submit expenses", "how do i tune my guitar", "which model is best, gpt or claude"]
)
def test_other_subjects_are_not_known(text: str) -> None:
    assert by_words().matcher.passage(text).outcome is MatchOutcome.UNKNOWN


def test_a_project_has_its_scenario_and_a_question_none() -> None:
    assert by_words().matcher.scenario("a chatbot that answers customers' questions about orders").id == "support"
    assert by_words().matcher.scenario("what does fine-tuning cost").id is None


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_a_sensible_outcome(text: str) -> None:
    matcher = by_words().matcher
    assert matcher.passage(text).outcome is MatchOutcome.UNKNOWN
    assert matcher.scenario(text).id is None
    assert matcher.faq(text).id in {passage.id for passage in pack().faqs}
    assert not by_words().reader.read(text)


def test_a_pack_without_foreign_phrasings_goes_by_words_even_with_an_encoder() -> None:
    small = load_pack(SMALL)
    assert isinstance(build_knowledge(small, encoder=encoder()).matcher, LexicalMatcher)
    match = build_knowledge(small, encoder=None).matcher.passage(small.passages[0].title)
    assert (match.outcome, match.top[0]) == (MatchOutcome.ANSWER, small.passages[0].id)


def test_without_an_encoder_numpy_is_not_loaded() -> None:
    code = (
        "import sys; from knowledge.matching.factory import build_knowledge;"
        "from knowledge.pack_loader import builtin, load_pack;"
        "from tests.knowledge.pack_copies import thinned;"
        "build_knowledge(thinned(load_pack(builtin())), encoder=None); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
