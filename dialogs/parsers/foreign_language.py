"""Recognises a text in a foreign language, which the advisor does not read: the reply says so in that language."""

from dialogs.advisor import Advisor
from dialogs.intents import SmallTalk
from dialogs.parsers.phrases import Words


def foreign_language(advisor: Advisor, words: Words) -> SmallTalk | None:
    """The reply to a text in another language: at least two of its common words, and a third of all words."""
    best, most = None, 1
    for remark, common in advisor.catalogue.languages.items():
        found = sum(word in common for word in words)
        if found > most and 3 * found >= len(words):
            best, most = SmallTalk(remark), found
    return best
