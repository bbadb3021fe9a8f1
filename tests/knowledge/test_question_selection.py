"""The question that is asked first about an idea leaves the fewest verdicts."""

import pytest

from knowledge.decision import possible_verdicts
from knowledge.judgement import narrowing_question
from knowledge.pack_loader import builtin, load_pack

PACK = load_pack(builtin())


def left(question: str, answers: dict[str, str]) -> float:
    options = PACK.question(question).options
    return sum(len(possible_verdicts(PACK, {**answers, question: option.id})) for option in options) / len(options)


@pytest.mark.parametrize("answers", [{}, {"data": "no"}, {"data": "yes", "volume": "high"}, {"budget": "unsure"}])
def test_the_first_of_those_that_leave_the_fewest_verdicts_is_asked(answers: dict[str, str]) -> None:
    missing = [question.id for question in PACK.questions if question.id not in answers]
    assert narrowing_question(PACK, answers) == min(missing, key=lambda question: left(question, answers))


def test_where_nothing_is_missing_nothing_is_asked() -> None:
    assert narrowing_question(PACK, {question.id: "unsure" for question in PACK.questions}) is None


def test_what_the_pack_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        narrowing_question(PACK, {"data": "perhaps"})
