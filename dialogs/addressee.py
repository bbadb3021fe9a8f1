"""Addressee detection: whether a line in a thread is meant for the advisor, or for the other people there.

A line with a mention, or in a direct message, always is (`Message.addressed`). The functions decide on all others.
"""

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation, hashed
from dialogs.intents import Acknowledgement, GivenAnswer, Intent, SubjectQuestion, Unknown
from dialogs.message import Message
from knowledge.interfaces import MatchOutcome
from knowledge.typed_answers.word_parser import fold

OTHERS = "others"
"""In `Conversation.spoke`: the last line was by somebody of whom nothing is stored. No hash is like it."""


def takes_part(conversation: Conversation, message: Message) -> bool:
    """Whether the advisor takes part in the thread: it is addressed now, or was before."""
    return message.addressed or conversation.revision > 0


def with_sender(conversation: Conversation, message: Message) -> Conversation:
    """The conversation with the sender among its people and, if several write, as the author of the last line."""
    people, sender = conversation.people, message.sender.id
    if sender not in people:
        people = (*filter(None, people), sender)[:2]
    known = sender in people or sender in conversation.participants
    spoke = hashed(sender) if known else OTHERS
    return conversation.replace(people=people, spoke=spoke if len(people) > 1 else "")


def with_bystander(before: Conversation, after: Conversation, message: Message) -> Conversation:
    """What a line that is not for the advisor leaves. `after` is the conversation `with_sender`.

    Of somebody of whom nothing is stored yet it is only that a second person has written.
    """
    if message.sender.id in before.participants:
        return after
    if not before.people:
        return before
    return before.replace(people=(*before.people, "")[:2], spoke=OTHERS)


def is_for_advisor(
    advisor: Advisor, before: Conversation, after: Conversation, message: Message, text: str, intent: Intent
) -> bool:
    """Whether a line is meant for the advisor. `after` is the conversation `with_sender`."""
    if message.addressed:
        return True
    return not _replies_to_another(advisor, before, after, text) and _concerns_advisor(advisor, after, message, intent)


def _replies_to_another(advisor: Advisor, before: Conversation, after: Conversation, text: str) -> bool:
    """Whether a bare yes, no or number follows another person's line, so that it may be a reply to that."""
    same = before.spoke == after.spoke != OTHERS
    if len(after.people) < 2 or not before.spoke or same:
        return False
    bare = " ".join(fold(text))
    phrases = advisor.catalogue.phrases
    return bare.isdecimal() or bare in phrases.confirm or bare in phrases.reject


def _concerns_advisor(advisor: Advisor, conversation: Conversation, message: Message, intent: Intent) -> bool:
    """Whether what a line means is for the advisor. Of several people, only a plain answer to the open question is. Of
    one, everything is while a question is open; else what is no remark and what the advisor can answer.
    """
    if advisor.flows.current(conversation).other_owner(conversation, message.sender) is not None:
        return False
    if len(conversation.people) > 1:
        return isinstance(intent, GivenAnswer) and intent.plain
    if advisor.flows.open_prompt(conversation) is not None:
        return True
    match intent:
        case Unknown() | Acknowledgement() | (Command(Kind.CHAT),):
            return False
        case SubjectQuestion(match):
            return match.outcome is not MatchOutcome.UNKNOWN
        case _:
            return True
