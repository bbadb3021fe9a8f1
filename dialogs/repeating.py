"""What people type again because nothing came of it yet. (For a press, see `advise.late`.)"""

from dialogs.advisor import Advisor
from dialogs.conversation import REMEMBERED_IDS, Conversation, How, hashed
from dialogs.foreground import shown
from dialogs.hearing import Answering, hear
from dialogs.message import Message, Typed
from dialogs.turn import Turn


def typed_again(advisor: Advisor, conversation: Conversation, message: Message) -> bool:
    """Whether a text is the newest answer once more: of the same person, typed as well, for the same question."""
    if not conversation.answers or not isinstance(message.content, Typed) or conversation.has_seen(message.id):
        return False
    question, newest = max(conversation.answers.items(), key=lambda given: given[1].at)
    if newest.by != message.sender.id or newest.how is not How.TYPED:
        return False
    others = {name: answer for name, answer in conversation.answers.items() if name != question}
    heard = hear(advisor, conversation.having(answers=others, concluded=False, revisit=None), message.content.text)
    return isinstance(heard, Answering) and heard.option == newest.option


def shown_at_last(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """The answer counts once, and what follows it is shown. It is a change, so that nobody takes the answer back."""
    after = conversation.having(
        revision=conversation.revision + 1, seen=(*conversation.seen, hashed(message.id))[-REMEMBERED_IDS:]
    )
    return Turn(after, shown(advisor, after, message.at))
