"""A case, answered, beside what its story says; where another answer leads is decided, never told in prose."""

from collections.abc import Mapping

from dialogs.flows.lesson_progress import story
from dialogs.lesson_replies import Compare, Judged
from knowledge.decision import decide
from knowledge.lessons import Case
from knowledge.pack import Pack


def judge(pack: Pack, case: Case, chosen: Mapping[str, str]) -> Judged:
    """Question by question. KeyError where one is not answered."""
    told = story(pack, case)
    rows = tuple(
        Compare(
            question=question,
            yours=question.option(chosen[question.id]),
            story=question.option(told[question.id]),
            clue=case.answers[question.id].clue if question.id in case.answers else "",
            verdict=pack.verdict(decide(pack, {**told, question.id: chosen[question.id]}).verdict),
        )
        for question in pack.questions
    )
    return Judged(
        scenario=pack.scenario(case.scenario),
        rows=rows,
        yours=pack.verdict(decide(pack, dict(chosen)).verdict),
        story=pack.verdict(decide(pack, told).verdict),
    )
