"""What is asked about a result, suppositions, the interim result, and what the change of an answer moves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.conversation import Conversation, Proposal
from dialogs.flows.replay import recommend, recorded, summarise
from dialogs.intents import ResultTopic
from dialogs.message import Message
from dialogs.open_question import open_question
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswersSoFar, InterimResult
from dialogs.replies.results import (
    Moved,
    OtherResult,
    Recommendation,
    ResultCase,
    ResultChanges,
    ResultReasons,
    ResultSource,
    ResultSteps,
    ResultStrength,
)
from dialogs.turn import Turn
from knowledge.decision import decide, final_verdict
from knowledge.interfaces import Knowledge, Reading
from knowledge.pack import Pack, Question


def about_result(knowledge: Knowledge, conversation: Conversation, message: Message, topic: ResultTopic) -> Turn:
    """The reply to a question about the result, as a message of its own below it."""
    result = recommend(knowledge, conversation, message.at)
    match topic:
        case ResultTopic.REASONS:
            return Turn(conversation, below=(ResultReasons(result),))
        case ResultTopic.CHANGES:
            return Turn(conversation, below=(ResultChanges(result),))
        case ResultTopic.STRENGTH:
            return Turn(conversation, below=(ResultStrength(result),))
        case ResultTopic.SUMMARY:
            return Turn(conversation, below=(summarise(knowledge, conversation, message.at, message.link),))
        case ResultTopic.STEPS:
            return Turn(conversation, below=(ResultSteps(result),))
        case ResultTopic.SOURCE:
            return Turn(conversation, below=(ResultSource(result),))
        case ResultTopic.CASE:
            return Turn(conversation, below=(ResultCase(result),))


def answers_so_far(knowledge: Knowledge, conversation: Conversation) -> AnswersSoFar:
    """Which idea a conversation is about, how far it has come, and its answers."""
    pack, question = knowledge.pack, open_question(knowledge.pack, conversation)
    records = tuple(recorded(pack, conversation, q.id) for q in pack.questions if q.id in conversation.answers)
    verdict = None
    if question is None and conversation.started:
        verdict = pack.verdict(decide(pack, conversation.chosen).verdict)
    return AnswersSoFar(conversation.title, records, question, verdict)


def suppose(pack: Pack, conversation: Conversation, readings: Mapping[str, Reading]) -> Turn:
    """The result with other answers. A single other answer is proposed, so that a yes records it."""
    result = other_result(pack, conversation.chosen, readings)
    confirm = None
    if isinstance(result, OtherResult) and result.offer:
        ((question, option),) = result.answers
        confirm = Proposal(question.id, option)
    return Turn(conversation.replace(confirm=confirm), below=(result,))


def other_result(
    pack: Pack, chosen: Mapping[str, str], readings: Mapping[str, Reading], *, may_offer: bool = True
) -> OtherResult | Notice:
    """The result with other answers than the chosen ones. A single one is offered to be changed, if it `may` be."""
    other = {question: reading.option for question, reading in readings.items()}
    if not other:
        return Notice("what_if_unclear")
    changed = {question: option for question, option in other.items() if chosen.get(question) != option}
    return OtherResult(
        tuple((pack.question(question), option) for question, option in (changed or other).items()),
        pack.verdict(decide(pack, {**chosen, **other}).verdict),
        pack.verdict(decide(pack, chosen).verdict),
        offer=may_offer and len(changed) == 1,
    )


def interim_result(knowledge: Knowledge, conversation: Conversation, question: Question) -> InterimResult:
    """The result so far, while this question is open."""
    pack = knowledge.pack
    given = {name: option for name, option in conversation.chosen.items() if name != question.id}
    decided, certain = decide(pack, given), final_verdict(pack, given) if given else None
    steps = knowledge.judgements.of(given).steps if certain is not None else ()
    points = any(reason.towards is not None for reason in decided.reasons)
    return InterimResult(
        verdict=pack.verdict(decided.verdict) if points else None,
        left=len(pack.questions) - len(given),
        certain=certain is not None,
        step=steps[0].text if steps else "",
    )


def with_move(pack: Pack, before: Conversation, turn: Turn, changes: Sequence[Reply] = ()) -> Turn:
    """The turn with a line on what its one changed answer has moved, if a result was shown before.

    That line replaces the replies in `changes`.
    """
    after = turn.conversation
    had = before.chosen
    shown_before = before.started and (before.concluded or len(had) == len(pack.questions))
    moved = [question for question, option in after.chosen.items() if had.get(question, option) != option]
    if not shown_before or len(moved) != 1 or len(after.chosen) != len(had) or open_question(pack, after) is not None:
        return turn
    question = pack.question(moved[0])
    old = pack.verdict(decide(pack, had).verdict)
    move = Moved(question, had[question.id], after.chosen[question.id], old)
    card = tuple(
        replace(reply, moved=move) if isinstance(reply, Recommendation) else reply
        for reply in turn.card
        if reply not in changes
    )
    return turn._replace(card=card)
