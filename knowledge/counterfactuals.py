"""Counterfactuals: which other answers would change the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from knowledge.decision import check_answers
from knowledge.pack import UNSURE, Pack
from knowledge.scale import Answers, Scale


@dataclass(frozen=True, slots=True)
class Change:
    """Other answers, and the verdict that they give together with the rest."""

    answers: dict[str, str]
    verdict: str


def would_change(pack: Pack, answers: Answers) -> tuple[Change, ...]:
    """All smallest sets of definite answers that, in place of the given ones, give another verdict.

    Found by trying, in the order of the pack. Only a pack whose definite answers all give one verdict has none, and
    `checks` refuses it.
    """
    check_answers(pack, answers)
    scale = pack.scale
    now = scale.outcome(answers)
    others = {
        question: [option for option in options if option not in (UNSURE, answers.get(question))]
        for question, options in scale.effects.items()
    }
    by_size = (tuple(_changes(scale, answers, others, size, now)) for size in range(1, len(others) + 1))
    return next(filter(None, by_size), ())


def _changes(scale: Scale, answers: Answers, others: dict[str, list[str]], size: int, now: str) -> Iterator[Change]:
    for questions in combinations(others, size):
        for options in product(*[others[question] for question in questions]):
            change = dict(zip(questions, options, strict=True))
            verdict = scale.outcome({**answers, **change})
            if verdict != now:
                yield Change(change, verdict)
