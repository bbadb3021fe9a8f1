"""A pack's rules as numbers: from answers to a score, and from the score to a verdict."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

UNSURE = "unsure"
"""Id of the option "not sure", which every question has."""

Answers = Mapping[str, str]
"""Option ids by question id. A missing answer counts as `unsure`."""


class Effect(NamedTuple):
    """The effect of one or more options: what they add to the score, and the highest verdict that they allow."""

    add: int
    cap: int


class Range(NamedTuple):
    """What the options that are still possible for a question can do.

    `least` is the smallest `add`, `cap` the lowest cap. `best` holds, for each verdict, the largest `add` among the
    options whose cap allows that verdict; None if no option does.
    """

    least: int
    cap: int
    best: tuple[int | None, ...]


@dataclass(frozen=True)
class Scale:
    """The rules of one pack; a verdict is its place on the scale, from 0."""

    verdicts: tuple[str, ...]
    thresholds: tuple[int, ...]
    effects: Mapping[str, Mapping[str, Effect]]

    def reached(self, score: int) -> int:
        """The place of the highest verdict whose threshold the score reaches, caps ignored."""
        return bisect_right(self.thresholds, score)

    def verdict(self, effect: Effect) -> str:
        """The id of the verdict for what all answers do together."""
        return self.verdicts[min(self.reached(effect.add), effect.cap)]

    def outcome(self, answers: Answers) -> str:
        """The id of the verdict for these answers."""
        return self.verdict(self.combined(answers))

    def combined(self, answers: Answers) -> Effect:
        score, cap = 0, len(self.thresholds)
        for question, options in self.effects.items():
            add, highest = options[answers.get(question, UNSURE)]
            score += add
            if highest < cap:
                cap = highest
        return Effect(score, cap)

    def extremes(self, answers: Answers) -> tuple[str, str]:
        """The lowest and the highest verdict that some completion of the answers gives; exact, without trying any.

        A verdict is the lower of two places: the one that the score reaches, and the cap. The lowest verdict needs the
        smallest score and the lowest cap. A higher one is possible if every question has an option whose cap allows it,
        and the largest scores of such options add up to its threshold.
        """
        ranges = [options[answers.get(question)] for question, options in self._ranges.items()]
        lowest = min(self.reached(sum([each.least for each in ranges])), min([each.cap for each in ranges]))
        highest = len(self.thresholds)
        while highest > lowest:
            best = [most for each in ranges if (most := each.best[highest]) is not None]
            if len(best) == len(ranges) and sum(best) >= self.thresholds[highest - 1]:
                break
            highest -= 1
        return self.verdicts[lowest], self.verdicts[highest]

    @cached_property
    def _ranges(self) -> Mapping[str, Mapping[str | None, Range]]:
        """Ranges by question and given option; under None the range of all options, where no answer is given."""
        return {
            question: {None: self._range(options.values())} | {one: self._range([options[one]]) for one in options}
            for question, options in self.effects.items()
        }

    def _range(self, effects: Collection[Effect]) -> Range:
        places = range(len(self.verdicts))
        best = [max([effect.add for effect in effects if effect.cap >= place], default=None) for place in places]
        return Range(min([effect.add for effect in effects]), min([effect.cap for effect in effects]), tuple(best))

    def possible(self, answers: Answers, unsure: bool = True) -> frozenset[str]:
        """Every verdict that some completion of the answers gives; with `unsure` False, some definite completion.

        Exact for any number of questions: only the sum and the cap of a completion matter.
        """
        ends = {Effect(0, len(self.verdicts))}  # beyond any cap
        for question, options in self.effects.items():
            given = answers.get(question)
            choices = {
                effect
                for option, effect in options.items()
                if option == given or (given is None and (unsure or option != UNSURE))
            }
            ends = {Effect(end.add + choice.add, min(end.cap, choice.cap)) for end in ends for choice in choices}
        return frozenset(map(self.verdict, ends))
