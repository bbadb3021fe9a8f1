"""Triage of one idea without a conversation: what its text says, what is missing, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.limits import bounded
from knowledge.interfaces import Closest, Knowledge, Reading
from knowledge.judgement import Judgement


@dataclass(frozen=True, slots=True)
class TriageResult:
    """The result of triage: what is known about one idea.

    `answers` has every question, None for one without an answer; `readings` are the answers read from the text, with
    their words. `judged` is what follows from the answers. `scenario` is the closest to the text; its id is None if the
    text describes no project. `passage` is the closest of the source's own questions, None only if the pack has none.
    """

    answers: Mapping[str, str | None]
    readings: Mapping[str, Reading]
    judged: Judgement
    scenario: Closest
    passage: str | None


def triage(knowledge: Knowledge, text: str, given: Mapping[str, str] | None = None) -> TriageResult:
    """Judges a text. Given answers stand; the others are read from the text, or are missing.

    `unsure` is an answer that was given; a missing answer is one that nobody gave. KeyError if the pack does not know a
    given question or option.
    """
    pack, stated, text = knowledge.pack, given or {}, bounded(text).text
    readings = {q: reading for q, reading in knowledge.reader.read(text).items() if q not in stated}
    answers = {**{q: reading.option for q, reading in readings.items()}, **stated}
    judged = knowledge.judgements.of(answers)
    return TriageResult(
        answers={question.id: answers.get(question.id) for question in pack.questions},
        readings=readings,
        judged=judged,
        scenario=knowledge.matcher.scenario(text),
        passage=_passage(knowledge, text, judged.decided.verdict),
    )


def _passage(knowledge: Knowledge, text: str, verdict: str) -> str | None:
    """The closest FAQ; that of the verdict if none is near."""
    if not knowledge.pack.faqs:
        return None
    closest = knowledge.matcher.faq(text)
    return closest.id if closest.id is not None and closest.score > 0 else knowledge.pack.verdict(verdict).faq
