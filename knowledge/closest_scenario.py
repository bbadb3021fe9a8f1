"""The closest of the source's scenarios by answers: how alike, and where they differ."""

from dataclasses import dataclass
from itertools import combinations

from knowledge.decision import check_answers
from knowledge.pack import UNSURE, Pack
from knowledge.scale import Answers


@dataclass(frozen=True, slots=True)
class Likeness:
    """The questions on which answers and a scenario agree, and those on which they differ."""

    like: tuple[str, ...]
    unlike: tuple[str, ...]


def differences(pack: Pack, scenario_id: str, answers: Answers) -> tuple[str, ...]:
    """A smallest set of questions that explains why answers give another verdict than a scenario's finding.

    With the person's own answers to them, the story comes to the person's verdict. Empty where the finding is the same
    verdict. Found by trying, in the order of the pack.
    """
    check_answers(pack, answers)
    scale, scenario = pack.scale, pack.scenario(scenario_id)
    verdict = scale.outcome(answers)
    if verdict in scenario.finding.verdicts:
        return ()
    own = {question: answers.get(question, UNSURE) for question in pack.question_of}
    differing = [question for question, option in own.items() if scenario.answers.get(question, UNSURE) != option]
    for size in range(1, len(differing) + 1):
        for questions in combinations(differing, size):
            if scale.outcome({**scenario.answers, **{question: own[question] for question in questions}}) == verdict:
                return questions
    return ()


def likeness(pack: Pack, scenario_id: str, answers: Answers) -> Likeness:
    """Where answers and a scenario agree and differ. What either leaves open is neither."""
    check_answers(pack, answers)
    story = pack.scenario(scenario_id).answers
    both = [
        question
        for question in pack.question_of
        if story.get(question, UNSURE) != UNSURE and answers.get(question, UNSURE) != UNSURE
    ]
    return Likeness(
        like=tuple([question for question in both if answers[question] == story[question]]),
        unlike=tuple([question for question in both if answers[question] != story[question]]),
    )


def closest_scenario(pack: Pack, answers: Answers) -> str | None:
    """The scenario most like the answers: most agreements less differences, then by its finding, then the pack's order.

    None where the pack has no scenario.
    """
    scale = pack.scale
    verdict = scale.outcome(answers)

    def rank(at: int) -> tuple[int, bool, int]:
        scenario = pack.scenarios[at]
        likely = likeness(pack, scenario.id, answers)
        return len(likely.like) - len(likely.unlike), verdict in scenario.finding.verdicts, -at

    best = max(range(len(pack.scenarios)), key=rank, default=None)
    return None if best is None else pack.scenarios[best].id
