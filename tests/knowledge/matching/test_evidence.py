"""What a text says in several places is weighed together; weights never judge their own author's texts."""

import numpy as np
import pytest

from knowledge.interfaces import Reading
from knowledge.matching.evidence import ClauseEvidence, HedgeStatus, TextEvidence
from knowledge.matching.evidence_model import EvidenceWeights, Judged, fit_weights
from knowledge.matching.examples import NONE, LabelledDescription, description_examples
from knowledge.pack import UNSURE
from knowledge.phrasings import Descriptions, labelled_answers
from tests.knowledge.fixtures import pack

OPTIONS = ("tea", "coffee")


def clause(tea: float, status: HedgeStatus = HedgeStatus.PLAIN, text: str = "") -> ClauseEvidence:
    return ClauseEvidence(text, status, {}, {"drink": {"tea": tea, "coffee": (1 - tea) / 2}})


def evidence(*clauses: ClauseEvidence, about: float = 0.1, stated: str | None = None) -> TextEvidence:
    said = {"drink": Reading(stated, stated)} if stated else {}
    whole = {"drink": {"tea": about, "coffee": 0.1}}
    return TextEvidence(said, clauses, whole, whole, retracted=False)


def judged(rows: list[tuple[int, float, str]]) -> list[Judged]:
    return [
        Judged(author, evidence(clause(probability), about=probability), label) for author, probability, label in rows
    ]


def test_as_many_features_whatever_a_text_says() -> None:
    texts = [evidence(), evidence(clause(0.9)), evidence(*[clause(0.2)] * 7, stated="tea")]
    sizes = {len(text.features("drink", option, ())) for text in texts for option in OPTIONS}
    assert len(sizes) == 1


def test_a_barred_clause_speaks_for_the_option_that_is_worded_alone() -> None:
    barred = ClauseEvidence("", HedgeStatus.PLAIN, {"drink": frozenset(["coffee"])}, {})
    assert barred.hedge_status_for("drink", "coffee") is HedgeStatus.PLAIN
    assert barred.hedge_status_for("drink", "tea") is HedgeStatus.BARRED
    assert barred.hedge_status_for("food", "bread") is HedgeStatus.PLAIN


def test_what_leaves_a_question_open_counts_however_it_is_hedged() -> None:
    hedged = ClauseEvidence("nobody knows", HedgeStatus.BARRED, {}, {"drink": {"tea": 0.2, UNSURE: 0.9}})
    assert hedged.hedge_status_for("drink", UNSURE) is HedgeStatus.PLAIN
    assert evidence(hedged).clause_probability("drink", UNSURE) == 0.9
    assert evidence(hedged).clause_probability("drink", "tea") == 0.0


def test_the_telling_clause_is_the_likeliest_one_that_counts() -> None:
    others = clause(0.95, HedgeStatus.BARRED, "they drink tea")
    text = evidence(others, clause(0.3, text="a cup"), clause(0.8, text="tea, please"))
    assert text.telling("drink", "tea") == "tea, please"
    assert text.clause_probability("drink", "tea") == 0.8
    assert evidence(others).telling("drink", "tea") == "they drink tea"
    assert evidence(others).clause_probability("drink", "tea") == 0.0
    assert evidence().telling("drink", "tea") == ""
    assert evidence().clause_probability("drink", "tea") == 0.0


def clear(author: int) -> list[tuple[int, float, str]]:
    return [
        (author, probability, "tea" if probability > 0.5 else NONE)
        for probability in np.linspace(0.02, 0.98, 40).tolist()
    ]


def test_what_is_clear_is_likely_and_the_rest_is_not() -> None:
    weights = fit_weights("drink", OPTIONS, judged(clear(1) + clear(2)))
    option, probability = weights.likeliest("drink", evidence(clause(0.97), about=0.97))
    assert option == "tea"
    assert probability > 0.8
    assert weights.likeliest("drink", evidence(clause(0.05), about=0.05))[1] < 0.2


def test_authors_who_mean_the_opposite_by_the_same_words_make_it_unlikely() -> None:
    turned = [(2, probability, NONE if label else "tea") for _, probability, label in clear(1)]
    weights = fit_weights("drink", OPTIONS, judged(clear(1) + turned))
    assert weights.likeliest("drink", evidence(clause(0.97), about=0.97))[1] < 0.8


def test_weights_are_in_order_of_the_options() -> None:
    size = len(evidence().features("drink", "tea", ()))
    weights = EvidenceWeights(OPTIONS, np.zeros(size, np.float32), np.array([0.0, 2.0], np.float32))
    assert weights.likeliest("drink", evidence()) == ("coffee", pytest.approx(0.88, abs=0.01))


@pytest.mark.parametrize(
    ("label", "answers"),
    [
        ("-", ()),
        ("data yes", (("data", "yes"),)),
        ("data yes, volume low", (("data", "yes"), ("volume", "low"))),
        ("budget ?", (("budget", "?"),)),
        ("budget", (("budget", ""),)),
    ],
)
def test_labels(label: str, answers: tuple[tuple[str, str], ...]) -> None:
    assert labelled_answers(label) == answers


def test_what_a_label_leaves_open_is_none_and_what_is_disputed_is_left_out() -> None:
    groups = (
        Descriptions(texts={"data yes, budget ?": ("a",), "-": ("b",)}),
        Descriptions(unlabelled=("data", "volume", "budget", "consistency"), texts={"domain general": ("c",)}),
    )
    found = description_examples(pack().model_copy(update={"descriptions": groups}))
    open_ = dict.fromkeys(("data", "volume", "domain", "budget", "consistency"), NONE)
    assert found == [
        LabelledDescription("a", 0, {q: o for q, o in (open_ | {"data": "yes"}).items() if q != "budget"}),
        LabelledDescription("b", 0, open_),
        LabelledDescription("c", 1, {"domain": "general"}),
    ]
