"""Sets of labelled texts, to measure with how well text is understood.

A folder of sets holds any of these files, one JSON object a line:

- `faq.jsonl`, `questions.jsonl`: `text`, `expected` (a passage), `acceptable` (passages that would do as well)
- `offtopic.jsonl`: `text` that no passage answers
- `scenario.jsonl`: `text`, `expected` (a scenario), `acceptable`; `no-project.jsonl`: `text` that describes no project
- `extract.jsonl`: `text`, `answers` (question: option or null); `projects.jsonl`: the same and `scenario` (or null)
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class EvaluationError(Exception):
    """A set cannot be read. The message names file and line."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the passages that answer it; none for a text off the topic."""

    text: str
    passages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Project:
    """A text and the scenarios it may be taken for; None stands for "none"."""

    text: str
    scenarios: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class Extract:
    """A text and the answers that it states, by question; None where it states none."""

    text: str
    answers: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Sets:
    """What a folder holds."""

    questions: tuple[Question, ...] = ()
    offtopic: tuple[Question, ...] = ()
    projects: tuple[Project, ...] = ()
    extracts: tuple[Extract, ...] = ()


def load_sets(folder: Path) -> Sets:
    """The sets in a folder. Raises EvaluationError where there is none, or a line is not as it should be."""
    questions = tuple(_question(row) for name in ("faq", "questions") for row in _rows(folder, name))
    offtopic = tuple(Question(row["text"], frozenset()) for row in _rows(folder, "offtopic"))
    projects = [
        Project(row["text"], frozenset({row["expected"], *row["acceptable"]})) for row in _rows(folder, "scenario")
    ]
    projects += [Project(row["text"], frozenset({None})) for row in _rows(folder, "no-project")]
    described = list(_rows(folder, "projects"))
    projects += [Project(row["text"], frozenset({row["scenario"]})) for row in described]
    extracts = tuple(Extract(row["text"], row["answers"]) for row in [*_rows(folder, "extract"), *described])
    sets = Sets(questions, offtopic, tuple(projects), extracts)
    if sets == Sets():
        raise EvaluationError(f"{folder} holds none of the known sets, such as faq.jsonl. See docs/matching.md.")
    return sets


def _question(row: Mapping[str, Any]) -> Question:
    return Question(row["text"], frozenset({row["expected"], *row["acceptable"]}))


class _Row(dict[str, Any]):
    """A line of a set. A missing key says where."""

    def __init__(self, values: Mapping[str, Any], place: str) -> None:
        super().__init__(values)
        self._place = place

    def __missing__(self, key: str) -> Any:
        if key == "acceptable":
            return []
        raise EvaluationError(f"{self._place}: `{key}` is missing.")


def _rows(folder: Path, name: str) -> Iterator[_Row]:
    file = folder / f"{name}.jsonl"
    if not file.is_file():
        return
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        place = f"{file}:{number}"
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError as error:
            raise EvaluationError(f"{place}: this is no JSON: {error}.") from None
        if not isinstance(values, dict) or not isinstance(values.get("text"), str):
            raise EvaluationError(f"{place}: this should be an object with a `text`.")
        yield _Row(values, place)
