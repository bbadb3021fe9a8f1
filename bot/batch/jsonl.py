"""JSON Lines: one object a line in, one out, in the same order, each written before the next is read."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, BinaryIO

from dialogs.advisor import Advisor
from dialogs.flows.lookups import reply_to
from dialogs.flows.replay import called_entries
from dialogs.ideas.triage import triage
from dialogs.limits import bounded
from dialogs.view import View
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.interfaces import Knowledge, MatchOutcome
from knowledge.pack import Pack, Passage

Object = dict[str, Any]


class BadLine(ValueError):
    """A line that cannot be used; the message says what would be right."""


def answer_lines(source: Iterable[bytes], sink: BinaryIO, answer: Callable[[Object], Object]) -> bool:
    """Answers every line; a bad one gets an error in its place. True when all were good."""
    good = True
    for number, line in enumerate(source, 1):
        try:
            result = answer(_object(line, first=number == 1))
        except BadLine as error:
            good = False
            result = {"error": str(error), "line": number}
        # JSON can hold an unpaired surrogate, which UTF-8 cannot encode: it becomes a question mark.
        sink.write(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        sink.flush()
    return good


def _object(line: bytes, first: bool) -> Object:
    try:
        found = json.loads(line.decode("utf-8-sig" if first else "utf-8"))
    except UnicodeDecodeError:
        raise BadLine("The line is not UTF-8.") from None
    except (ValueError, RecursionError):
        raise BadLine('The line is not JSON. Write one object a line, such as {"text": "…"}.') from None
    if not isinstance(found, dict):
        raise BadLine('The line is no object. Write one a line, such as {"text": "…"}.')
    return found


def _text(given: Object) -> str:
    text = given.get("text")
    if not isinstance(text, str):
        raise BadLine("`text` is missing or no text.")
    return text


def answer_question(advisor: Advisor, given: Object, today: date) -> Object:
    """The answer to a line of `advisor ask --jsonl`. BadLine if the object is malformed."""
    match = advisor.knowledge.matcher.passage(bounded(_text(given)).text)
    found = match.top[0] if match.outcome is MatchOutcome.ANSWER else None
    elements = lay_out(advisor, (reply_to(advisor.pack, match, today),), revision=0).elements
    entry = advisor.pack.entry(found) if found else None
    outside = None if entry is None or isinstance(entry, Passage) or entry.read is None else entry
    return {
        "decision": match.outcome.value,
        "id": found,
        "score": round(match.score, 4),
        "top": list(match.top),
        "title": entry.title if entry else None,
        "answer": plain(View(elements[1:] if found else elements)),
        "outside": outside is not None,
        "source": outside.source if outside else None,
        "read": outside.read.isoformat() if outside and outside.read else None,
    }


def triage_idea(knowledge: Knowledge, given: Object, today: date, *, evidence: bool = False) -> Object:
    """The answer to a line of `advisor triage --jsonl`, with `evidence` also what was read from which words.

    BadLine where the object is not as it should be.
    """
    found = triage(knowledge, _text(given), _answers(knowledge.pack, given))
    judged = found.judged
    read = {question: {"option": r.option, "words": r.evidence} for question, r in found.readings.items()}
    return {
        "answers": dict(found.answers),
        "missing": [question.id for question in judged.missing],
        "verdict": None if judged.verdict is None else judged.verdict.id,
        "possible": [verdict.id for verdict in judged.possible],
        "ask": None if judged.ask is None else judged.ask.id,
        "strength": round(judged.strength, 4),
        "scenario": found.scenario.id,
        "scenario_score": round(found.scenario.score, 4),
        "passage": found.passage,
        "outside": [entry.id for entry in called_entries(knowledge, _text(given), today)],
        "reasons": [
            {"question": r.question, "option": r.option, "towards": r.towards, "text": r.text, "section": r.section}
            for r in judged.decided.reasons
        ],
        "would_change": [{"answers": dict(change.answers), "verdict": change.verdict} for change in judged.changes],
        **({"read": read} if evidence else {}),
    }


def _answers(pack: Pack, given: Object) -> Mapping[str, str]:
    """Given answers; null means none."""
    answers = given.get("answers")
    if answers is None:
        return {}
    if not isinstance(answers, dict):
        raise BadLine("`answers` is no object. Write a question and its option, such as {…: …}.")
    known = {question.id: [option.id for option in question.options] for question in pack.questions}
    for question, option in answers.items():
        if question not in known:
            raise BadLine(f"`{question}` is no question. Known: {', '.join(known)}.")
        if option is not None and option not in known[question]:
            raise BadLine(f"`{option}` is no option of `{question}`. Known: {', '.join(known[question])}.")
    return {question: option for question, option in answers.items() if option is not None}
