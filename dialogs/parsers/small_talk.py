"""Small talk: remarks and questions about the advisor itself."""

from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.intents import Acknowledgement, SmallTalk, TypedCommand
from dialogs.message import Action, Verb
from dialogs.parsers.phrases import Words, rest_of, says, starts, without
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import Prompt, exact_options, fold, folded

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
    if _takes_leave(advisor, words):
        return SmallTalk(GOODBYE)
    if not words and any(sign in text for sign in catalogue.emoji.happy):
        return Acknowledgement()
    return None


def parting(advisor: Advisor, prompt: Prompt | None, text: str) -> SmallTalk | TypedCommand | None:
    """What a text does of which a part only takes leave, or only says stop. None if another part is a yes, a no or an
    option's own words and nothing else.
    """
    phrases = advisor.catalogue.phrases
    parts = [part for sentence in sentences(text) for part in clauses(sentence)]
    for part in parts:
        words = without(fold(part), phrases.leave_fillers)
        if words and (words in folded((*phrases.confirm, *phrases.reject)) or (prompt and exact_options(prompt, part))):
            return None
    if any(fold(part) in folded(advisor.catalogue.exact["cancel"]) for part in parts):
        return TypedCommand(Action(Verb.CANCEL))
    return SmallTalk(GOODBYE) if any(_takes_leave(advisor, fold(part)) for part in parts) else None


def _takes_leave(advisor: Advisor, words: Words) -> bool:
    phrases = advisor.catalogue.phrases
    return says(words, phrases.leave, (*phrases.leave_fillers, *phrases.leave))
