"""How much a pack may hold: what its authors are told by the schema, at the boundaries."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from knowledge import content, lessons, outside, pack, phrasings, reading_rules
from tests.knowledge.fixtures import pack as builtin_pack

PACK = builtin_pack()

LENGTHS: dict[str, tuple[Any, int]] = {
    "a label": (content.Label, 60),
    "a line": (content.Line, 200),
    "a text": (content.Text, 600),
    "a wording": (phrasings.Wording, 300),
    "an id": (content.Id, 40),
}


def accepts(kind: Any, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("kind", "longest"), LENGTHS.values(), ids=LENGTHS)
def test_texts_have_a_length(kind: Any, longest: int) -> None:
    assert accepts(kind, "x")
    assert not accepts(kind, "")
    assert accepts(kind, "x" * longest)
    assert not accepts(kind, "x" * (longest + 1))


@pytest.mark.parametrize(("kind", "longest"), [(content.Words, 80), (reading_rules.Words, 120)])
def test_each_of_several_words_has_a_length(kind: Any, longest: int) -> None:
    assert accepts(kind, ())
    assert accepts(kind, ("a", "x" * longest))
    assert not accepts(kind, ("a", "x" * (longest + 1)))
    assert not accepts(kind, ("a", ""))


def test_an_address_is_one_that_can_be_opened_safely() -> None:
    start = "https://x.org/"
    assert accepts(outside.Url, start + "x" * (300 - len(start)))
    assert not accepts(outside.Url, start + "x" * (301 - len(start)))
    assert not accepts(outside.Url, "http://x.org/")


def changed(part: Any, **changes: object) -> bool:
    """Whether the part would be taken with these fields."""
    given = {name: getattr(part, name) for name in type(part).model_fields if name in part.model_fields_set}
    assert accepts(type(part), given)
    return accepts(type(part), given | changes)


CASE = PACK.practice[0]
SCENARIO = PACK.scenarios[0]
TERM = PACK.terms[0]
QUESTION, VERDICT, LESSON = PACK.questions[0], PACK.verdicts[0], PACK.lessons[0]
MEASURE = next(measure for measures in PACK.quantities.questions.values() for measure in measures)


@pytest.mark.parametrize(
    ("part", "field", "least"),
    [
        (VERDICT, "steps", 1),
        (SCENARIO, "approaches", 2),
        (SCENARIO.finding, "verdicts", 1),
        (PACK.comparison, "rows", 1),
        (PACK, "examples", 1),
        (PACK, "verdicts", 2),
        (PACK, "questions", 1),
        (TERM, "names", 1),
        (MEASURE, "limits", 1),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_a_part_cannot_be_without(part: Any, field: str, least: int) -> None:
    value = tuple(getattr(part, field))
    assert changed(part, **{field: value[:least]})
    assert not changed(part, **{field: value[: least - 1]})


@pytest.mark.parametrize("part", [CASE, SCENARIO], ids=["a case", "a scenario"])
def test_a_story_gives_at_least_one_answer(part: Any) -> None:
    question, option = next(iter(part.answers.items()))
    assert changed(part, answers={question: option})
    assert not changed(part, answers={})


@pytest.mark.parametrize(("field", "part", "most"), [("questions", QUESTION, 10), ("lessons", LESSON, 12)])
def test_of_what_a_pack_may_not_have_too_many(field: str, part: Any, most: int) -> None:
    assert changed(PACK, **{field: (part,) * most})
    assert not changed(PACK, **{field: (part,) * (most + 1)})


@pytest.mark.parametrize(("field", "value"), [("forced_strength", 0.67), ("mixed_strength", 0.5)])
def test_strengths_are_shares(field: str, value: float) -> None:
    bare = pack.Deciding(thresholds={})
    assert getattr(bare, field) == value
    for share, taken in ((0, True), (1, True), (-0.01, False), (1.01, False)):
        assert changed(bare, **{field: share}) is taken


def test_what_is_said_nothing_about_is_so() -> None:
    given = TERM.model_dump(exclude={"needs_context"}, exclude_unset=True)
    assert outside.Term.model_validate(given).needs_context is False
    assert lessons.Lesson.model_fields["facts"].default == ()
