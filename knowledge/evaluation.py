"""How well text is understood: figures over sets of labelled texts (`labelled`).

Texts that stand word for word among the pack's phrasings are left out of the figures: they would flatter them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from knowledge.interfaces import Decision, Knowledge
from knowledge.labelled_sets import EvaluationError, Extract, Project, Question, Sets, load_sets
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

__all__ = ["EvaluationError", "Report", "Sets", "evaluate", "load_sets"]

Clock = Callable[[], float]
"""Seconds from any start, such as time.perf_counter."""

Row = TypeVar("Row", Question, Project, Extract)


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions. `right`: answered rightly, or the right passage is among those offered."""

    rows: int
    right: int
    answered: int
    answered_wrong: int
    offered: int
    unknown: int


@dataclass(frozen=True, slots=True)
class OffTopic:
    """Texts that no passage answers."""

    rows: int
    answered: int
    offered: int


@dataclass(frozen=True, slots=True)
class Told:
    """Descriptions, and texts that are none."""

    rows: int
    right: int
    missed: int
    invented: int


@dataclass(frozen=True, slots=True)
class Read:
    """Answers of one question: stated by the texts, read, read rightly, read as another option than the stated one."""

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
class Report:
    """All figures. Latencies are milliseconds for one text: passage, scenario, FAQ and reading together."""

    asked: Asked
    offtopic: OffTopic
    told: Told
    read: Mapping[str, Read]
    left_out: int
    median_ms: float
    slowest_ms: float

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values for json.dumps."""
        figures = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("asked", "offtopic", "told"):
            figures[name] = asdict(figures[name])
        figures["read"] = {
            question: asdict(read) | {"precision": read.precision, "recall": read.recall}
            for question, read in self.read.items()
        }
        return figures

    def table(self) -> str:
        """The figures as lines of plain text."""
        asked, off, told = self.asked, self.offtopic, self.told
        lines = [
            f"Questions    {asked.rows:5}  right passage {_share(asked.right, asked.rows)}  answered at once "
            f"{_share(asked.answered, asked.rows)}  of these wrong {asked.answered_wrong}  unknown {asked.unknown}",
            f"Off topic    {off.rows:5}  answered {_share(off.answered, off.rows)}  "
            f"offered {_share(off.offered, off.rows)}",
            f"Scenarios    {told.rows:5}  right {_share(told.right, told.rows)}  missed {told.missed}  "
            f"invented {told.invented}",
        ]
        total = Read(
            *(
                sum(getattr(read, name) for read in self.read.values())
                for name in ("stated", "read", "right", "opposite")
            )
        )
        lines += [_line(question, read) for question, read in [*self.read.items(), ("all answers", total)]]
        lines.append(f"Left out     {self.left_out:5}  texts that stand in the pack")
        lines.append(f"One text     {self.median_ms:.1f} ms at the median, {self.slowest_ms:.1f} ms at most")
        return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


def _line(name: str, read: Read) -> str:
    precision, recall = _share(read.right, read.read), _share(read.right, read.stated)
    return f"{name:12} {read.stated:5}  precision {precision}  recall {recall}  opposite {read.opposite}"


def evaluate(knowledge: Knowledge, sets: Sets, clock: Clock) -> Report:
    """The figures for the sets. `clock` times each text once."""
    fresh = _Fresh(knowledge.pack)
    questions, offtopic = fresh.kept(sets.questions), fresh.kept(sets.offtopic)
    projects, extracts = fresh.kept(sets.projects), fresh.kept(sets.extracts)
    texts = [row.text for rows in (questions, offtopic, projects, extracts) for row in rows]
    times = sorted(1000 * _timed(knowledge, text, clock) for text in texts) or [0.0]
    return Report(
        asked=_asked(knowledge, questions),
        offtopic=_off_topic(knowledge, offtopic),
        told=_told(knowledge, projects),
        read=_read(knowledge, extracts),
        left_out=fresh.left_out,
        median_ms=times[len(times) // 2],
        slowest_ms=times[-1],
    )


class _Fresh:
    """Leaves out what stands in the pack."""

    def __init__(self, pack: Pack) -> None:
        self._normalise = Normaliser(pack.phrasings.spelling)
        groups = (pack.phrasings.passages, pack.phrasings.beside, pack.phrasings.scenarios)
        known = [text for group in groups for texts in group.values() for text in texts]
        said = list(pack.statements.said.values())
        known += [text for group in (*said, pack.statements.unsaid) for texts in group.values() for text in texts]
        self._known = {self._normalise(text) for text in (*known, *pack.phrasings.no_project)}
        self.left_out = 0

    def kept(self, rows: Sequence[Row]) -> list[Row]:
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


def _asked(knowledge: Knowledge, rows: Sequence[Question]) -> Asked:
    matches = [(knowledge.matcher.passage(row.text), row.passages) for row in rows]
    answered = [match.top[0] in passages for match, passages in matches if match.decision is Decision.ANSWER]
    offered = [bool(passages & set(match.top)) for match, passages in matches if match.decision is Decision.OFFER]
    return Asked(
        rows=len(rows),
        right=sum(answered) + sum(offered),
        answered=len(answered),
        answered_wrong=len(answered) - sum(answered),
        offered=len(offered),
        unknown=len(rows) - len(answered) - len(offered),
    )


def _off_topic(knowledge: Knowledge, rows: Sequence[Question]) -> OffTopic:
    decisions = [knowledge.matcher.passage(row.text).decision for row in rows]
    return OffTopic(len(rows), decisions.count(Decision.ANSWER), decisions.count(Decision.OFFER))


def _told(knowledge: Knowledge, rows: Sequence[Project]) -> Told:
    found = [(knowledge.matcher.scenario(row.text).id, row.scenarios) for row in rows]
    return Told(
        rows=len(rows),
        right=sum(scenario in wanted for scenario, wanted in found),
        missed=sum(scenario is None and scenario not in wanted for scenario, wanted in found),
        invented=sum(scenario is not None and wanted == {None} for scenario, wanted in found),
    )


def _read(knowledge: Knowledge, rows: Sequence[Extract]) -> dict[str, Read]:
    readings = [(knowledge.reader.read(row.text), row.answers) for row in rows]
    figures: dict[str, Read] = {}
    for question in knowledge.pack.questions:
        pairs = [(found.get(question.id), wanted.get(question.id)) for found, wanted in readings]
        read = [(reading.option, wanted) for reading, wanted in pairs if reading is not None]
        figures[question.id] = Read(
            stated=sum(wanted is not None for _, wanted in pairs),
            read=len(read),
            right=sum(option == wanted for option, wanted in read),
            opposite=sum(wanted is not None and option != wanted for option, wanted in read),
        )
    return figures
