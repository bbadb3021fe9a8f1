"""Checks of the lessons and cases: none is too long or gives its right answer away, and each fits the pack."""

from collections.abc import Iterator

from knowledge.checks.outside import length
from knowledge.checks.references import unique
from knowledge.lessons import Case, Check, Lesson
from knowledge.pack import UNSURE, Pack
from knowledge.pack_loader import Places
from knowledge.problems import Problem, one_of
from knowledge.yaml_document import Trail

MAX_WORDS = 80


def lesson_problems(pack: Pack, places: Places) -> Iterator[Problem]:
    """Every mistake in the lessons and the cases; that their sections exist is checked with all others."""
    yield from unique(("lessons",), [lesson.id for lesson in pack.lessons], places)
    for at, lesson in enumerate(pack.lessons):
        trail: Trail = ("lessons", at)
        yield from length(lesson.text, MAX_WORDS, (*trail, "text"), places)
        yield from _origin(lesson, trail, places)
        yield from _check(lesson.check, (*trail, "check", "options"), places)
    for at, case in enumerate(pack.practice):
        yield from length(case.story.text, MAX_WORDS, ("practice", at, "story", "text"), places)
        yield from _case(pack, at, case, places)


def _origin(lesson: Lesson, trail: Trail, places: Places) -> Iterator[Problem]:
    """A lesson rests on the source or on what is outside it, and so do all its reasons."""
    if (lesson.section is None) == (not lesson.facts):
        yield places.problem(trail, f"`{lesson.id}` needs either `section` or `facts`.", "Write one of the two.")
        return
    key, other = ("section", "fact") if lesson.section is not None else ("fact", "section")
    for at, option in enumerate(lesson.check.options):
        if getattr(option, key) is None or getattr(option, other) is not None:
            place = (*trail, "check", "options", at)
            yield places.problem(place, f"`{option.id}` needs `{key}`, and no `{other}`.", "Its lesson has the same.")


def _check(check: Check, trail: Trail, places: Places) -> Iterator[Problem]:
    yield from unique(trail, [option.id for option in check.options], places)
    right = [at for at, option in enumerate(check.options) if option.right]
    if len(right) != 1:
        message = f"{len(right)} of the options are right."
        yield places.problem(trail, message, "Write `right: true` under exactly one.")
        return
    longest = max(len(option.label) for option in check.options if not option.right)
    if len(check.options[right[0]].label) >= longest:
        message = "The right answer has the longest label, so that looks give it away."
        yield places.problem((*trail, right[0], "label"), message, f"Use at most {longest - 1} characters.")


def _case(pack: Pack, at: int, case: Case, places: Places) -> Iterator[Problem]:
    scenarios = {scenario.id: scenario for scenario in pack.scenarios}
    trail: Trail = ("practice", at)
    if case.scenario not in scenarios:
        message = f"There is no scenario `{case.scenario}`."
        yield places.problem((*trail, "scenario"), message, one_of(case.scenario, scenarios))
        return
    if case.scenario in [other.scenario for other in pack.practice[:at]]:
        message = f"`{case.scenario}` is told already."
        yield places.problem((*trail, "scenario"), message, "Tell each scenario once.")
    known = [question.id for question in pack.questions]
    answers = {question: scenarios[case.scenario].answers.get(question, UNSURE) for question in known}
    for question, clue in case.answers.items():
        if question not in answers:
            message = f"There is no question `{question}`."
            yield places.problem((*trail, "answers", question), message, one_of(question, known))
        elif clue.option != answers[question]:
            message = f"The scenario says `{answers[question]}` here."
            hint = "Write that, or change the scenario’s answers."
            yield places.problem((*trail, "answers", question, "option"), message, hint)
    for question in known:
        if question not in case.answers:
            hint = f"Add it with `option: {answers[question]}` and its clue."
            yield places.problem((*trail, "answers"), f"`{question}` has no answer.", hint)
