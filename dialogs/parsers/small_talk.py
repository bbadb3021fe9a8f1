"""Small talk: remarks, questions about the advisor itself, and texts in other languages."""

from dialogs.advisor import Advisor
from dialogs.intents import Acknowledgement, SmallTalk
from dialogs.parsers.phrases import Words


def remark_in(advisor: Advisor, text: str, words: Words, bare: Words) -> SmallTalk | Acknowledgement | None:
    """The intent of a remark or of a question about the advisor itself; happy emoji alone are an acknowledgement."""
    catalogue = advisor.catalogue
    for candidate in (words, bare):
        remark = catalogue.small_talk_of.get(" ".join(candidate))
        if remark is not None:
            return SmallTalk(remark)
    if not words and any(sign in text for sign in catalogue.emoji.happy):
        return Acknowledgement()
    return None


def foreign(advisor: Advisor, words: Words) -> SmallTalk | None:
    """A text in another language, recognised by at least two of its common words, and a third of all words."""
    best, most = None, 1
    for remark, common in advisor.catalogue.languages.items():
        found = sum(word in common for word in words)
        if found > most and 3 * found >= len(words):
            best, most = SmallTalk(remark), found
    return best
