"""Deduplication: recognises messages that were processed before, and presses of the same answer soon after. Pure.

Such a press is a double click, or its effect was not seen because the card came late. So the card is shown again.
"""

from dialogs.answer import Answer
from dialogs.conversation import REMEMBERED_IDS, Conversation, hashed
from dialogs.message import Message, Press

PRESSED_AGAIN = 60
"""Seconds within which the same press by the same person shows the card again."""


def is_duplicate(conversation: Conversation, message: Message) -> bool:
    """Whether a message with one of these ids was processed: platforms resend what is not acknowledged in time."""
    return any(conversation.has_seen(name) for name in message.ids)


def remember(conversation: Conversation, message: Message) -> tuple[str, ...]:
    """The hashed ids of the newest messages, this one included."""
    return (*conversation.seen, *map(hashed, message.ids))[-REMEMBERED_IDS:]


def is_pressed_again(question: str, recorded: Answer, message: Message) -> bool:
    """Whether somebody presses again, soon after, the answer that is recorded as theirs: by a double click, or because
    they have not seen its effect.
    """
    content = message.content
    return (
        isinstance(content, Press)
        and content.action.arguments == (question, recorded.option)
        and message.sender.id == recorded.by
        and max(0, message.at - recorded.at) <= PRESSED_AGAIN
    )
