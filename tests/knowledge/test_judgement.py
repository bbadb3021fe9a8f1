"""What follows from answers, over all combinations of them."""

from itertools import product

import pytest

from knowledge.decision import decide, final_verdict, main_reasons, next_steps
from knowledge.judgement import Judgement, Judgements, would_change
from knowledge.pack import UNSURE
from knowledge.pack_loader import builtin, load_pack

PACK = load_pack(builtin())
EVERY = [
    {question: option for question, option in zip(PACK.scale.effects, options, strict=True) if option is not None}
    for options in product(*[[None, *effects] for effects in PACK.scale.effects.values()])
]


def test_what_leaves_no_choice_decides_alone() -> None:
    forced = [answers for answers in EVERY if decide(PACK, answers).forced is not None]
    assert forced
    for answers in forced:
        found = Judgement(PACK, answers)
        assert [reason.question for reason in found.deciding] == [found.decided.forced]


def test_else_two_answers_decide_that_point_to_the_verdict_and_where_none_does_two_that_point_anywhere() -> None:
    kinds = set()
    for answers in EVERY:
        found = Judgement(PACK, answers)
        if found.decided.forced is not None:
            continue
        pointing = [reason for reason in found.decided.reasons if reason.towards is not None]
        agreeing = [reason for reason in pointing if reason.towards == found.decided.verdict]
        assert found.deciding == tuple((agreeing if agreeing else pointing)[:2])
        kinds.add((bool(agreeing), bool(pointing)))
    assert kinds == {(True, True), (False, True), (False, False)}


def test_what_is_missing_and_when_there_is_a_verdict() -> None:
    for answers in EVERY:
        found = Judgement(PACK, answers)
        assert [question.id for question in found.missing] == [q for q in PACK.scale.effects if q not in answers]
        assert (found.ask is None) is (not found.missing)
        assert found.ask is None or found.ask in found.missing
        definite = [option for option in answers.values() if option != UNSURE]
        there = not found.missing or len(definite) > 1 or len(found.possible) == 1
        assert (found.verdict and found.verdict.id) == (found.decided.verdict if there else None)


def test_there_is_a_strength_where_there_is_a_verdict() -> None:
    strengths = set()
    for answers in EVERY:
        found = Judgement(PACK, answers)
        assert found.strength == (found.decided.strength if found.verdict is not None else 0)
        strengths.add((found.verdict is None, found.decided.strength > 0))
    assert strengths >= {(True, True), (False, True)}


def test_a_result_is_made_of_the_same_parts() -> None:
    for answers in EVERY[::7]:
        found, decided = Judgement(PACK, answers), decide(PACK, answers)
        assert found.main == main_reasons(PACK, answers, decided)
        assert found.changes == would_change(PACK, answers)
        assert found.steps == next_steps(PACK, decided.verdict, answers)
        assert (found.final and found.final.id) == final_verdict(PACK, answers)


def test_a_judgement_is_made_once_in_whatever_order_the_answers_were_given() -> None:
    judgements = Judgements(PACK)
    made = [judgements.of(answers) for answers in EVERY]
    assert len({id(one) for one in made}) == len(EVERY)
    for answers, one in zip(EVERY, made, strict=True):
        assert one.answers == answers
        assert judgements.of(dict(reversed(answers.items()))) is one


@pytest.mark.parametrize("wrong", [{"gone": "yes"}, {"data": "gone"}, {"budget": "limited", "gone": "yes"}])
def test_answers_that_the_pack_does_not_know_are_refused_each_time(wrong: dict[str, str]) -> None:
    judgements = Judgements(PACK)
    judgements.of({})
    judgements.of({"budget": "limited"})
    for _ in range(2):
        with pytest.raises(KeyError):
            judgements.of(wrong)
    assert judgements.of({"budget": "limited"}).answers == {"budget": "limited"}
