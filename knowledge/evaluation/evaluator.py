"""Evaluation: how well a pack's matcher and readers understand labelled texts.

Texts that stand word for word in the pack would flatter the figures, so they are left out; typed answers are all kept.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from typing import TypeVar

from knowledge.evaluation.labelled_sets import (
    LabelledAnswers,
    LabelledCall,
    LabelledIdea,
    LabelledProject,
    LabelledQuestion,
    LabelledSets,
    LabelledTypedAnswer,
)
from knowledge.evaluation.report import (
    CallScore,
    EvaluationReport,
    OffTopicScore,
    QuestionScore,
    ReadingScore,
    RecognitionScore,
    TypedAnswerScore,
)
from knowledge.interfaces import PROJECT, AnswerReader, Certainty, Knowledge, MatchOutcome
from knowledge.pack import Pack

Clock = Callable[[], float]
"""Seconds from any start, such as time.perf_counter."""

_IDEA = "idea"

Row = TypeVar(
    "Row", LabelledQuestion, LabelledProject, LabelledAnswers, LabelledIdea, LabelledTypedAnswer, LabelledCall
)


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
        scenarios=_recognition((knowledge.matcher.scenario(row.text).id, row.scenarios) for row in projects),
        readings=_reading_scores(knowledge, extracts),
        ideas=_recognition(
            (_IDEA if knowledge.matcher.project(row.text) >= PROJECT else None, {_IDEA if row.idea else None})
            for row in fresh.kept(sets.ideas)
        ),
        typed_answers=typed_answer_scores(knowledge.typed_answers, sets.typed_answers),
        calls=_call_score(knowledge, fresh.kept(sets.calls)),
        left_out=fresh.left_out,
        median_ms=times[len(times) // 2],
        slowest_ms=times[-1],
    )


class _NotInPack:
    """Leaves out what stands in the pack."""

    def __init__(self, pack: Pack) -> None:
        self._normalise = pack.normalise
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


def _recognition(read: Iterable[tuple[str | None, Set[str | None]]]) -> RecognitionScore:
    """Of what each text is taken for, beside all that it may be; None for nothing."""
    found = list(read)
    return RecognitionScore(
        rows=len(found),
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


def _call_score(knowledge: Knowledge, rows: Sequence[LabelledCall]) -> CallScore:
    found = [(knowledge.matcher.calls(row.text)[:1], row.entries) for row in rows]
    return CallScore(
        rows=len(rows),
        calling=sum(bool(wanted) for _, wanted in found),
        named=sum(not wanted.isdisjoint(first) for first, wanted in found),
        named_wrong=sum(bool(first) and wanted.isdisjoint(first) for first, wanted in found),
    )


def typed_answer_scores(reader: AnswerReader, rows: Sequence[LabelledTypedAnswer]) -> dict[str, TypedAnswerScore]:
    """How well typed answers are understood, by their kind."""
    kinds = dict.fromkeys(row.kind for row in rows)
    return {kind: _typed_answer_score(reader, [row for row in rows if row.kind == kind]) for kind in kinds}


def _typed_answer_score(reader: AnswerReader, rows: Sequence[LabelledTypedAnswer]) -> TypedAnswerScore:
    counts = dict.fromkeys(("taken", "proposed", "taken_wrong", "proposed_wrong", "slipped"), 0)
    for row in rows:
        found = {answer.question: answer for answer in reader.answers(row.text, row.open_question)}
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
    return TypedAnswerScore(rows=len(rows), **counts)
