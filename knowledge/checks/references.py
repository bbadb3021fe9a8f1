"""Checks that every id of a pack stands for something, once, and of the right kind."""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from knowledge.pack import UNSURE, Model, Pack, Rule
from knowledge.pack_loader import Places
from knowledge.phrasings import SCENARIO, UNDECIDED, labelled_answers
from knowledge.problems import Problem, one_of
from knowledge.yaml_document import Trail


def references(pack: Pack, places: Places) -> Iterator[Problem]:
    """Every id that stands twice, or stands for nothing."""
    yield from _ids(pack, places)
    yield from _sections(pack, places)
    yield from _rules(pack, places)
    yield from _thresholds(pack, places)
    yield from _verdicts(pack, places)
    yield from _scenarios(pack, places)
    yield from _comparison(pack, places)
    yield from _passages(pack, places)
    yield from _outside(pack, places)
    yield from _lesson_facts(pack, places)
    yield from _phrasings(pack, places)
    yield from _reading(pack, places)
    yield from _quantities(pack, places)
    yield from _statements(pack, places)
    yield from _short_answers(pack, places)
    yield from _descriptions(pack, places)


def _ids(pack: Pack, places: Places) -> Iterator[Problem]:
    for name in ("sections", "verdicts", "questions", "scenarios"):
        yield from _unique((name,), [part.id for part in getattr(pack, name)], places)
    taken: list[str] = []
    for name in ("passages", "outside", "terms"):  # a question is answered with one of these, a button names it
        own = [part.id for part in getattr(pack, name)]
        yield from _unique((name,), own, places, taken)
        taken += own
    for at, question in enumerate(pack.questions):
        yield from _unique(("questions", at, "options"), [option.id for option in question.options], places)


def _unique(trail: Trail, ids: list[str], places: Places, taken: Collection[str] = ()) -> Iterator[Problem]:
    for at, one in enumerate(ids):
        if one in ids[:at] or one in taken:
            yield places.problem((*trail, at, "id"), f"The id `{one}` is taken already.", "Give each its own.")


def _sections(pack: Pack, places: Places) -> Iterator[Problem]:
    known = [section.id for section in pack.sections]
    for trail, section in _named_sections(pack, ()):
        yield from _missing("section", section, known, trail, places)


def _named_sections(part: object, trail: Trail) -> Iterator[tuple[Trail, str]]:
    if isinstance(part, Model):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if name == "section" and value is not None:
                yield (*trail, name), value
            else:
                yield from _named_sections(value, (*trail, name))
    elif isinstance(part, tuple):
        for at, entry in enumerate(part):
            yield from _named_sections(entry, (*trail, at))


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
    if rule.at_most is not None:
        yield from _missing("verdict", rule.at_most, verdicts, (*trail, "at_most"), places)
    elif rule.path:
        hint = "Add `at_most`, or remove the path."
        yield places.problem((*trail, "path"), "A path is shown only where `at_most` holds a verdict back.", hint)


def _thresholds(pack: Pack, places: Places) -> Iterator[Problem]:
    trail = ("deciding", "thresholds")
    order = [verdict.id for verdict in pack.verdicts[1:]]
    thresholds = pack.deciding.thresholds
    for verdict in thresholds:
        yield from _missing("verdict after the first", verdict, order, (*trail, verdict), places)
    for verdict in order:
        if verdict not in thresholds:
            yield places.problem(trail, f"`{verdict}` has no threshold.", "Give every verdict but the first one.")
    rising = [verdict for verdict in order if verdict in thresholds]
    for lower, upper in pairwise(rising):
        if thresholds[lower] >= thresholds[upper]:
            message = f"The threshold of `{upper}` does not lie above the one of `{lower}`."
            yield places.problem((*trail, upper), message, "Thresholds rise along the scale.")


def _passages(pack: Pack, places: Places) -> Iterator[Problem]:
    verdicts = [verdict.id for verdict in pack.verdicts]
    for at, passage in enumerate(pack.passages):
        yield from _any_missing("verdict", passage.verdicts, verdicts, ("passages", at, "verdicts"), places)


def _verdicts(pack: Pack, places: Places) -> Iterator[Problem]:
    faqs = [passage.id for passage in pack.faqs]
    for at, verdict in enumerate(pack.verdicts):
        yield from _missing("FAQ", verdict.faq, faqs, ("verdicts", at, "faq"), places)
        faq = next((passage for passage in pack.faqs if passage.id == verdict.faq), None)
        if faq is not None and faq.verdicts and verdict.id not in faq.verdicts:
            message = f"The FAQ `{faq.id}` speaks for another verdict."
            yield places.problem(("verdicts", at, "faq"), message, "Choose one that agrees.")
        for position, step in enumerate(verdict.steps):
            for question, options in step.when.items():
                trail = ("verdicts", at, "steps", position, "when", question)
                named = [(option, (*trail, place)) for place, option in enumerate(options)]
                yield from _answers(pack, question, named, trail, places)


def _scenarios(pack: Pack, places: Places) -> Iterator[Problem]:
    verdicts = [verdict.id for verdict in pack.verdicts]
    for at, scenario in enumerate(pack.scenarios):
        trail = ("scenarios", at)
        for position, approach in enumerate(scenario.approaches):
            place = (*trail, "approaches", position, "verdict")
            yield from _missing("verdict", approach.verdict, verdicts, place, places)
        yield from _any_missing("verdict", scenario.finding.verdicts, verdicts, (*trail, "finding", "verdicts"), places)
        for question, option in scenario.answers.items():
            answer = (*trail, "answers", question)
            yield from _answers(pack, question, [(option, answer)], answer, places)


def _comparison(pack: Pack, places: Places) -> Iterator[Problem]:
    rows = pack.comparison.rows if pack.comparison else ()
    verdicts = [verdict.id for verdict in pack.verdicts]
    for at, row in enumerate(rows):
        trail = ("comparison", "rows", at, "cells")
        for verdict in row.cells:
            yield from _missing("verdict", verdict, verdicts, (*trail, verdict), places)
        if len(row.cells) < 2 or row.cells.keys() != rows[0].cells.keys():
            hint = "Give each row a cell for the same verdicts, at least two."
            yield places.problem(trail, f"The row `{row.aspect}` does not fit the table.", hint)


def _outside(pack: Pack, places: Places) -> Iterator[Problem]:
    verdicts = [verdict.id for verdict in pack.verdicts]
    passages = [passage.id for passage in pack.passages]
    for at, entry in enumerate(pack.outside):
        yield from _any_missing("verdict", entry.verdicts, verdicts, ("outside", at, "verdicts"), places)
        yield from _any_missing("passage", entry.passages, passages, ("outside", at, "passages"), places)


def _lesson_facts(pack: Pack, places: Places) -> Iterator[Problem]:
    known = [entry.id for entry in pack.outside]
    for at, lesson in enumerate(pack.lessons):
        yield from _any_missing("outside entry", lesson.facts, known, ("lessons", at, "facts"), places)
        for place, option in enumerate(lesson.check.options):
            if option.fact is not None:
                trail = ("lessons", at, "check", "options", place, "fact")
                yield from _missing("outside entry", option.fact, known, trail, places)


def _phrasings(pack: Pack, places: Places) -> Iterator[Problem]:
    passages = [passage.id for passage in pack.passages]
    for passage in pack.phrasings.passages:
        yield from _missing("passage", passage, passages, ("phrasings", "passages", passage), places)
    scenarios = [scenario.id for scenario in pack.scenarios]
    for scenario in pack.phrasings.scenarios:
        yield from _missing("scenario", scenario, scenarios, ("phrasings", "scenarios", scenario), places)


def _reading(pack: Pack, places: Places) -> Iterator[Problem]:
    rules = pack.reading
    for question, cues in rules.cues.items():
        trail: Trail = ("reading", "cues", question)
        yield from _answers(pack, question, [(option, (*trail, option)) for option in cues], trail, places)
    for question, denials in rules.denied.items():
        trail = ("reading", "denied", question)
        named = [(one, (*trail, option)) for option, stated in denials.items() for one in (option, stated)]
        yield from _answers(pack, question, named, trail, places)
    for question, measures in rules.measures.items():
        trail = ("reading", "measures", question)
        limits = [
            (limit.option, (*trail, at, "limits", place, "option"))
            for at, measure in enumerate(measures)
            for place, limit in enumerate(measure.limits)
        ]
        yield from _answers(pack, question, limits, trail, places)
    questions = [question.id for question in pack.questions]
    for question in rules.thresholds:
        yield from _missing("question", question, questions, ("reading", "thresholds", question), places)
    for name in ("anywhere", "timeless", "shared", "subjects"):
        yield from _any_missing("question", getattr(rules, name), questions, ("reading", name), places)


def _quantities(pack: Pack, places: Places) -> Iterator[Problem]:
    for question, measures in pack.quantities.questions.items():
        trail: Trail = ("quantities", "questions", question)
        for at, measure in enumerate(measures):
            named = [(limit.option, (*trail, at, "limits", n, "option")) for n, limit in enumerate(measure.limits)]
            named += [(option, (*trail, at, "settled", option)) for option in measure.settled]
            named += [(measure.capped, (*trail, at, "capped"))] if measure.capped else []
            yield from _answers(pack, question, named, (*trail, at), places)


def _statements(pack: Pack, places: Places) -> Iterator[Problem]:
    for question, said in pack.statements.said.items():
        trail = ("statements", "said", question)
        yield from _answers(pack, question, [(option, (*trail, option)) for option in said], trail, places)


def _short_answers(pack: Pack, places: Places) -> Iterator[Problem]:
    for name in ("answers", "plain"):
        for question, said in getattr(pack.short_answers, name).items():
            trail = ("short_answers", name, question)
            yield from _answers(pack, question, [(option, (*trail, option)) for option in said], trail, places)


def _descriptions(pack: Pack, places: Places) -> Iterator[Problem]:
    questions = [question.id for question in pack.questions]
    scenarios = [scenario.id for scenario in pack.scenarios]
    for at, group in enumerate(pack.descriptions):
        yield from _any_missing("question", group.unlabelled, questions, ("descriptions", at, "unlabelled"), places)
        for label in group.texts:
            trail: Trail = ("descriptions", at, "texts", label)
            for question, option in labelled_answers(label):
                if group.scenarios and question == SCENARIO:
                    known = [*scenarios, UNDECIDED]
                    yield from _missing("scenario", option, known, trail, places)
                    continue
                named = [(option, trail)] if option != UNDECIDED else []
                yield from _answers(pack, question, named, trail, places)


def _missing(kind: str, wrong: str, known: Collection[str], trail: Trail, places: Places) -> Iterator[Problem]:
    """A problem where something is named that is not known."""
    if wrong not in known:
        yield places.problem(trail, f"There is no {kind} `{wrong}`.", one_of(wrong, known))


def _any_missing(
    kind: str, named: Iterable[str], known: Collection[str], trail: Trail, places: Places
) -> Iterator[Problem]:
    """The same for several names in a row."""
    for at, one in enumerate(named):
        yield from _missing(kind, one, known, (*trail, at), places)


def _answers(
    pack: Pack, question_id: str, options: Iterable[tuple[str, Trail]], trail: Trail, places: Places
) -> Iterator[Problem]:
    """The same for a question and options of it, each with the trail where it is named."""
    by_id = {question.id: question for question in pack.questions}
    yield from _missing("question", question_id, by_id, trail, places)
    if question_id in by_id:
        known = [option.id for option in by_id[question_id].options]
        for option, place in options:
            yield from _missing(f"option of `{question_id}`", option, known, place, places)
