"""What is answered, offered or unknown, given how likely each passage, entry and scenario is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import numpy as np
import pytest

from knowledge.interfaces import Closest, Match, MatchOutcome
from knowledge.matching.classifier import Floats, LinearClassifier, SparseFeatures, SparseWeights, softmax
from knowledge.matching.examples import NONE, known_questions
from knowledge.matching.semantic_matcher import SemanticMatcher, parts
from tests.knowledge.fixtures import pack

PACK = pack()
KNOWN = {PACK.normalise(text): label for label, text in known_questions(PACK)}
LINKED = next(entry for entry in PACK.outside if entry.passages)
SOURCE = LINKED.passages[0]
OTHER = next(passage.id for passage in PACK.passages if passage.id not in LINKED.passages)
THIRD = next(
    passage.id for passage in PACK.passages if passage.id not in (*LINKED.passages, OTHER) and passage not in PACK.faqs
)
FAQS = tuple(faq.id for faq in PACK.faqs)
SCENARIO = PACK.scenarios[0].id
ANCHOR = sorted(word for word in PACK.anchors if word.isalpha())[0]


class Fitted:
    """The same probabilities for any text, the best first."""

    def __init__(self, probabilities: Mapping[str, float]) -> None:
        self._probabilities = dict(sorted(probabilities.items(), key=lambda item: -item[1]))

    def probabilities(self, vector: Floats, features: SparseFeatures) -> dict[str, float]:
        return self._probabilities


class Encoder:
    digest = "none"

    def encode(self, texts: Sequence[str]) -> Floats:
        return np.zeros((len(texts), 2), np.float32)


def matcher(
    passages: Mapping[str, float] | None = None,
    scenarios: Mapping[str, float] | None = None,
    ideas: Mapping[str, float] | None = None,
    calls: Mapping[str, float] | None = None,
) -> SemanticMatcher:
    model = SimpleNamespace(
        idf=SimpleNamespace(weigh=lambda text: {}, columns=defaultdict(int)),
        passages=Fitted(passages or {NONE: 1.0}),
        scenarios=Fitted(scenarios or {NONE: 1.0}),
        ideas=Fitted(ideas or {NONE: 1.0}),
        calls=None if calls is None else Fitted(calls),
        known=KNOWN,
    )
    return SemanticMatcher(PACK, Encoder(), model)  # type: ignore[arg-type]


def asked(text: str, **probabilities: float) -> tuple[str, tuple[str, ...]]:
    names = {"source": SOURCE, "other": OTHER, "third": THIRD, "linked": LINKED.id, "none": NONE}
    found = matcher({names[name]: probability for name, probability in probabilities.items()}).passage(text)
    ids = {label: name for name, label in names.items()}
    return found.outcome.value, tuple(ids.get(label, label) for label in found.top)


@pytest.mark.parametrize(
    ("text", "probabilities", "decision"),
    [
        (ANCHOR, {"other": 0.68, "none": 0.32}, "answer"),
        (ANCHOR, {"other": 0.67, "none": 0.33}, "offer"),
        ("zzz", {"other": 0.79, "none": 0.21}, "offer"),
        ("zzz", {"other": 0.8, "none": 0.2}, "answer"),
        ("zzz", {"other": 0.3, "none": 0.7}, "offer"),
        ("zzz", {"other": 0.29, "none": 0.71}, "unknown"),
        ("...", {"other": 0.9, "none": 0.1}, "unknown"),
        # an entry from outside, and the source before it
        ("zzz", {"linked": 0.7, "none": 0.3}, "answer"),
        ("zzz", {"linked": 0.69, "none": 0.31}, "offer"),
        ("zzz", {"linked": 0.7, "source": 0.19, "none": 0.11}, "answer"),
        ("zzz", {"linked": 0.7, "source": 0.2, "none": 0.1}, "offer"),
        ("zzz", {"linked": 0.7, "other": 0.3, "none": 0.0}, "answer"),
        # what is linked under a passage speaks for it, where it is much likelier itself
        (ANCHOR, {"source": 0.5, "linked": 0.2, "none": 0.3}, "answer"),
        (ANCHOR, {"source": 0.47, "linked": 0.2, "none": 0.33}, "offer"),
        (ANCHOR, {"source": 0.5, "linked": 0.05, "none": 0.45}, "offer"),
        (ANCHOR, {"other": 0.5, "linked": 0.2, "none": 0.3}, "offer"),
    ],
)
def test_how_sure_a_question_has_to_be(text: str, probabilities: dict[str, float], decision: str) -> None:
    assert asked(text, **probabilities)[0] == decision


def test_where_a_topic_is_named_the_source_does_not_go_before_an_entry() -> None:
    topic = next(topic for topic in LINKED.topics if topic.isalpha())
    assert asked(f"zzz {topic} zzz", linked=0.69, source=0.3, none=0.01)[0] == "offer"
    assert asked(f"zzz {topic} zzz", linked=0.7, source=0.3, none=0.0)[0] == "answer"


def test_up_to_three_are_named_and_what_is_likely_from_outside_is_among_them() -> None:
    four = {"other": 0.3, "third": 0.25, "source": 0.2}
    assert asked("zzz", **four, none=0.25) == ("offer", ("other", "third", "source"))
    assert asked("zzz", **four, linked=0.07, none=0.18)[1] == ("other", "third", "source")
    assert asked("zzz", **four, linked=0.08, none=0.17)[1] == ("other", "third", "linked")
    assert asked("zzz", other=0.4, linked=0.2, third=0.15, source=0.1, none=0.15)[1] == ("other", "linked", "third")


def test_the_score_is_the_probability_of_the_first() -> None:
    found = matcher({OTHER: 0.5, NONE: 0.5}).passage("zzz")
    assert found == Match(MatchOutcome.OFFER, (OTHER,), 0.5, leads=True)
    assert matcher({OTHER: 0.2, NONE: 0.8}).passage("zzz").score == 0.2


@pytest.mark.parametrize(
    ("first", "second", "leads"), [(0.4, 0.2, True), (0.39, 0.1, False), (0.4, 0.21, False), (0.55, 0.27, True)]
)
def test_the_first_leads_where_it_is_likely_and_far_ahead(first: float, second: float, leads: bool) -> None:
    match = matcher({OTHER: first, THIRD: second, NONE: 1 - first - second}).passage("zzz")
    assert (match.outcome, match.top, match.leads) == (MatchOutcome.OFFER, (OTHER, THIRD), leads)


def test_what_is_far_behind_the_first_is_not_offered() -> None:
    assert asked("zzz", other=0.36, third=0.09, source=0.08, none=0.47) == ("offer", ("other", "third"))
    assert asked("zzz", other=0.36, third=0.08, source=0.07, none=0.49) == ("offer", ("other",))
    assert asked("zzz", other=0.5, third=0.03, source=0.02, none=0.45) == ("offer", ("other", "third"))


def test_a_question_that_the_pack_knows_needs_no_probability() -> None:
    label, texts = next((label, texts) for label, texts in PACK.phrasings.passages.items() if label != OTHER)
    found = matcher({OTHER: 0.9, label: 0.05, NONE: 0.05}).passage(texts[0])
    assert (found.outcome, found.top, found.score) == (MatchOutcome.ANSWER, (label, OTHER), 1.0)
    beside = PACK.phrasings.no_project[0]
    assert matcher({OTHER: 0.9, NONE: 0.1}).passage(next(iter(PACK.phrasings.beside.values()))[0]).score in (0.0, 0.9)
    assert matcher({NONE: 1.0}).passage(beside).outcome is MatchOutcome.UNKNOWN


def test_the_term_that_is_asked_for_is_explained() -> None:
    term = PACK.terms[0]
    found = matcher({OTHER: 0.9, term.id: 0.05, NONE: 0.05}).passage(f"what is {term.names[0]}?")
    assert (found.outcome, found.top, found.score, found.together) == (MatchOutcome.ANSWER, (term.id, OTHER), 1.0, 1)


@pytest.mark.parametrize(
    ("probabilities", "closest"),
    [
        ({SCENARIO: 0.34, NONE: 0.66}, Closest(SCENARIO, 0.34)),
        ({SCENARIO: 0.32, NONE: 0.68}, Closest(None, 0.32)),
        ({NONE: 1.0}, Closest(None, 0.0)),
    ],
)
def test_a_scenario_is_close_where_a_text_belongs_to_any(probabilities: dict[str, float], closest: Closest) -> None:
    assert matcher(scenarios=probabilities).scenario("zzz") == closest


def test_a_text_without_words_describes_nothing() -> None:
    sure = matcher(scenarios={SCENARIO: 0.9, NONE: 0.1}, ideas={"idea": 0.75, NONE: 0.25})
    assert (sure.project("zzz"), sure.project("...")) == (0.75, 0.0)
    assert sure.scenario("...") == Closest(None, 0.0)


def test_the_closest_faq_has_its_share_among_the_faqs() -> None:
    found = matcher({FAQS[0]: 0.1, FAQS[1]: 0.3, OTHER if OTHER not in FAQS else THIRD: 0.6}).faq("zzz")
    assert found.id == FAQS[1]
    assert found.score == pytest.approx(0.75)
    assert matcher({NONE: 1.0}).faq("zzz") == Closest(FAQS[0], 0.0)


def test_what_an_idea_calls_for_is_named_from_a_probability_on_the_surest_first() -> None:
    two = [entry.id for entry in PACK.outside[:3]]
    probabilities = {two[0]: 0.08, two[1]: 0.09, two[2]: 0.07, NONE: 0.9}
    assert matcher(calls=probabilities).calls("zzz") == (two[1], two[0])
    assert matcher().calls("zzz") == ()
    assert matcher(calls=probabilities).calls("...") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one", ["one"]),
        ("one two", ["one two", "one two"]),
        ("one two. three", ["one two. three", "one two"]),
        ("a b c d e, f g h i j", ["a b c d e, f g h i j"] * 2),
        ("a b c d e, f g h i j k", ["a b c d e, f g h i j k"] * 2 + ["a b c d e", "f g h i j k"]),
        ("a b c d e f g h, i j and k l m", ["a b c d e f g h, i j and k l m"] * 2 + ["a b c d e f g h", "k l m"]),
    ],
)
def test_an_idea_is_looked_at_as_a_whole_by_sentence_and_by_clause(text: str, found: list[str]) -> None:
    assert list(parts(text)) == found


def test_a_classifier_orders_labels_by_probability_and_then_by_name() -> None:
    dense = np.zeros((3, 2), np.float32)
    weights = np.array([[0, 0], [1, 0], [0, 2]], np.float32)
    linear = LinearClassifier(("c", "b", "a"), dense, SparseWeights.of(weights), np.zeros(3, np.float32))
    columns = {"x": 0, "y": 1}
    none = SparseFeatures.of({}, columns)
    vector = np.zeros(2, np.float32)
    assert list(linear.probabilities(vector, none)) == ["a", "b", "c"]
    both = SparseFeatures.of({"x": 1.0}, columns).and_more({"y": 1.0}, columns)
    probabilities = linear.probabilities(vector, both)
    assert list(probabilities) == ["a", "b", "c"]
    total = 1 + np.e + np.e**2
    assert list(probabilities.values()) == pytest.approx([np.e**2 / total, np.e / total, 1 / total])
    biased = LinearClassifier(("c", "b"), dense[:2], SparseWeights.of(weights[:2]), np.array([0, 1], np.float32))
    assert list(biased.probabilities(vector, none)) == ["b", "c"]
    with pytest.raises(KeyError):
        SparseFeatures.of({"z": 1.0}, columns)


def test_probabilities_of_large_scores_are_finite() -> None:
    assert softmax(np.array([1000.0, 1000.0], np.float32)).tolist() == [0.5, 0.5]
    rows = softmax(np.array([[0.0, 0.0], [0.0, np.log(3)]], np.float32))
    assert rows.tolist() == [pytest.approx([0.5, 0.5]), pytest.approx([0.25, 0.75])]
