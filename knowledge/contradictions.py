"""Why a scenario's finding is another than the verdict: the answers on which they differ. Pure."""

from knowledge.pack import UNSURE, Pack
from knowledge.scale import Answers

MOST = 2
"""Questions that an explanation names."""


def explaining_questions(pack: Pack, scenario_id: str, answers: Answers) -> tuple[str, ...]:
    """The questions that explain why these answers come to a verdict that is none of the scenario's findings.

    Those that pull hardest to the side of the verdict, in the pack's order. None where the two agree. A pack that
    passes its checks always has one: with the scenario's own answers the verdict is one of its findings.
    """
    scale, scenario = pack.scale, pack.scenario(scenario_id)
    verdict = scale.verdict(scale.combined(answers))
    if verdict in scenario.finding.verdicts:
        return ()
    rank = scale.verdicts.index
    up = rank(verdict) > max(rank(found) for found in scenario.finding.verdicts)
    pulls: dict[str, int] = {}
    for question, effects in scale.effects.items():
        mine, theirs = (effects[given.get(question, UNSURE)] for given in (answers, scenario.answers))
        pull = (mine.add - theirs.add) + (mine.cap - theirs.cap)
        if (pull > 0) if up else (pull < 0):
            pulls[question] = abs(pull)
    strongest = sorted(pulls, key=lambda question: -pulls[question])[:MOST]
    return tuple(question for question in pulls if question in strongest)
