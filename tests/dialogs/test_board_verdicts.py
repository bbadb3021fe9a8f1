"""Which answers of an idea are shown as those that decide, over all combinations of answers."""

from itertools import product

from dialogs.board import judge, known_answers
from knowledge.decision import decide
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
        found = judge(PACK, answers)
        assert [reason.question for reason in found.deciding] == [found.decided.forced]


def test_else_two_answers_decide_that_point_to_the_verdict_and_where_none_does_two_that_point_anywhere() -> None:
    kinds = set()
    for answers in EVERY:
        found = judge(PACK, answers)
        if found.decided.forced is not None:
            continue
        pointing = [reason for reason in found.decided.reasons if reason.towards is not None]
        agreeing = [reason for reason in pointing if reason.towards == found.decided.verdict]
        assert found.deciding == tuple((agreeing if agreeing else pointing)[:2])
        kinds.add((bool(agreeing), bool(pointing)))
    assert kinds == {(True, True), (False, True), (False, False)}


def test_what_is_missing_and_when_there_is_a_verdict() -> None:
    for answers in EVERY:
        found = judge(PACK, answers)
        assert [question.id for question in found.missing] == [q for q in PACK.scale.effects if q not in answers]
        assert (found.ask is None) is (not found.missing)
        assert found.ask is None or found.ask in found.missing
        definite = [option for option in answers.values() if option != UNSURE]
        there = not found.missing or len(definite) > 1 or len(found.possible) == 1
        assert (found.verdict and found.verdict.id) == (found.decided.verdict if there else None)


def test_answers_that_the_pack_does_not_know_count_as_missing() -> None:
    given = {"gone": "yes", "budget": "limited", "data": "maybe", "volume": "low"}
    assert [*known_answers(PACK, given).items()] == [("volume", "low"), ("budget", "limited")]
