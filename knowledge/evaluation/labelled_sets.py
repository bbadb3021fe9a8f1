"""Sets of labelled texts.

A folder of sets holds any of these files, one JSON object a line:

- `faq.jsonl`, `questions.jsonl`, `facts.jsonl`: `text`, `expected` (a passage, outside entry or term), `acceptable`
  (those that would do as well)
- `offtopic.jsonl`, `near.jsonl`: `text` that nothing answers
- `calls.jsonl`: `text` that describes an idea, `outside` (the entries that its words call for,
  any of which may be named)
- `scenario.jsonl`: `text`, `expected` (a scenario), `acceptable`; `no-project.jsonl`: `text` that describes no project
- `extract.jsonl`: `text`, `answers` (question: option or null); `descriptions.jsonl`: the same and `scenario` (or null)
- `projects.jsonl`: the same as the latter, or `text` and `project` (whether it describes an idea at all)
- `answers.jsonl`: typed answers: `text`, `open` (the open question), `kind` (definite, unsure, other, non,
  guard), `answers`

Names of questions under `soft` can be argued about: they are left out; so is the scenario where `soft` names it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class EvaluationError(Exception):
    """A set cannot be read. The message names file and line."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question and the passages that answer it; none for a text off the topic."""

    text: str
    passages: frozenset[str]


@dataclass(frozen=True, slots=True)
class LabelledProject:
    """A text and the scenarios it may be taken for; None stands for "none"."""

    text: str
    scenarios: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class LabelledAnswers:
    """A text and the answers that it states, by question; None where it states none."""

    text: str
    answers: Mapping[str, str | None]
    soft: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LabelledIdea:
    """A text, and whether it describes an idea for AI."""

    text: str
    idea: bool


@dataclass(frozen=True, slots=True)
class LabelledTypedAnswer:
    """A typed answer while a question is open, and all that it answers. `kind` groups them in the report."""

    text: str
    open_question: str
    kind: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelledCall:
    """A text that describes an idea, and the outside entries that it calls for; mostly none or one."""

    text: str
    entries: frozenset[str]


@dataclass(frozen=True, slots=True)
class LabelledSets:
    """What a folder holds."""

    questions: tuple[LabelledQuestion, ...] = ()
    offtopic: tuple[LabelledQuestion, ...] = ()
    projects: tuple[LabelledProject, ...] = ()
    extracts: tuple[LabelledAnswers, ...] = ()
    ideas: tuple[LabelledIdea, ...] = ()
    typed_answers: tuple[LabelledTypedAnswer, ...] = ()
    calls: tuple[LabelledCall, ...] = ()


def load_sets(folder: Path) -> LabelledSets:
    """The sets in a folder. Raises EvaluationError where there is none, or a line is not as it should be."""
    questions = tuple(
        LabelledQuestion(row["text"], frozenset({row["expected"], *row["acceptable"]}))
        for name in ("faq", "questions", "facts")
        for row in _rows(folder, name)
    )
    beside = (row for name in ("offtopic", "near") for row in _rows(folder, name))
    offtopic = tuple(LabelledQuestion(row["text"], frozenset()) for row in beside)
    projects = [
        LabelledProject(row["text"], frozenset({row["expected"], *row["acceptable"]}))
        for row in _rows(folder, "scenario")
    ]
    projects += [LabelledProject(row["text"], frozenset({None})) for row in _rows(folder, "no-project")]
    told = list(_rows(folder, "projects"))
    ideas = tuple(LabelledIdea(row["text"], row["project"]) for row in told if "project" in row)
    described = [row for row in [*_rows(folder, "descriptions"), *told] if "project" not in row]
    told_of = [row for row in described if "scenario" not in row.get("soft", ())]
    projects += [LabelledProject(row["text"], frozenset({row["scenario"]})) for row in told_of]
    extracts = tuple(
        LabelledAnswers(row["text"], row["answers"], frozenset(row.get("soft", ())))
        for row in [*_rows(folder, "extract"), *described]
    )
    typed_answers = tuple(
        LabelledTypedAnswer(row["text"], row["open"], row["kind"], row["answers"]) for row in _rows(folder, "answers")
    )
    calls = tuple(LabelledCall(row["text"], frozenset(row["outside"])) for row in _rows(folder, "calls"))
    sets = LabelledSets(questions, offtopic, tuple(projects), extracts, ideas, typed_answers, calls)
    if sets == LabelledSets():
        raise EvaluationError(f"{folder} holds none of the known sets, such as faq.jsonl. See docs/understanding.md.")
    return sets


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
