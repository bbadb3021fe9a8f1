"""Receipts: what the commands of a line have written, and readings of it that are offered."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.answer import IdeaNote
from dialogs.ideas.board import IdeaRow
from dialogs.replies.base import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.results import Recommendation
from knowledge.judgement import Judgement
from knowledge.pack import Pack, Question, Verdict


@dataclass(frozen=True, slots=True)
class Receipts(Reply):
    """What was written, in one paragraph; about one idea, behind its name."""

    parts: tuple[Reply, ...]
    idea: str = ""


@dataclass(frozen=True, slots=True)
class Together(Reply):
    """Several replies in one message."""

    parts: tuple[Reply, ...]


def flat(reply: Reply) -> tuple[Reply, ...]:
    """The replies that one holds, in order; the reply itself where it holds none."""
    match reply:
        case Together(parts) | Receipts(parts):
            return tuple(each for part in parts for each in flat(part))
        case _:
            return (reply,)


@dataclass(frozen=True, slots=True)
class VerdictMoved(Reply):
    """The verdict on an idea after its answers were changed.

    `idea` names it where it is not plain which one is meant. None as a verdict: not enough is said. `ask` is the
    question to answer first, where it can give or change the verdict. `added` is the number of an idea that has joined
    the list in passing, of which nothing is asked but by a button; 0 for others.
    """

    idea: str
    before: Verdict | None
    after: Verdict | None
    ask: Question | None = None
    added: int = 0


@dataclass(frozen=True, slots=True)
class Offered(Reply):
    """Readings of a line, as buttons worded as what will happen; `lead` says why nothing was done, if any."""

    lead: Notice | None
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesExplained(Reply):
    """How answers become a verdict: in two sentences, then rule by rule. `result` is the one to count for, if any."""

    pack: Pack
    result: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class RuleExplained(Reply):
    """What the answer to one question does to the verdict of `result`."""

    result: Recommendation
    question: Question


@dataclass(frozen=True, slots=True)
class AnswersRead(Reply):
    """Where answers and notes come from: the words, who gave them and when. `idea` names the idea, `to` is the id of
    who asks.
    """

    idea: str
    records: tuple[RecordedAnswer | IdeaNote, ...]
    to: str = ""


@dataclass(frozen=True, slots=True)
class IdeasDiffer(Reply):
    """Why two ideas, or one before and after its last change, come out differently or alike.

    `left` and `right` are their names, verdicts and answers, `title` names the one idea; `answers` are the questions
    that they answer differently, with both options ("" for no answer).
    """

    pack: Pack
    left: tuple[str, Verdict | None, Mapping[str, str]]
    right: tuple[str, Verdict | None, Mapping[str, str]]
    answers: tuple[tuple[Question, str, str], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class MissingAnswers(Reply):
    """What is missing about ideas, by their names; of one also its row in the list."""

    ideas: tuple[tuple[str, Judgement], ...]
    row: IdeaRow | None = None
