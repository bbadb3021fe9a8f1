"""Small talk: remarks and questions about the advisor itself."""

from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.intents import Acknowledgement, SmallTalk
from dialogs.parsers.phrases import Words, rest_of, says, starts, without

GOODBYE: Remark = "goodbye"

_MAX_REST = 4
"""Most words behind an opening: "are you a bot that can sort our mails?" is about an idea."""


def remark_in(advisor: Advisor, text: str, words: Words, bare: Words) -> SmallTalk | Acknowledgement | None:
    """The intent of a remark or of a question about the advisor itself; happy emoji alone are an acknowledgement."""
    catalogue = advisor.catalogue
    for candidate in (words, bare):
        remark = catalogue.small_talk_of.get(" ".join(candidate))
        if remark is not None:
            return SmallTalk(remark)
    asked = without(bare, catalogue.commands["hello"])
    for remark, openings in catalogue.small_talk_openings.items():
        if starts(asked, openings) and len(rest_of(asked, openings)) <= _MAX_REST:
            return SmallTalk(remark)
    if says(words, catalogue.phrases.leave, catalogue.phrases.leave_fillers):
        return SmallTalk(GOODBYE)
    if not words and any(sign in text for sign in catalogue.emoji.happy):
        return Acknowledgement()
    return None
