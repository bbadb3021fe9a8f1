"""Checks that wordings and phrasings belong to something: a passage, a scenario, a question and an option of it."""

from collections.abc import Iterator

from knowledge.checks.names import answers, any_missing, missing
from knowledge.pack import Pack
from knowledge.pack_loader import Places
from knowledge.problems import Problem
from knowledge.yaml_document import Trail


def wordings(pack: Pack, places: Places) -> Iterator[Problem]:
    """Every id among phrasings, rules of reading and statements that stands for nothing."""
    yield from _phrasings(pack, places)
    yield from _reading(pack, places)
    yield from _statements(pack, places)


def _phrasings(pack: Pack, places: Places) -> Iterator[Problem]:
    passages = [passage.id for passage in pack.passages]
    for passage in pack.phrasings.passages:
        yield from missing("passage", passage, passages, ("phrasings", "passages", passage), places)
    scenarios = [scenario.id for scenario in pack.scenarios]
    for scenario in pack.phrasings.scenarios:
        yield from missing("scenario", scenario, scenarios, ("phrasings", "scenarios", scenario), places)


def _reading(pack: Pack, places: Places) -> Iterator[Problem]:
    rules = pack.reading
    for question, cues in rules.cues.items():
        trail: Trail = ("reading", "cues", question)
        yield from answers(pack, question, [(option, (*trail, option)) for option in cues], trail, places)
    for question, denials in rules.denied.items():
        trail = ("reading", "denied", question)
        named = [(one, (*trail, option)) for option, stated in denials.items() for one in (option, stated)]
        yield from answers(pack, question, named, trail, places)
    for question, measures in rules.measures.items():
        trail = ("reading", "measures", question)
        limits = [
            (limit.option, (*trail, at, "limits", place, "option"))
            for at, measure in enumerate(measures)
            for place, limit in enumerate(measure.limits)
        ]
        yield from answers(pack, question, limits, trail, places)
    questions = [question.id for question in pack.questions]
    for name in ("anywhere", "timeless", "shared"):
        yield from any_missing("question", getattr(rules, name), questions, ("reading", name), places)


def _statements(pack: Pack, places: Places) -> Iterator[Problem]:
    for question, said in pack.statements.said.items():
        trail = ("statements", "said", question)
        yield from answers(pack, question, [(option, (*trail, option)) for option in said], trail, places)
