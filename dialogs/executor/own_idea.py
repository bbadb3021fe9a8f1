"""The conversation's own idea: as one of the list, and how it comes onto it."""

from dialogs.conversation import Conversation
from dialogs.executor.targets import Context, Target
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Idea, idea_id
from dialogs.message import Message
from dialogs.replies.notices import Notice
from dialogs.titles import shortened


def shelve(context: Context, conversation: Conversation) -> tuple[Conversation, tuple[Notice, ...]]:
    """The conversation's own idea on the board, where it is not there yet and anything is known of it."""
    finished = conversation.started and context.advisor.flows.questions.prompt(conversation) is None
    if conversation.own:
        return listed_own(context, conversation), ()
    if (finished and conversation.answers) or not (conversation.idea or conversation.answers):
        return conversation, ()
    board = board_of(conversation)
    after = board.add((own_idea(context.message, conversation),))
    number = after.ideas[-1].number
    told = Notice("idea_kept", {"number": str(number), "title": conversation.title})
    return conversation.replace(board=after), (told,)


def listed_own(context: Context, conversation: Conversation) -> Conversation:
    """The conversation whose board has its own idea, if it is listed, as it is now."""
    listed = board_of(conversation).find(conversation.own) if conversation.own else None
    if listed is None:
        return conversation
    now = listed.replace(
        answers={**listed.answers, **conversation.answers},
        title=conversation.title or listed.title,
        notes=conversation.notes or listed.notes,
    )
    if now == listed:
        return conversation
    return conversation.replace(board=board_of(conversation).put(context.advisor.flows.board.judge.noted(now)))


def own_idea(message: Message, conversation: Conversation) -> Idea:
    sender = message.sender
    return Idea(
        id=idea_id(f"{message.id}:own", conversation.begun),
        title=conversation.title or shortened(conversation.idea),
        text=conversation.idea,
        by=conversation.idea_by or (conversation.people[0] if conversation.people else sender.id),
        at=message.at,
        answers=conversation.answers,
        notes=conversation.notes,
        link=message.permalink or "",
    )


def without_own(conversation: Conversation) -> Conversation:
    return conversation.replace(
        idea="", answers={}, notes=(), started=False, concluded=False, revisit=None, confirm=None, likely=(), own=0
    )


def on_list(context: Context, conversation: Conversation, target: Target) -> tuple[Conversation, Idea | None]:
    """An idea as one of the list; the conversation's own goes there, and is not its own any more."""
    if target.idea is not None:
        return conversation, board_of(conversation).find(target.idea.number)
    shelved, told = shelve(context, conversation)
    if told:
        return without_own(shelved), board_of(shelved).shown[-1]
    return conversation, board_of(conversation).find(conversation.own)
