"""Triage of one idea without a conversation: what its text says, what is missing, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge import counterfactuals, decision
from knowledge.counterfactuals import Change
from knowledge.decision import Decided
from knowledge.interfaces import Closest, Knowledge, Reading
from knowledge.outside import OutsideEntry
from knowledge.question_selection import narrowing_question

CALLED = 3
"""Most outside entries that are named for one idea."""


@dataclass(frozen=True, slots=True)
class TriageResult:
    """The result of triage: what is known about one idea.

    `answers` has every question, None for one without an answer; `readings` are the answers read from the text, with
    their words. `verdict` is None if too little is known: then `possible` are the verdicts that are left, and `ask` is
    the missing question whose answer narrows them most. `decided` counts missing answers as unsure. `scenario` is the
    closest to the text; its id is None if the text describes no project. `passage` is the closest of the source's own
    questions, None only if the pack has none.
    """

    answers: Mapping[str, str | None]
    readings: Mapping[str, Reading]
    missing: tuple[str, ...]
    verdict: str | None
    possible: tuple[str, ...]
    ask: str | None
    decided: Decided
    changes: tuple[Change, ...]
    scenario: Closest
    passage: str | None

    @property
    def strength(self) -> float:
        """How clear the case is, 0 to 1; 0 without a verdict."""
        return 0.0 if self.verdict is None else self.decided.strength


def triage(knowledge: Knowledge, text: str, given: Mapping[str, str] | None = None) -> TriageResult:
    """Judges a text. Given answers stand; the others are read from the text, or are missing.

    `unsure` is an answer that was given; a missing answer is one that nobody gave. KeyError if the pack does not know a
    given question or option.
    """
    pack, stated = knowledge.pack, given or {}
    readings = {q: reading for q, reading in knowledge.reader.read(text).items() if q not in stated}
    answers = {**{q: reading.option for q, reading in readings.items()}, **stated}
    decided = decision.decide(pack, answers)
    return TriageResult(
        answers={question.id: answers.get(question.id) for question in pack.questions},
        readings=readings,
        missing=tuple(question.id for question in pack.questions if question.id not in answers),
        verdict=decided.verdict if decision.is_settled(pack, answers) else None,
        possible=decision.possible_verdicts(pack, answers),
        ask=narrowing_question(pack, answers),
        decided=decided,
        changes=counterfactuals.would_change(pack, answers),
        scenario=knowledge.matcher.scenario(text),
        passage=_passage(knowledge, text, decided.verdict),
    )


def called_entries(knowledge: Knowledge, text: str, today: date) -> tuple[OutsideEntry, ...]:
    """Up to three outside entries that a text calls for and that are current on this day, the surest first."""
    outside = knowledge.pack.outside
    found = [entry for called in knowledge.matcher.calls(text) for entry in outside if entry.id == called]
    return tuple([entry for entry in found if entry.is_current(today)][:CALLED])


def _passage(knowledge: Knowledge, text: str, verdict: str) -> str | None:
    """The closest FAQ; that of the verdict if none is near."""
    if not knowledge.pack.faqs:
        return None
    closest = knowledge.matcher.faq(text)
    return closest.id if closest.id is not None and closest.score > 0 else knowledge.pack.verdict(verdict).faq
