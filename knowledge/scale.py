"""A pack's rules as numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from knowledge.pack import Option, Pack

UNSURE = "unsure"
"""Id of the option "not sure", which every question has."""

Answers = Mapping[str, str]
"""Option ids by question id. A missing answer counts as `unsure`."""


class Pull(NamedTuple):
    """What an option does, or several together: add to the score, and let the verdict go no higher than `cap`."""

    add: int
    cap: int


class Scale(NamedTuple):
    """The rules of one pack; a verdict is its place on the scale, from 0."""

    verdicts: tuple[str, ...]
    thresholds: tuple[int, ...]
    pulls: Mapping[str, Mapping[str, Pull]]

    @classmethod
    def of(cls, pack: Pack) -> Scale:
        """The scale of a pack (see `Pack.scale`) whose rules name only verdicts of the pack (`checking` sees to it)."""
        verdicts = tuple([verdict.id for verdict in pack.verdicts])
        first, last, top = verdicts[0], verdicts[-1], len(verdicts) - 1

        def pull(option: Option) -> Pull:
            rule = option.rule
            add = rule.weight if rule.towards == last else -rule.weight if rule.towards == first else 0
            return Pull(add, top if rule.at_most is None else verdicts.index(rule.at_most))

        return cls(
            verdicts,
            tuple([pack.deciding.thresholds[verdict] for verdict in verdicts[1:]]),
            {question.id: {option.id: pull(option) for option in question.options} for question in pack.questions},
        )

    def reached(self, score: int) -> int:
        """The highest verdict whose threshold the score reaches, whatever the answers forbid."""
        return bisect_right(self.thresholds, score)

    def verdict(self, pull: Pull) -> str:
        """The id of the verdict for what all answers do together."""
        return self.verdicts[min(self.reached(pull.add), pull.cap)]

    def together(self, answers: Answers) -> Pull:
        """What all answers do together."""
        pulls = [options[answers.get(question, UNSURE)] for question, options in self.pulls.items()]
        return Pull(sum([pull.add for pull in pulls]), min([pull.cap for pull in pulls]))

    def possible(self, answers: Answers, unsure: bool = True) -> frozenset[str]:
        """Every verdict that some completion of the answers gives; with `unsure` False, some definite completion.

        Exact for any number of questions: of a completion only its sum and its cap matter.
        """
        ends = {Pull(0, len(self.verdicts) - 1)}
        for question, options in self.pulls.items():
            given = answers.get(question)
            choices = {
                pull
                for option, pull in options.items()
                if option == given or (given is None and (unsure or option != UNSURE))
            }
            ends = {Pull(end.add + choice.add, min(end.cap, choice.cap)) for end in ends for choice in choices}
        return frozenset(map(self.verdict, ends))
