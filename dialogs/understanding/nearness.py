"""How near a text, or a part of it, is to phrases: in lessons, and of somebody who wants to learn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from dialogs.advisor import Advisor
from dialogs.understanding.phrases import Words, without, written_out
from knowledge.reading.word_lists import english
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold

_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest of several meanings, how near it is, and how far ahead of the second."""

    name: str
    score: float
    ahead: float

    @classmethod
    def of(cls, scores: Mapping[str, float]) -> Self:
        best, *others = sorted(scores.items(), key=lambda each: -each[1])
        return cls(best[0], best[1], best[1] - (others[0][1] if others else 0.0))


def parts_said(advisor: Advisor, text: str, words: Words) -> tuple[Words, ...]:
    """The text and its clauses, each without what only expresses doubt or is polite."""
    hedges = (*advisor.catalogue.phrases.lesson_hedges, *advisor.catalogue.phrases.courtesies)
    cut = [fold(clause) for sentence in sentences(text) for clause in clauses(sentence)]
    bare = [without(written_out(advisor, part), hedges) for part in (words, *cut[:_MOST_PARTS])]
    return tuple(part for part in dict.fromkeys(bare) if part)


def nearness(
    advisor: Advisor, parts: Sequence[Words], groups: Mapping[str, tuple[str, ...]], *, shortest: int = 2
) -> Mapping[str, float]:
    """How near each group is to the part that is nearest to it. A text that denies is compared with phrases that deny,
    and any other with those that do not, and never with those of an opposite amount: vectors hardly tell "it learned"
    from "it has not learned", or "many requests" from "few requests". Parts of fewer than `shortest` words are not
    compared: a single word says too little, but for an answer.
    """
    best = dict.fromkeys(groups, 0.0)
    matcher = advisor.knowledge.phrases
    for part in parts if matcher is not None else ():
        if matcher is None or len(part) < shortest:
            continue
        alike = {name: _alike(phrases, denies(part), _amount(part)) for name, phrases in groups.items()}
        for name, score in matcher.nearness(" ".join(part), alike).items():
            best[name] = max(best[name], score)
    return best


def denies(words: Words) -> bool:
    return not (english().denials - english().lowering).isdisjoint(words)


def _amount(words: Words) -> int:
    """1 for words of a large amount, -1 for those of a small one, 0 where there are none, or both."""
    lists, told = english(), {*words}
    return bool(told & lists.large_amounts) - bool(told & lists.small_amounts)


@cache
def _alike(phrases: tuple[str, ...], denying: bool, amount: int) -> tuple[str, ...]:
    """Those of some phrases of the catalogue or the pack that deny, or those that do not, without opposite amounts."""
    folded = {phrase: fold(phrase) for phrase in phrases}
    return tuple(
        phrase
        for phrase, words in folded.items()
        if denies(words) is denying and (denying or _amount(words) * amount >= 0)
    )
