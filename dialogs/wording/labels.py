"""The names of verdicts and the labels of options, in the words by which sentences are compared with them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from dialogs.wording.words import is_negated, lists, stems
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.word_parser import fold


def bare(words: Iterable[str]) -> tuple[str, ...]:
    """Words as labels have them, without those that say nothing."""
    return tuple(word for word in words if word not in lists()["function"])


def telling_of(words: Iterable[str]) -> tuple[str, ...]:
    return stems(bare(words))


def every_label(pack: Pack) -> list[tuple[str, ...]]:
    """The telling words of the verdicts' names and of the parts of the options' labels."""
    names = (fold(verdict.name) for verdict in pack.verdicts)
    return [*map(telling_of, (*names, *chain.from_iterable(option_parts(pack))))]


def negated_labels(pack: Pack) -> re.Pattern[str]:
    """Options by their labels, and an answer of no: “no training data”."""
    labels = [o.label for question in pack.questions for o in question.options if is_negated(o.label)]
    answers = [f"no {question.name}" for question in pack.questions]
    return re.compile("|".join(map(re.escape, (*labels, *answers))), re.IGNORECASE)


def option_parts(pack: Pack) -> Iterator[tuple[Sequence[str], ...]]:
    """Each option as the parts of its label and of what stands on record for it: all say the same."""
    options = (option for question in pack.questions for option in question.options if option.id != UNSURE)
    for option in options:
        parts = map(fold, (part for text in (option.label, option.record) for part in text.split(",")))
        yield tuple(filter(telling_of, parts))
