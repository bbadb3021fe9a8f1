"""Undo: what takes the last change of an answer back."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Correction
from dialogs.parsers.phrases import Words, rest_of
from knowledge.interfaces import Reading
from knowledge.typed_answers.word_parser import folded


def undo(advisor: Advisor, conversation: Conversation, words: Words) -> Correction | None:
    """The answers before the last change, if a text undoes it: "undo", "no wait, put it back". A proposal goes on
    waiting.
    """
    phrases = advisor.catalogue.phrases
    said = rest_of(words, (*phrases.reject, *phrases.correction))
    if conversation.revisit is not None or said not in folded(phrases.undo):
        return None
    return last_change(conversation)


def last_change(conversation: Conversation) -> Correction | None:
    """The answers before the last change; None if nothing was changed."""
    if not conversation.changed:
        return None
    return Correction({question: Reading(option, "") for question, option in conversation.changed.items()}, beside=True)
