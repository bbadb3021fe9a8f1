"""The evidence for an answer as numbers: what each says, and between which bounds it lies."""

import math
from collections.abc import Mapping

import pytest

from knowledge.interfaces import Reading
from knowledge.matching.evidence import ClauseEvidence, HedgeStatus, TextEvidence

LEAST, FARTHEST = -5.0, math.log(1e-4 / (1 - 1e-4))
"""Log-odds of what is unlikely: of a clause, and of what a text is about."""

NAMES = [
    *("stated", "stated rival"),
    *(f"{status}{above}" for status in ("plain", "weak", "apart", "barred") for above in ("", " above zero")),
    *("second plain", "best", "best above zero"),
    *("rival plain", "rival weak", "rival apart", "rival barred above zero", "lead"),
    *("whole", "whole rival", "about", "about rival", "about above zero"),
]

NOTHING = {
    **dict.fromkeys(NAMES, 0.0),
    **dict.fromkeys(("plain", "weak", "apart", "barred", "second plain", "best", "whole", "whole rival"), LEAST),
    **dict.fromkeys(("rival plain", "rival weak", "rival apart"), -2.0),
    **dict.fromkeys(("about", "about rival"), FARTHEST),
}
"""What a text without any evidence has."""


def odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def clause(status: HedgeStatus = HedgeStatus.PLAIN, **probabilities: float) -> ClauseEvidence:
    return ClauseEvidence("", status, {}, {"drink": probabilities})


def differences(
    *clauses: ClauseEvidence,
    stated: str | None = None,
    whole: Mapping[str, float] | None = None,
    about: Mapping[str, float] | None = None,
) -> dict[str, object]:
    """What is other than without evidence, for tea rather than coffee or milk."""
    said = {"drink": Reading(stated, stated)} if stated else {}
    text = TextEvidence(said, clauses, {"drink": whole or {}}, {"drink": about or {}}, retracted=False)
    found = dict(zip(NAMES, text.features("drink", "tea", ("coffee", "milk")), strict=True))
    return {name: pytest.approx(value) for name, value in found.items() if value != pytest.approx(NOTHING[name])}


def test_no_evidence_changes_nothing() -> None:
    assert differences() == {}
    assert differences(clause()) == {}
    assert differences(clause(wine=0.9), stated="wine", whole={"wine": 0.9}, about={"wine": 0.9}) == {}


@pytest.mark.parametrize(("option", "told"), [("tea", "stated"), ("coffee", "stated rival"), ("milk", "stated rival")])
def test_what_is_stated_in_words(option: str, told: str) -> None:
    assert differences(stated=option) == {told: 1}


@pytest.mark.parametrize(
    ("status", "name"), [(HedgeStatus.PLAIN, "plain"), (HedgeStatus.WEAK, "weak"), (HedgeStatus.APART, "apart")]
)
def test_a_clause_counts_by_its_hedge_status(status: HedgeStatus, name: str) -> None:
    assert differences(clause(status, tea=0.6)) == {
        **{name: odds(0.6), f"{name} above zero": odds(0.6)},
        **{"best": odds(0.6), "best above zero": odds(0.6), "lead": 4},
    }
    assert differences(clause(status, tea=0.4)) == {name: odds(0.4), "best": odds(0.4), "lead": 4}
    assert differences(clause(status, milk=0.4)) == {f"rival {name}": odds(0.4), "lead": -4}


def test_a_barred_clause_is_nobodys_best() -> None:
    barred = HedgeStatus.BARRED
    assert differences(clause(barred, tea=0.6)) == {"barred": odds(0.6), "barred above zero": odds(0.6)}
    assert differences(clause(barred, milk=0.6)) == {"rival barred above zero": odds(0.6)}
    assert differences(clause(barred, milk=0.4)) == {}


def test_the_likeliest_clause_counts_and_the_second_of_the_plain_ones() -> None:
    found = differences(clause(tea=0.3), clause(tea=0.7), clause(tea=0.4), clause(HedgeStatus.WEAK, tea=0.2))
    assert (found["plain"], found["second plain"], found["weak"], found["best"]) == (
        *(odds(0.7), odds(0.4), odds(0.2), odds(0.7)),
    )


def test_of_the_other_options_the_likeliest_is_the_rival_however_far_apart_they_are() -> None:
    found = differences(clause(tea=0.5, coffee=0.2, milk=0.4), whole={"coffee": 0.3, "milk": 0.2})
    assert (found["rival plain"], found["whole rival"]) == (odds(0.4), odds(0.3))
    assert found["lead"] == odds(0.5) - odds(0.4)
    found = differences(clause(tea=0.4, coffee=0.5))
    assert found["lead"] == odds(0.4) - odds(0.5)


def test_the_text_as_a_whole_and_what_it_is_about() -> None:
    assert differences(whole={"tea": 0.7, "milk": 0.1}) == {"whole": odds(0.7), "whole rival": odds(0.1)}
    assert differences(about={"tea": 0.7}) == {"about": odds(0.7), "about above zero": odds(0.7)}
    assert differences(about={"tea": 0.3, "coffee": 0.2}) == {"about": odds(0.3), "about rival": odds(0.2)}


def test_nothing_is_surer_than_can_be_told_apart() -> None:
    assert differences(clause(tea=0.001)) == {}
    assert differences(whole={"tea": 0.001, "milk": 0.001}) == {}
    assert differences(about={"tea": 0.001}) == {"about": odds(0.001)}
    certain = differences(clause(tea=1.0), whole={"tea": 1.0}, about={"tea": 1.0})
    assert [certain[name] for name in ("plain", "whole", "about", "about above zero")] == [-FARTHEST] * 4


def test_the_telling_clause_and_its_share_are_those_of_the_option() -> None:
    """A clause whose classifier does not know the option says nothing of it."""
    text = TextEvidence(
        {},
        (
            ClauseEvidence("we drink milk", HedgeStatus.PLAIN, {}, {"drink": {"milk": 0.9}}),
            ClauseEvidence("we drink tea", HedgeStatus.PLAIN, {}, {"drink": {"tea": 0.2}}),
        ),
        {},
        {},
        retracted=False,
    )
    assert (text.telling("drink", "tea"), text.clause_probability("drink", "tea")) == ("we drink tea", 0.2)
    assert (text.telling("drink", "milk"), text.clause_probability("drink", "milk")) == ("we drink milk", 0.9)
    assert text.clause_probability("drink", "wine") == 0


def test_where_there_is_no_other_option_nothing_speaks_against_one() -> None:
    text = TextEvidence({}, (clause(tea=0.6),), {"drink": {"tea": 0.6}}, {"drink": {"tea": 0.6}}, retracted=False)
    found = dict(zip(NAMES, text.features("drink", "tea", ()), strict=True))
    assert (found["whole rival"], found["rival plain"], found["lead"]) == (LEAST, -2, 4)
    assert found["about rival"] == pytest.approx(FARTHEST)
