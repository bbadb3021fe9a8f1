"""What is asked about a result, suppositions, the interim result, and what the change of an answer moves."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.flows.replay import recorded
from dialogs.open_question import open_question
from dialogs.replies import Reply
from dialogs.replies.questions import AnswersSoFar, InterimResult
from dialogs.replies.results import (
    Moved,
    Recommendation,
)
from dialogs.turn import Turn
from knowledge.decision import decide, final_verdict
from knowledge.interfaces import Knowledge
from knowledge.pack import Pack, Question


def answers_so_far(knowledge: Knowledge, conversation: Conversation) -> AnswersSoFar:
    """Which idea a conversation is about, how far it has come, and its answers."""
    pack, question = knowledge.pack, open_question(knowledge.pack, conversation)
    records = tuple(recorded(pack, conversation, q.id) for q in pack.questions if q.id in conversation.answers)
    verdict = None
    if question is None and conversation.started:
        verdict = pack.verdict(decide(pack, conversation.chosen).verdict)
    return AnswersSoFar(conversation.title, records, question, verdict)


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
