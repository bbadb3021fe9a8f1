"""What must hold for every combination of answers, on the built-in pack and on a second one."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from knowledge.decision import Decided, Reason, decide, final_verdict, next_steps
from knowledge.judgement import Change, Likeness, closest_scenario, likeness, would_change
from knowledge.pack import UNSURE, Pack, Scenario
from knowledge.pack_loader import builtin, load_pack
from tests.knowledge.pack_copies import SMALL

BUILTIN, SMALL_PACK = load_pack(builtin()), load_pack(SMALL)
both_packs = pytest.mark.parametrize("pack", [BUILTIN, SMALL_PACK], ids=lambda pack: pack.id)
PE, HYBRID, FT = "prompt_engineering", "hybrid", "fine_tuning"
ALL_FT = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}
ALL_PE = {"data": "no", "volume": "low", "domain": "general", "budget": "limited", "consistency": "tolerant"}


def every_answer(pack: Pack) -> Iterator[dict[str, str]]:
    """Every combination of options."""
    questions = [question.id for question in pack.questions]
    for options in product(*[[option.id for option in question.options] for question in pack.questions]):
        yield dict(zip(questions, options, strict=True))


def partly(pack: Pack) -> Iterator[dict[str, str]]:
    """Every combination of options, any of them missing."""
    questions = [question.id for question in pack.questions]
    for options in product(*[[None, *(option.id for option in question.options)] for question in pack.questions]):
        yield {question: option for question, option in zip(questions, options, strict=True) if option is not None}


def towards(pack: Pack, question: str, option: str) -> str | None:
    return pack.question(question).option(option).rule.towards


def place(pack: Pack, verdict: str) -> int:
    return [known.id for known in pack.verdicts].index(verdict)


def with_scenarios(scenarios: tuple[Scenario, ...]) -> Pack:
    """The small pack with other scenarios. Built anew, since a copy would keep what the pack has looked up."""
    return Pack.model_validate({**SMALL_PACK.model_dump(), "scenarios": [each.model_dump() for each in scenarios]})


def test_there_are_243_combinations() -> None:
    assert len({tuple(answers.items()) for answers in every_answer(BUILTIN)}) == 243


def test_rule_1_no_data_means_prompt_engineering_whatever_else_is_said() -> None:
    for answers in every_answer(BUILTIN):
        if answers["data"] == "no":
            decided = decide(BUILTIN, answers)
            assert decided.verdict == PE
            assert decided.forced == "data"
            assert decided.strength >= BUILTIN.deciding.forced_strength
        else:
            assert decide(BUILTIN, answers).forced is None


def test_rule_1_where_the_rest_leans_to_fine_tuning_the_path_there_is_shown() -> None:
    path = BUILTIN.question("data").option("no").rule.path
    assert len(path) == 3
    shown = 0
    for answers in every_answer(BUILTIN):
        if answers["data"] == "no":
            rest = decide(BUILTIN, {**answers, "data": UNSURE}).verdict
            assert decide(BUILTIN, answers).held_back == (path if rest != PE else ())
            shown += rest != PE
    assert 0 < shown < 81


def test_rule_2_all_answers_towards_one_side_give_it_with_the_highest_strength() -> None:
    assert (decide(BUILTIN, ALL_FT).verdict, decide(BUILTIN, ALL_FT).strength) == (FT, 1.0)
    assert (decide(BUILTIN, ALL_PE).verdict, decide(BUILTIN, ALL_PE).strength) == (PE, 1.0)
    for answers in every_answer(BUILTIN):
        assert 0 <= decide(BUILTIN, answers).strength <= 1
        if answers not in (ALL_FT, ALL_PE):
            assert decide(BUILTIN, answers).strength < 1


@both_packs
def test_rule_2_on_any_pack(pack: Pack) -> None:
    for end in (pack.verdicts[0].id, pack.verdicts[-1].id):
        answers = {
            question.id: max(question.options, key=lambda option: (option.rule.towards == end, option.rule.weight)).id
            for question in pack.questions
        }
        assert (decide(pack, answers).verdict, decide(pack, answers).strength) == (end, 1.0)


@both_packs
def test_rule_3_moving_one_answer_never_moves_the_verdict_the_other_way(pack: Pack) -> None:
    first, last = pack.verdicts[0].id, pack.verdicts[-1].id
    rank = {first: 0, None: 1, last: 2}
    for answers in every_answer(pack):
        before = place(pack, decide(pack, answers).verdict)
        for question in pack.questions:
            now = rank[towards(pack, question.id, answers[question.id])]
            for option in question.options:
                after = place(pack, decide(pack, {**answers, question.id: option.id}).verdict)
                if rank[option.rule.towards] > now:
                    assert after >= before
                elif rank[option.rule.towards] < now:
                    assert after <= before


def test_rule_4_unsure_data_never_gives_fine_tuning_outright() -> None:
    verdicts = {decide(BUILTIN, answers).verdict for answers in every_answer(BUILTIN) if answers["data"] == UNSURE}
    assert verdicts == {PE, HYBRID}


def test_rule_4_a_limited_budget_with_the_rest_towards_fine_tuning_gives_hybrid() -> None:
    assert decide(BUILTIN, {**ALL_FT, "budget": "limited"}).verdict == HYBRID


@both_packs
def test_rule_5_unsure_is_never_evidence(pack: Pack) -> None:
    first, last = pack.verdicts[0].id, pack.verdicts[-1].id
    for answers in every_answer(pack):
        before = decide(pack, answers)
        for question in pack.questions:
            if answers[question.id] != UNSURE:
                continue
            for option in question.options:
                after = decide(pack, {**answers, question.id: option.id})
                if after.verdict == before.verdict and option.rule.towards == before.verdict:
                    assert after.strength >= before.strength
                elif after.verdict == before.verdict in (first, last) and option.rule.towards is not None:
                    assert after.strength <= before.strength


@both_packs
def test_rule_5_all_unsure_starts_at_the_first_verdict_without_strength(pack: Pack) -> None:
    for answers in ({}, {question.id: UNSURE for question in pack.questions}):
        decided = decide(pack, answers)
        assert decided.verdict == pack.verdicts[0].id
        assert decided.strength == 0
        assert (decided.agree, decided.against, decided.forced, decided.held_back) == (0, 0, None, ())


@both_packs
def test_a_missing_answer_decides_exactly_as_unsure(pack: Pack) -> None:
    for answers in partly(pack):
        full = {question.id: answers.get(question.id, UNSURE) for question in pack.questions}
        some, whole = decide(pack, answers), decide(pack, full)
        assert some.reasons == tuple(reason for reason in whole.reasons if reason.question in answers)
        for name in ("verdict", "strength", "score", "agree", "against", "held_back", "forced"):
            assert getattr(some, name) == getattr(whole, name)


@pytest.mark.parametrize(
    ("scenario", "answers", "verdicts"),
    [
        ("support", {"data": "yes", "domain": "general", "consistency": "tolerant"}, {PE}),
        ("medical", {"data": "yes", "domain": "specialised", "consistency": "predictable"}, {FT}),
        ("sales", {"data": "yes", "volume": "high"}, {FT, HYBRID}),
    ],
)
def test_rule_6_the_scenarios_come_out_as_their_findings(
    scenario: str, answers: dict[str, str], verdicts: set[str]
) -> None:
    assert BUILTIN.scenario(scenario).answers == answers
    assert set(BUILTIN.scenario(scenario).finding.verdicts) == verdicts
    assert decide(BUILTIN, answers).verdict in verdicts


def smallest(pack: Pack, answers: dict[str, str], verdicts: dict[tuple[str, ...], str]) -> list[Change]:
    """The changes by the plainest search there is, over decisions that are known already."""
    questions = [question.id for question in pack.questions]

    def verdict(changed: dict[str, str]) -> str:
        return verdicts[tuple(changed.get(question, UNSURE) for question in questions)]

    for size in range(1, len(questions) + 1):
        found = []
        for chosen in combinations(pack.questions, size):
            for options in product(*[[option.id for option in question.options] for question in chosen]):
                change = {question.id: option for question, option in zip(chosen, options, strict=True)}
                definite = all(option not in (UNSURE, answers.get(question)) for question, option in change.items())
                if definite and verdict({**answers, **change}) != verdict(answers):
                    found.append(Change(change, verdict({**answers, **change})))
        if found:
            return found
    return []


@both_packs
def test_rule_7_what_would_change_it_is_all_smallest_sets_of_other_definite_answers(pack: Pack) -> None:
    verdicts = {tuple(answers.values()): decide(pack, answers).verdict for answers in every_answer(pack)}
    for answers in partly(pack) if pack is SMALL_PACK else every_answer(pack):
        changes = would_change(pack, answers)
        assert changes
        assert list(changes) == smallest(pack, answers, verdicts)


def test_rule_7_an_example() -> None:
    assert would_change(SMALL_PACK, {"team": "no", "market": "no"}) == (Change({"team": "yes"}, "make"),)
    assert would_change(SMALL_PACK, {"team": "no", "market": "yes", "edge": "common"}) == (
        Change({"team": "yes", "market": "no"}, "make"),
    )


@both_packs
def test_rule_8_the_same_answers_give_the_same_recommendation_in_whatever_order(pack: Pack) -> None:
    again = load_pack(builtin() if pack is BUILTIN else SMALL)
    for answers in every_answer(pack):
        turned = dict(reversed(answers.items()))
        assert decide(pack, answers) == decide(again, turned)
        assert would_change(pack, answers) == would_change(again, turned)
        assert closest_scenario(pack, answers) == closest_scenario(again, turned)


def test_a_decision_in_full() -> None:
    rule = SMALL_PACK.question("team").option("no").rule
    assert decide(SMALL_PACK, {"edge": "core", "market": "no", "team": "no"}) == Decided(
        verdict="buy",
        strength=0.8,
        score=1,
        reasons=(
            Reason("team", "no", "buy", "nobody could look after it", "people"),
            Reason("market", "no", "make", "no product comes near", "market"),
            Reason("edge", "core", "make", "it sets you apart", "edge"),
        ),
        agree=1,
        against=2,
        limits=("team",),
        held_back=rule.path,
        forced="team",
    )


def test_strength_is_the_share_of_the_evidence_there_could_be() -> None:
    assert decide(SMALL_PACK, {"market": "yes", "edge": "common", "team": UNSURE}).strength == 3 / 6
    assert decide(SMALL_PACK, {"market": "no"}).strength == 2 / 5
    assert decide(SMALL_PACK, {"market": "no", "edge": "core"}).strength == 4 / 5


def test_a_verdict_that_nothing_speaks_for_has_no_strength() -> None:
    content = SMALL_PACK.model_dump()
    for question in content["questions"]:
        for option in question["options"]:
            if option["rule"]["towards"] == "buy":
                option["rule"] |= {"towards": None, "weight": 0}
    decided = decide(Pack.model_validate(content), {"team": "yes"})
    assert (decided.verdict, decided.strength) == ("buy", 0)


def test_a_verdict_between_the_ends_has_its_own_strength_and_counts_both_sides() -> None:
    decided = decide(BUILTIN, {**ALL_FT, "budget": "limited"})
    assert decided.strength == BUILTIN.deciding.mixed_strength
    assert (decided.agree, decided.against) == (4, 1)


def test_a_verdict_between_the_ends_has_no_strength_without_evidence() -> None:
    content = BUILTIN.model_dump()
    content["deciding"]["thresholds"][HYBRID] = 0
    decided = decide(Pack.model_validate(content), {"volume": UNSURE})
    assert (decided.verdict, decided.strength) == (HYBRID, 0)


def test_an_unsure_answer_is_a_reason_that_leads_nowhere() -> None:
    (reason,) = decide(SMALL_PACK, {"edge": UNSURE}).reasons
    assert reason == Reason("edge", UNSURE, None, "it is unclear whether it sets you apart", "edge")


@both_packs
def test_settled_is_the_verdict_that_no_further_answer_can_change(pack: Pack) -> None:
    verdicts = {tuple(answers.values()): decide(pack, answers).verdict for answers in every_answer(pack)}
    seen = set()
    for answers in partly(pack):
        possible = {
            verdict
            for options, verdict in verdicts.items()
            if all(
                answers.get(question.id, option) == option
                for question, option in zip(pack.questions, options, strict=True)
            )
        }
        open_questions = len(answers) < len(pack.questions)
        expected = next(iter(possible)) if open_questions and len(possible) == 1 else None
        assert final_verdict(pack, answers) == expected
        seen.add(expected)
    assert {None, pack.verdicts[0].id} < seen


def test_steps_show_only_where_their_condition_holds() -> None:
    trial, needs = SMALL_PACK.verdict("buy").steps
    for market, shown in (("yes", (trial, needs)), (UNSURE, (trial, needs)), ("no", (needs,))):
        assert next_steps(SMALL_PACK, "buy", {"market": market}) == shown
    assert next_steps(SMALL_PACK, "buy", {}) == (trial, needs)


@both_packs
def test_every_recommendation_has_a_step(pack: Pack) -> None:
    for answers in every_answer(pack):
        assert next_steps(pack, decide(pack, answers).verdict, answers)


def test_likeness_counts_what_both_say() -> None:
    answers = {"edge": "core", "market": "yes", "team": UNSURE}
    assert likeness(SMALL_PACK, "tickets", answers) == Likeness(like=("market",), unlike=("edge",))
    assert likeness(SMALL_PACK, "pricing", answers) == Likeness(like=("edge",), unlike=("market",))
    assert likeness(SMALL_PACK, "pricing", {"team": "yes"}) == Likeness((), ())


@pytest.mark.parametrize(
    ("answers", "closest"),
    [
        ({"team": "no", "market": "no", "edge": "common"}, "tickets"),  # two agree, one differs
        ({"edge": "core", "market": "no"}, "pricing"),
        ({"edge": "core", "market": "yes"}, "tickets"),  # equal: its finding is the verdict
        ({"market": "no", "edge": "core", "team": "no"}, "pricing"),  # though its finding is not the verdict
        ({"team": "yes"}, "pricing"),  # nothing agrees with it, and nothing differs
        ({}, "tickets"),  # equal: its finding is the verdict
    ],
)
def test_the_closest_scenario_agrees_most_and_differs_least(answers: dict[str, str], closest: str) -> None:
    assert closest_scenario(SMALL_PACK, answers) == closest


def test_equally_close_scenarios_are_told_apart_by_their_finding_and_then_by_order() -> None:
    turned = with_scenarios(SMALL_PACK.scenarios[::-1])
    assert closest_scenario(turned, {}) == "tickets"
    twins = tuple(SMALL_PACK.scenarios[0].model_copy(update={"id": id_}) for id_ in ("b", "a"))
    assert closest_scenario(with_scenarios(twins), {}) == "b"


@pytest.mark.parametrize("name", ["support", "medical", "sales"])
def test_a_scenario_is_closest_to_its_own_answers(name: str) -> None:
    assert closest_scenario(BUILTIN, BUILTIN.scenario(name).answers) == name


def test_a_pack_without_scenarios_has_no_closest_one() -> None:
    assert closest_scenario(with_scenarios(()), {}) is None


@pytest.mark.parametrize("answers", [{"nothing": "yes"}, {"team": "maybe"}])
def test_answers_that_the_pack_does_not_know_are_refused(answers: dict[str, str]) -> None:
    for function in (decide, would_change, final_verdict):
        with pytest.raises(KeyError):
            function(SMALL_PACK, answers)
    with pytest.raises(KeyError):
        next_steps(SMALL_PACK, "buy", answers)
    with pytest.raises(KeyError):
        closest_scenario(SMALL_PACK, answers)
