"""Removing ideas: "kick out 6", "the podcast one is a joke, drop it". It is not undone, so in doubt it is asked for."""

import re
from collections.abc import Set

from dialogs.intents import Intent, Refusal, RemoveIdeas
from dialogs.parsers.board_text import BoardText
from dialogs.parsers.idea_facts import is_plain
from dialogs.parsers.idea_mentions import PLACE, Mention
from dialogs.parsers.phrases import Words, contains, led, rest_of, starts, without, written_out
from knowledge.certainty_thresholds import BOARD_ACT, BOARD_ACT_WITH_EFFECT
from knowledge.reading.word_lists import english
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold, folded

_FEW = 4
"""Most words that remove the idea on the card: "bin it please"."""

_SO = re.compile(r"\s+so\s+(?=\w)", re.IGNORECASE)


def removed(said: BoardText) -> Intent | None:
    """The ideas that a text wants removed: by a command with their names in it, by one to remove "it", or because it
    is most likely such a request. What only may be one is asked back.
    """
    if _asks(said) or _denies(said):
        return None
    return _opening(said) or _pointed(said) or _likely(said)


def _likely(said: BoardText) -> Intent | None:
    """By the classifier: at once only where one idea or run of them is named, and the text is no telling."""
    likely = said.likely("edit.remove")
    if likely < BOARD_ACT or not said.known:
        return None
    sure = likely >= BOARD_ACT_WITH_EFFECT and not is_doubtful(said)
    if said.found:
        together = len(said.found) == 1
        meant = said.numbers if sure and together else _definite(said)
        return RemoveIdeas(meant, sure=sure and together) if meant else None
    few = len(said.words) <= _FEW and not starts(said.words, said.advisor.catalogue.board.removes_named)
    if said.shown is None or not (few or contains(fold(said.text), said.advisor.catalogue.board.this)):
        return None
    return RemoveIdeas((said.shown,), sure=sure and few)


def removed_by_name(said: BoardText) -> Intent | None:
    """The ideas that a command names, before it or in it."""
    return None if _asks(said) or _denies(said) else _opening(said) or _pointed(said)


def _opening(said: BoardText) -> Intent | None:
    """ "kick out 6", "take 4 off the list, …": it opens the text, whatever reason follows. "Delete customer data after
    a month" must not be taken for one.
    """
    talk = said.advisor.catalogue.board
    wondering = rest_of(said.words, talk.wondering)
    words = _wished(said, wondering)
    verbs = (*talk.removes, *talk.removes_named)
    if not said.found or not starts(words, (*(f"{verb} {PLACE}" for verb in verbs), *talk.removed)):
        return None
    first = said.found[0]
    meant = is_plain(said.advisor, said.text, first) or not fold(said.text[first.end :])
    unknown = first.unknown and not any(said.has(number) for number in first.numbers)
    sure = wondering == said.words and said.active
    if not meant:
        return None
    return Refusal("no_such_idea") if unknown else RemoveIdeas(first.numbers, sure=sure)


def _pointed(said: BoardText) -> Intent | None:
    """ "27 is a double, remove it": a part of the text removes what was named before, or what is on the card."""
    before: list[Mention] = []
    at, pointed = 0, _pointing(said)
    for part in _parts(said.text):
        at = said.text.index(part, at)
        here = [mention for mention in said.found if at <= mention.start < at + len(part)]
        if not here and _removes_it(said, fold(part), pointed):
            sure = [mention for mention in before if mention.definite or said.is_sure(mention)]
            numbers = tuple(dict.fromkeys(number for mention in sure for number in mention.numbers))
            if numbers and len(sure) == len(before):
                return RemoveIdeas(numbers, sure=said.active)
            alone = said.shown is not None and not said.found and fold(part) == fold(said.text)
            return RemoveIdeas((said.shown,)) if alone and said.shown is not None else None
        before += here
    return None


def _parts(text: str) -> list[str]:
    return [piece for whole in sentences(text) for part in clauses(whole) for piece in _SO.split(part)]


def _removes_it(said: BoardText, words: Words, pointed: Set[str]) -> bool:
    """Whether words are one to remove, with "it" and the like: "take it out pls"."""
    phrases, talk = said.advisor.catalogue.phrases, said.advisor.catalogue.board
    bare = without(_wished(said, led(words, said.advisor)), (*phrases.courtesies, *talk.tail))
    return " ".join(bare) in pointed


def _pointing(said: BoardText) -> Set[str]:
    """Words that remove "it" and the like."""
    phrases, talk = said.advisor.catalogue.phrases, said.advisor.catalogue.board
    openers = (*phrases.board_remove, *talk.removes)
    pointed = {f"{opener} {this}" for opener in openers for this in talk.this}
    return pointed | {phrase.replace(PLACE, this) for phrase in talk.removed for this in talk.this}


def _wished(said: BoardText, words: Words) -> Words:
    """Words without the wish before them: "i want to …", "kindly …"."""
    return rest_of(words, said.advisor.catalogue.board.wished)


def _definite(said: BoardText) -> tuple[int, ...]:
    sure = [mention for mention in said.found if mention.definite or said.is_sure(mention)]
    return tuple(dict.fromkeys(number for mention in sure for number in mention.numbers))


def _asks(said: BoardText) -> bool:
    """Whether a text only asks, or excepts ideas: "should we drop 3?"."""
    asks = starts(said.words, said.advisor.catalogue.phrases.question) and not starts(
        said.words, said.advisor.catalogue.phrases.courtesies
    )
    return asks or contains(fold(said.text), said.advisor.catalogue.board.exceptions)


def _denies(said: BoardText) -> bool:
    """Whether it says not to: "don't remove 3"."""
    removes = folded((*said.advisor.catalogue.phrases.board_remove, *said.advisor.catalogue.board.removes))
    words = written_out(said.advisor, fold(said.text))
    words = fold(" ".join(english().contractions.get(word, word) for word in words))
    return any(
        words[at : at + len(phrase)] == phrase and not english().negations.isdisjoint(words[max(0, at - 2) : at])
        for phrase in removes
        for at in range(1, len(words))
    )


def is_doubtful(said: BoardText) -> bool:
    """Whether a text asks, denies, excepts or tells something. Nothing is removed then, since it is not undone."""
    words, excepting = fold(said.text), said.advisor.catalogue.board.excepting
    doubts = {*english().negations, *english().question_words, *english().hedges}
    tells = words[:1] and words[0] in {*english().subjects, *english().first_person}
    asks = "?" in said.text or starts(said.words, said.advisor.catalogue.phrases.question)
    return asks or bool(tells) or not doubts.isdisjoint(words) or contains(words, excepting)
