"""Scores over sets of labelled texts, as JSON and as lines of text."""

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """Over questions. `right`: answered rightly, or the right passage is among those offered. `answered_by_term`: of
    those answered wrongly, by a term that the source explains in the section of a right passage."""

    rows: int
    right: int
    answered: int
    answered_wrong: int
    answered_by_term: int
    offered: int
    unknown: int


@dataclass(frozen=True, slots=True)
class OffTopicScore:
    """Over texts that no passage answers."""

    rows: int
    answered: int
    offered: int


@dataclass(frozen=True, slots=True)
class RecognitionScore:
    """Over descriptions, and texts that describe nothing: of a scenario, or of an idea."""

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
class TypedAnswerScore:
    """Over typed answers of one kind.

    `taken` and `proposed`: rightly, of those that answer something. If a text answers nothing, anything taken or
    proposed is wrong. `slipped`: an answer to another question was wrongly taken.
    """

    rows: int
    taken: int
    proposed: int
    taken_wrong: int
    proposed_wrong: int
    slipped: int


@dataclass(frozen=True, slots=True)
class CallScore:
    """Over descriptions of ideas. `calling`: those that call for an outside entry. `named`: their first one is right.
    `named_wrong`: the first one is not among those called for, or nothing is."""

    rows: int
    calling: int
    named: int
    named_wrong: int


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All scores; those of reading by question id.

    Latencies are milliseconds for one text: passage, scenario, FAQ and reading together.
    """

    questions: QuestionScore
    off_topic: OffTopicScore
    scenarios: RecognitionScore
    readings: Mapping[str, ReadingScore]
    ideas: RecognitionScore
    typed_answers: Mapping[str, TypedAnswerScore]
    calls: CallScore
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
            "ideas": asdict(self.ideas),
            # The name stays: figures that were stored have it.
            "replies": {kind: asdict(score) for kind, score in self.typed_answers.items()},
            "calls": asdict(self.calls),
            "left_out": self.left_out,
            "median_ms": self.median_ms,
            "slowest_ms": self.slowest_ms,
        }

    def table(self) -> str:
        """The figures as lines of plain text."""
        asked, off, told = self.questions, self.off_topic, self.scenarios
        total = ReadingScore(*map(sum, zip(*[astuple(score) for score in self.readings.values()], strict=True)))
        lines = [
            f"Questions    {asked.rows:5}  right passage {_percent(asked.right, asked.rows)}  answered at once "
            f"{_percent(asked.answered, asked.rows)}  of these wrong {asked.answered_wrong} "
            f"(by a term of the source {asked.answered_by_term})  unknown {asked.unknown}",
            f"Off topic    {off.rows:5}  answered {_percent(off.answered, off.rows)}  "
            f"offered {_percent(off.offered, off.rows)}",
            f"Scenarios    {told.rows:5}  right {_percent(told.right, told.rows)}  missed {told.missed}  "
            f"invented {told.invented}",
            *[_line(name, score) for name, score in [*self.readings.items(), ("all answers", total)]],
            f"Ideas        {self.ideas.rows:5}  right {_percent(self.ideas.right, self.ideas.rows)}  "
            f"missed {self.ideas.missed}  invented {self.ideas.invented}",
            *typed_answer_lines(self.typed_answers),
            f"Calls        {self.calls.rows:5}  entry named {_percent(self.calls.named, self.calls.calling)}  "
            f"named wrongly {_percent(self.calls.named_wrong, self.calls.rows)}",
            f"Left out     {self.left_out:5}  texts that stand in the pack",
            f"One text     {self.median_ms:.1f} ms at the median, {self.slowest_ms:.1f} ms at most",
        ]
        return "\n".join(lines)


def typed_answer_lines(scores: Mapping[str, TypedAnswerScore]) -> list[str]:
    """The figures of typed answers as lines of plain text."""
    return [
        f"Answer {kind:8}{one.rows:4}  taken {_percent(one.taken, one.rows)}  taken or proposed "
        f"{_percent(one.taken + one.proposed, one.rows)}  wrong: taken {one.taken_wrong}, "
        f"proposed {one.proposed_wrong}, beside {one.slipped}"
        for kind, one in scores.items()
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


def _line(name: str, score: ReadingScore) -> str:
    precision, recall = _percent(score.right, score.read), _percent(score.right, score.stated)
    return f"{name:12} {score.stated:5}  precision {precision}  recall {recall}  opposite {score.opposite}"
