"""The conversation's own idea: as one of the list, and how it comes onto it."""

from dialogs.conversation import Conversation
from dialogs.executor.answers import current
from dialogs.executor.targets import OWN, Context, Target
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Idea
from dialogs.replies.notices import Notice
from dialogs.turn_records import own_idea


def shelve(context: Context, conversation: Conversation) -> tuple[Conversation, tuple[Notice, ...]]:
    """The conversation's own idea as one of the list, where it is not there yet and anything is known of it."""
    finished = conversation.started and context.advisor.flows.questions.prompt(conversation) is None
    if conversation.own:
        return listed_own(context, conversation), ()
    if (finished and conversation.answers) or not (conversation.idea or conversation.answers):
        return conversation, ()
    after = board_of(conversation).add((own_idea(context.message, conversation),))
    kept, focus = after.ideas[-1], conversation.focus
    told = Notice("idea_kept", {"idea": kept.label})
    sums = tuple((n or kept.number, value) for n, value in focus.sums)  # what was said of it goes with it
    return without_own(conversation.replace(board=after, focus=focus.replace(sums=sums))), (told,)


def listed_own(context: Context, conversation: Conversation) -> Conversation:
    """The conversation whose board has its own idea, if it is listed, as it is now."""
    listed, now = board_of(conversation).find(conversation.own), idea_of(context, conversation, OWN)
    if listed in (None, now):
        return conversation
    return conversation.replace(board=board_of(conversation).put(context.advisor.flows.board.judge.noted(now)))


def idea_of(context: Context, conversation: Conversation, target: Target) -> Idea:
    """An idea as one of the list, as it is now; the conversation's own may have no number yet."""
    if target.idea is not None:
        return current(conversation, target.idea)
    listed = board_of(conversation).find(conversation.own)
    if listed is None:
        return own_idea(context.message, conversation)
    answers, notes = {**listed.answers, **conversation.answers}, conversation.notes or listed.notes
    return listed.replace(answers=answers, title=conversation.title or listed.title, notes=notes)


def without_own(conversation: Conversation) -> Conversation:
    return conversation.replace(
        idea="", answers={}, notes=(), started=False, concluded=False, revisit=None, confirm=None, likely=(), own=0
    )


def on_list(context: Context, conversation: Conversation, target: Target) -> tuple[Conversation, Idea | None]:
    """An idea as one of the list; the conversation's own goes there, and is not its own any more."""
    if target.idea is not None:
        return conversation, board_of(conversation).find(target.idea.number)
    shelved, told = shelve(context, conversation)
    return shelved, board_of(shelved).shown[-1] if told else board_of(shelved).find(conversation.own)
