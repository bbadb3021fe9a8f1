"""What a typed text means, given what is understood of it: every decision between an answer, a request and the rest."""

from collections.abc import Mapping

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, Proposal
from dialogs.intent_parser import parse_intent
from dialogs.intents import (
    AdviceRequest,
    Ambiguous,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    ResultQuestion,
    SmallTalk,
    TriageRequest,
    TypedCommand,
    WhatIf,
)
from knowledge.interfaces import Decision, Match, Reading
from knowledge.pack_loader import builtin, load_pack
from tests.dialogs.understanding import Understanding, asked, maybe, sure, understanding

PACK = load_pack(builtin())
PASSAGE, OUTSIDE = PACK.passages[0].id, PACK.outside[0].id


def readings(found: Mapping[str, Reading]) -> str:
    return ", ".join(f"{question} {reading.option}" for question, reading in found.items())


def told(intent: Intent) -> str:
    """An intent in a few words; what else a text answers stands behind a plus."""
    match intent:
        case GivenAnswer(option, plain, others):
            said = f"{option} plainly" if plain else option
            return f"{said} + {readings(others)}" if others else said
        case LikelyAnswer(question, option, others):
            said = f"likely {question} {option}"
            return f"{said} + {readings(others)}" if others else said
        case Correction(changes):
            return f"changes {readings(changes)}".strip()
        case Ambiguous(options):
            return " or ".join(options)
        case SmallTalk(remark):
            return remark
        case TypedCommand(action):
            return f"[{action.id}]"
        case WhatIf(supposed):
            return f"what if {readings(supposed)}".strip()
        case ResultQuestion(topic):
            return f"result: {topic}"
        case AdviceRequest(_, found, listed, match):
            marks = (readings(found), "a list" if listed else "", "asks besides" if match else "")
            return ": ".join(("advice", ", ".join(mark for mark in marks if mark))).removesuffix(": ")
        case TriageRequest(lines):
            return f"triage: {' | '.join(lines)}"
        case _:
            return type(intent).__name__


def meant(advisor: Advisor, conversation: Conversation, text: str, meanings: Understanding | None = None) -> str:
    return told(parse_intent(understanding(advisor, meanings or Understanding()), conversation, text))


def at_volume(advisor: Advisor) -> Conversation:
    """The question about volume is open, that about data was answered with yes."""
    return asked(advisor, "volume", data="yes")


def finished(advisor: Advisor, budget: str = "limited") -> Conversation:
    return asked(advisor, None, data="yes", volume="low", domain="general", budget=budget, consistency="tolerant")


def fresh(advisor: Advisor) -> Conversation:
    return Conversation.fresh(advisor.pack)


LOW, HIGH, CHEAP = sure("volume", "low"), sure("volume", "high"), sure("budget", "limited")


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
    ("text", "answer", "match", "meaning"),
    [
        ("what xyz", LOW, None, "SubjectQuestion"),
        ("xyz?", LOW, None, "likely volume low"),
        ("xyz?", CHEAP, None, "SubjectQuestion"),
        ("xyz?", sure("volume", "unsure"), None, "likely volume unsure"),
        ("xyz?", sure("volume", "unsure"), Match(Decision.OFFER, (PASSAGE,), 0.29), "likely volume unsure"),
        ("xyz?", sure("volume", "unsure"), Match(Decision.OFFER, (PASSAGE,), 0.3), "SubjectQuestion"),
        ("xyz?", sure("volume", "unsure"), Match(Decision.UNKNOWN, (PASSAGE,), 0.9), "likely volume unsure"),
        ("should be xyz", LOW, None, "low"),
        ("should be xyz?", LOW, None, "SubjectQuestion"),
        ("should be xyz", maybe("volume", "low"), None, "SubjectQuestion"),
        ("should be xyz", LOW, Match(Decision.ANSWER, (PASSAGE,), 0.1), "SubjectQuestion"),
        ("should be xyz", LOW, Match(Decision.OFFER, (PASSAGE,), 0.9), "low"),
        ("should we xyz", LOW, None, "SubjectQuestion"),
        ("is xyz", LOW, Match(Decision.ANSWER, (PASSAGE,), 0.6), "SubjectQuestion"),
        ("is xyz", LOW, Match(Decision.ANSWER, (PASSAGE,), 0.59), "low"),
        ("is xyz", LOW, Match(Decision.OFFER, (PASSAGE,), 0.9), "low"),
        ("is fine-tuning xyz", LOW, Match(Decision.OFFER, (PASSAGE,), 0.3), "SubjectQuestion"),
        ("might xyz", LOW, Match(Decision.OFFER, (PASSAGE,), 0.29), "low"),
        ("might xyz", LOW, Match(Decision.OFFER, (PASSAGE,), 0.3), "SubjectQuestion"),
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
    ],
)
def test_what_takes_back_an_answer(advisor: Advisor, text: str, answers: dict, meaning: str) -> None:
    assert meant(advisor, at_volume(advisor), text, Understanding(answers)) == meaning


def test_what_is_stated_behind_a_correction_counts(advisor: Advisor) -> None:
    text = "actually xyz"
    assert meant(advisor, at_volume(advisor), text, Understanding(states={text: {"data": "no"}})) == "changes data no"
    assert meant(advisor, at_volume(advisor), "xyz", Understanding(states={"xyz": {"data": "no"}})) == "Unknown"


UNSURE = sure("volume", "unsure")


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
        ("no wait, bbb", {"bbb": (HIGH,)}, "Unknown"),
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


T = "aaa bbb ccc ddd"
CLAUSES = "aaa bbb ccc, ddd eee fff"
SEVEN = ", ".join(f"a{number} b{number} c{number}" for number in range(7))
IDEA = "my idea is aaa"


@pytest.mark.parametrize(
    ("text", "project", "meaning"),
    [
        (T, 0.54, "Unknown"),
        (T, 0.55, "advice"),
        ("it aaa bbb ccc", 0.55, "advice"),
        ("aaa bbb ccc", 0.9, "Unknown"),
        (f"{T}?", 0.9, "SubjectQuestion"),
        (f"is {T}", 0.8, "advice"),
        (f"is {T}", 0.79, "SubjectQuestion"),
        (f"what {T}", 0.9, "SubjectQuestion"),
        (IDEA, 0, "advice"),
        (f"aaa {IDEA}", 0, "advice"),
        (f"why {IDEA}", 0, "SubjectQuestion"),
        ("should we fine-tune aaa", 0, "advice"),
        ("hi should we fine-tune aaa", 0, "advice"),
        ("why should we fine-tune aaa", 0, "SubjectQuestion"),
        ("please why should we fine-tune aaa", 0, "Unknown"),
        (f"aaa. {IDEA}. ccc.", 0, "advice"),
        ("1\n2\n3\n4 aaa bbb", 0.9, "advice"),
        ("1\n2\n3\n4\n5 aaa bbb", 0.9, "advice: a list"),
        ("- aaa\n- bbb\nmy idea is ccc", 0.9, "advice"),
    ],
)
def test_a_project_starts_the_questions(advisor: Advisor, text: str, project: float, meaning: str) -> None:
    assert meant(advisor, fresh(advisor), text, Understanding(projects={text: project})) == meaning


@pytest.mark.parametrize(
    ("text", "clause", "project", "meaning"),
    [
        (CLAUSES, "aaa bbb ccc,", 0.8, "advice"),
        (CLAUSES, "aaa bbb ccc,", 0.79, "Unknown"),
        (CLAUSES, "ddd eee fff", 0.8, "advice"),
        ("aaa bbb, ddd eee fff", "ddd eee fff", 0.9, "Unknown"),
        (SEVEN, "a5 b5 c5,", 0.9, "advice"),
        (SEVEN, "a6 b6 c6", 0.9, "Unknown"),
    ],
)
def test_one_clause_may_name_a_project(advisor: Advisor, text: str, clause: str, project: float, meaning: str) -> None:
    assert meant(advisor, fresh(advisor), text, Understanding(projects={clause: project})) == meaning


def test_in_the_middle_of_the_questions_only_what_is_surely_another_project_is_one(advisor: Advisor) -> None:
    def means(text: str, project: float, conversation: Conversation, clause: str = "") -> str:
        return meant(advisor, conversation, text, Understanding(projects={clause or text: project}))

    volume, begun = at_volume(advisor), asked(advisor, "data")
    assert [means(T, project, volume) for project in (0.94, 0.95)] == ["Unknown", "advice"]
    assert [means(CLAUSES, project, volume, "ddd eee fff") for project in (0.94, 0.95)] == ["Unknown", "advice"]
    assert means(T, 0.55, begun) == "advice"
    assert means(f"it {T}", 0.99, volume) == "Unknown"
    facts = Understanding(reads={T: {"data": "yes", "budget": "limited"}})
    assert meant(advisor, volume, T, facts) == "Unknown"
    assert meant(advisor, fresh(advisor), T, facts) == "advice: data yes, budget limited"


@pytest.mark.parametrize(
    ("states", "reads", "project", "meaning"),
    [
        ({"data": "yes"}, {}, 0, "advice: data yes"),
        ({}, {"data": "yes"}, 0.05, "Unknown"),
        ({}, {"data": "yes"}, 0.06, "advice: data yes"),
        ({}, {"data": "yes", "budget": "limited"}, 0, "advice: data yes, budget limited"),
    ],
)
def test_facts_make_a_description(
    advisor: Advisor, states: dict[str, str], reads: dict[str, str], project: float, meaning: str
) -> None:
    meanings = Understanding(states={T: states}, reads={T: reads}, projects={T: project})
    assert meant(advisor, fresh(advisor), T, meanings) == meaning


REQUEST = "should we fine-tune aaa"
TWO = {"data": "yes", "budget": "limited"}


@pytest.mark.parametrize(
    ("text", "match", "project", "reads", "meaning"),
    [
        (T, Match(Decision.ANSWER, (PASSAGE,), 0.3), 0, {}, "SubjectQuestion"),
        (T, Match(Decision.OFFER, (PASSAGE,), 0.9), 0, {}, "Unknown"),
        (f"{T}?", Match(Decision.OFFER, (PASSAGE,), 0.9), 0, {}, "SubjectQuestion"),
        (f"is {T}", Match(Decision.OFFER, (PASSAGE,), 0.3), 0.9, {}, "SubjectQuestion"),
        (T, Match(Decision.ANSWER, (PASSAGE,), 0.9), 0, TWO, "SubjectQuestion"),
        (T, Match(Decision.OFFER, (PASSAGE,), 0.65), 0, TWO, "Unknown"),
        (T, Match(Decision.OFFER, (PASSAGE,), 0.64), 0, TWO, "advice: data yes, budget limited"),
        (IDEA, Match(Decision.ANSWER, (PASSAGE,), 0.9), 0, {}, "SubjectQuestion"),
        (REQUEST, Match(Decision.ANSWER, (PASSAGE,), 0.1), 0.54, {}, "SubjectQuestion"),
        (REQUEST, Match(Decision.ANSWER, (PASSAGE,), 0.9), 0.55, {}, "advice"),
        (REQUEST, Match(Decision.OFFER, (PASSAGE,), 0.65), 0, {}, "SubjectQuestion"),
        (REQUEST, Match(Decision.OFFER, (PASSAGE,), 0.64), 0, {}, "advice: asks besides"),
        (REQUEST, Match(Decision.OFFER, (PASSAGE,), 0.64), 0.55, {}, "advice"),
        (REQUEST, Match(Decision.OFFER, (PASSAGE,), 0.4), 0, {}, "advice: asks besides"),
        (REQUEST, Match(Decision.OFFER, (PASSAGE,), 0.39), 0, {}, "advice"),
        (REQUEST, Match(Decision.UNKNOWN, (PASSAGE,), 0.5), 0, {}, "advice"),
        (REQUEST, Match(Decision.OFFER, (PASSAGE,), 0.5), 0, {"data": "yes"}, "advice: data yes, asks besides"),
        (REQUEST, Match(Decision.ANSWER, (OUTSIDE,), 0.9), 0, {}, "SubjectQuestion"),
        (REQUEST, Match(Decision.ANSWER, (OUTSIDE,), 0.9), 0, {"data": "yes"}, "advice: data yes"),
        (REQUEST, Match(Decision.OFFER, (OUTSIDE,), 0.5), 0, {"data": "yes"}, "advice: data yes"),
        ("ich will nicht", Match(Decision.ANSWER, (PASSAGE,), 0.9), 0, {}, "SubjectQuestion"),
        ("ich will nicht", Match(Decision.OFFER, (PASSAGE,), 0.9), 0, {}, "no_german"),
    ],
)
def test_what_a_passage_answers_is_a_question(
    advisor: Advisor, text: str, match: Match, project: float, reads: dict[str, str], meaning: str
) -> None:
    meanings = Understanding(passages={text: match}, projects={text: project}, reads={text: reads})
    assert meant(advisor, fresh(advisor), text, meanings) == meaning


def test_what_is_stated_alone_is_a_description_whatever_passage_is_near(advisor: Advisor) -> None:
    meanings = Understanding(states={T: {"data": "yes"}}, passages={T: Match(Decision.ANSWER, (PASSAGE,), 0.9)})
    assert meant(advisor, fresh(advisor), T, meanings) == "advice: data yes"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("ich will", "Unknown"),
        ("ich a b c nicht d", "no_german"),
        ("ich a b c nicht d e", "Unknown"),
        ("ich avons je nous", "no_french"),
    ],
)
def test_a_language_is_told_by_its_common_words(advisor: Advisor, text: str, meaning: str) -> None:
    assert meant(advisor, fresh(advisor), text) == meaning


LONG = " ".join(f"w{number}" for number in range(25))


@pytest.mark.parametrize(
    ("text", "project", "meaning"),
    [
        (LONG, 0.94, "changes budget limited"),
        (LONG, 0.95, "advice"),
        (f"{LONG} w", 0.54, "changes budget limited"),
        (f"{LONG} w", 0.55, "Unknown"),
        (f"it {T}", 0.99, "changes budget limited"),
        (f"actually {T}", 0.99, "changes budget limited"),
        (REQUEST, 0, "advice"),
    ],
)
def test_a_fact_about_this_idea_is_told_from_another_idea(
    advisor: Advisor, text: str, project: float, meaning: str
) -> None:
    meanings = Understanding({text: (CHEAP,)}, projects={text: project})
    assert meant(advisor, at_volume(advisor), text, meanings) == meaning


RICH = sure("budget", "flexible")


@pytest.mark.parametrize(
    ("text", "answers", "budget", "meaning"),
    [
        (T, (RICH,), "limited", "Unknown"),
        (f"it {T}", (RICH,), "limited", "changes budget flexible"),
        ("we have budget flexible", (RICH,), "limited", "changes budget flexible"),
        (T, (RICH,), "unsure", "changes budget flexible"),
        (T, (RICH, sure("data", "no")), "unsure", "Unknown"),
        (f"actually {T}", (maybe("budget", "flexible"),), "limited", "likely budget flexible"),
        (f"it {T}", (maybe("budget", "flexible"),), "limited", "likely budget flexible"),
        (f"actually {T}", (), "limited", "Unknown"),
        ("actually flexible", (), "limited", "changes budget flexible"),
        ("actually none", (), "limited", "changes data no"),
        ("it has names is that ok", (RICH,), "limited", "SubjectQuestion"),
    ],
)
def test_below_a_result_only_what_is_surely_about_it_changes_it(
    advisor: Advisor, text: str, answers: tuple, budget: str, meaning: str
) -> None:
    assert meant(advisor, finished(advisor, budget), text, Understanding({text: answers})) == meaning


@pytest.mark.parametrize(
    ("option", "meaning"), [("flexible", "changes budget flexible"), ("limited", "SubjectQuestion")]
)
def test_what_asks_further_on_counts_where_it_states_the_same(advisor: Advisor, option: str, meaning: str) -> None:
    text = "it has names is that ok"
    meanings = Understanding({text: (RICH,)}, states={text: {"budget": option}})
    assert meant(advisor, finished(advisor), text, meanings) == meaning


@pytest.mark.parametrize(
    ("text", "below", "between", "before"),
    [
        ("why", "result: reasons", "[why]", "[why]"),
        ("why is aaa", "result: reasons", "SubjectQuestion", "SubjectQuestion"),
        ("summary", "result: summary", "no_result_yet", "Unknown"),
        ("short summary please", "result: summary", "Unknown", "Unknown"),
        ("summary aaa bbb ccc ddd", "result: summary", "Unknown", "Unknown"),
        ("summary aaa bbb ccc ddd eee", "Unknown", "Unknown", "Unknown"),
        ("what would change it", "result: changes", "no_result_yet", "SubjectQuestion"),
        ("what did you read", "result: read", "SubjectQuestion", "SubjectQuestion"),
        ("please summary", "result: summary", "no_result_yet", "Unknown"),
        ("share", "[share]", "no_result_yet", "Unknown"),
        ("details", "[details]", "no_result_yet", "Unknown"),
        ("what if xyz", "what if budget flexible", "SubjectQuestion", "SubjectQuestion"),
        ("if xyz", "what if budget flexible", "Unknown", "Unknown"),
        ("what if we had xyz", "what if data no", "SubjectQuestion", "SubjectQuestion"),
        ("what if", "what if", "SubjectQuestion", "SubjectQuestion"),
        ("what if budget", "what if", "SubjectQuestion", "SubjectQuestion"),
        ("what if budget flexible", "what if budget flexible", "SubjectQuestion", "SubjectQuestion"),
        ("what if budget flexible or limited", "what if", "SubjectQuestion", "SubjectQuestion"),
        ("but what if data xyz", "what if data no", "Unknown", "Unknown"),
    ],
)
def test_what_is_asked_about_a_result(advisor: Advisor, text: str, below: str, between: str, before: str) -> None:
    meanings = Understanding(
        {"xyz": (RICH,), "we have xyz": (sure("data", "no"),), ("xyz", "data"): (sure("data", "no"),)}
    )
    conversations = (finished(advisor), at_volume(advisor), fresh(advisor))
    assert [meant(advisor, conversation, text, meanings) for conversation in conversations] == [below, between, before]


@pytest.mark.parametrize(
    ("decision", "meaning"), [(Decision.ANSWER, "SubjectQuestion"), (Decision.OFFER, "result: reasons")]
)
def test_why_is_no_question_about_the_result_where_a_passage_answers_it(
    advisor: Advisor, decision: Decision, meaning: str
) -> None:
    meanings = Understanding(passages={"why aaa": Match(decision, (PASSAGE,), 0.9)})
    assert meant(advisor, finished(advisor), "why aaa", meanings) == meaning


@pytest.mark.parametrize(
    ("text", "before", "between"),
    [
        ("ok", "Acknowledgement", "Acknowledgement"),
        ("thanks", "Thanks", "Thanks"),
        ("ok thanks", "Thanks", "Thanks"),
        ("hello", "Hello", "Hello"),
        ("please", "Unknown", "Unknown"),
        ("🎉", "Acknowledgement", "Acknowledgement"),
        ("🙃", "Unknown", "Unknown"),
        ("help", "[help]", "[help]"),
        ("please help", "[help]", "[help]"),
        ("wat can you do", "[help]", "[help]"),
        ("continue", "Unknown", "[continue]"),
        ("learn", "[learn]", "[learn]"),
        ("learn 3", "[read:3]", "[read:3]"),
        ("learn x", "Unknown", "Unknown"),
        ("idea 3", "[idea:3]", "[idea:3]"),
        ("skip", "Unknown", "unsure plainly"),
        ("lets go", "[start]", "[start]"),
        ("how are you", "are_you_well", "are_you_well"),
        ("aaa. hello. who made you.", "made_by", "made_by"),
        ("aaa. hello. thanks.", "Unknown", "Unknown"),
        ("aaa. hello. learn.", "[learn]", "[learn]"),
    ],
)
def test_commands_and_small_talk(advisor: Advisor, text: str, before: str, between: str) -> None:
    assert (meant(advisor, fresh(advisor), text), meant(advisor, at_volume(advisor), text)) == (before, between)


@pytest.mark.parametrize(
    ("text", "projects", "meaning"),
    [
        ("- aaa\n- bbb\n- ccc", (), "triage: aaa | bbb | ccc"),
        ("1. aaa\n(2) bbb\nc) ccc", (), "triage: aaa | bbb | ccc"),
        ("- aaa\n- bbb", ("- aaa", "- bbb"), "Unknown"),
        ("Please:\n- aaa\n- bbb\n- ccc\nddd", (), "triage: aaa | bbb | ccc"),
        ("Please:\n" + "a b\n" * 9 + "- aaa\n- bbb\n- ccc", (), "triage: " + "a b | " * 9 + "aaa | bbb | ccc"),
        ("a b\n" * 9 + "- aaa\n- bbb\n- ccc", (), "triage: aaa | bbb | ccc"),
        ("a b\n" * 10 + "- aaa\n- bbb\n- ccc", (), "triage: " + "a b | " * 10 + "aaa | bbb | ccc"),
        ("aaa\nbbb\nccc", ("aaa", "bbb"), "triage: aaa | bbb | ccc"),
        ("aaa\nbbb\nccc", ("aaa",), "Unknown"),
        ("ours?\naaa\nbbb\nccc", ("aaa", "bbb"), "triage: aaa | bbb | ccc"),
        ("ours?\naaa\nbbb", ("aaa", "bbb"), "Unknown"),
        (f"{'a ' * 30}\nbbb\nccc", ("bbb", "ccc"), f"triage: {('a ' * 30).strip()} | bbb | ccc"),
        (f"{'a ' * 31}\nbbb\nccc", ("bbb", "ccc"), "Unknown"),
    ],
)
def test_a_pasted_list(advisor: Advisor, text: str, projects: tuple[str, ...], meaning: str) -> None:
    meanings = Understanding(projects=dict.fromkeys(projects, 0.6))
    assert meant(advisor, fresh(advisor), text, meanings) == meaning


def test_a_list_of_facts_about_one_idea_is_no_list_of_ideas(advisor: Advisor) -> None:
    text = "- aaa\n- bbb\n- ccc\n- ddd"
    fact = {"data": "yes"}
    assert meant(advisor, fresh(advisor), text, Understanding(reads={"aaa": fact})).startswith("triage")
    facts = Understanding(reads={"aaa": fact, "bbb": fact})
    assert meant(advisor, fresh(advisor), text, facts) == "Unknown"
    ideas = Understanding(reads={"aaa": fact, "bbb": fact}, projects={"aaa": 0.55})
    assert meant(advisor, fresh(advisor), text, ideas).startswith("triage")


def test_while_a_question_is_open_lines_without_marks_are_no_list(advisor: Advisor) -> None:
    meanings = Understanding(projects=dict.fromkeys(("aaa", "bbb", "ccc"), 0.6))
    assert meant(advisor, at_volume(advisor), "aaa\nbbb\nccc", meanings) == "Unknown"
    assert meant(advisor, at_volume(advisor), "- aaa\n- bbb\n- ccc", meanings) == "triage: aaa | bbb | ccc"


@pytest.mark.parametrize(
    ("text", "project", "answers", "meaning"),
    [
        ("- aaa", 0.95, (), "advice"),
        ("- aaa", 0.94, (), "Unknown"),
        ("aaa", 0.95, (), "Unknown"),
        ("- aaa\nbbb", 0.95, (), "Unknown"),
        ("- aaa", 0.95, (maybe("volume", "low"),), "Unknown"),
        ("- aaa", 0.95, (CHEAP,), "advice"),
    ],
)
def test_one_marked_line_is_another_idea_while_a_question_is_open(
    advisor: Advisor, text: str, project: float, answers: tuple, meaning: str
) -> None:
    meanings = Understanding({"aaa": answers}, projects={"aaa": project})
    assert meant(advisor, at_volume(advisor), text, meanings) == meaning
    assert meant(advisor, fresh(advisor), text, meanings) == "Unknown"


def test_the_message_after_triage_is_the_list(advisor: Advisor) -> None:
    waits = fresh(advisor).replace(revision=3, list_asked=3)
    assert meant(advisor, waits, "aaa\nbbb") == "triage: aaa | bbb"
    assert meant(advisor, waits, "- aaa") == "triage: aaa"
    assert meant(advisor, waits, "aaa") == "Unknown"
    assert meant(advisor, waits.replace(revision=4), "aaa\nbbb") == "Unknown"
    assert meant(advisor, fresh(advisor), "aaa\nbbb") == "Unknown"
    assert meant(advisor, fresh(advisor), "please triage: aaa\n\n- bbb") == "triage: aaa | bbb"
    assert meant(advisor, fresh(advisor), "triage these:\naaa\nbbb") == "triage: aaa | bbb"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("show reslut", "[show]"),
        ("a b c d e f g show reslut", "Unknown"),
        ("halp", "Unknown"),
    ],
)
def test_a_slip_in_a_command_is_forgiven(advisor: Advisor, text: str, meaning: str) -> None:
    certain = asked(advisor, "domain", data="no", volume="low")
    assert meant(advisor, certain, text) == meaning
