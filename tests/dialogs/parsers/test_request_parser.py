"""Which texts describe a project, and which ask about the subject."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import CHEAP, OUTSIDE, PASSAGE, at_volume, finished, fresh, meant
from tests.dialogs.stub_knowledge import Understanding, asked

T = "aaa bbb ccc ddd"
CLAUSES = "aaa bbb ccc, ddd eee fff"
SEVEN = ", ".join(f"a{number} b{number} c{number}" for number in range(7))
IDEA = "my idea is aaa"


@pytest.mark.parametrize(
    ("text", "project", "meaning"),
    [
        (T, 0.39, "Unknown"),
        (T, 0.4, "advice"),
        ("it aaa bbb ccc", 0.4, "advice"),
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


@pytest.mark.parametrize(
    ("project", "score", "reads", "meaning"),
    [
        (0.8, 0.39, {"budget": "limited"}, "advice: budget limited"),
        (0.79, 0.39, {"budget": "limited"}, "SubjectQuestion"),
        (0.8, 0.4, {"budget": "limited"}, "SubjectQuestion"),
        (0.8, 0.39, {}, "SubjectQuestion"),
    ],
)
def test_a_question_with_answers_in_it_that_is_near_to_nothing_describes_an_idea(
    advisor: Advisor, project: float, score: float, reads: dict[str, str], meaning: str
) -> None:
    text = f"{T}, can it do that?"
    match = Match(MatchOutcome.OFFER, (PASSAGE,), score)
    meanings = Understanding(projects={text: project}, reads={text: reads}, passages={text: match})
    assert meant(advisor, fresh(advisor), text, meanings) == meaning


@pytest.mark.parametrize(
    ("project", "reads", "meaning"),
    [
        (0.1, {}, "advice"),
        (0.09, {}, "Unknown"),
        (0.0, {"budget": "limited"}, "advice: budget limited"),
    ],
)
def test_after_tell_me_in_a_sentence_less_is_asked_of_a_text(
    advisor: Advisor, project: float, reads: dict[str, str], meaning: str
) -> None:
    meanings = Understanding(projects={T: project}, reads={T: reads})
    assert meant(advisor, fresh(advisor), T, meanings) == "Unknown"
    assert meant(advisor, fresh(advisor).replace(missed=1), T, meanings) == meaning


def test_in_the_middle_of_the_questions_only_what_is_surely_another_project_is_one(advisor: Advisor) -> None:
    def means(text: str, project: float, conversation: Conversation, clause: str = "") -> str:
        return meant(advisor, conversation, text, Understanding(projects={clause or text: project}))

    volume, begun = at_volume(advisor), asked(advisor, "data")
    assert [means(T, project, volume) for project in (0.94, 0.95)] == ["Unknown", "advice"]
    assert [means(CLAUSES, project, volume, "ddd eee fff") for project in (0.94, 0.95)] == ["Unknown", "advice"]
    assert means(T, 0.4, begun) == "advice"
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
        (T, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.3), 0, {}, "SubjectQuestion"),
        (T, Match(MatchOutcome.OFFER, (PASSAGE,), 0.9), 0, {}, "Unknown"),
        (f"{T}?", Match(MatchOutcome.OFFER, (PASSAGE,), 0.9), 0, {}, "SubjectQuestion"),
        (f"is {T}", Match(MatchOutcome.OFFER, (PASSAGE,), 0.3), 0.9, {}, "SubjectQuestion"),
        (T, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9), 0, TWO, "SubjectQuestion"),
        (T, Match(MatchOutcome.OFFER, (PASSAGE,), 0.65), 0, TWO, "Unknown"),
        (T, Match(MatchOutcome.OFFER, (PASSAGE,), 0.64), 0, TWO, "advice: data yes, budget limited"),
        (IDEA, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9), 0, {}, "SubjectQuestion"),
        (REQUEST, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.1), 0.39, {}, "SubjectQuestion"),
        (REQUEST, Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9), 0.4, {}, "advice"),
        (REQUEST, Match(MatchOutcome.OFFER, (PASSAGE,), 0.65), 0, {}, "SubjectQuestion"),
        (REQUEST, Match(MatchOutcome.OFFER, (PASSAGE,), 0.64), 0, {}, "advice: asks besides"),
        (REQUEST, Match(MatchOutcome.OFFER, (PASSAGE,), 0.64), 0.4, {}, "advice"),
        (REQUEST, Match(MatchOutcome.OFFER, (PASSAGE,), 0.4), 0, {}, "advice: asks besides"),
        (REQUEST, Match(MatchOutcome.OFFER, (PASSAGE,), 0.39), 0, {}, "advice"),
        (REQUEST, Match(MatchOutcome.UNKNOWN, (PASSAGE,), 0.5), 0, {}, "advice"),
        (REQUEST, Match(MatchOutcome.OFFER, (PASSAGE,), 0.5), 0, {"data": "yes"}, "advice: data yes, asks besides"),
        (REQUEST, Match(MatchOutcome.ANSWER, (OUTSIDE,), 0.9), 0, {}, "SubjectQuestion"),
        (REQUEST, Match(MatchOutcome.ANSWER, (OUTSIDE,), 0.9), 0, {"data": "yes"}, "advice: data yes"),
        (REQUEST, Match(MatchOutcome.OFFER, (OUTSIDE,), 0.5), 0, {"data": "yes"}, "advice: data yes"),
        ("ich will nicht", Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9), 0, {}, "SubjectQuestion"),
        ("ich will nicht", Match(MatchOutcome.OFFER, (PASSAGE,), 0.9), 0, {}, "no_german"),
    ],
)
def test_what_a_passage_answers_is_a_question(
    advisor: Advisor, text: str, match: Match, project: float, reads: dict[str, str], meaning: str
) -> None:
    meanings = Understanding(passages={text: match}, projects={text: project}, reads={text: reads})
    assert meant(advisor, fresh(advisor), text, meanings) == meaning


def test_what_is_stated_alone_is_a_description_whatever_passage_is_near(advisor: Advisor) -> None:
    meanings = Understanding(states={T: {"data": "yes"}}, passages={T: Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9)})
    assert meant(advisor, fresh(advisor), T, meanings) == "advice: data yes"


LONG = " ".join(f"w{number}" for number in range(25))


@pytest.mark.parametrize(
    ("text", "project", "meaning"),
    [
        (LONG, 0.94, "changes budget limited"),
        (LONG, 0.95, "advice"),
        (f"{LONG} w", 0.39, "changes budget limited"),
        (f"{LONG} w", 0.4, "Unknown"),
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


WEIGHS, TRAINS = "is aaa bbb a fine-tuning thing?", "is our aaa worth training?"
OURS, ADVISE = "is our aaa a fine-tuning thing?", "what would you do about aaa"


@pytest.mark.parametrize(
    ("text", "outcome", "score", "project", "reads", "meaning"),
    [
        (WEIGHS, MatchOutcome.UNKNOWN, 0.39, 0.4, {}, "advice"),
        (WEIGHS, MatchOutcome.OFFER, 0.39, 0.39, {}, "SubjectQuestion"),
        (WEIGHS, MatchOutcome.OFFER, 0.4, 0.7, {}, "SubjectQuestion"),
        (WEIGHS, MatchOutcome.OFFER, 0.4, 0.0, {"budget": "limited"}, "advice: budget limited, asks besides"),
        (WEIGHS, MatchOutcome.ANSWER, 0.9, 0.0, {"budget": "limited"}, "SubjectQuestion"),
        (REQUEST, MatchOutcome.ANSWER, 0.9, 0.0, {"budget": "limited"}, "advice: budget limited, asks besides"),
        (OURS, MatchOutcome.OFFER, 0.39, 0.0, {}, "advice"),
        (OURS, MatchOutcome.OFFER, 0.4, 0.0, {}, "SubjectQuestion"),
        (OURS, MatchOutcome.UNKNOWN, 0.1, 0.0, {}, "SubjectQuestion"),
        (OURS[:-1].replace("is ", "so "), MatchOutcome.OFFER, 0.39, 0.0, {}, "Unknown"),
        (f"aaa, which of {OURS}", MatchOutcome.OFFER, 0.39, 0.0, {}, "SubjectQuestion"),
        (f"how {OURS}", MatchOutcome.OFFER, 0.39, 0.7, {"budget": "limited"}, "SubjectQuestion"),
        (TRAINS, MatchOutcome.OFFER, 0.39, 0.0, {}, "SubjectQuestion"),
        (TRAINS, MatchOutcome.OFFER, 0.39, 0.4, {}, "advice"),
        (ADVISE, MatchOutcome.OFFER, 0.39, 0.4, {}, "advice"),
        (ADVISE, MatchOutcome.OFFER, 0.39, 0.39, {}, "SubjectQuestion"),
        (f"{T}?", MatchOutcome.OFFER, 0.39, 0.4, {"budget": "limited"}, "SubjectQuestion"),
    ],
)
def test_a_question_that_weighs_the_methods_for_a_case_of_ones_own_starts_the_questions(
    advisor: Advisor,
    text: str,
    outcome: MatchOutcome,
    score: float,
    project: float,
    reads: dict[str, str],
    meaning: str,
) -> None:
    match = Match(outcome, (PASSAGE,), score)
    meanings = Understanding(projects={text: project}, reads={text: reads}, passages={text: match})
    assert meant(advisor, fresh(advisor), text, meanings) == meaning


def test_once_an_idea_is_known_a_question_that_weighs_the_methods_is_a_question(advisor: Advisor) -> None:
    meanings = Understanding(passages={OURS: Match(MatchOutcome.OFFER, (PASSAGE,), 0.39)}, projects={OURS: 0.7})
    assert meant(advisor, fresh(advisor), OURS, meanings) == "advice"
    assert meant(advisor, at_volume(advisor), OURS, meanings) == "SubjectQuestion"
    assert meant(advisor, finished(advisor), OURS, meanings) == "SubjectQuestion"
