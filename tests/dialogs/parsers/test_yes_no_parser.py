"""What a text says to a proposed option, and below answers that were read."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Proposal
from dialogs.parsers.intent_parser import parse_intent
from tests.dialogs.parsers.meanings import CHEAP, HIGH, LOW, at_volume, meant, told
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("yes", "Confirmation"),
        ("yes?", "Confirmation"),
        ("👍", "Confirmation"),
        ("👎", "Rejection"),
        ("🙃", "Unknown"),
        ("no", "Rejection"),
        ("1", "Confirmation"),
        ("2", "high plainly"),
        ("3", "unsure plainly"),
        ("4", "Unknown"),
        ("0", "Unknown"),
        ("the 2nd one", "high plainly"),
        ("fourth", "Unknown"),
        ("2 or so", "Unknown"),
        ("is yes", "SubjectQuestion"),
    ],
)
def test_what_waits_to_be_confirmed(advisor: Advisor, text: str, meaning: str) -> None:
    proposed = at_volume(advisor).replace(confirm=Proposal(question="volume", option="low"))
    assert meant(advisor, proposed, text) == meaning


def test_the_numbers_of_options_are_for_the_open_question_only(advisor: Advisor) -> None:
    beside = at_volume(advisor).replace(confirm=Proposal(question="data", option="no"))
    assert [meant(advisor, beside, text) for text in ("yes", "no", "1", "2")] == [
        "Confirmation",
        "Rejection",
        "high plainly",
        "low plainly",
    ]


@pytest.mark.parametrize(
    ("text", "answers", "meaning"),
    [
        ("yes, xyz", {"xyz": (HIGH,)}, "low or high"),
        ("yes, xyz", {"xyz": (maybe("volume", "high"),)}, "low plainly"),
        ("yes, xyz", {"xyz": (LOW,)}, "low plainly"),
        ("yes - xyz", {"xyz": (CHEAP,)}, "low plainly + budget limited"),
        ("yes, xyz", {"xyz": (maybe("budget", "limited"),)}, "low plainly"),
        ("yes it is, xyz?", {"it is, xyz?": (CHEAP,)}, "SubjectQuestion"),
        ("no, xyz", {"xyz": (HIGH,)}, "high plainly"),
        ("no, xyz", {"xyz": (maybe("volume", "high"),)}, "high plainly"),
        ("no, xyz", {"xyz": (HIGH, CHEAP)}, "high plainly + budget limited"),
        ("no, xyz", {"xyz": (LOW,)}, "Rejection"),
        ("no, xyz", {"xyz": (CHEAP,)}, "Unknown"),
        ("no, xyz", {"no, xyz": (CHEAP,)}, "Rejection"),
        ("no xyz", {"no xyz": (CHEAP,)}, "changes budget limited"),
        ("no xyz", {"no xyz": (maybe("budget", "limited"),)}, "Rejection"),
        ("no xyz", {"no xyz": (HIGH,)}, "Rejection"),
        ("no it xyz", {"no it xyz": (CHEAP,)}, "Rejection"),
    ],
)
def test_a_yes_or_no_with_more_behind_it(advisor: Advisor, text: str, answers: dict[str, tuple], meaning: str) -> None:
    proposed = at_volume(advisor).replace(confirm=Proposal(question="volume", option="low"))
    assert meant(advisor, proposed, text, Understanding(answers)) == meaning


@pytest.mark.parametrize(("how", "meaning"), [(sure, "high plainly"), (maybe, "unsure plainly")])
def test_a_yes_to_not_sure_that_says_more_says_more(advisor: Advisor, how: object, meaning: str) -> None:
    proposed = at_volume(advisor).replace(confirm=Proposal(question="volume", option="unsure"))
    meanings = Understanding({"xyz": (how("volume", "high"),)})  # type: ignore[operator]
    assert meant(advisor, proposed, "yes, xyz", meanings) == meaning


def test_a_bare_yes_or_no_below_what_was_read_is_about_that(advisor: Advisor) -> None:
    at_data = asked(advisor, "data").replace(shown=("read:volume",))
    texts = ("yes", "no", "ok", "wrong", "many")
    assert [meant(advisor, at_data, text) for text in texts] == [
        "likely data yes",
        "likely data no",
        "Acknowledgement",
        "Unknown",
        "yes plainly",
    ]
    shown = at_volume(advisor).replace(shown=("read:data",))
    assert [meant(advisor, shown, text) for text in ("yes", "no")] == ["Acknowledgement", "Unknown"]
    assert meant(advisor, asked(advisor, "data"), "yes") == "yes plainly"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("no, general", "Rejection"), ("no, leave it general please", "Rejection"), ("yes, specialised", "Confirmation")],
)
def test_what_is_proposed_beside_the_open_question_is_no_answer_to_it(text: str, meaning: str) -> None:
    advisor = shipped()
    open_data = asked(advisor, "data", domain="general").replace(confirm=Proposal("domain", "specialised", "keepers"))
    assert told(parse_intent(advisor, open_data, text)) == meaning
    at_result = asked(
        advisor, None, data="yes", volume="low", domain="general", budget="limited", consistency="tolerant"
    ).replace(confirm=Proposal("domain", "specialised", "keepers"))
    assert told(parse_intent(advisor, at_result, text)) == meaning
