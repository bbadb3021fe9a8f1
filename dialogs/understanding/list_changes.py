"""Parses what changes a list while it is collected: ideas that are taken back, and that this was all."""

import re

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board, Idea
from dialogs.intents import ListChange
from dialogs.understanding.list_layout import LIST_MARK
from dialogs.understanding.mentions import PLACE, frame, mentions
from dialogs.understanding.phrases import rest_of, starts, without
from knowledge.interfaces import PROJECT
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold, folded

_MORE = re.compile(
    r"\s*(?:[-=]{1,2}>|→|⇒|(?:idea\s+|number\s+|nr\.?\s*|#)?(?P<place>\d{1,2})\s*[:=])\s*", re.IGNORECASE
)


def list_change(advisor: Advisor, conversation: Conversation, text: str) -> ListChange | None:
    """What a text changes beside adding ideas; None if it only adds some. Sentences that are neither are ideas."""
    said = sentences(text)
    if not said or len(text.strip().splitlines()) > 1:
        return None
    collected = _as_board(conversation)
    more = _more(advisor, collected, text)
    if more is not None:
        return ListChange(more=(more,))
    removed: list[int] = []
    added: list[str] = []
    done = False
    for number, sentence in enumerate(said):
        gone = _removed(advisor, collected, sentence)
        if gone:
            removed += gone
        elif number == len(said) - 1 and is_done(advisor, sentence):
            done = True
        else:
            added.append(sentence)
    if removed and added and len(said) > 2:  # one idea in several sentences, of which one speaks of another
        return None
    why = removed and len(added) == 1 and said[-1] == added[0]  # "drop the canteen one. it was a joke"
    ideas = () if why or not added else (LIST_MARK.sub("", " ".join(added)),)
    return ListChange(tuple(dict.fromkeys(removed)), ideas, done) if removed or done else None


def _more(advisor: Advisor, collected: Board, text: str) -> tuple[int, str] | None:
    """What a line adds to an idea before it: "-> 3 examples only" to the last one, "2: no data" to the second."""
    found = _MORE.match(text)
    if found is None or not collected.ideas:
        return None
    place = int(found["place"] or len(collected.ideas))
    said = text[found.end() :].strip()
    if collected.find(place) is None or not fold(said):
        return None
    knowledge = advisor.knowledge
    fact = bool(knowledge.reader.stated(said)) and knowledge.matcher.project(said) < PROJECT
    return (place, said) if fact else None


def is_done(advisor: Advisor, text: str) -> bool:
    """Whether a sentence says that this was all."""
    phrases, words = advisor.catalogue.phrases, fold(text)
    return not {words, without(words, phrases.courtesies)}.isdisjoint(folded(phrases.list_done))


def _as_board(conversation: Conversation) -> Board:
    """The collected ideas as if they were on a board, numbered in their order, so that a text can name them."""
    intake = conversation.intake
    ideas = () if intake is None else intake.ideas
    return Board().add(Idea(id=str(n), title=idea.text, text="", by=idea.by, at=0) for n, idea in enumerate(ideas))


def _removed(advisor: Advisor, collected: Board, sentence: str) -> tuple[int, ...]:
    """The places of the ideas that a sentence takes back: "no, remove number 5 and 6", "scrap the canteen one"."""
    found = mentions(advisor, collected, sentence)
    if not found or any(mention.unknown for mention in found):
        return ()
    talk, phrases = advisor.catalogue.board, advisor.catalogue.phrases
    words = without(frame(sentence, found).words, (*phrases.courtesies, *phrases.correction, *phrases.reject))
    removes = (*talk.removes, *phrases.list_undo)
    around = frozenset((*talk.title_fillers, *talk.title_openers, *talk.title_nouns, *talk.tail, "list", "and", "n"))
    rest = rest_of(words, removes) if starts(words, removes) else words
    said = rest != words and around.issuperset(word for word in rest if word != PLACE)
    takes_back = said or words in folded(talk.removed)
    return tuple(number for mention in found for number in mention.numbers) if takes_back else ()
