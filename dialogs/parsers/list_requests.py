"""Requests about the list of ideas as a whole: with which to begin, a file of it, all of it, those that are open."""

from itertools import chain

from dialogs.intents import Intent, Refusal, listing
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.idea_facts import is_plain, names_no_idea
from dialogs.parsers.phrases import says

LONGEST = 14
"""Most words of a request that is recognised by words anywhere in it."""


def listed(said: BoardText) -> Intent | None:
    """The whole list again, or those that are open: "back to the overview", "whats open"."""
    phrases, talk = said.advisor.catalogue.phrases, said.advisor.catalogue.board
    lists = (phrases.courtesies, talk.leads, talk.which, phrases.board_fillers, talk.tail)
    around = (*chain.from_iterable(lists), *talk.back_words)
    if not said.found and says(said.words, talk.undecided, around):
        return listing(undecided=True)
    overview = not said.found and says(said.words, talk.overview, around)
    return listing() if overview else None


def nameless(said: BoardText) -> Intent | None:
    """A fact beside the list that is about no idea in particular."""
    plain = any(is_plain(said.advisor, said.text, mention) for mention in said.found)
    no_idea = not plain and names_no_idea(said.advisor, said.conversation, said.text)
    return Refusal("which_idea") if no_idea else None
