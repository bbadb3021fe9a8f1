"""How well text is understood: figures over sets of labelled texts.

A folder of sets holds any of these files, one JSON object a line:

- `faq.jsonl`, `questions.jsonl`: `text`, `expected` (a passage), `acceptable` (passages that would do as well)
- `offtopic.jsonl`: `text` that no passage answers
- `scenario.jsonl`: `text`, `expected` (a scenario), `acceptable`; `no-project.jsonl`: `text` that describes no project
- `extract.jsonl`: `text`, `answers` (question: option or null); `projects.jsonl`: the same and `scenario` (or null)

Texts that stand word for word among the pack's phrasings are left out of the figures: they would flatter them.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from knowledge.interfaces import Decision, Knowledge
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

Clock = Callable[[], float]
"""Seconds from any start, such as time.perf_counter."""


class EvaluationError(Exception):
    """A set cannot be read. The message names file and line."""


Truth = TypeVar("Truth", covariant=True)


@dataclass(frozen=True, slots=True)
class LabelledText(Generic[Truth]):
    """A text and what is right for it."""

    text: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class LabelledSets:
    """What a folder holds: questions with the passages that answer them, texts that none answers, texts with the
    scenarios that they may be taken for (None: none), and texts with the answers that they state, by question."""

    questions: tuple[LabelledText[frozenset[str]], ...] = ()
    off_topic: tuple[LabelledText[None], ...] = ()
    projects: tuple[LabelledText[frozenset[str | None]], ...] = ()
    answers: tuple[LabelledText[Mapping[str, str | None]], ...] = ()


def load_sets(folder: Path) -> LabelledSets:
    """The sets in a folder. Raises EvaluationError where there is none, or a line is not as it should be."""
    asked = [*_rows(folder, "faq"), *_rows(folder, "questions")]
    projects = [LabelledText(row["text"], _expected(row)) for row in _rows(folder, "scenario")]
    projects += [LabelledText(row["text"], frozenset({None})) for row in _rows(folder, "no-project")]
    described = list(_rows(folder, "projects"))
    projects += [LabelledText(row["text"], frozenset({row["scenario"]})) for row in described]
    sets = LabelledSets(
        tuple(LabelledText(row["text"], _expected(row)) for row in asked),
        tuple(LabelledText(row["text"], None) for row in _rows(folder, "offtopic")),
        tuple(projects),
        tuple(LabelledText(row["text"], row["answers"]) for row in [*_rows(folder, "extract"), *described]),
    )
    if sets == LabelledSets():
        raise EvaluationError(f"{folder} holds none of the known sets, such as faq.jsonl. See docs/matching.md.")
    return sets


def _expected(row: Mapping[str, Any]) -> frozenset[Any]:
    return frozenset({row["expected"], *row["acceptable"]})


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


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """Over questions. `right`: answered rightly, or the right passage is among those offered."""

    rows: int
    right: int
    answered: int
    answered_wrong: int
    offered: int
    unknown: int


@dataclass(frozen=True, slots=True)
class OffTopicScore:
    """Over texts that no passage answers."""

    rows: int
    answered: int
    offered: int


@dataclass(frozen=True, slots=True)
class ScenarioScore:
    """Over descriptions of projects, and texts that describe none."""

    rows: int
    right: int
    missed: int
    invented: int


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """Over answers to one question: stated by the texts, read, read rightly, read as another option than the stated."""

    stated: int
    read: int
    right: int
    opposite: int

    @property
    def precision(self) -> float | None:
        """Share of what was read that is right; None where nothing was read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Share of what is stated that was read rightly; None where nothing is stated."""
        return self.right / self.stated if self.stated else None


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All scores; those of reading by question id.

    Latencies are milliseconds for one text: passage, scenario, FAQ and reading together.
    """

    questions: QuestionScore
    off_topic: OffTopicScore
    scenarios: ScenarioScore
    readings: Mapping[str, ReadingScore]
    left_out: int
    median_ms: float
    slowest_ms: float

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values for json.dumps."""
        return {
            "asked": asdict(self.questions),
            "offtopic": asdict(self.off_topic),
            "told": asdict(self.scenarios),
            "read": {
                question: asdict(score) | {"precision": score.precision, "recall": score.recall}
                for question, score in self.readings.items()
            },
            "left_out": self.left_out,
            "median_ms": self.median_ms,
            "slowest_ms": self.slowest_ms,
        }

    def table(self) -> str:
        """The figures as lines of plain text."""
        asked, off, told = self.questions, self.off_topic, self.scenarios
        total = ReadingScore(*map(sum, zip(*[astuple(score) for score in self.readings.values()], strict=True)))
        lines = [
            f"Questions    {asked.rows:5}  right passage {_share(asked.right, asked.rows)}  answered at once "
            f"{_share(asked.answered, asked.rows)}  of these wrong {asked.answered_wrong}  unknown {asked.unknown}",
            f"Off topic    {off.rows:5}  answered {_share(off.answered, off.rows)}  "
            f"offered {_share(off.offered, off.rows)}",
            f"Scenarios    {told.rows:5}  right {_share(told.right, told.rows)}  missed {told.missed}  "
            f"invented {told.invented}",
            *[_line(name, score) for name, score in [*self.readings.items(), ("all answers", total)]],
            f"Left out     {self.left_out:5}  texts that stand in the pack",
            f"One text     {self.median_ms:.1f} ms at the median, {self.slowest_ms:.1f} ms at most",
        ]
        return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


def _line(name: str, score: ReadingScore) -> str:
    precision, recall = _share(score.right, score.read), _share(score.right, score.stated)
    return f"{name:12} {score.stated:5}  precision {precision}  recall {recall}  opposite {score.opposite}"


def evaluate(knowledge: Knowledge, sets: LabelledSets, clock: Clock) -> EvaluationReport:
    """The figures for the sets. `clock` times each text once."""
    fresh = _NotInPack(knowledge.pack)
    questions, off_topic = fresh.kept(sets.questions), fresh.kept(sets.off_topic)
    projects, answers = fresh.kept(sets.projects), fresh.kept(sets.answers)
    texts = [row.text for row in (*questions, *off_topic, *projects, *answers)]
    times = sorted(1000 * _timed(knowledge, text, clock) for text in texts) or [0.0]
    return EvaluationReport(
        questions=_question_score(knowledge, questions),
        off_topic=_off_topic_score(knowledge, off_topic),
        scenarios=_scenario_score(knowledge, projects),
        readings=_reading_scores(knowledge, answers),
        left_out=fresh.left_out,
        median_ms=times[len(times) // 2],
        slowest_ms=times[-1],
    )


class _NotInPack:
    """Leaves out what stands in the pack."""

    def __init__(self, pack: Pack) -> None:
        self._normalise = Normaliser(pack.phrasings.spelling)
        groups = (pack.phrasings.passages, pack.phrasings.beside, pack.phrasings.scenarios)
        known = [text for group in groups for texts in group.values() for text in texts]
        said = list(pack.statements.said.values())
        known += [text for group in (*said, pack.statements.unsaid) for texts in group.values() for text in texts]
        self._known = {self._normalise(text) for text in (*known, *pack.phrasings.no_project)}
        self.left_out = 0

    def kept(self, rows: Sequence[LabelledText[Truth]]) -> list[LabelledText[Truth]]:
        """The rows whose text is not in the pack."""
        kept = [row for row in rows if self._normalise(row.text) not in self._known]
        self.left_out += len(rows) - len(kept)
        return kept


def _timed(knowledge: Knowledge, text: str, clock: Clock) -> float:
    start = clock()
    knowledge.matcher.passage(text)
    knowledge.matcher.scenario(text)
    knowledge.matcher.faq(text)
    knowledge.reader.read(text)
    return clock() - start


def _question_score(knowledge: Knowledge, rows: Sequence[LabelledText[frozenset[str]]]) -> QuestionScore:
    matches = [(knowledge.matcher.passage(row.text), row.truth) for row in rows]
    answered = [match.top[0] in passages for match, passages in matches if match.decision is Decision.ANSWER]
    offered = [bool(passages & set(match.top)) for match, passages in matches if match.decision is Decision.OFFER]
    return QuestionScore(
        rows=len(rows),
        right=sum(answered) + sum(offered),
        answered=len(answered),
        answered_wrong=len(answered) - sum(answered),
        offered=len(offered),
        unknown=len(rows) - len(answered) - len(offered),
    )


def _off_topic_score(knowledge: Knowledge, rows: Sequence[LabelledText[None]]) -> OffTopicScore:
    decisions = [knowledge.matcher.passage(row.text).decision for row in rows]
    return OffTopicScore(len(rows), decisions.count(Decision.ANSWER), decisions.count(Decision.OFFER))


def _scenario_score(knowledge: Knowledge, rows: Sequence[LabelledText[frozenset[str | None]]]) -> ScenarioScore:
    found = [(knowledge.matcher.scenario(row.text).id, row.truth) for row in rows]
    return ScenarioScore(
        rows=len(rows),
        right=sum(scenario in wanted for scenario, wanted in found),
        missed=sum(scenario is None and scenario not in wanted for scenario, wanted in found),
        invented=sum(scenario is not None and wanted == {None} for scenario, wanted in found),
    )


def _reading_scores(
    knowledge: Knowledge, rows: Sequence[LabelledText[Mapping[str, str | None]]]
) -> dict[str, ReadingScore]:
    readings = [(knowledge.reader.read(row.text), row.truth) for row in rows]
    scores: dict[str, ReadingScore] = {}
    for question in knowledge.pack.questions:
        pairs = [(found.get(question.id), wanted.get(question.id)) for found, wanted in readings]
        read = [(reading.option, wanted) for reading, wanted in pairs if reading is not None]
        scores[question.id] = ReadingScore(
            stated=sum(wanted is not None for _, wanted in pairs),
            read=len(read),
            right=sum(option == wanted for option, wanted in read),
            opposite=sum(wanted is not None and option != wanted for option, wanted in read),
        )
    return scores
