"""Names in a pack that have to stand for something."""

from collections.abc import Collection, Iterable, Iterator

from knowledge.pack import Pack
from knowledge.pack_loader import Places
from knowledge.problems import Problem, one_of
from knowledge.yaml_document import Trail


def missing(kind: str, wrong: str, known: Collection[str], trail: Trail, places: Places) -> Iterator[Problem]:
    """A problem where something is named that is not known."""
    if wrong not in known:
        yield places.problem(trail, f"There is no {kind} `{wrong}`.", one_of(wrong, known))


def any_missing(
    kind: str, named: Iterable[str], known: Collection[str], trail: Trail, places: Places
) -> Iterator[Problem]:
    """The same for several names in a row."""
    for at, one in enumerate(named):
        yield from missing(kind, one, known, (*trail, at), places)


def answers(
    pack: Pack, question_id: str, options: Iterable[tuple[str, Trail]], trail: Trail, places: Places
) -> Iterator[Problem]:
    """The same for a question and options of it, each with the trail where it is named."""
    by_id = {question.id: question for question in pack.questions}
    yield from missing("question", question_id, by_id, trail, places)
    if question_id in by_id:
        known = [option.id for option in by_id[question_id].options]
        for option, place in options:
            yield from missing(f"option of `{question_id}`", option, known, place, places)
