"""The words of a language that decide whether a statement counts: negations, doubts, other people, other times."""

from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

Words = tuple[str, ...]


class Language(BaseModel):
    """Word lists of one language, lower case; what each is for stands beside it in `english.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contractions: dict[str, str]
    amounts: dict[str, float]
    multipliers: dict[str, float]
    approximations: frozenset[str]
    negations: frozenset[str]
    unstated: frozenset[str]
    indirect: frozenset[str]
    conditional: frozenset[str]
    conditions: Words
    reported: Words
    stated: Words
    undecided: Words
    reversals: Words
    past: Words
    faded: frozenset[str]
    present: frozenset[str]
    future: Words
    others: Words
    aside: frozenset[str]
    nobody: Words
    they: Words
    own: frozenset[str]
    plain: frozenset[str]
    asking: frozenset[str]
    inversions: Words
    referring: frozenset[str]
    contrasts: Words
    joints: frozenset[str]
    telling: Words
    weakly: frozenset[str]
    closing: Words
    unjoined: Words
    depending: frozenset[str]
    polar: frozenset[str]
    refusals: frozenset[str]
    denials: frozenset[str]
    alternatives: frozenset[str]
    passed_over: frozenset[str]
    around_answers: frozenset[str]

    @cached_property
    def amount_words(self) -> dict[tuple[str, ...], float]:
        """Amounts by their words."""
        return {tuple(words.split()): amount for words, amount in self.amounts.items()}


@cache
def english() -> Language:
    """The English lists, read from `english.yaml` beside this file when they are first asked for."""
    text = files("knowledge.reading").joinpath("english.yaml").read_text("utf-8")
    # The C parser takes a tenth of the time; it is missing only where PyYAML was built without libyaml.
    return Language.model_validate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506


def starts_with(words: Words, phrases: Words) -> bool:
    """Whether the words begin with one of the phrases (of one or more words)."""
    return any(words[: len(phrase)] == phrase for phrase in _split(phrases))


def holds(words: Words, phrases: Words) -> bool:
    """Whether one of the phrases stands anywhere among the words."""
    return bool(held(words, phrases))


def held(words: Words, phrases: Words) -> frozenset[str]:
    """The phrases that stand anywhere among the words."""
    text = f" {' '.join(words)} "
    return frozenset([phrase for phrase, bounded in _bounded(phrases) if bounded in text])


def without(words: Iterable[str], phrases: Words) -> Words:
    """The words without the phrases among them."""
    text = f" {' '.join(words)} "
    for phrase in phrases:
        text = text.replace(f" {phrase} ", " ")
    return tuple(text.split())


# A handful of lists, each asked for several times a sentence.
@cache
def _split(phrases: Words) -> tuple[Words, ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)


@cache
def _bounded(phrases: Words) -> tuple[tuple[str, str], ...]:
    return tuple((phrase, f" {phrase} ") for phrase in phrases)
