"""Parses a press of feedback. Pure."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.replay import open_question
from dialogs.message import DOWN, NOTE_LIMIT, UP, Message, Press, Rating, about_of, about_result
from knowledge.decision import decide


def rating_of(advisor: Advisor, conversation: Conversation, message: Message) -> Rating | None:
    """The feedback in a message; None if its subject does not exist.

    If the channel does not say what a press is about, it is about what the live card shows: the result, else what was
    looked up.
    """
    content = message.content
    if not isinstance(content, Press) or content.action.arguments not in ((UP,), (DOWN,)):
        return None
    known = {entry.id for entry in advisor.pack.entries} | {about_result(v.id) for v in advisor.pack.verdicts}
    given = about_of(content.about) or _shown(advisor, conversation)
    about = tuple(one for one in given if one in known)
    if not about:
        return None
    return Rating(about, content.action.arguments == (UP,), content.note[:NOTE_LIMIT], conversation.begun)


def _shown(advisor: Advisor, conversation: Conversation) -> tuple[str, ...]:
    pack = advisor.pack
    if conversation.started and open_question(pack, conversation) is None:
        return (about_result(decide(pack, conversation.chosen).verdict),)
    return conversation.shown
