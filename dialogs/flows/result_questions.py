"""The answers so far, and the result that they give."""

from dialogs.conversation import Conversation
from dialogs.flows.replay import open_question, records, says_in_use
from dialogs.replies.questions import AnswersSoFar, InterimResult
from knowledge.decision import decide, final_verdict
from knowledge.interfaces import Knowledge
from knowledge.pack import Question


def answers_so_far(knowledge: Knowledge, conversation: Conversation) -> AnswersSoFar:
    """Which idea a conversation is about, how far it has come, and its answers."""
    pack, question = knowledge.pack, open_question(knowledge.pack, conversation)
    finished = question is None and conversation.started
    verdict = pack.verdict(decide(pack, conversation.chosen).verdict) if finished else None
    return AnswersSoFar(conversation.title, records(pack, conversation), question, verdict)


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
        step=steps[0].fitting(in_use=says_in_use(pack, conversation)).text if steps else "",
    )
