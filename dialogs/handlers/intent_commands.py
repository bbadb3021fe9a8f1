"""What a text was understood as, as the commands that do it: the parsers are one source of commands."""

from collections.abc import Collection, Mapping

from dialogs.advisor import Advisor
from dialogs.commands.command import NONE, OWN_NAME, Command, Kind, Sure, What
from dialogs.conversation import Conversation
from dialogs.flows.board_position import board_of
from dialogs.flows.pending_proposals import accepted_by
from dialogs.intents import (
    AboutIdeas,
    BoardRequest,
    Correction,
    FilterIdeas,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    ProgressQuestion,
    ProgressTopic,
    RemoveIdeas,
    SmallTalk,
    SubjectQuestion,
)
from knowledge.interfaces import MatchOutcome, Reading
from knowledge.pack import Question


def commands_of(advisor: Advisor, conversation: Conversation, intent: Intent) -> tuple[Command, ...] | None:
    """The commands for what a text was understood as; None where it is proposed, offered or asked about instead."""
    flows = advisor.flows
    match intent:
        case tuple():
            return intent
        case GivenAnswer(option, _, others) if isinstance(question := flows.open_prompt(conversation), Question):
            ideas = _asked(advisor, conversation)
            if not ideas:
                return None
            own = Command(Kind.SET, ideas=ideas, question=question.id, option=option, sure=Sure.STATED)
            return (own, *_sets(others, ideas, Sure.IMPLIED))
        case Correction(readings) if readings and flows.current(conversation) is flows.questions:
            accepted = () if intent.beside else _accepted(conversation, readings)
            return (*accepted, *_sets(readings, (OWN_NAME,), Sure.STATED))
        case Correction(readings) if readings and flows.current(conversation) is flows.board and _on_card(conversation):
            return _sets(readings, (_on_card(conversation),), Sure.STATED)
        case ProgressQuestion(ProgressTopic.ANSWERS):
            return (Command(Kind.SHOW, What.ANSWERS),)
        case BoardRequest(FilterIdeas() as some):
            return (_listed(advisor, some),)
        case BoardRequest(AboutIdeas() as about):
            found, unclear = flows.board.read(conversation, about)
            return None if unclear else sets_of(found) or None
        case BoardRequest(RemoveIdeas(numbers, sure=True)):
            return (Command(Kind.EDIT, What.REMOVE, ideas=tuple(map(str, numbers))),)
        case SubjectQuestion(match, brief=False) if match.outcome is MatchOutcome.ANSWER:
            return (Command(Kind.ASK, value=" ".join(match.top[: match.together])),)
        case SmallTalk("known_about_you"):
            return (Command(Kind.SHOW, What.ME),)
        case _:
            return None


def said_beside(conversation: Conversation, likely: LikelyAnswer) -> tuple[Command, ...]:
    """What a text plainly says beside an answer that is only likely."""
    accepted = _accepted(conversation, {likely.question, *likely.others})
    return (*accepted, *_sets(likely.others, (OWN_NAME,), Sure.IMPLIED))


def _asked(advisor: Advisor, conversation: Conversation) -> tuple[str, ...]:
    """The ideas that the open question is about; none where it is asked in a lesson."""
    flow, listing = advisor.flows.current(conversation), conversation.listing
    if flow is advisor.flows.questions:
        return (OWN_NAME,)
    if flow is not advisor.flows.board or listing is None:
        return ()
    return tuple(map(str, listing.rows or (listing.idea,)))


def _on_card(conversation: Conversation) -> str:
    """The idea of the list that is on the card; "" for none."""
    number = 0 if conversation.listing is None else conversation.listing.idea
    return "" if board_of(conversation).find(number) is None else str(number)


def _listed(advisor: Advisor, some: FilterIdeas) -> Command:
    phrases = advisor.catalogue.phrases
    mine, is_open = phrases.board_mine[0] if some.mine else "", phrases.board_open[0] if some.open else ""
    question, option = some.answer or (NONE, NONE)
    value = " ".join(filter(None, (some.verdict, mine, is_open)))
    return Command(Kind.SHOW, What.IDEAS, question=question, option=option, value=f"filter={value}" if value else "")


def sets_of(given: Mapping[int, Mapping[str, Reading]]) -> tuple[Command, ...]:
    """Answers of ideas, by number and question."""
    return tuple(each for number, said in given.items() for each in _sets(said, (str(number),), Sure.STATED))


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
