"""The result of the questions: at a glance, in parts, and as it is shared."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.commands.command import What
from dialogs.message import Person
from dialogs.replies.base import Reply
from dialogs.replies.questions import RecordedAnswer
from knowledge.decision import Decided, Reason
from knowledge.judgement import Change
from knowledge.outside import OutsideEntry
from knowledge.pack import Claim, NextStep, Pack, Passage, Question, Scenario, Verdict


@dataclass(frozen=True, slots=True)
class Recommendation(Reply):
    """Verdict, strength, reasons, what would change it, next steps, closest scenario, closest FAQ.

    `title` is the idea in the person's words, "" if it is not known. `main` are the reasons, the heaviest first.
    `by_answers`: the scenario was chosen by the answers, since the description was not close to any. `differences` say
    why the scenario comes out otherwise: question, the person's option, the story's option (None: it does not say).
    `faq_reason` says why an FAQ that speaks for another verdict does not decide. `outside` are current facts about the
    verdict, `called` is the one that the description calls for.
    """

    pack: Pack
    title: str
    verdict: Verdict
    decided: Decided
    main: tuple[Reason, ...]
    records: tuple[RecordedAnswer, ...]
    changes: tuple[Change, ...]
    steps: tuple[NextStep, ...]
    path: tuple[Claim, ...]
    scenario: Scenario | None
    by_answers: bool
    like: tuple[Question, ...]
    unlike: tuple[Question, ...]
    differences: tuple[tuple[Question, str, str | None], ...]
    faq: Passage | None
    faq_reason: Reason | None
    outside: tuple[OutsideEntry, ...]
    called: OutsideEntry | None = None

    @property
    def subject(self) -> str:
        """What texts for others are about: the idea, or without one the pack."""
        return self.title or self.pack.title

    @property
    def first_step(self) -> str:
        return (self.path or self.steps)[0].text

    @property
    def given(self) -> dict[str, str]:
        return {reason.question: reason.option for reason in self.decided.reasons}


@dataclass(frozen=True, slots=True)
class ResultPart(Reply):
    """Something about a result: its details, reasons (VERDICT), strength, what would change it, its steps, the closest
    case, its sources; any other `what`: all of it in short. `listed`: it is of an idea of the list, whose card has the
    buttons.
    """

    what: What
    recommendation: Recommendation
    listed: bool = False


@dataclass(frozen=True, slots=True)
class ResultSummary(Reply):
    """The result as Markdown source, to be copied.

    `records` are the answers with the people who gave them, if their names are known. `at` is in seconds since 1970;
    `link` leads to the thread. `notes` were kept beside the answers; `status` is that of the idea, "" for none.
    """

    recommendation: Recommendation
    records: tuple[RecordedAnswer, ...]
    at: int
    link: str | None = None
    notes: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class ResultPage(Reply):
    """The result as a page that prints, in a file; as Markdown source where there are no files."""

    summary: ResultSummary


@dataclass(frozen=True, slots=True)
class SharedResult(Reply):
    """The result for people who have not seen the conversation; `by` shares it, with a note, "" for none."""

    summary: ResultSummary
    by: Person
    note: str = ""


@dataclass(frozen=True, slots=True)
class OtherResult(Reply):
    """What the result would be with other answers.

    `idea` names the idea where it is not plain which one is meant; `label` stands on the button that makes the change.
    `since` are the answers that keep the verdict as it is; `counted` are all of them, to be counted. `between` is an
    amount that says neither, and what the pack says of the limits between which it lies.
    """

    answers: tuple[tuple[Question, str], ...]
    verdict: Verdict
    now: Verdict
    since: tuple[tuple[Question, str], ...] = ()
    idea: str = ""
    label: str = ""
    counted: tuple[Pack, Mapping[str, str]] | None = None
    between: tuple[str, str] = ("", "")
