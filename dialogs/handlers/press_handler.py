"""What the press of a button does, on time or too late."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.executor.buttons import command_of
from dialogs.executor.executor import execute
from dialogs.flows.replay import open_question
from dialogs.message import DOWN, NOTE_LIMIT, UP, Action, Message, Press, Rating, Verb, about_result, number_in
from dialogs.replies.notices import ConversationGone, Notice
from dialogs.turn import Turn
from knowledge.decision import decide

_LOOKUPS = frozenset({Verb.PASSAGE, Verb.COMPARE, Verb.HELP, Verb.EXPORT, Verb.RECORD, Verb.SUM})
"""Buttons that belong to no flow and mean the same whenever they are pressed."""

_NEVER_STALE = frozenset((Verb.START, Verb.EDIT, Verb.LEARN, Verb.READ, Verb.IDEA, Verb.ASK, Verb.IDEAS, Verb.GUIDE))
"""Buttons that also work on an old card. So does sharing, but for an idea: another one may be shown by now."""


def on_press(
    advisor: Advisor, conversation: Conversation, message: Message, action: Action, revision: int | None
) -> Turn:
    if action.verb is Verb.PASSAGE and all(entry.id != action.arguments[0] for entry in advisor.pack.entries):
        return Turn(conversation, aside=(Notice("outdated"),))
    if action.verb is Verb.OFFER:
        return _take_offer(advisor, conversation, message, action, revision)
    if action.verb is Verb.FEEDBACK:
        return _take_feedback(advisor, conversation, message)
    command = command_of(action.verb, *action.arguments)
    if action.verb in _LOOKUPS:
        return execute(advisor, conversation, message, (command,))
    flow = advisor.flows.flow_for(conversation, command)
    shares = action.verb is Verb.SHARE and flow is not advisor.flows.board
    never_stale = shares or action.verb in _NEVER_STALE
    if not conversation.revision and not never_stale:
        return Turn(conversation, aside=(ConversationGone(),))
    owner = flow.other_owner(conversation, message.sender)
    if owner is not None:
        return Turn(conversation, aside=(Notice("belongs_to", {"person": owner}),))
    on_time = never_stale or (
        flow is advisor.flows.current(conversation) and (revision is None or revision >= conversation.opened)
    )
    if not on_time or flow.objection(conversation, command) is not None:
        return flow.stale_press(conversation, message, command)
    return execute(advisor, conversation, message, (command,))


def _take_offer(
    advisor: Advisor, conversation: Conversation, message: Message, action: Action, revision: int | None
) -> Turn:
    """Carries out what was offered; an offer holds until the next message."""
    offers, place = conversation.focus.offers, number_in(action.arguments[0])
    if not 0 < place <= len(offers) or (revision is not None and revision < conversation.revision):
        return Turn(conversation, aside=(Notice("offer_gone"),))
    return execute(advisor, conversation, message, offers[place - 1].commands)


def _take_feedback(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """Feedback changes no conversation; only its sender is thanked."""
    rating = rating_of(advisor, conversation, message)
    if rating is None:
        return Turn(conversation, aside=(Notice("nothing_to_rate"),))
    return Turn(conversation, aside=(Notice("feedback_up" if rating.up else "feedback_down"),), rating=rating)


def rating_of(advisor: Advisor, conversation: Conversation, message: Message) -> Rating | None:
    """The feedback in a message; None if its subject does not exist.

    If the channel does not say what a press is about, it is about what the live card shows: the result, else what was
    looked up.
    """
    content = message.content
    if not isinstance(content, Press) or content.action.arguments not in ((UP,), (DOWN,)):
        return None
    known = {entry.id for entry in advisor.pack.entries} | {about_result(v.id) for v in advisor.pack.verdicts}
    given = tuple(filter(None, content.about.split(","))) or _shown(advisor, conversation)
    about = tuple(one for one in given if one in known)
    if not about:
        return None
    return Rating(about, content.action.arguments == (UP,), content.note[:NOTE_LIMIT], conversation.begun)


def _shown(advisor: Advisor, conversation: Conversation) -> tuple[str, ...]:
    pack = advisor.pack
    if conversation.started and open_question(pack, conversation) is None:
        return (about_result(decide(pack, conversation.chosen).verdict),)
    return conversation.shown
