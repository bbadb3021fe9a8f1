"""Which answers a text gives: to the open question, to others, and corrections."""

import pytest

from dialogs.advisor import Advisor
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import CHEAP, HIGH, LOW, PASSAGE, UNSURE, at_volume, finished, meant
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure


@pytest.mark.parametrize(
    ("answers", "meaning"),
    [
        ((LOW,), "low"),
        ((maybe("volume", "low"),), "likely volume low"),
        ((LOW, CHEAP), "low + budget limited"),
        ((LOW, CHEAP, maybe("domain", "general")), "likely domain general + volume low, budget limited"),
        ((LOW, CHEAP, maybe("data", "no")), "low + budget limited"),
        ((LOW, sure("data", "no")), "low + data no"),
        ((LOW, sure("data", "yes")), "low"),
        ((maybe("volume", "low"), sure("data", "no")), "likely volume low + data no"),
        ((maybe("volume", "low"), maybe("budget", "limited")), "likely volume low"),
        ((sure("data", "no"),), "changes data no"),
        ((sure("data", "yes"),), "changes"),
        ((maybe("data", "no"),), "likely data no"),
        ((maybe("data", "yes"),), "Unknown"),
        ((maybe("data", "no"), maybe("budget", "limited")), "likely data no"),
        ((maybe("data", "no"), CHEAP), "changes budget limited"),
    ],
)
def test_what_answers_the_open_question_and_others(advisor: Advisor, answers: tuple, meaning: str) -> None:
    assert meant(advisor, at_volume(advisor), "xyz", Understanding({"xyz": answers})) == meaning


def test_the_words_of_an_option_say_more_than_what_is_understood(advisor: Advisor) -> None:
    volume = at_volume(advisor)
    assert meant(advisor, volume, "low", Understanding({"low": (HIGH,)})) == "low plainly"
    text = "many or few"
    assert meant(advisor, volume, text) == "high or low"
    assert meant(advisor, volume, text, Understanding({text: (LOW,)})) == "low"
    assert meant(advisor, volume, text, Understanding({text: (maybe("volume", "low"),)})) == "high or low"


@pytest.mark.parametrize(
    ("answer", "match", "meaning"),
    [
        (maybe("volume", "low"), Match(MatchOutcome.ANSWER, (PASSAGE,), 0.8), "SubjectQuestion"),
        (maybe("volume", "low"), Match(MatchOutcome.ANSWER, (PASSAGE,), 0.79), "likely volume low"),
        (maybe("volume", "low"), Match(MatchOutcome.OFFER, (PASSAGE,), 0.9), "likely volume low"),
        (LOW, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.99), "low"),
    ],
)
def test_what_surely_asks_for_a_passage_is_no_guess(
    advisor: Advisor, answer: object, match: Match, meaning: str
) -> None:
    meanings = Understanding({"first xyz": (answer,)}, passages={"first xyz": match})  # type: ignore[dict-item]
    assert meant(advisor, at_volume(advisor), "first xyz", meanings) == meaning


@pytest.mark.parametrize(
    ("text", "answer", "match", "meaning"),
    [
        ("what xyz", LOW, None, "SubjectQuestion"),
        ("what xyz", sure("volume", "unsure", 0.95), None, "likely volume unsure"),
        ("what xyz", sure("volume", "unsure", 0.94), None, "SubjectQuestion"),
        ("what xyz?", sure("volume", "unsure"), None, "SubjectQuestion"),
        ("xyz?", LOW, None, "likely volume low"),
        ("xyz?", CHEAP, None, "SubjectQuestion"),
        ("xyz?", sure("volume", "unsure"), None, "likely volume unsure"),
        ("xyz?", sure("volume", "unsure"), Match(MatchOutcome.OFFER, (PASSAGE,), 0.29), "likely volume unsure"),
        ("xyz?", sure("volume", "unsure"), Match(MatchOutcome.OFFER, (PASSAGE,), 0.3), "SubjectQuestion"),
        ("xyz?", sure("volume", "unsure"), Match(MatchOutcome.UNKNOWN, (PASSAGE,), 0.9), "likely volume unsure"),
        ("should be xyz", LOW, None, "low"),
        ("should be xyz?", LOW, None, "SubjectQuestion"),
        ("should be xyz", maybe("volume", "low"), None, "SubjectQuestion"),
        ("should be xyz", LOW, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.1), "SubjectQuestion"),
        ("should be xyz", LOW, Match(MatchOutcome.OFFER, (PASSAGE,), 0.9), "low"),
        ("should we xyz", LOW, None, "SubjectQuestion"),
        ("is xyz", LOW, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.6), "SubjectQuestion"),
        ("is xyz", LOW, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.59), "low"),
        ("is xyz", LOW, Match(MatchOutcome.OFFER, (PASSAGE,), 0.9), "low"),
        ("is fine-tuning xyz", LOW, Match(MatchOutcome.OFFER, (PASSAGE,), 0.3), "SubjectQuestion"),
        ("might xyz", LOW, Match(MatchOutcome.OFFER, (PASSAGE,), 0.29), "low"),
        ("might xyz", LOW, Match(MatchOutcome.OFFER, (PASSAGE,), 0.3), "SubjectQuestion"),
    ],
)
def test_what_opens_like_a_question_may_complete_the_open_one(
    advisor: Advisor, text: str, answer: object, match: Match | None, meaning: str
) -> None:
    meanings = Understanding({text: (answer,)}, passages={text: match} if match else {})  # type: ignore[dict-item]
    assert meant(advisor, at_volume(advisor), text, meanings) == meaning


@pytest.mark.parametrize(
    ("text", "answers", "meaning"),
    [
        ("actually xyz", {"actually xyz": (sure("data", "no"),)}, "changes data no"),
        ("actually xyz", {"actually xyz": (sure("data", "yes"),)}, "Unknown"),
        ("actually xyz", {"actually xyz": (maybe("data", "no"),)}, "likely data no"),
        ("actually none", {}, "changes data no"),
        ("actually low", {}, "Unknown"),
        # an amount behind it takes back the answer before, unless it may be about the open question
        (
            "actually 5",
            {
                "actually 5": (maybe("volume", "low"),),
                ("actually 5", None): (),
                ("5", "data"): (maybe("data", "no"),),
            },
            "changes data no",
        ),
        (
            "actually 5",
            {"actually 5": (maybe("volume", "low"),), ("5", "data"): (maybe("data", "no"),)},
            "likely volume low",
        ),
        (
            "actually 5",
            {"actually 5": (LOW,), ("actually 5", None): (), ("5", "data"): (maybe("data", "no"),)},
            "changes volume low",
        ),
        (
            "actually five",
            {
                "actually five": (maybe("volume", "low"),),
                ("actually five", None): (),
                ("five", "data"): (maybe("data", "no"),),
            },
            "likely volume low",
        ),
        (
            "actually 5",
            {"actually 5": (maybe("volume", "low"),), ("actually 5", None): (), ("5", "data"): (LOW,)},
            "likely volume low",
        ),
        ("actually I said aaa, but bbb", {"but bbb": (sure("data", "no"),)}, "changes data no"),
        ("actually I said aaa, ccc, but bbb", {"ccc but bbb": (sure("data", "no"),)}, "changes data no"),
        ("actually I said aaa, but bbb", {"but bbb": (maybe("data", "no"),)}, "Unknown"),
        ("actually I said aaa, but bbb", {"but bbb": (sure("data", "yes"),)}, "Unknown"),
    ],
)
def test_what_takes_back_an_answer(advisor: Advisor, text: str, answers: dict, meaning: str) -> None:
    assert meant(advisor, at_volume(advisor), text, Understanding(answers)) == meaning


def test_an_amount_takes_back_the_answer_just_given_and_no_other(advisor: Advisor) -> None:
    state = asked(advisor, "domain", data="yes", volume="low")
    meanings = {"actually 5": (maybe("domain", "general"),), ("actually 5", None): ()}
    first = Understanding({**meanings, ("5", "data"): (maybe("data", "no"),)})
    assert meant(advisor, state, "actually 5", first) == "likely domain general"
    last = Understanding({**meanings, ("5", "volume"): (maybe("volume", "high"),)})
    assert meant(advisor, state, "actually 5", last) == "changes volume high"


def test_what_is_stated_behind_a_correction_counts(advisor: Advisor) -> None:
    text = "actually xyz"
    assert meant(advisor, at_volume(advisor), text, Understanding(states={text: {"data": "no"}})) == "changes data no"
    assert meant(advisor, at_volume(advisor), "xyz", Understanding(states={"xyz": {"data": "no"}})) == "Unknown"


@pytest.mark.parametrize(
    ("text", "answers", "meaning"),
    [
        ("budget i don't know", (UNSURE,), "changes budget unsure"),
        ("the budget and domain i don't know", (UNSURE,), "unsure"),
        ("volume i don't know", (UNSURE,), "unsure"),
        ("budget i don't know", (UNSURE, CHEAP), "unsure + budget limited"),
        ("budget i don't know", (UNSURE, sure("budget", "unsure")), "changes budget unsure"),
        ("budget i don't know", (UNSURE, sure("domain", "general")), "changes domain general, budget unsure"),
        ("budget xyz", (LOW,), "low"),
        ("no idea. budget ok", (UNSURE,), "unsure"),
        ("no idea. the budget", (UNSURE,), "changes budget unsure"),
    ],
)
def test_not_sure_may_be_about_another_question(advisor: Advisor, text: str, answers: tuple, meaning: str) -> None:
    assert meant(advisor, at_volume(advisor), text, Understanding({text: answers})) == meaning


@pytest.mark.parametrize("text", ["yes", "no", "yeah", "of course", "it's fine", "doesnt matter"])
def test_a_bare_yes_or_no_is_about_what_was_asked(advisor: Advisor, text: str) -> None:
    elsewhere = Understanding({text: (sure("budget", "limited"),), "cheap": (sure("budget", "limited"),)})
    assert meant(advisor, at_volume(advisor), "cheap", elsewhere) == "changes budget limited"
    assert "budget" not in meant(advisor, at_volume(advisor), text, elsewhere)


@pytest.mark.parametrize("text", ["no none", "no no", "yes yes", "nope, none"])
def test_a_yes_or_no_alone_changes_nothing_at_a_result(advisor: Advisor, text: str) -> None:
    told = Understanding(replies={text: (sure("data", "no"),)})
    assert meant(advisor, finished(advisor), text, told) != "changes data no"
