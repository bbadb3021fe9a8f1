"""Remarks, and questions about the advisor itself, in well-known words."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import GOODBYE, Commands
from dialogs.understanding.phrases import Words, rest_of, says, starts, without
from dialogs.understanding.thresholds import ALIKE

_KINDS: Mapping[Remark, What] = {
    "complained": What.COMPLAINT,
    "sworn_at": What.COMPLAINT,
    "glad": What.PRAISE,
    "are_you_well": What.HELLO,
}
"""Remarks that are about no property of the advisor."""

_PROPERTIES: tuple[Remark, ...] = ("made_by", "no_chatgpt", "what_is_stored")
"""Remarks about what the advisor is, and what it keeps."""

_MAX_REST = 4
"""Most words behind an opening."""


def remark_in(advisor: Advisor, words: Words) -> Commands:
    """The remark that a text is, with nothing around it but courtesies; none if it is no known one."""
    catalogue = advisor.catalogue
    bare = without(words, catalogue.phrases["courtesies"])
    for candidate in (words, bare):
        remark = catalogue.small_talk_of.get(" ".join(candidate))
        if remark is not None:
            return remarking(remark)
    leave = catalogue.phrases["leave"]
    if says(words, leave, (*leave, *catalogue.phrases["leave_fillers"])):
        return GOODBYE
    asked = without(bare, catalogue.commands["hello"])
    for remark, openings in catalogue.small_talk_openings.items():
        if starts(asked, openings) and len(rest_of(asked, openings)) <= _MAX_REST:
            return remarking(remark)
    return ()


def about_advisor(advisor: Advisor, words: Words) -> Commands:
    """What a question about the advisor is near to by meaning; none where it is near to nothing."""
    matcher = advisor.knowledge.phrases
    if matcher is None:
        return ()
    groups: dict[str, tuple[str, ...]] = {each: advisor.catalogue.small_talk[each] for each in _PROPERTIES}
    near = matcher.nearness(" ".join(words), groups)
    best = max(_PROPERTIES, key=lambda each: near[each])
    return remarking(best) if near[best] >= ALIKE else ()


def remarking(remark: Remark) -> Commands:
    match remark:
        case "goodbye":
            return GOODBYE
        case "forget_asks":
            return (Command(Kind.FORGET, value=remark),)
        case "known_about_you":
            return (Command(Kind.SHOW, What.ME),)
        case _:
            return (Command(Kind.CHAT, _KINDS.get(remark, What.ABOUT_YOU), value=remark),)


def foreign_language(advisor: Advisor, words: Words) -> Commands:
    """The reply to a text in another language: at least two of its common words, and a third of all words."""
    best: Commands = ()
    most = 1
    for remark, common in advisor.catalogue.languages.items():
        found = sum(word in common for word in words)
        if found > most and 3 * found >= len(words):
            best, most = remarking(remark), found
    return best
