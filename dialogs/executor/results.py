"""What follows for an idea from what is known of it: its result, or what is missing for one."""

from dialogs.conversation import Conversation
from dialogs.executor.answers import current
from dialogs.executor.targets import Context, Target, name_of
from dialogs.flows.replay import recommend
from dialogs.replies.receipts import MissingAnswers
from dialogs.replies.results import Recommendation


def told_of(context: Context, conversation: Conversation, target: Target) -> Conversation:
    """An idea as a conversation of its own, from which everything about it is derived."""
    if target.idea is None:
        return conversation
    return context.advisor.flows.board.cards.told(current(conversation, target.idea))


def result_of(context: Context, conversation: Conversation, target: Target) -> Recommendation | None:
    """The recommendation for an idea; None where too little is said for one."""
    told, judgements = told_of(context, conversation, target), context.advisor.knowledge.judgements
    if not told.concluded and judgements.of(told.chosen).verdict is None:
        return None
    return recommend(context.advisor.knowledge, told, context.message.at)


def missing_of(context: Context, conversation: Conversation, targets: tuple[Target, ...]) -> MissingAnswers:
    """What is missing about ideas, and for a single one its row of the list."""
    of, idea = context.advisor.knowledge.judgements.of, targets[0].idea if len(targets) == 1 else None
    ideas = ((name_of(conversation, each), of(told_of(context, conversation, each).chosen)) for each in targets)
    row = None if idea is None else context.advisor.flows.board.judge.row(current(conversation, idea))
    return MissingAnswers(tuple(ideas), row)
