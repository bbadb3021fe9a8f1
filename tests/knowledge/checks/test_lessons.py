"""Lessons that give their answers away, or do not fit the pack, are named with their place."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.checks.pack_checks import check_pack
from knowledge.pack_loader import builtin, load_pack
from tests.knowledge.pack_copies import changed, line_of

TODAY = date(2024, 6, 1)
LESSONS = """lessons:
  - id: first
    title: Who keeps it
    text: A tool needs somebody who looks after it.
    section: people
    check:
      prompt: Who looks after it?
      options:
        - {id: nobody, label: Nobody at all, reason: It breaks, section: people}
        - {id: team, label: One team, right: true, reason: By name, section: people}
        - {id: all, label: All, reason: That is nobody, section: people}
practice:
  - scenario: tickets
    story: {text: A shop without developers., section: people}
    answers:
      team: {option: no, clue: without developers}
      market: {option: yes, clue: as every shop does}
      edge: {option: common, clue: a shop like others}
"""


def found(folder: Path, old: str, new: str) -> list[tuple[int | None, str]]:
    changed(folder, "pack", "id: build-or-buy", "id: build-or-buy")
    assert LESSONS.count(old) == 1
    (folder / "lessons.yaml").write_text(LESSONS.replace(old, new))
    return [(p.line, f"{p.message} {p.hint}") for p in check_pack(folder, TODAY).errors]


def test_good_lessons_have_no_errors(tmp_path: Path) -> None:
    assert found(tmp_path, "One team", "One team") == []


WRONG = [  # old, new, text at whose line it is reported, how the report begins
    (", right: true", "", "options:", "0 of the options are right. Write `right: true` under exactly one."),
    ("label: All,", "label: All, right: true,", "options:", "2 of the options are right."),
    ("One team", "One team for ever", "- {id: team", "The right answer has the longest label"),
    ("id: all,", "id: team,", "- {id: team, label: All", "The id `team` is taken already."),
    ("somebody who", "somebody who " + "very " * 80, "text: A tool", "This has 88 words. Use at most 80."),
    ("A shop without", "A " + "big " * 80 + "shop without", "story:", "This has 84 words."),
    ("section: people\n    check", "section: peple\n    check", "section: peple", "There is no section `peple`."),
    ("By name, section: people", "By name, section: p", "- {id: team", "There is no section `p`."),
    ("scenario: tickets", "scenario: ticket", "- scenario:", "There is no scenario `ticket`. Did you mean `tickets`?"),
    ("option: common", "option: core", "edge: {option", "The scenario says `common` here."),
    ("edge: {", "edgy: {", "edgy:", "There is no question `edgy`. Did you mean `edge`?"),
]


@pytest.mark.parametrize(("old", "new", "at", "begins"), WRONG)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, at: str, begins: str) -> None:
    errors = found(tmp_path, old, new)
    assert (line_of(tmp_path, "lessons", at), begins) in [(line, text[: len(begins)]) for line, text in errors]


def test_a_question_without_an_answer_is_named(tmp_path: Path) -> None:
    (error,) = found(tmp_path, "      edge: {option: common, clue: a shop like others}\n", "")
    assert error[1] == "`edge` has no answer. Add it with `option: common` and its clue."


def test_a_lesson_or_case_that_stands_twice_is_named(tmp_path: Path) -> None:
    lesson, case = LESSONS.removeprefix("lessons:\n").split("practice:\n")
    errors = found(tmp_path, "practice:\n", lesson + "practice:\n" + case)
    assert [text for _, text in errors] == [
        "The id `first` is taken already. Give each its own.",
        "`tickets` is told already. Tell each scenario once.",
    ]


def test_the_built_in_lessons_are_seven_and_looks_do_not_tell() -> None:
    pack = load_pack(builtin())
    assert len(pack.lessons) == 7
    assert {case.scenario for case in pack.practice} == {scenario.id for scenario in pack.scenarios}
    places = [[option.right for option in lesson.check.options].index(True) for lesson in pack.lessons]
    assert sorted(places) == [0, 0, 1, 1, 1, 2, 2]
    lengths = [sorted(len(o.label) for o in lesson.check.options) for lesson in pack.lessons]
    ranks = [length.index(len(lesson.check.right.label)) for length, lesson in zip(lengths, pack.lessons, strict=True)]
    assert set(ranks) == {0, 1}, "neither always the shortest nor ever the longest"
