"""What a reply of several sentences or clauses says, and what it says about a question that it names."""

import pytest

from dialogs.advisor import Advisor
from tests.dialogs.parsers.meanings import CHEAP, HIGH, LOW, UNSURE, at_volume, meant
from tests.dialogs.stub_knowledge import Understanding, maybe, sure


@pytest.mark.parametrize(
    ("text", "answers", "meaning"),
    [
        ("aaa. bbb.", {"aaa.": (LOW,), "bbb.": (CHEAP,)}, "low + budget limited"),
        ("aaa. bbb.", {"aaa.": (maybe("volume", "low"),), "bbb.": (CHEAP,)}, "likely volume low + budget limited"),
        ("aaa. bbb.", {"aaa.": (LOW,), "bbb.": (maybe("budget", "limited"),)}, "likely budget limited + volume low"),
        ("aaa. bbb.", {"aaa.": (LOW,), "bbb.": (maybe("data", "no"),)}, "low"),
        ("aaa. bbb.", {"aaa.": (LOW,), "bbb.": (HIGH,)}, "Unknown"),
        ("aaa. bbb.", {"aaa.": (LOW,)}, "low"),
        ("aaa. bbb.", {"aaa. bbb.": (HIGH,), "aaa.": (LOW,)}, "likely volume low"),
        (
            "aaa. bbb.",
            {"aaa. bbb.": (HIGH,), "aaa.": (LOW,), "bbb.": (CHEAP,)},
            "likely volume low + budget limited",
        ),
        (
            "aaa. bbb.",
            {"aaa. bbb.": (maybe("volume", "high"),), "bbb.": (CHEAP,)},
            "likely volume high + budget limited",
        ),
        ("aaa. bbb.", {"aaa. bbb.": (maybe("budget", "flexible"),), "bbb.": (CHEAP,)}, "changes budget limited"),
        ("aaa. bbb? ccc.", {"aaa.": (LOW,)}, "Unknown"),
        ("aaa. b. c. ddd.", {"aaa.": (CHEAP,), "ddd.": (sure("data", "no"),)}, "changes budget limited, data no"),
        ("aaa. b. c. d. eee.", {"aaa.": (CHEAP,), "eee.": (sure("data", "no"),)}, "Unknown"),
        ("aaa. budget: low.", {}, "changes budget limited"),
        # "not sure" counts where it is said in words, and nothing else answers the question
        ("not sure. bbb.", {"not sure.": (UNSURE,), "bbb.": (CHEAP,)}, "unsure + budget limited"),
        ("aaa. bbb.", {"aaa.": (UNSURE,), "bbb.": (CHEAP,)}, "changes budget limited"),
        ("aaa. bbb.", {"aaa.": (UNSURE,)}, "unsure"),
        ("aaa. bbb.", {"aaa.": (UNSURE,), "bbb.": (LOW, CHEAP)}, "Unknown"),
        # what is taken back
        ("aaa, no wait, bbb", {"aaa": (HIGH,), "bbb": (LOW,)}, "low"),
        ("aaa, no wait, bbb", {"aaa": (HIGH, sure("data", "no")), "bbb": (LOW,)}, "low + data no"),
        ("aaa, no wait, bbb", {"aaa": (CHEAP, sure("data", "no")), "bbb": (LOW,)}, "low"),
        ("aaa, no wait, bbb", {"aaa": (sure("budget", "unsure"), HIGH), "bbb": (LOW,)}, "low"),
        (
            "aaa, no wait, bbb",
            {"aaa": (sure("data", "no"), CHEAP), "bbb": (maybe("budget", "flexible"),)},
            "likely budget flexible + data no",
        ),
        ("aaa, no wait, bbb", {"aaa": (HIGH,)}, "Unknown"),
        ("no wait, bbb", {"bbb": (HIGH,)}, "changes volume high"),
        ("aaa forget that bbb", {"bbb": (HIGH,)}, "Unknown"),
        ("aaa. forget that bbb", {"bbb": (HIGH,)}, "high"),
        ("aaa sorry, no bbb", {"bbb": (HIGH,)}, "high"),
        ("aaa, no wait, bbb, no wait, ccc", {"bbb": (LOW,), "ccc": (HIGH,)}, "high"),
    ],
)
def test_sentences_one_by_one(advisor: Advisor, text: str, answers: dict, meaning: str) -> None:
    assert meant(advisor, at_volume(advisor), text, Understanding(answers)) == meaning


A, B = "aaa bbb ccc", "ddd eee fff"
BOTH = f"{A}, {B}"


@pytest.mark.parametrize(
    ("text", "answers", "meaning"),
    [
        (BOTH, {A: (LOW,), B: (CHEAP,)}, "low + budget limited"),
        (BOTH, {BOTH: (CHEAP,), A: (maybe("volume", "high"),), B: (LOW,)}, "changes budget limited"),
        (BOTH, {BOTH: (CHEAP,), A: (maybe("volume", "low"),), B: (LOW,)}, "low + budget limited"),
        (BOTH, {A: (LOW,), B: (sure("budget", "limited", 0.94),)}, "low"),
        (BOTH, {B: (CHEAP,)}, "changes budget limited"),
        (BOTH, {B: (sure("budget", "limited", 0.95),)}, "changes budget limited"),
        (BOTH, {B: (sure("budget", "limited", 0.94),)}, "Unknown"),
        (BOTH, {(A, "volume"): (LOW,), B: (CHEAP,)}, "changes budget limited"),
        (BOTH, {BOTH: (LOW,), B: (CHEAP,)}, "low + budget limited"),
        (BOTH, {BOTH: (LOW,), B: (HIGH,)}, "low"),
        (BOTH, {BOTH: (maybe("volume", "low"),), B: (CHEAP,)}, "likely volume low"),
        (BOTH, {BOTH: (maybe("volume", "low"),), B: (LOW,)}, "likely volume low"),
        (BOTH, {BOTH: (maybe("volume", "low"),), B: (maybe("volume", "high"),)}, "likely volume low"),
        (BOTH, {A: (maybe("budget", "flexible"),), B: (CHEAP,)}, "Unknown"),
        (BOTH, {A: (maybe("domain", "general"),), B: (CHEAP,)}, "changes budget limited"),
        (BOTH, {A: (UNSURE,)}, "Unknown"),
        (BOTH, {BOTH: (maybe("volume", "unsure"),), A: (UNSURE,)}, "unsure"),
        (f"not sure yet, {B}", {"not sure yet": (UNSURE,)}, "unsure"),
        (f"not sure yet, {B}", {"not sure yet": (UNSURE,), B: (CHEAP,)}, "Unknown"),
        (f"not sure yet, {B}", {f"not sure yet, {B}": (CHEAP,), "not sure yet": (UNSURE,)}, "changes budget limited"),
        (f"few, {B}", {B: (CHEAP,)}, "low + budget limited"),
        ("few, ddd eee", {"ddd eee": (CHEAP,)}, "low"),
        (f"few, {A}, {A}, {B}", {B: (CHEAP,)}, "low + budget limited"),
        (f"few, {A}, {A}, {B}, gg", {B: (CHEAP,)}, "Unknown"),
        ("few, budget: tight", {}, "low + budget limited"),
    ],
)
def test_clauses_one_by_one(advisor: Advisor, text: str, answers: dict, meaning: str) -> None:
    assert meant(advisor, at_volume(advisor), text, Understanding(answers)) == meaning


@pytest.mark.parametrize(
    ("read", "share", "meaning"), [("limited", 0.94, "changes budget limited"), ("flexible", 1.0, "Unknown")]
)
def test_what_is_read_out_of_a_clause_seconds_or_gainsays_it(
    advisor: Advisor, read: str, share: float, meaning: str
) -> None:
    meanings = Understanding({B: (sure("budget", "limited", share),)}, reads={B: {"budget": read}})
    assert meant(advisor, at_volume(advisor), BOTH, meanings) == meaning


def test_the_clauses_of_what_is_hedged_say_nothing(advisor: Advisor) -> None:
    assert meant(advisor, at_volume(advisor), BOTH, Understanding({B: (CHEAP,)}, unsure={BOTH})) == "Unknown"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("budget: tight", "changes budget limited"),
        ("budget = tight", "changes budget limited"),
        ("b: tight", "Unknown"),
        ("budget: tight or flexible", "Unknown"),
        ("training: none", "changes data no"),
        ("training data: none", "changes data no"),
        ("data: none", "changes data no"),
        ("budget is tight", "changes budget limited"),
        ("budget tight", "Unknown"),
        ("domain is general its just letters", "changes domain general"),
        ("domain is general or specialised", "Unknown"),
        ("data is plenty", "changes"),
        ("training data is none", "changes data no"),
        ("training is none", "changes data no"),
        ("change budget", "[edit:budget]"),
        ("go back to budget", "[edit:budget]"),
        ("change my answer to budget", "[edit:budget]"),
        ("change training", "[edit:data]"),
        ("change budget a b c", "[edit:budget]"),
        ("change budget a b c d", "Unknown"),
        ("change the budget and domain", "Unknown"),
        ("change xyz", "Unknown"),
        ("set budget", "Unknown"),
    ],
)
def test_a_question_named_with_or_without_its_answer(advisor: Advisor, text: str, meaning: str) -> None:
    assert meant(advisor, at_volume(advisor), text) == meaning


def test_what_is_named_in_a_hedged_text_is_not_taken(advisor: Advisor) -> None:
    text = "domain is general its just letters"
    assert meant(advisor, at_volume(advisor), text, Understanding(unsure=frozenset([text]))) == "Unknown"


@pytest.mark.parametrize(
    ("text", "answer", "meaning"),
    [
        ("change budget to xyz", CHEAP, "changes budget limited"),
        ("set budget to xyz", CHEAP, "changes budget limited"),
        ("and change budget to xyz", CHEAP, "changes budget limited"),
        ("change budget to xyz", maybe("budget", "limited"), "[edit:budget]"),
        ("change budget to xyz", LOW, "[edit:budget]"),
    ],
)
def test_a_change_with_what_it_changes_to(advisor: Advisor, text: str, answer: object, meaning: str) -> None:
    meanings = Understanding({("xyz", "budget"): (answer,)})  # type: ignore[dict-item]
    assert meant(advisor, at_volume(advisor), text, meanings) == meaning
