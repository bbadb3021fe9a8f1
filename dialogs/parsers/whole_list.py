"""What is asked, said or wanted of the whole list: "which ones have no data", "budget is limited for all of them"."""

import re

from dialogs.advisor import Advisor
from dialogs.flows.idea_reader import read_answers
from dialogs.ideas.board import Board
from dialogs.ideas.board_list import Listing
from dialogs.intents import AboutIdeas, Intent, RemoveIdeas, listing
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.idea_facts import asks
from dialogs.parsers.phrases import Words, alternatives, contains, led, rest_of, says, starts
from knowledge.reading.word_lists import english
from knowledge.sentences import clauses
from knowledge.typed_answers.word_parser import fold

_LONGEST = 14
"""Most words of a question about the list."""

_VERBS = english().verbs


def filtered(said: BoardText) -> Intent | None:
    """The ideas with a verdict, without one, or with an answer: "only those where fine-tuning makes sense"."""
    words, talk = said.words, said.advisor.catalogue.board
    if said.found or len(words) > _LONGEST or not starts(words, talk.filters):
        return None
    noun = re.search(rf"\b(?:{alternatives(talk.kinds)})\b", said.text, re.IGNORECASE)
    noun = noun or re.match(r"\s*which\b", said.text, re.IGNORECASE)
    wanted = "" if noun is None else said.text[noun.end() :].strip(" ?")
    chosen = fold(wanted)
    states = words[:1] == ("all",) and not _VERBS.isdisjoint(chosen[:1])  # "all of them have no data"
    of_you = not {"you", "i", "should"}.isdisjoint(chosen[:2])  # "which ideas do you like"
    if not chosen or states or of_you:
        return None
    verdicts = [verdict.id for verdict in said.advisor.pack.verdicts if contains(chosen, (verdict.name,))]
    if len(verdicts) == 1 and not contains(chosen, talk.first):
        return listing(verdicts[0])
    if contains(chosen, talk.no_verdict):
        return listing(undecided=True)
    knowledge = said.advisor.knowledge
    found = read_answers(knowledge, wanted, None) or read_answers(knowledge, f"we {wanted}", None)
    if len(found) != 1 or verdicts:
        return None
    ((question, reading),) = found.items()
    return listing(answer=(question, reading.option))


def told_of_all(said: BoardText) -> Intent | None:
    """What a text states of all ideas that are listed: "they all have to be the same every time"."""
    talk = said.advisor.catalogue.board
    words = fold(said.text)
    if said.found or asks(said.advisor, said.text) or not contains(words, talk.everyone):
        return None
    states = not _VERBS.isdisjoint(words) or contains(words, tuple(f"for {phrase}" for phrase in talk.everyone))
    told = re.sub(rf"\b(?:{alternatives(talk.everyone)})\b", "it", said.text, flags=re.IGNORECASE)
    readable = [text for text in (said.text, told) if read_answers(said.advisor.knowledge, text, None)]
    if not states or not readable:
        return None
    listing = (said.conversation.listing or Listing()).as_list()
    rows = said.advisor.flows.board.cards.rows(said.conversation.board or Board(), listing)
    numbers = tuple(sorted(row.number for row in rows))
    return AboutIdeas(((numbers, readable[0]),)) if numbers else None


def cleared(advisor: Advisor, board: Board, text: str, *, shown: bool) -> RemoveIdeas | None:
    """All ideas, where a text wants them all removed: "delete all my ideas, i start fresh". It is asked back. Unless
    they are shown, they have to be named: "delete everything" may be about anything.
    """
    talk, phrases = advisor.catalogue.board, advisor.catalogue.phrases
    (first, *_) = (*clauses(text), "")
    bare = rest_of(led(fold(first), advisor), talk.wished)
    rest: Words = max((bare[len(p) :] for p in _split((*phrases.board_remove, *talk.removes, *talk.clears))
                       if bare[: len(p)] == p), key=len, default=())  # fmt: skip
    named = shown or not {*rest}.isdisjoint(phrases.board_list)
    whole = bool(rest) and named and says(rest, talk.whole, (*talk.whole_fillers, *phrases.courtesies))
    return RemoveIdeas(tuple(idea.number for idea in board.shown), sure=False) if whole else None


def _split(phrases: tuple[str, ...]) -> tuple[Words, ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)
