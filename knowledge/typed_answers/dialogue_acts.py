"""Dialogue acts: what somebody does with a text beside answering: asks back, thanks, wants to see the result.

A logistic regression over words and pairs of words. Words of the open question, words of the pack's subject and numbers
are replaced by placeholders, so that the weights are the same for every pack: "what counts as many?" and "what counts
as specialised?" are one text. `knowledge.matching.act_build` fits the weights.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from knowledge.pack import UNSURE, Pack, Question
from knowledge.typed_answers.act_weights import ActWeights, Features, probabilities
from knowledge.typed_answers.word_parser import fold

_SHORTEST = 4
"""Letters of the shortest word that tells which question is meant."""

_SHORT, _LONG = 4, 12
"""Words of the longest short text, and of the longest that is not long."""

_FORM = 0.5
"""The value of a feature of the form; those of words are smaller, the longer the text."""


class DialogueAct(StrEnum):
    """What a text does.

    About the questions: CLARIFY asks what the open one means, PURPOSE why it is asked, LEFT how much is left, SHOW
    wants the result instead. YES and NO reply to a proposed answer. RECORDED asks which answers are noted, WHERE which
    idea this is and how far it has come. UNDO takes the last change back, STOP ends the questions.

    About the result: REASONS, STRENGTH, CHANGES (what would lead to another), WHATIF (a supposition), DETAILS, STEPS
    (what to do first), SOURCE (who says so), CASE (why that scenario), SHORT (in a sentence), SHARE (to pass on).

    About ideas: RENAME this one, BACK to another, LIST: they have several, IDEAS: all so far.

    Anywhere: LEARN, THANKS, BYE, ADVISOR (about the advisor itself), COMPLAIN (dissatisfied, answers nothing).
    OTHER: answers, ideas, questions about the subject, all else.
    """

    OTHER = ""
    CLARIFY = "clarify"
    PURPOSE = "purpose"
    LEFT = "left"
    SHOW = "show"
    YES = "yes"
    NO = "no"
    RECORDED = "recorded"
    WHERE = "where"
    UNDO = "undo"
    STOP = "stop"
    REASONS = "reasons"
    STRENGTH = "strength"
    CHANGES = "changes"
    WHATIF = "whatif"
    DETAILS = "details"
    STEPS = "steps"
    SOURCE = "source"
    CASE = "case"
    SHORT = "short"
    SHARE = "share"
    RENAME = "rename"
    BACK = "back"
    LIST = "list"
    IDEAS = "ideas"
    LEARN = "learn"
    THANKS = "thanks"
    BYE = "bye"
    ADVISOR = "self"
    COMPLAIN = "annoyed"


class BoardAct(StrEnum):
    """What somebody who sees a list of ideas wants done: to see one, to be asked about it, to be told why it is as it
    is, which to begin with, to remove, rename or compare some, a file, the list, the last change undone. OTHER: a fact,
    a question about the subject, another idea.
    """

    OTHER = ""
    OPEN = "open"
    ASK = "ask"
    WHY = "why"
    FIRST = "first"
    REMOVE = "remove"
    RENAME = "rename"
    COMPARE = "compare"
    EXPORT = "export"
    LIST = "list"
    UNDO = "undo"


Shown = Literal["list", "idea", "ask"]
"""What is on screen: the list, an idea's card, or a question about an idea."""


class ActFeatures:
    """Makes the features of texts for the questions of one pack."""

    def __init__(self, pack: Pack) -> None:
        words = {question.id: _words(question) for question in pack.questions}
        count = Counter(word for own in words.values() for word in own)
        self._own = {name: frozenset(word for word in own if count[word] == 1) for name, own in words.items()}
        self._subject = frozenset(pack.anchors)

    def of(self, text: str, open_question: str | None, *, proposed: bool = False) -> Features:
        """The features of a text, each by its name; `open_question`: the id of the question that is open, `proposed`:
        an answer to it waits to be confirmed.
        """
        own = self._own.get(open_question or "", frozenset())
        words = [self._word(word, own) for word in fold(text)]
        marks = _marks(text)
        form = {
            "#open": open_question is not None,
            "#proposed": proposed,
            "#own": _OWN in words,
            "#own?": _OWN in words and bool(marks),
            "#subject": _SUBJECT in words,
            "#short": len(words) < _SHORT,
            "#short?": len(words) < _SHORT and marks == ["?"],
            "#long": len(words) > _LONG,
        }
        return _word_features(text, words) | {name: _FORM for name, holds in form.items() if holds}

    def _word(self, word: str, own: frozenset[str]) -> str:
        if _singular(word) in own:
            return _OWN
        if word in self._subject:
            return _SUBJECT
        return _NUMBER if any(sign.isdigit() for sign in word) else word


_OWN, _SUBJECT, _NUMBER = "<own>", "<subject>", "<number>"


def _marks(text: str) -> list[str]:
    return ["?"] if text.rstrip().endswith("?") else ["?…"] if "?" in text else []


def _word_features(text: str, words: Sequence[str]) -> dict[str, float]:
    """Words and pairs of words, each with the same weight: the longer the text, the smaller."""
    row = ["^", *words, *_marks(text), "$"]
    named = {*row[1:-1], *(f"{first} {second}" for first, second in pairwise(row))}
    weight = 1 / math.sqrt(max(1, len(named)))
    return dict.fromkeys(named, weight)


DIALOGUE, BOARD = "dialogue", "board"
"""The kinds of stored weights."""


class ActClassifier:
    """The acts of texts; see `interfaces.DialogueActs`.

    `encode` gives the vector of a text; None without an encoder: then few acts but CLARIFY are recognised.
    """

    def __init__(
        self,
        pack: Pack,
        weights: Mapping[str, ActWeights],
        encode: Callable[[str], Sequence[float]] | None = None,
    ) -> None:
        self._features = ActFeatures(pack)
        self._weights = weights
        self._encode = encode

    def acts(self, text: str, open_question: str | None, *, proposed: bool = False) -> Mapping[DialogueAct, float]:
        """The probability of each dialogue act."""
        features = self._features.of(text, open_question, proposed=proposed)
        found = probabilities(self._weights[DIALOGUE], features, self._vector(text))
        return {DialogueAct(act): probability for act, probability in found.items()}

    def board_acts(self, text: str, shown: Shown) -> Mapping[BoardAct, float]:
        """The probability of each request to a list of ideas."""
        found = probabilities(self._weights[BOARD], board_features(text, shown), self._vector(text))
        return {BoardAct(act): probability for act, probability in found.items()}

    def _vector(self, text: str) -> Sequence[float]:
        return () if self._encode is None else self._encode(text)


def board_features(text: str, shown: Shown) -> Features:
    """The features of a text beside a list of ideas, of which `shown` is on screen."""
    words = [_NUMBER if any(sign.isdigit() for sign in word) else word for word in fold(text)]
    return _word_features(text, words) | {f"#{shown}": _FORM}


def _words(question: Question) -> frozenset[str]:
    """The words of a question and of the answers to choose from, but for "not sure"."""
    options = [text for option in question.options if option.id != UNSURE for text in (option.label, option.record)]
    texts = (question.name, question.prompt, *options)
    return frozenset(_singular(word) for text in texts for word in fold(text) if len(word) >= _SHORTEST)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST and word.endswith("s") and not word.endswith("ss") else word
