"""What a text was understood as, as what the executor carries out: the parsers are one source of commands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.commands.command import NONE, OWN_NAME, Command, Kind, Sure, What
from dialogs.conversation import EVIDENCE_LIMIT, Conversation, Proposal
from dialogs.executor.items import Item, Reprompt
from dialogs.flows.board_position import board_of
from dialogs.flows.idea_reader import likely_question
from dialogs.flows.pending_proposals import accepted_by
from dialogs.intents import (
    AboutIdeas,
    Acknowledgement,
    Ambiguous,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    Meaning,
    Refusal,
    RemoveIdeas,
    SubjectQuestion,
    Unknown,
    steps,
)
from dialogs.message import Action, Verb
from dialogs.replies.notices import Notice
from dialogs.replies.passages import NotCovered
from dialogs.replies.questions import AmbiguousAnswer, UnmatchedAnswer
from knowledge.decision import decide
from knowledge.interfaces import MatchOutcome, Reading
from knowledge.typed_answers.word_parser import fold

_FEW_WORDS = 6
"""A statement of at most this many words may ask something: "cost of tuning"."""


def items_of(advisor: Advisor, conversation: Conversation, text: str, intent: Intent) -> tuple[Item, ...]:
    """What is carried out for a text that was understood as this."""
    return tuple(item for each in steps(intent) for item in _items(advisor, conversation, text, each))


def items_of_parts(advisor: Advisor, conversation: Conversation, parts: Iterable[tuple[str, Intent]]) -> Iterator[Item]:
    """The same for the parts of a text. What follows after somebody left the lessons is about the questions."""
    for text, intent in parts:
        yield from items_of(advisor, conversation, text, intent)
        if intent == Action(Verb.CANCEL):
            conversation = advisor.flows.questions.activate(conversation)


def _items(advisor: Advisor, conversation: Conversation, text: str, meaning: Meaning) -> tuple[Item, ...]:
    match meaning:
        case GivenAnswer(option, _, others):
            return _answer(advisor, conversation, option, others)
        case Correction():
            return _correction(advisor, conversation, meaning)
        case LikelyAnswer(question, option, others):
            accepted = _accepted(conversation, {question, *others})
            proposal = Proposal(question, option, evidence=text[:EVIDENCE_LIMIT])
            return (*accepted, *_sets(others, (OWN_NAME,), Sure.IMPLIED), proposal)
        case AboutIdeas():
            return _about_ideas(advisor, conversation, meaning)
        case RemoveIdeas(numbers, sure):
            known = [number for number in numbers if sure or board_of(conversation).find(number) is not None]
            if sure:
                return (Command(Kind.EDIT, What.REMOVE, ideas=tuple(map(str, known))),)
            return (Notice("remove_these", {"numbers": _ranges(known)}) if known else Notice("no_such_idea"),)
        case Refusal(remark):
            return (Notice(remark),)
        case Acknowledgement():
            return (_acknowledged(advisor, conversation),)
        case Ambiguous(options):
            prompt = advisor.flows.open_prompt(conversation)
            return (Notice("noted_so_far") if prompt is None else Reprompt((AmbiguousAnswer(prompt, options),)),)
        case Unknown():
            return (_unknown(advisor, conversation, text, meaning),)
        case _:
            return (meaning,)


def _answer(
    advisor: Advisor, conversation: Conversation, option: str, others: Mapping[str, Reading]
) -> tuple[Item, ...]:
    """An answer to the open prompt, and what else is said; of a list that is collected, that it is complete."""
    flows = advisor.flows
    flow, prompt = flows.current(conversation), flows.open_prompt(conversation)
    if flow is flows.lessons:
        return (Command(Kind.LEARN, What.ANSWER, value=option),)
    if flow is flows.intake or prompt is None:
        return (Action(Verb.FINISH),) if flow is flows.intake else ()
    listing = conversation.listing
    ideas: tuple[str, ...] = (OWN_NAME,)
    if flow is flows.board and listing is not None:
        ideas = tuple(map(str, listing.rows or (listing.idea,)))
    own = Command(Kind.SET, ideas=ideas, question=prompt.id, option=option, sure=Sure.STATED)
    return (own, *_sets(others, ideas, Sure.IMPLIED))


def _correction(advisor: Advisor, conversation: Conversation, said: Correction) -> tuple[Item, ...]:
    """New answers, or that nothing is new."""
    flows, readings = advisor.flows, said.readings
    flow, shown = flows.current(conversation), conversation.listing.idea if conversation.listing is not None else 0
    if flow is flows.lessons:
        return tuple(Command(Kind.LEARN, What.ANSWER, question=q, option=r.option) for q, r in readings.items())
    if flow is flows.board and (not readings or board_of(conversation).find(shown) is None):
        return (Notice("which_idea"),)
    if flow is flows.board:
        return _sets(readings, (str(shown),), Sure.STATED)
    if readings:
        accepted = () if said.beside else _accepted(conversation, readings)
        return (*accepted, *_sets(readings, (OWN_NAME,), Sure.STATED))
    if flow.prompt(conversation) is not None:
        return (Reprompt(),)
    verdict = advisor.pack.verdict(decide(advisor.pack, conversation.chosen).verdict)
    return (Notice("changes_nothing", {"verdict": verdict.name}),)


def _about_ideas(advisor: Advisor, conversation: Conversation, about: AboutIdeas) -> tuple[Item, ...]:
    """The plain answers in a text about ideas. Where a single one has none, its question is asked."""
    board, flow = board_of(conversation), advisor.flows.board
    found, unclear = flow.read(conversation, about)
    sets = tuple(each for number, said in found.items() for each in _sets(said, (str(number),), Sure.STATED))
    if unclear and (found or flow.asks_rows(conversation)):
        return (*sets, Notice("not_understood_for", {"numbers": ", ".join(map(str, unclear))}))
    if found:
        return sets
    named = board.find(unclear[0]) if len(unclear) == 1 else None
    if named is None:
        return (Notice("which_answer"),)
    likely = likely_question(advisor.knowledge, about.said[0][1]) if about.said else None
    ask = likely or flow.judge.row(named).ask
    opened = Command(Kind.OPEN, ideas=(str(named.number),), question=NONE if ask is None else ask.id)
    return (opened, Reprompt((Notice("which_answer"),)))


def _acknowledged(advisor: Advisor, conversation: Conversation) -> Item:
    flow = advisor.flows.current(conversation)
    if flow.prompt(conversation) is not None:
        return Reprompt(agreed=True)
    done = flow is advisor.flows.questions and flow.under_way(conversation)
    return Notice("all_right" if done else "noted_so_far")


def _unknown(advisor: Advisor, conversation: Conversation, text: str, unknown: Unknown) -> Item:
    """What is said to a text that nothing was understood of. A few words may well ask something."""
    flow, match = advisor.flows.current(conversation), unknown.match
    prompt, times = flow.prompt(conversation), conversation.missed + 1
    if prompt is not None:
        return Reprompt((UnmatchedAnswer(prompt, text, times, flow.takes_unsure(conversation)),), missed=True)
    if flow.under_way(conversation) or match.outcome is not MatchOutcome.UNKNOWN:
        return SubjectQuestion(replace(match, leads=match.leads and len(fold(text)) <= _FEW_WORDS))
    return Reprompt((NotCovered(advisor.pack, (), offer=True, asked=False),), missed=True)


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


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers as somebody would type them: "1 to 7, 9"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    each: Iterable[str] = (f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(each)
