"""Checks of what a pack's rules come to. Exact for every combination of answers, without trying each."""

from collections.abc import Iterator
from itertools import product
from math import prod

from knowledge.decision import next_steps
from knowledge.pack import Pack, Verdict
from knowledge.pack_loader import Places
from knowledge.problems import Problem
from knowledge.scale import Answers, Scale

MAX_CONDITIONS = 5000
"""Combinations of answers that a verdict's steps may tell apart."""


def outcomes(pack: Pack, places: Places) -> Iterator[Problem]:
    """Verdicts out of reach, answers that do not matter, scenarios that end elsewhere, verdicts without a step.

    Expects a pack in which all that is named exists.
    """
    scale = pack.scale
    yield from _reached(pack, scale, places)
    yield from _scenarios(pack, scale, places)
    for at, verdict in enumerate(pack.verdicts):
        yield from _steps(pack, scale, at, verdict, places)


def _reached(pack: Pack, scale: Scale, places: Places) -> Iterator[Problem]:
    possible = scale.possible({})
    for at, verdict in enumerate(pack.verdicts):
        if verdict.id not in possible:
            hint = "Check the thresholds, the weights and `at_most`."
            yield places.problem(("verdicts", at), f"No answers lead to `{verdict.id}`.", hint)
    definite = scale.possible({}, unsure=False)
    if len(definite) == 1:
        message = f"Every set of definite answers leads to `{next(iter(definite))}`."
        yield places.problem(("deciding", "thresholds"), message, "Lower or raise a threshold, so that answers matter.")


def _scenarios(pack: Pack, scale: Scale, places: Places) -> Iterator[Problem]:
    for at, scenario in enumerate(pack.scenarios):
        verdict = scale.outcome(scenario.answers)
        if verdict not in scenario.finding.verdicts:
            message = f"The answers of `{scenario.id}` lead to `{verdict}`, and its finding is another."
            hint = f"Change the answers, the rules or the finding ({', '.join(scenario.finding.verdicts)})."
            yield places.problem(("scenarios", at, "answers"), message, hint)


def _steps(pack: Pack, scale: Scale, at: int, verdict: Verdict, places: Places) -> Iterator[Problem]:
    if all(step.when for step in verdict.steps):
        trail = ("verdicts", at, "steps")
        asked = {question for step in verdict.steps for question in step.when}
        choices = [[(question, option) for option in scale.effects[question]] for question in sorted(asked)]
        if prod(map(len, choices)) > MAX_CONDITIONS:
            message = f"The steps of `{verdict.id}` have too many conditions to check."
            yield places.problem(trail, message, "Give one of them no `when`.")
            return
        for combination in product(*choices):
            answers: Answers = dict(combination)
            if verdict.id in scale.possible(answers) and not next_steps(pack, verdict.id, answers):
                said = ", ".join(f"{question}: {option}" for question, option in combination)
                yield places.problem(trail, f"With {said} `{verdict.id}` has no step.", "Give one of them no `when`.")
                return
