"""What the layouts of a result share: directions, what a change has moved, the strength in words, buttons."""

from dataclasses import replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.flows.replay import recommend
from dialogs.replies.results import ResultPart
from dialogs.view import line_text
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from dialogs.views.result_elements import phrases, strength_key, verdict_line
from tests.dialogs.talk import NOON
from tests.dialogs.views.recommended import combinations, finished
from tests.dialogs.views.shown import ALL, having, ids, laid_out


def test_the_lines_of_directions_name_each_question_once(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        shown = plain(current_view(advisor, finished(advisor.pack, options), NOON)).splitlines()
        lines = [line for line in shown if line.startswith(("For prompt engineering:", "For fine-tuning:", "Unclear:"))]
        start = shown.index(lines[0])
        assert shown[start : start + len(lines)] == lines
        assert start <= 3, "below the verdict"
        named = [name for line in lines for name in line.partition(": ")[2].split(", ")]
        assert sorted(named) == sorted(question.name.lower() for question in advisor.pack.questions)


def test_the_lines_of_directions_say_which_answers_point_where(advisor: Advisor) -> None:
    options = {"data": "yes", "volume": "high", "domain": "general", "budget": "unsure", "consistency": "unsure"}
    shown = plain(current_view(advisor, finished(advisor.pack, options), NOON)).splitlines()
    assert shown[1] == "Hybrid · 2 of 5 answers for tuning, 1 for prompts"
    assert shown[2:6] == [
        "One answer away: prompt engineering or fine-tuning.",
        "For prompt engineering: domain",
        "For fine-tuning: training data, volume and speed",
        "Unclear: budget, consistency",
    ]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({}, "Fine-tuning · 5 of 5 answers for it"),
        ({"domain": "general"}, "Fine-tuning · 4 of 5 answers for it, 1 against"),
        ({"budget": "limited"}, "Hybrid · 4 of 5 answers for tuning, held back by a limited budget"),
        ({"data": "unsure"}, "Hybrid · 4 of 5 answers for tuning, held back by unclear training data"),
        ({"data": "no"}, "Prompt engineering · 4 of 5 answers for tuning, held back by too few examples"),
        (
            {"data": "no", "volume": "low", "domain": "general", "budget": "limited", "consistency": "tolerant"},
            "Prompt engineering · 5 of 5 answers for it, decided by too few examples",
        ),
    ],
)
def test_the_line_of_the_verdict_says_what_decides(advisor: Advisor, changed: dict[str, str], line: str) -> None:
    said = recommend(advisor.knowledge, finished(advisor.pack, {**ALL, **changed}), NOON)
    assert line_text(verdict_line(advisor.catalogue, said)) == line


def test_what_has_no_words_of_its_own_is_named_by_question_and_answer(advisor: Advisor) -> None:
    pack = advisor.pack
    answers = [(pack.question("volume"), "high"), (pack.question("data"), "no"), (pack.question("domain"), "unsure")]
    assert phrases(advisor.catalogue, answers[:2]) == "volume and speed: high and too few examples"
    assert phrases(advisor.catalogue, answers) == "volume and speed: high, too few examples, domain: not sure"


@pytest.mark.parametrize(
    ("strength", "key"), [(0, "low"), (0.33, "low"), (0.34, "middle"), (0.66, "middle"), (0.67, "high"), (1, "high")]
)
def test_strengths_have_three_names(strength: float, key: str) -> None:
    assert strength_key(strength) == f"strength_{key}"


def test_a_recommendation_offers_lessons_only_where_there_are_some(advisor: Advisor) -> None:
    bare = having(advisor.pack, lessons=())
    without = Advisor.build(replace(advisor.knowledge, pack=bare), catalogue.load())
    conversation = finished(bare, {"data": "yes"})
    view = laid_out(without, recommend(without.knowledge, conversation, NOON))
    edits = [f"edit:{question.id}" for question in bare.questions]
    assert ids(view) == ["share", "details", *edits, "name", "why", "restart"]
    result = recommend(advisor.knowledge, finished(advisor.pack, {"data": "yes"}), NOON)
    assert ids(laid_out(advisor, result))[-2:] == ["learn", "restart"]
    details = laid_out(advisor, ResultPart(What.DETAILS, result))
    acting = [name for name in ids(details) if not name.startswith("passage:")]
    assert acting == ["share", *edits, "name", "why", "learn", "restart"]
