"""Checks of the words of options: each means one option, and no record gives a verdict away."""

import re
from collections.abc import Iterator

from knowledge.pack import Option, Pack, Question
from knowledge.pack_loader import Places
from knowledge.problems import Problem
from knowledge.yaml_document import Trail


def option_word_problems(pack: Pack, places: Places) -> Iterator[Problem]:
    """Every word that means two options of a question, and every record that names a verdict."""
    for at, question in enumerate(pack.questions):
        yield from _ambiguous(question, ("questions", at), places)
        yield from _telling(question, pack, ("questions", at), places)


def _ambiguous(question: Question, trail: Trail, places: Places) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for at, option in enumerate(question.options):
        for inner, word in _typed(option):
            owner = owners.setdefault(" ".join(word.casefold().split()), option.id)
            if owner != option.id:
                message = f"`{word}` stands for `{owner}` and for `{option.id}`."
                yield places.problem((*trail, "options", at, *inner), message, "Keep it with one of the two.")


def _typed(option: Option) -> Iterator[tuple[Trail, str]]:
    """All that people can type for an option, and where it stands."""
    yield ("id",), option.id
    yield ("label",), option.label
    for at, word in enumerate(option.words):
        yield ("words", at), word


def _telling(question: Question, pack: Pack, trail: Trail, places: Places) -> Iterator[Problem]:
    texts = [((*trail, "options", at, "record"), option.record) for at, option in enumerate(question.options)]
    for place, text in [((*trail, "name"), question.name), *texts]:
        for verdict in pack.verdicts:
            if re.search(rf"\b{re.escape(verdict.name)}\b", text, re.IGNORECASE):
                message = f"The record `{text}` names the verdict `{verdict.name}`."
                yield places.problem(place, message, "Say what was answered, not where it leads.")
