"""What a text was understood as, as the commands that do it: the parsers are one source of commands."""

from collections.abc import Collection, Mapping

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, Sure, What
from dialogs.conversation import Conversation
from dialogs.executor.targets import OWN_NAME
from dialogs.flows.pending_proposals import accepted_by
from dialogs.intents import (
    BoardRequest,
    CompareIdeas,
    Confirmation,
    Correction,
    GivenAnswer,
    Intent,
    NewTitle,
    ProgressQuestion,
    ProgressTopic,
    RemoveIdeas,
    RenameIdeas,
    ResultQuestion,
    ResultTopic,
    SubjectQuestion,
    Thanks,
    Undo,
    WhatIf,
)
from knowledge.interfaces import MatchOutcome, Reading
from knowledge.pack import Question

_ABOUT_RESULT = {
    ResultTopic.REASONS: (Kind.EXPLAIN, What.VERDICT),
    ResultTopic.CHANGES: (Kind.SHOW, What.WOULD_CHANGE),
    ResultTopic.STRENGTH: (Kind.EXPLAIN, What.STRENGTH),
    ResultTopic.SUMMARY: (Kind.WRITE, What.RECORD),
    ResultTopic.STEPS: (Kind.SHOW, What.STEPS),
    ResultTopic.SOURCE: (Kind.SHOW, What.SOURCES),
    ResultTopic.CASE: (Kind.SHOW, What.CASE),
}


def commands_of(advisor: Advisor, conversation: Conversation, intent: Intent) -> tuple[Command, ...] | None:
    """The commands for what a text was understood as; None where it is proposed, offered or asked about instead."""
    flows = advisor.flows
    match intent:
        case GivenAnswer(option, _, others) if isinstance(question := flows.open_prompt(conversation), Question):
            if flows.current(conversation) is not flows.questions:
                return None
            own = Command(Kind.SET, ideas=(OWN_NAME,), question=question.id, option=option, sure=Sure.STATED)
            return (own, *_sets(others, (OWN_NAME,), Sure.IMPLIED))
        case Correction(readings) if flows.current(conversation) is flows.questions:
            accepted = () if intent.beside else _accepted(conversation, readings)
            return (*accepted, *_sets(readings, (OWN_NAME,), Sure.STATED))
        case Confirmation(left=False) if conversation.confirm is not None:
            return (Command(Kind.CONFIRM),)
        case Undo():
            return (Command(Kind.GO, What.UNDO),)
        case WhatIf(readings):
            supposed = {q: Command(Kind.SUPPOSE, question=q, option=r.option) for q, r in readings.items()}
            return tuple(supposed.values()) or (Command(Kind.SUPPOSE),)
        case ResultQuestion(topic):
            kind, what = _ABOUT_RESULT[topic]
            return (Command(kind, what),)
        case ProgressQuestion(ProgressTopic.ANSWERS):
            return (Command(Kind.SHOW, What.ANSWERS),)
        case NewTitle(title):
            return (Command(Kind.EDIT, What.RENAME, ideas=(OWN_NAME,), value=title),)
        case BoardRequest(CompareIdeas(numbers)):
            return (Command(Kind.COMPARE, ideas=tuple(map(str, numbers))),)
        case BoardRequest(RenameIdeas(titles)):
            return tuple(Command(Kind.EDIT, What.RENAME, ideas=(str(number),), value=title) for number, title in titles)
        case BoardRequest(RemoveIdeas(numbers, sure=True)):
            return (Command(Kind.EDIT, What.REMOVE, ideas=tuple(map(str, numbers))),)
        case SubjectQuestion(match, brief=False) if match.outcome is MatchOutcome.ANSWER:
            return (Command(Kind.ASK, value=" ".join(match.top[: match.together])),)
        case Thanks():
            return (Command(Kind.CHAT, What.THANKS),)
        case _:
            return None


def _accepted(conversation: Conversation, said: Collection[str]) -> tuple[Command, ...]:
    """The proposed answer, where the only person in the thread goes on to other questions without confirming it."""
    proposal = accepted_by(conversation, said)
    if proposal is None:
        return ()
    reading = Reading(proposal.option, proposal.evidence)
    return _sets({proposal.question: reading}, (OWN_NAME,), Sure.IMPLIED)


def _sets(readings: Mapping[str, Reading], ideas: tuple[str, ...], sure: Sure) -> tuple[Command, ...]:
    return tuple(
        Command(Kind.SET, ideas=ideas, question=q, option=r.option, quote=r.evidence, sure=sure)
        for q, r in readings.items()
    )
