"""What the layouts of a result share: directions, what a change has moved, the strength in words, buttons."""

import re
from dataclasses import replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.flows.replay import recommend
from dialogs.replies.results import ResultPart
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from dialogs.views.result_elements import strength_key
from tests.dialogs.talk import NOON
from tests.dialogs.views.laid_out import buttons, having, laid_out
from tests.dialogs.views.recommended import combinations, finished


def test_the_lines_of_directions_name_each_question_once(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        shown = plain(current_view(advisor, finished(advisor.pack, options), NOON)).splitlines()
        lines = [line for line in shown if re.search(r"\d answers? for |Unclear: ", line)]
        assert shown[1 : 1 + len(lines)] == lines, "directly below the verdict"
        named = [name for line in lines for name in line.partition(": ")[2].split(", ")]
        assert sorted(named) == sorted(question.name.lower() for question in advisor.pack.questions)


def test_the_lines_of_directions_say_which_answers_point_where(advisor: Advisor) -> None:
    options = {"data": "yes", "volume": "high", "domain": "general", "budget": "unsure", "consistency": "unsure"}
    _, *shown = plain(current_view(advisor, finished(advisor.pack, options), NOON)).splitlines()
    assert shown[:3] == [
        "- 1 answer for prompt engineering: domain",
        "- 2 answers for fine-tuning: training data, volume and speed",
        "- Unclear: budget, consistency",
    ]


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
    assert buttons(view) == ["details", "share", *(f"edit:{question.id}" for question in bare.questions), "restart"]
    result = recommend(advisor.knowledge, finished(advisor.pack, {"data": "yes"}), NOON)
    assert buttons(laid_out(advisor, result))[-1] == "learn"
    details = laid_out(advisor, ResultPart(What.DETAILS, result))
    acting = [name for name in buttons(details) if not name.startswith("passage:")]
    assert acting == ["share", *(f"edit:{question.id}" for question in bare.questions), "restart", "learn"]
