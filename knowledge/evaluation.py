"""How well text is understood: figures over sets of labelled texts.

A folder of sets holds any of these files, one JSON object a line:

- `faq.jsonl`, `questions.jsonl`, `facts.jsonl`: `text`, `expected` (a passage, outside entry or term), `acceptable`
  (those that would do as well)
- `offtopic.jsonl`, `near.jsonl`: `text` that nothing answers
- `calls.jsonl`: `text` that describes an idea, `outside` (the entries that its words call for,
  any of which may be named)
- `scenario.jsonl`: `text`, `expected` (a scenario), `acceptable`; `no-project.jsonl`: `text` that describes no project
- `extract.jsonl`: `text`, `answers` (question: option or null); `descriptions.jsonl`: the same and `scenario` (or null)
- `projects.jsonl`: the same as the latter, or `text` and `project` (whether it describes an idea at all)
- `answers.jsonl`: typed replies: `text`, `open` (the open question), `kind` (definite, unsure, other, non,
  guard), `answers`

Names of questions under `soft` can be argued about: they are left out; so is the scenario where `soft` names it.

Texts that stand word for word among the pack's phrasings are left out of the figures: they would flatter them.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any, TypeVar

from knowledge.interfaces import PROJECT, AnswerReader, Certainty, Knowledge, MatchOutcome
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

Clock = Callable[[], float]
"""Seconds from any start, such as time.perf_counter."""


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
class LabelledReply:
    """A typed reply while a question is open, and all that it answers. `kind` groups them in the report."""

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
    replies: tuple[LabelledReply, ...] = ()
    calls: tuple[LabelledCall, ...] = ()


Row = TypeVar("Row", LabelledQuestion, LabelledProject, LabelledAnswers, LabelledIdea, LabelledReply, LabelledCall)


def load_sets(folder: Path) -> LabelledSets:
    """The sets in a folder. Raises EvaluationError where there is none, or a line is not as it should be."""
    questions = tuple(_question(row) for name in ("faq", "questions", "facts") for row in _rows(folder, name))
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
    extracts = tuple(_answers(row) for row in [*_rows(folder, "extract"), *described])
    replies = tuple(
        LabelledReply(row["text"], row["open"], row["kind"], row["answers"]) for row in _rows(folder, "answers")
    )
    calls = tuple(LabelledCall(row["text"], frozenset(row["outside"])) for row in _rows(folder, "calls"))
    sets = LabelledSets(questions, offtopic, tuple(projects), extracts, ideas, replies, calls)
    if sets == LabelledSets():
        raise EvaluationError(f"{folder} holds none of the known sets, such as faq.jsonl. See docs/matching.md.")
    return sets


def _question(row: Mapping[str, Any]) -> LabelledQuestion:
    return LabelledQuestion(row["text"], frozenset({row["expected"], *row["acceptable"]}))


def _answers(row: Mapping[str, Any]) -> LabelledAnswers:
    return LabelledAnswers(row["text"], row["answers"], frozenset(row.get("soft", ())))


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
class IdeaScore:
    """Over texts that describe an idea or none."""

    rows: int
    right: int
    missed: int
    invented: int


@dataclass(frozen=True, slots=True)
class ReplyScore:
    """Over typed replies of one kind. Where a reply answers something: whether that was taken or proposed, rightly.

    Where it answers nothing, whatever is taken or proposed is wrong. `slipped`: something else was taken besides.
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
    scenarios: ScenarioScore
    readings: Mapping[str, ReadingScore]
    ideas: IdeaScore
    replies: Mapping[str, ReplyScore]
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
            "replies": {kind: asdict(score) for kind, score in self.replies.items()},
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
            *reply_lines(self.replies),
            f"Calls        {self.calls.rows:5}  entry named {_percent(self.calls.named, self.calls.calling)}  "
            f"named wrongly {_percent(self.calls.named_wrong, self.calls.rows)}",
            f"Left out     {self.left_out:5}  texts that stand in the pack",
            f"One text     {self.median_ms:.1f} ms at the median, {self.slowest_ms:.1f} ms at most",
        ]
        return "\n".join(lines)


def reply_lines(scores: Mapping[str, ReplyScore]) -> list[str]:
    """The figures of replies as lines of plain text."""
    return [
        f"Reply {kind:8}{one.rows:4}  taken {_percent(one.taken, one.rows)}  taken or proposed "
        f"{_percent(one.taken + one.proposed, one.rows)}  wrong: taken {one.taken_wrong}, "
        f"proposed {one.proposed_wrong}, beside {one.slipped}"
        for kind, one in scores.items()
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


def _line(name: str, score: ReadingScore) -> str:
    precision, recall = _percent(score.right, score.read), _percent(score.right, score.stated)
    return f"{name:12} {score.stated:5}  precision {precision}  recall {recall}  opposite {score.opposite}"


def evaluate(knowledge: Knowledge, sets: LabelledSets, clock: Clock) -> EvaluationReport:
    """The figures for the sets. `clock` times each text once."""
    fresh = _NotInPack(knowledge.pack)
    questions, offtopic = fresh.kept(sets.questions), fresh.kept(sets.offtopic)
    projects, extracts = fresh.kept(sets.projects), fresh.kept(sets.extracts)
    texts = [row.text for rows in (questions, offtopic, projects, extracts) for row in rows]
    times = sorted(1000 * _timed(knowledge, text, clock) for text in texts) or [0.0]
    return EvaluationReport(
        questions=_question_score(knowledge, questions),
        off_topic=_off_topic_score(knowledge, offtopic),
        scenarios=_scenario_score(knowledge, projects),
        readings=_reading_scores(knowledge, extracts),
        ideas=_idea_score(knowledge, fresh.kept(sets.ideas)),
        replies=reply_scores(knowledge.typed_answers, sets.replies),
        calls=_call_score(knowledge, fresh.kept(sets.calls)),
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
        known += [text for entry in pack.outside for text in (*entry.phrasings, *entry.calls, *entry.not_calls)]
        known += [text for term in pack.terms for text in term.phrasings]
        said = list(pack.statements.said.values())
        known += [text for group in (*said, pack.statements.unsaid) for texts in group.values() for text in texts]
        known += [text for group in pack.descriptions for texts in group.texts.values() for text in texts]
        known += pack.phrasings.ideas
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


def _question_score(knowledge: Knowledge, rows: Sequence[LabelledQuestion]) -> QuestionScore:
    matches = [(knowledge.matcher.passage(row.text), row.passages) for row in rows]
    answered = [(match.top[0], passages) for match, passages in matches if match.outcome is MatchOutcome.ANSWER]
    wrong = [(label, passages) for label, passages in answered if label not in passages]
    offered = [bool(passages & set(match.top)) for match, passages in matches if match.outcome is MatchOutcome.OFFER]
    return QuestionScore(
        rows=len(rows),
        right=len(answered) - len(wrong) + sum(offered),
        answered=len(answered),
        answered_wrong=len(wrong),
        answered_by_term=sum(_explains(knowledge.pack, label, passages) for label, passages in wrong),
        offered=len(offered),
        unknown=len(rows) - len(answered) - len(offered),
    )


def _explains(pack: Pack, label: str, passages: frozenset[str]) -> bool:
    """Whether it is a term that the source itself explains where it says what one of the passages says."""
    sections = {passage.section for passage in pack.passages if passage.id in passages}
    return any(term.id == label and term.section in sections for term in pack.terms)


def _off_topic_score(knowledge: Knowledge, rows: Sequence[LabelledQuestion]) -> OffTopicScore:
    decisions = [knowledge.matcher.passage(row.text).outcome for row in rows]
    return OffTopicScore(len(rows), decisions.count(MatchOutcome.ANSWER), decisions.count(MatchOutcome.OFFER))


def _scenario_score(knowledge: Knowledge, rows: Sequence[LabelledProject]) -> ScenarioScore:
    found = [(knowledge.matcher.scenario(row.text).id, row.scenarios) for row in rows]
    return ScenarioScore(
        rows=len(rows),
        right=sum(scenario in wanted for scenario, wanted in found),
        missed=sum(scenario is None and scenario not in wanted for scenario, wanted in found),
        invented=sum(scenario is not None and wanted == {None} for scenario, wanted in found),
    )


def _reading_scores(knowledge: Knowledge, rows: Sequence[LabelledAnswers]) -> dict[str, ReadingScore]:
    readings = [(knowledge.reader.read(row.text), row) for row in rows]
    scores: dict[str, ReadingScore] = {}
    for question in knowledge.pack.questions:
        pairs = [
            (found.get(question.id), row.answers.get(question.id))
            for found, row in readings
            if question.id not in row.soft
        ]
        read = [(reading.option, wanted) for reading, wanted in pairs if reading is not None]
        scores[question.id] = ReadingScore(
            stated=sum(wanted is not None for _, wanted in pairs),
            read=len(read),
            right=sum(option == wanted for option, wanted in read),
            opposite=sum(wanted is not None and option != wanted for option, wanted in read),
        )
    return scores


def _idea_score(knowledge: Knowledge, rows: Sequence[LabelledIdea]) -> IdeaScore:
    found = [(knowledge.matcher.project(row.text) >= PROJECT, row.idea) for row in rows]
    return IdeaScore(
        rows=len(rows),
        right=sum(seen == idea for seen, idea in found),
        missed=sum(idea and not seen for seen, idea in found),
        invented=sum(seen and not idea for seen, idea in found),
    )


def _call_score(knowledge: Knowledge, rows: Sequence[LabelledCall]) -> CallScore:
    found = [(knowledge.matcher.calls(row.text)[:1], row.entries) for row in rows]
    return CallScore(
        rows=len(rows),
        calling=sum(bool(wanted) for _, wanted in found),
        named=sum(not wanted.isdisjoint(first) for first, wanted in found),
        named_wrong=sum(bool(first) and wanted.isdisjoint(first) for first, wanted in found),
    )


def reply_scores(replies: AnswerReader, rows: Sequence[LabelledReply]) -> dict[str, ReplyScore]:
    """How well replies are understood, by their kind."""
    kinds = dict.fromkeys(row.kind for row in rows)
    return {kind: _reply_score(replies, [row for row in rows if row.kind == kind]) for kind in kinds}


def _reply_score(replies: AnswerReader, rows: Sequence[LabelledReply]) -> ReplyScore:
    counts = dict.fromkeys(("taken", "proposed", "taken_wrong", "proposed_wrong", "slipped"), 0)
    for row in rows:
        found = {answer.question: answer for answer in replies.answers(row.text, row.open_question)}
        wanted = [found.get(question) for question in row.answers]
        wrong = [answer for answer in found.values() if row.answers.get(answer.question) != answer.option]
        taken_wrong = [answer for answer in wrong if answer.certainty is Certainty.TAKE]
        about = {*row.answers} or {*found}
        if wanted and all(answer and answer.option == row.answers[answer.question] for answer in wanted):
            sure = all(answer and answer.certainty is Certainty.TAKE for answer in wanted)
            counts["taken" if sure else "proposed"] += 1
        counts["taken_wrong"] += any(answer.question in about for answer in taken_wrong)
        counts["proposed_wrong"] += any(answer.question in about for answer in wrong if answer not in taken_wrong)
        counts["slipped"] += any(answer.question not in about for answer in taken_wrong)
    return ReplyScore(rows=len(rows), **counts)
