"""From answers to a verdict. Pure arithmetic over the pack's rules.

Answers are option ids by question id; a missing one decides exactly as `unsure`. Every function here raises KeyError
where the pack does not know a question or option of them.
"""

from dataclasses import dataclass
from typing import NamedTuple

from knowledge.pack import UNSURE, NextStep, Pack, Question, Rule, Step
from knowledge.scale import Answers, Scale


class Reason(NamedTuple):
    """What one given answer says about the verdict. `towards` is a verdict id, None where it is no evidence."""

    question: str
    option: str
    towards: str | None
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict and why.

    `strength` is 0..1. `reasons` has one entry for each given answer, in the order of the questions. `agree` counts the
    answers towards the verdict, `against` those towards another one; for a verdict between the ends of the scale they
    count those towards its last and its first verdict. `limits` are the questions whose answers forbid the higher
    verdict that the others would give, `held_back` is the way on from there. `forced` is the question whose answer
    leaves no verdict but the first.
    """

    verdict: str
    strength: float
    score: int
    reasons: tuple[Reason, ...]
    agree: int
    against: int
    limits: tuple[str, ...]
    held_back: tuple[Step, ...]
    forced: str | None


def decide(pack: Pack, answers: Answers) -> Decided:
    """The verdict for these answers, by the rules that `pack.Deciding` describes."""
    check_answers(pack, answers)
    scale = pack.scale
    first, last = scale.verdicts[0], scale.verdicts[-1]
    effect = scale.combined(answers)
    verdict = scale.verdict(effect)
    rules = {question.id: question.option(answers.get(question.id, UNSURE)).rule for question in pack.questions}
    reasons = tuple(
        [
            Reason(question, answers[question], rule.towards, rule.text, rule.section)
            for question, rule in rules.items()
            if question in answers
        ]
    )
    forced = next((question for question, rule in rules.items() if rule.at_most == first), None)
    strength = _strength(pack, scale, answers, verdict)
    towards = [reason.towards for reason in reasons]
    agree, against = (first, last) if verdict == first else (last, first)
    limits = _limits(scale, answers, verdict, effect.add, rules)
    return Decided(
        verdict=verdict,
        strength=strength if forced is None else max(strength, pack.deciding.forced_strength),
        score=effect.add,
        reasons=reasons,
        agree=towards.count(agree),
        against=towards.count(against),
        limits=limits,
        held_back=tuple(step for question in limits for step in rules[question].path),
        forced=forced,
    )


def _limits(scale: Scale, answers: Answers, verdict: str, score: int, rules: dict[str, Rule]) -> tuple[str, ...]:
    """The questions whose answers let the verdict go no higher, where all the others would."""
    capping = [question for question, rule in rules.items() if rule.at_most == verdict]
    own = {question: scale.effects[question][answers.get(question, UNSURE)] for question in capping}
    return tuple(question for question, effect in own.items() if scale.reached(score - effect.add) > effect.cap)


def _strength(pack: Pack, scale: Scale, answers: Answers, verdict: str) -> float:
    """At an end of the scale, the evidence for it as a share of the largest possible, 0..1."""
    given = [options[answers.get(question, UNSURE)].add for question, options in scale.effects.items()]
    if not any(given):
        return 0.0
    if verdict not in (scale.verdicts[0], scale.verdicts[-1]):
        return pack.deciding.mixed_strength
    sign = 1 if verdict == scale.verdicts[-1] else -1
    most = sum([max([sign * effect.add for effect in options.values()]) for options in scale.effects.values()])
    return sum([max(sign * add, 0) for add in given]) / most if most else 0.0


def final_verdict(pack: Pack, answers: Answers) -> str | None:
    """The verdict where no answer to the open questions can change it; None elsewhere, and where none is open."""
    check_answers(pack, answers)
    if len(answers) == len(pack.questions):
        return None
    lowest, highest = pack.scale.extremes(answers)
    return lowest if lowest == highest else None


def known(answers: Answers) -> tuple[str, ...]:
    """The questions with a definite answer; a given `unsure` is none."""
    return tuple(question for question, option in answers.items() if option != UNSURE)


def possible_verdicts(pack: Pack, answers: Answers) -> tuple[str, ...]:
    """The verdicts that the questions without an answer leave open, every option and `unsure` tried; in their order."""
    check_answers(pack, answers)
    possible = pack.scale.possible(answers)
    return tuple(verdict for verdict in pack.scale.verdicts if verdict in possible)


LEAST_KNOWN = 2
"""Definite answers from which there is a verdict although others are missing."""


def is_settled(pack: Pack, answers: Answers) -> bool:
    """Whether the answers give a verdict: nothing is missing, at least two are definite, or one verdict is left."""
    check_answers(pack, answers)
    if len(answers) == len(pack.questions) or len(known(answers)) >= LEAST_KNOWN:
        return True
    lowest, highest = pack.scale.extremes(answers)
    return lowest == highest


def main_reasons(pack: Pack, answers: Answers, decided: Decided) -> tuple[Reason, ...]:
    """The reasons by weight, the heaviest first; those that say nothing about the verdict are left out.

    What leaves no other verdict comes first, then what lets it go no higher. At an end of the scale those that point
    there come before all others; in between, the heaviest of either side come first.
    """
    scale = pack.scale
    place, last = scale.verdicts.index(decided.verdict), len(scale.verdicts) - 1
    effects = {reason.question: scale.effects[reason.question][reason.option] for reason in decided.reasons}

    by_weight = sorted(decided.reasons, key=lambda reason: -abs(effects[reason.question].add))
    sides = [[r for r in by_weight if r.towards == scale.verdicts[end]] for end in (last, 0)]
    if place in (0, last):
        order = [*sides[place == 0], *sides[place == last]]
    else:
        order = sorted(
            (r for side in sides for r in side), key=lambda r: min(side.index(r) for side in sides if r in side)
        )
    first = [r for r in decided.reasons if r.question == decided.forced]
    first += [r for r in by_weight if r not in first and r.question in decided.limits]
    return (*first, *(reason for reason in order if reason not in first))


def holding(pack: Pack, answers: Answers, verdict: str) -> tuple[Question, ...]:
    """The questions whose answers keep a verdict: they let it go no higher, or else point to it."""
    rules = [
        (question, question.option(answers[question.id]).rule) for question in pack.questions if question.id in answers
    ]
    capping = tuple(question for question, rule in rules if rule.at_most == verdict)
    return capping or tuple(question for question, rule in rules if rule.towards == verdict)


def next_steps(pack: Pack, verdict: str, answers: Answers) -> tuple[NextStep, ...]:
    """The steps of a verdict that are shown with these answers; at least one where the answers give the verdict."""
    check_answers(pack, answers)
    return tuple(
        step
        for step in pack.verdict(verdict).steps
        if all(answers.get(question, UNSURE) in options for question, options in step.when.items())
    )


def check_answers(pack: Pack, answers: Answers) -> None:
    """KeyError where a question or an option is none of the pack's."""
    effects = pack.scale.effects
    for question, option in answers.items():
        effects[question][option]
