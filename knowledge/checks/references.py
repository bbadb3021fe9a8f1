"""Checks that every id of a pack stands for something, once, and of the right kind."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from knowledge.pack import UNSURE, Model, Pack, Rule
from knowledge.pack_loader import Places
from knowledge.phrasings import SCENARIO, UNDECIDED, labelled_answers
from knowledge.problems import Problem, one_of
from knowledge.yaml_document import Trail

_NAMED = (
    "questions.*.options.*.rule.at_most: verdict",
    "deciding.thresholds.{verdict after the first}",
    "verdicts.*.faq: FAQ",
    "verdicts.*.steps.*.when.{question}.*: option",
    "scenarios.*.approaches.*.verdict: verdict",
    "scenarios.*.finding.verdicts.*: verdict",
    "scenarios.*.answers.{question}: option",
    "comparison.rows.*.cells.{verdict}",
    "passages.*.verdicts.*: verdict",
    "outside.*.verdicts.*: verdict",
    "outside.*.passages.*: passage",
    "lessons.*.facts.*: outside entry",
    "lessons.*.check.options.*.fact: outside entry",
    "phrasings.passages.{passage}",
    "phrasings.scenarios.{scenario}",
    "reading.cues.{question}.{option}",
    "reading.denied.{question}.{option}: option",
    "reading.anywhere.*: question",
    "reading.timeless.*: question",
    "reading.shared.*: question",
    "reading.subjects.*: question",
    "quantities.questions.{question}.*.limits.*.option: option",
    "quantities.questions.{question}.*.settled.{option}",
    "quantities.questions.{question}.*.capped: option",
    "statements.said.{question}.{option}",
    "short_answers.answers.{question}.{option}",
    "short_answers.plain.{question}.{option}",
    "descriptions.*.unlabelled.*: question",
)
"""Where a pack names something of a kind: in the entries of a list (*), the keys of a mapping ({kind}), or at the end
of the path. An option is one of the question on the way to it.
"""


class _Name(NamedTuple):
    """Something of a kind that is named at a place."""

    kind: str
    name: str
    trail: Trail


def references(pack: Pack, places: Places) -> Iterator[Problem]:
    """Every id that stands twice, or stands for nothing."""
    yield from _ids(pack, places)
    yield from _rules(pack, places)
    yield from _thresholds(pack, places)
    yield from _faqs(pack, places)
    yield from _comparison(pack, places)
    known = _known(pack)
    names = [*_named_sections(pack, ()), *_labels(pack)]
    for path in _NAMED:
        steps, _, kind = path.partition(": ")
        names += _names_at(pack, steps.split("."), kind, ())
    for kind, name, trail in dict.fromkeys(names):
        if kind in known and name not in known[kind]:  # options of an unknown question are not
            yield places.problem(trail, f"There is no {kind} `{name}`.", one_of(name, known[kind]))


def _known(pack: Pack) -> Mapping[str, Collection[str]]:
    """The ids that there are of each kind."""
    kinds: dict[str, Sequence[Any]] = {
        "section": pack.sections,
        "verdict": pack.verdicts,
        "verdict after the first": pack.verdicts[1:],
        "question": pack.questions,
        "passage": pack.passages,
        "FAQ": pack.faqs,
        "scenario": pack.scenarios,
        "outside entry": pack.outside,
        **{_option_of(question.id): question.options for question in pack.questions},
    }
    return {kind: [part.id for part in parts] for kind, parts in kinds.items()}


def _option_of(question: str) -> str:
    return f"option of `{question}`"


def _names_at(value: Any, steps: Sequence[str], kind: str, trail: Trail, question: str = "") -> Iterator[_Name]:
    """The names on a path and at its end; none where nothing stands there."""
    if not value:
        return
    if not steps:
        if kind:
            yield _Name(_option_of(question) if kind == "option" else kind, value, trail)
        return
    step, rest = steps[0], steps[1:]
    if step == "*":
        for at, each in enumerate(value):
            yield from _names_at(each, rest, kind, (*trail, at), question)
    elif step.startswith("{"):
        of = step.strip("{}")
        for key, each in value.items():
            yield _Name(_option_of(question) if of == "option" else of, key, (*trail, key))
            yield from _names_at(each, rest, kind, (*trail, key), key if of == "question" else question)
    else:
        yield from _names_at(getattr(value, step), rest, kind, (*trail, step), question)


def _ids(pack: Pack, places: Places) -> Iterator[Problem]:
    for name in ("sections", "verdicts", "questions", "scenarios"):
        yield from unique((name,), [part.id for part in getattr(pack, name)], places)
    taken: list[str] = []
    for name in ("passages", "outside", "terms", "advice"):  # a question is answered with one of these
        own = [part.id for part in getattr(pack, name)]
        yield from unique((name,), own, places, taken)
        taken += own
    for at, question in enumerate(pack.questions):
        yield from unique(("questions", at, "options"), [option.id for option in question.options], places)


def unique(trail: Trail, ids: list[str], places: Places, taken: Collection[str] = ()) -> Iterator[Problem]:
    """Each id of the parts at a place that is taken already."""
    for at, one in enumerate(ids):
        if one in ids[:at] or one in taken:
            yield places.problem((*trail, at, "id"), f"The id `{one}` is taken already.", "Give each its own.")


def _rules(pack: Pack, places: Places) -> Iterator[Problem]:
    for at, question in enumerate(pack.questions):
        if UNSURE not in [option.id for option in question.options]:
            message = f"`{question.id}` has no option `{UNSURE}`."
            yield places.problem(("questions", at, "options"), message, f"Add one with `id: {UNSURE}`.")
        for position, option in enumerate(question.options):
            trail = ("questions", at, "options", position, "rule")
            yield from _rule(option.rule, option.id == UNSURE, pack, trail, places)


def _rule(rule: Rule, unsure: bool, pack: Pack, trail: Trail, places: Places) -> Iterator[Problem]:
    verdicts = [verdict.id for verdict in pack.verdicts]
    ends = (verdicts[0], verdicts[-1])
    if rule.towards is not None and unsure:
        yield places.problem((*trail, "towards"), f"`{UNSURE}` is no evidence.", "Remove `towards` and `weight`.")
    elif rule.towards is not None and rule.towards not in ends:
        hint = f"Write an end of the scale: {ends[0]} or {ends[1]}."
        yield places.problem((*trail, "towards"), f"A rule cannot lead towards `{rule.towards}`.", hint)
    elif rule.towards is not None and rule.weight == 0:
        yield places.problem((*trail, "towards"), "A rule with `towards` has no weight.", "Add a `weight` from 1 to 9.")
    elif rule.towards is None and rule.weight > 0:
        hint = f"Add `towards: {ends[0]}` or `towards: {ends[1]}`, or remove it."
        yield places.problem((*trail, "weight"), "A weight without `towards` does nothing.", hint)
    if rule.path and rule.at_most is None:
        hint = "Add `at_most`, or remove the path."
        yield places.problem((*trail, "path"), "A path is shown only where `at_most` holds a verdict back.", hint)


def _thresholds(pack: Pack, places: Places) -> Iterator[Problem]:
    trail = ("deciding", "thresholds")
    order = [verdict.id for verdict in pack.verdicts[1:]]
    thresholds = pack.deciding.thresholds
    for verdict in order:
        if verdict not in thresholds:
            yield places.problem(trail, f"`{verdict}` has no threshold.", "Give every verdict but the first one.")
    rising = [verdict for verdict in order if verdict in thresholds]
    for lower, upper in pairwise(rising):
        if thresholds[lower] >= thresholds[upper]:
            message = f"The threshold of `{upper}` does not lie above the one of `{lower}`."
            yield places.problem((*trail, upper), message, "Thresholds rise along the scale.")


def _comparison(pack: Pack, places: Places) -> Iterator[Problem]:
    rows = pack.comparison.rows if pack.comparison else ()
    for at, row in enumerate(rows):
        trail = ("comparison", "rows", at, "cells")
        if len(row.cells) < 2 or row.cells.keys() != rows[0].cells.keys():
            hint = "Give each row a cell for the same verdicts, at least two."
            yield places.problem(trail, f"The row `{row.aspect}` does not fit the table.", hint)


def _faqs(pack: Pack, places: Places) -> Iterator[Problem]:
    faqs = {faq.id: faq for faq in pack.faqs}
    for at, verdict in enumerate(pack.verdicts):
        if verdict.faq in faqs and verdict.id not in (faqs[verdict.faq].verdicts or (verdict.id,)):
            message = f"The FAQ `{verdict.faq}` speaks for another verdict."
            yield places.problem(("verdicts", at, "faq"), message, "Choose one that agrees.")


def _named_sections(part: object, trail: Trail) -> Iterator[_Name]:
    if isinstance(part, Model):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if name == "section" and value is not None:
                yield _Name(name, value, (*trail, name))
            else:
                yield from _named_sections(value, (*trail, name))
    elif isinstance(part, tuple):
        for at, entry in enumerate(part):
            yield from _named_sections(entry, (*trail, at))


def _labels(pack: Pack) -> Iterator[_Name]:
    """What the labels of descriptions name."""
    for at, group in enumerate(pack.descriptions):
        for label in group.texts:
            trail: Trail = ("descriptions", at, "texts", label)
            for question, option in labelled_answers(label):
                if not (group.scenarios and question == SCENARIO):
                    yield _Name("question", question, trail)
                    kind = _option_of(question)
                else:
                    kind = "scenario"
                if option != UNDECIDED:
                    yield _Name(kind, option, trail)
