"""Requests about the list of ideas as a whole: with which to begin, a file of it, all of it, those that are open."""

from itertools import chain, pairwise

from dialogs.intents import FIRST_IDEAS, UNDO, Intent, Refusal, listing
from dialogs.message import Action, Verb
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.idea_facts import is_plain, names_no_idea
from dialogs.parsers.phrases import contains, says, starts
from knowledge.interfaces import PROJECT
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold

LONGEST = 14
"""Most words of a request that is recognised by words anywhere in it."""

_FEW = 4
"""Most words of a request that is hardly more than the name of a kind of file."""


def first(said: BoardText) -> Intent | None:
    """Which ideas to begin with: the list has them in that order."""
    talk = said.advisor.catalogue.board
    project = said.advisor.knowledge.matcher.project(said.text) >= PROJECT
    if said.about_subject or project or contains(said.words, talk.methods):
        return None
    if any(mention.named for mention in said.found):
        return None
    parts = [fold(part) for part in sentences(said.text)]
    asked = [part for part in parts if contains(part, talk.first) and contains(part, talk.which)]
    return FIRST_IDEAS if any(len(part) <= LONGEST for part in asked) else None


def exported(said: BoardText) -> Intent | None:
    """ "as Excel", "gimme the csv", "put it on a sheet": a kind of file with a word that leads to it."""
    talk, words = said.advisor.catalogue.board, said.words
    led = [word for before, word in pairwise(words) if before in talk.give]
    these = not {*talk.these}.isdisjoint(words) or len(words) <= _FEW
    wished = (these and not {*talk.file}.isdisjoint(led)) or starts(words, talk.download)
    short = len(words) <= LONGEST and not said.about_subject
    return Action(Verb.EXPORT) if short and wished else None


def listed(said: BoardText) -> Intent | None:
    """The whole list again, or those that are open: "back to the overview", "whats open"."""
    phrases, talk = said.advisor.catalogue.phrases, said.advisor.catalogue.board
    lists = (phrases.courtesies, talk.leads, talk.which, phrases.board_fillers, talk.tail)
    around = (*chain.from_iterable(lists), *talk.back_words)
    if not said.found and says(said.words, talk.undecided, around):
        return listing(undecided=True)
    overview = not said.found and says(said.words, talk.overview, around)
    return listing() if overview else None


def undone(said: BoardText) -> Intent | None:
    """To have the last change taken back."""
    talk = said.advisor.catalogue.board
    return UNDO if contains(said.words, talk.undone) and not said.found else None


def nameless(said: BoardText) -> Intent | None:
    """A fact beside the list that is about no idea in particular."""
    plain = any(is_plain(said.advisor, said.text, mention) for mention in said.found)
    no_idea = not plain and names_no_idea(said.advisor, said.conversation, said.text)
    return Refusal("which_idea") if no_idea else None
