"""Without an encoder: near-exact questions are answered, the rest is not known."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.interfaces import Closest, MatchOutcome
from knowledge.matching.factory import build_knowledge
from knowledge.matching.lexical_matcher import LexicalMatcher
from knowledge.pack_loader import load_pack
from tests.knowledge.fixtures import ODD, by_words, encoder, pack
from tests.knowledge.pack_copies import SMALL, changed

ROOT = Path(__file__).parents[3]
TERM = "terms:\n  - {id: term-upkeep, title: Upkeep, says: article, text: So, names: [upkeep], section: cost}\n"
OTHER = """  - id: out-more
    title: Are there more?
    text: Some are new.
    source: B
    url: https://example.org
    read: 2099-10-01
    expires: 2099-12-31
    confidence: A
    keywords: [brand new tools, dear]
    line: There are more.
    verdicts: [buy]
    passages: [trial]
"""


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> LexicalMatcher:
    folder = changed(tmp_path_factory.mktemp("pack"), "rest", "outside:\n", f"{TERM}outside:\n{OTHER}")
    changed(folder, "rest", "    confidence: B\n", "    confidence: B\n    keywords: [dear tools, dear]\n")
    (folder / "phrasings.yaml").write_text(
        "phrasings:\n"
        "  passages: {trial: [how do we try a product first]}\n"
        "  beside: {office: [where is the printer today]}\n"
    )
    return LexicalMatcher(load_pack(Path(folder)))


@pytest.mark.parametrize("passage", [passage.id for passage in pack().passages])
def test_every_title_is_answered(passage: str) -> None:
    match = by_words().matcher.passage(pack().passage(passage).title)
    assert (match.outcome, match.top) == (MatchOutcome.ANSWER, (passage,))


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("how do we try a product first", "trial"),
        ("how do we try a product first?!", "trial"),
        ("try a product how do we first", "trial"),
        ("what does it cost over the years", "cost-years"),
        ("what is upkeep", "term-upkeep"),
    ],
)
def test_what_is_worded_nearly_as_it_is_known_is_answered(matcher: LexicalMatcher, text: str, passage: str) -> None:
    found = matcher.passage(text)
    assert (found.outcome, found.top, found.together) == (MatchOutcome.ANSWER, (passage,), 1)


@pytest.mark.parametrize(
    "text",
    ["so what does a tool cost us", "years", "where is the printer today", "zzz", "?", "", "how do i tune a guitar"],
)
def test_the_rest_is_not_known(matcher: LexicalMatcher, text: str) -> None:
    found = matcher.passage(text)
    assert (found.outcome, found.top, found.score) == (MatchOutcome.UNKNOWN, (), 0)


def test_the_score_is_the_likeness(matcher: LexicalMatcher) -> None:
    assert matcher.passage("how do we try a product first").score == 1
    assert 0.93 <= matcher.passage("how do we try a product firs").score < 1


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("dear tools", ("out-prices-rise", "out-more")),
        ("brand new tools, dear", ("out-more", "out-prices-rise")),
        ("they are dear", ("out-more", "out-prices-rise")),
        ("brand new tools", ("out-more",)),
        ("tools", ()),
    ],
)
def test_an_idea_calls_for_entries_by_their_keywords_the_longest_first(
    matcher: LexicalMatcher, text: str, entries: tuple[str, ...]
) -> None:
    assert matcher.calls(text) == entries


def test_the_closest_faq_shares_most_with_the_text(matcher: LexicalMatcher) -> None:
    assert matcher.faq("who should own it").id == "who-owns"
    assert 0 < matcher.faq("who should own it").score < 1
    assert matcher.faq("").id in {"cost-years", "who-owns"}


@pytest.mark.parametrize("text", [*ODD, "a chatbot that answers customers' questions about orders"])
def test_no_text_has_a_scenario_and_odd_ones_a_sensible_outcome(text: str) -> None:
    matcher = by_words().matcher
    assert matcher.passage(text).outcome is MatchOutcome.UNKNOWN
    assert matcher.scenario(text) == Closest(None, 0)
    assert matcher.faq(text).id in {passage.id for passage in pack().faqs}
    assert text not in ODD or not by_words().reader.read(text)


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
