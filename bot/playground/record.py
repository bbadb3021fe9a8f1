"""The result of a stored conversation as a page that prints."""

from time import time

from bot.storage.record import StoredConversation
from bot.storage.stores import conversation_in
from dialogs.advisor import Advisor
from dialogs.flows.replay import open_question, summarise
from dialogs.views.summary import page


def record_page(advisor: Advisor, stored: StoredConversation) -> str:
    """The page; "" where there is no result. CorruptRecord, NewerSchema."""
    conversation = conversation_in(stored)
    if conversation is None or not conversation.started or open_question(advisor.pack, conversation) is not None:
        return ""
    return page(advisor.catalogue, summarise(advisor.knowledge, conversation, int(time()), None))
