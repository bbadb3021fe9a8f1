"""Small talk: remarks and questions about the advisor itself."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.commands.command import Command, Kind, What
from dialogs.intents import GOODBYE, Acknowledgement, Commands
from dialogs.message import Action, Verb
from dialogs.parsers.phrases import Words, rest_of, says, starts, without
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import Prompt, exact_options, fold, folded

_KINDS: Mapping[Remark, What] = {
    "complained": What.COMPLAINT,
    "sworn_at": What.COMPLAINT,
    "glad": What.PRAISE,
    "are_you_well": What.HELLO,
}
"""Remarks that are about no property of the advisor."""

_MAX_REST = 4
"""Most words behind an opening: "are you a bot that can sort our mails?" is about an idea."""


def remark_in(advisor: Advisor, text: str, words: Words, bare: Words) -> Commands | Acknowledgement | None:
    """The intent of a remark or of a question about the advisor itself; happy emoji alone are an acknowledgement."""
    catalogue = advisor.catalogue
    for candidate in (words, bare):
        remark = catalogue.small_talk_of.get(" ".join(candidate))
        if remark is not None:
            return remarking(remark)
    asked = without(bare, catalogue.commands["hello"])
    for remark, openings in catalogue.small_talk_openings.items():
        if starts(asked, openings) and len(rest_of(asked, openings)) <= _MAX_REST:
            return remarking(remark)
    if _takes_leave(advisor, words):
        return GOODBYE
    if not words and any(sign in text for sign in catalogue.emoji.happy):
        return Acknowledgement()
    return None


def remarking(remark: Remark) -> Commands:
    """The remark that answers a text, as a command."""
    match remark:
        case "goodbye":
            return GOODBYE
        case "forget_asks":
            return (Command(Kind.FORGET, value=remark),)
        case "known_about_you":
            return (Command(Kind.SHOW, What.ME),)
        case _:
            return (Command(Kind.CHAT, _KINDS.get(remark, What.ABOUT_YOU), value=remark),)


def parting(advisor: Advisor, prompt: Prompt | None, text: str) -> Commands | Action | None:
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
        return Action(Verb.CANCEL)
    return GOODBYE if any(_takes_leave(advisor, fold(part)) for part in parts) else None


def _takes_leave(advisor: Advisor, words: Words) -> bool:
    phrases = advisor.catalogue.phrases
    return says(words, phrases.leave, (*phrases.leave_fillers, *phrases.leave))
