"""Reads what a typed reply answers: the open question first, then any other.

Several opinions are asked: the words of the options, quantities, the wordings of descriptions, and a classifier. What
is plainly said is taken unless another opinion contradicts it; what only seems likely is proposed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from knowledge.answer_parser import ParsedAnswer, fold, parse_answer
from knowledge.interfaces import Certainty, Reader, UnderstoodAnswer
from knowledge.pack import UNSURE, Pack
from knowledge.reading.language import english
from knowledge.reading.measures import Confidence, read_quantities

_DESCRIPTION = 8
"""A text of so many words may imply an answer as well as state it."""

_WORDS_THAT_TELL = 3
"""Words beside an amount from which they may tell that it answers another question than the open one."""

_BESIDE = 0.9
"""Probability from which a reply to one question is taken to imply an answer to another one as well."""

_LONGEST_REPLY = 16
"""Words of a text up to which the classifier is asked, which learnt from short ones."""


_TOPIC = re.compile(r"(?:[^\W\d]+ ){0,1}[^\W\d]+\?\s+(?P<rest>[^?]+)")
"""A word or two that name what is asked, and then the answer: "examples? none so far"."""

_SEPARATED = re.compile(r"[,;.:]\s|\s(?:and|but|also|plus)\s")
"""A text of several clauses, which may answer several questions."""

_SECONDED = 0.5
"""Probability from which a guess becomes sure by a second opinion."""

_AGREED = 0.8
"""Probability from which two classifiers that agree outweigh words and hedges: of 343 replies none was wrong."""

_READ = 0.95
"""Probability from which what is read as from a description counts beside a classifier that agrees with it."""

_LONGEST_AGREED = 45
"""Words of a text up to which classifiers that agree are believed."""

_IRRELEVANT = 0.88
"""From this sureness on a reply answers nothing, whatever amounts are in it: "my train has 25 minutes of delay"."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest answer. `certainty` is None where it is not even worth a proposal."""

    question: str
    option: str
    share: float
    certainty: Certainty | None


class AnswerClassifier(Protocol):
    """Guesses what a short reply answers. Total: any text gives a result."""

    def answer(self, text: str, question: str) -> Guess | None:
        """What the text means while a question is open; None where it most likely does not answer it."""

    def anything(self, text: str) -> Guess | None:
        """What the text means whatever is open; None where it most likely answers nothing."""

    def irrelevance(self, text: str, question: str) -> float:
        """How surely the text answers neither the open question nor any other, 0..1."""


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What speaks for an option. `firm`: no single opinion makes it more certain. `between`: none at all does, since it
    lies between two limits. `share`: how likely it is where it is not said in so many words.
    """

    option: str
    certainty: Certainty
    evidence: str
    firm: bool = False
    between: bool = False
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Agreed:
    """An option that several opinions are sure of, and how likely the least sure of them has it."""

    option: str
    share: float


class PackReplyReader:
    """The reader of replies; see `interfaces.ReplyReader`."""

    def __init__(self, pack: Pack, reader: Reader, classifier: AnswerClassifier | None = None) -> None:
        """Takes the pack, its reader of descriptions, and what guesses at short replies."""
        self._pack = pack
        self._reader = reader
        self._classifier = classifier

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        """What the text answers."""
        if open_question is None:
            return _understood(self._stated(text, None) or self._elsewhere(text, None))
        found = self._answers(text, open_question)
        topic = _TOPIC.fullmatch(text.strip())
        if topic is None or any(answer.question == open_question for answer in found):
            return found
        rest = self._answers(topic["rest"], open_question)
        return rest if any(answer.question == open_question for answer in rest) else found

    def _answers(self, text: str, open_question: str) -> tuple[UnderstoodAnswer, ...]:
        parsed = parse_answer(self._pack.question(open_question), text)
        if parsed.exact and len(parsed.options) == 1:
            return (UnderstoodAnswer(open_question, parsed.options[0], Certainty.TAKE, text.strip()),)
        if not parsed.plain and self._is_irrelevant(text, open_question):
            return ()
        own, others = self._own_and_others(text, open_question, parsed)
        return _understood({open_question: own, **others} if own else others)

    def _is_irrelevant(self, text: str, open_question: str) -> bool:
        if self._classifier is None or not _is_short(text):
            return False
        return self._classifier.irrelevance(text, open_question) >= _IRRELEVANT

    def _own_and_others(
        self, text: str, open_question: str, parsed: ParsedAnswer
    ) -> tuple[_Opinion | None, dict[str, _Opinion]]:
        """What the text answers of the open question, and of the others."""
        stated = self._stated(text, open_question)
        own = stated.pop(open_question, None)
        another = self._surely_another(text, open_question)
        if another is not None:
            own = None if own is not None and (own.firm or own.share < 1) else own
            apart = _SEPARATED.search(text) is not None
            stated = {q: opinion for q, opinion in stated.items() if apart or not opinion.firm or q == another}
        plain = {question: opinion for question, opinion in stated.items() if opinion.share == 1}
        own = self._own(text, open_question, parsed, own, alone=not plain)
        if own is None:
            return None, stated or self._elsewhere(text, open_question) or self._read(text, open_question)
        if own.firm and not plain and _telling(text):
            elsewhere = self._elsewhere(text, open_question)
            if any(opinion.certainty is Certainty.TAKE for opinion in elsewhere.values()):
                return None, elsewhere
        return own, plain if _is_short(text) else _sure(stated)

    def _stated(self, text: str, open_question: str | None) -> dict[str, _Opinion]:
        """What quantities and the wordings of descriptions say, by question."""
        read = self._reader.read_reply if len(fold(text)) >= _DESCRIPTION else self._reader.stated
        found = {
            question: _Opinion(reading.option, Certainty.TAKE, reading.evidence, share=reading.share)
            for question, reading in read(text).items()
        }
        doubtful = self._reader.hedged(text) or _asks(text)
        for question, quantity in read_quantities(text, self._pack.quantities, open_question).items():
            if question != open_question and (doubtful or question in found):
                continue
            sure = quantity.confidence is Confidence.TAKE and not doubtful
            said = text[quantity.quantity.start : quantity.quantity.end]
            certainty = Certainty.TAKE if sure else Certainty.PROPOSE
            opinion = _Opinion(quantity.option, certainty, said, firm=True, between=quantity.between)
            known = found.get(question)
            if known is None or sure:
                found[question] = opinion
        return found

    def _by_words(self, text: str, parsed: ParsedAnswer) -> _Opinion | None:
        """What the words of the options say."""
        if len(parsed.options) != 1:
            return None
        plain = parsed.plain or parsed.said or self._classifier is None
        doubtful = _asks(text) or (not parsed.said and self._reader.hedged(text))
        certainty = Certainty.TAKE if plain and not doubtful else Certainty.PROPOSE
        return _Opinion(parsed.options[0], certainty, text.strip())

    def _own(
        self, text: str, question: str, parsed: ParsedAnswer, stated: _Opinion | None, *, alone: bool
    ) -> _Opinion | None:
        """What the text answers of the open question. `alone`: it plainly answers no other one."""
        words = stated or self._by_words(text, parsed)
        agreed = self._agreed(text, question)
        if agreed is not None and not (words is not None and words.between):
            if not parsed.mixed:
                return _confirmed(text, agreed, words)
            words = (
                words if words is None or words.option == agreed.option else replace(words, certainty=Certainty.PROPOSE)
            )
        guess = self._guess(text, question)
        if words is None:
            guessed = _guessed(text, self._seconded(text, guess), parsed, alone=alone)
            return guessed or self._by_anything(text, question) or self._by_subject(text, question)
        if words.firm or self._classifier is None or not _is_short(text):
            return words
        if guess is None:
            doubtful = stated is None and not parsed.plain and not self._agrees(text, question, parsed)
            return _unsupported(words, doubtful=doubtful)
        return _compared(words, guess)

    def _seconded(self, text: str, guess: Guess | None) -> Guess | None:
        """The guess; a likely one is sure where the reader of descriptions, which learnt from other texts, agrees."""
        if guess is None or guess.certainty is not Certainty.PROPOSE or guess.share < _SECONDED:
            return guess
        reading = self._reader.read_reply(text).get(guess.question)
        return guess if reading is None or reading.option != guess.option else replace(guess, certainty=Certainty.TAKE)

    def _by_anything(self, text: str, question: str) -> _Opinion | None:
        """What the text surely means whatever is open, where it is this question that is."""
        guess = self._guess(text, None)
        if guess is None or guess.question != question or guess.certainty is not Certainty.TAKE:
            return None
        return _Opinion(guess.option, Certainty.PROPOSE, text.strip(), share=guess.share)

    def _by_subject(self, text: str, question: str) -> _Opinion | None:
        """What the subjects that a reply lists say where nothing else does: "password resets, printers, vpn"."""
        if self._classifier is None or _asks(text) or self._classifier.irrelevance(text, question) >= _SECONDED:
            return None
        reading = self._reader.read(text).get(question)
        if reading is None or reading.share < _READ:
            return None
        return _Opinion(reading.option, Certainty.PROPOSE, text.strip(), share=reading.share)

    def _surely_another(self, text: str, open_question: str) -> str | None:
        """The question that a text surely answers instead of the open one, whatever its amounts might be of."""
        if self._classifier is None or len(text.split()) > _LONGEST_AGREED:
            return None
        guess = self._classifier.anything(text)
        if guess is None or guess.share < _AGREED or guess.question == open_question:
            return None
        return guess.question if self._classifier.answer(text, open_question) is None else None

    def _read(self, text: str, open_question: str) -> dict[str, _Opinion]:
        """What a short text says about other questions where it is read as a part of a description."""
        found = self._reader.read_reply(text) if _is_short(text) and not _asks(text) else {}
        return {
            question: _Opinion(reading.option, Certainty.TAKE, reading.evidence, share=reading.share)
            for question, reading in found.items()
            if question != open_question and reading.share >= _READ
        }

    def _agreed(self, text: str, question: str) -> _Agreed | None:
        """What several opinions are sure of, so that words and hedges need not be weighed any more."""
        if self._classifier is None or len(text.split()) > _LONGEST_AGREED:
            return None
        guess, anything = self._classifier.answer(text, question), self._classifier.anything(text)
        if guess is not None and guess.option == UNSURE:
            sure = guess.share >= _AGREED and not _asks(text) and _is_short(text)
            return _Agreed(UNSURE, guess.share) if sure else None
        if anything is None or anything.question != question or (guess and guess.option != anything.option):
            return None
        if guess is not None and Certainty.TAKE in (guess.certainty, anything.certainty):
            share = min(guess.share, anything.share)
            if share >= _AGREED:
                return _Agreed(guess.option, share)
        reading = self._reader.read_reply(text).get(question)
        if reading is None or reading.option != anything.option or reading.share < _READ:
            return None
        return _Agreed(reading.option, reading.share)

    def _guess(self, text: str, question: str | None) -> Guess | None:
        if self._classifier is None or not _is_short(text):
            return None
        return self._classifier.answer(text, question) if question else self._classifier.anything(text)

    def _agrees(self, text: str, question: str, parsed: ParsedAnswer) -> bool:
        """Whether the text means what its words say, whatever is open."""
        guess = self._guess(text, None)
        return guess is not None and (guess.question, (guess.option,)) == (question, parsed.options)

    def _elsewhere(self, text: str, open_question: str | None) -> dict[str, _Opinion]:
        """What the classifier takes the text for, whatever is open."""
        guess = self._guess(text, None)
        if guess is None or guess.certainty is None or guess.option == UNSURE or guess.question == open_question:
            return {}
        certainty = Certainty.PROPOSE if _asks(text) else guess.certainty
        return {guess.question: _Opinion(guess.option, certainty, text.strip(), share=guess.share)}


def _understood(opinions: Mapping[str, _Opinion]) -> tuple[UnderstoodAnswer, ...]:
    return tuple(UnderstoodAnswer(q, o.option, o.certainty, o.evidence, o.share) for q, o in opinions.items())


def _guessed(text: str, guess: Guess | None, parsed: ParsedAnswer, *, alone: bool) -> _Opinion | None:
    """What the classifier alone comes to."""
    if guess is None or guess.certainty is None:
        return None
    sure = guess.certainty is Certainty.TAKE
    if not alone and not sure:
        return None
    plain = sure and alone and len(parsed.options) < 2 and not _asks(text)
    return _Opinion(guess.option, Certainty.TAKE if plain else Certainty.PROPOSE, text.strip(), share=guess.share)


def _confirmed(text: str, agreed: _Agreed, words: _Opinion | None) -> _Opinion:
    """What several opinions are sure of, beside what the words say; a question is asked back."""
    contradicted = words is not None and words.option != agreed.option and words.certainty is Certainty.TAKE
    doubted = contradicted or _asks(text)
    share = words.share if words is not None and words.option == agreed.option else agreed.share
    return _Opinion(agreed.option, Certainty.PROPOSE if doubted else Certainty.TAKE, text.strip(), share=share)


def _unsupported(words: _Opinion, *, doubtful: bool) -> _Opinion | None:
    """What words come to that the classifier takes for no answer. `doubtful`: others stand around them."""
    if words.certainty is not Certainty.TAKE:
        return None
    return replace(words, certainty=Certainty.PROPOSE) if doubtful else words


def _compared(words: _Opinion, guess: Guess) -> _Opinion:
    """What words and classifier come to."""
    if guess.option == words.option:
        agreed = guess.certainty is not None or words.certainty is Certainty.TAKE
        return replace(words, certainty=Certainty.TAKE if agreed else Certainty.PROPOSE)
    if guess.certainty is Certainty.TAKE:
        return replace(words, option=guess.option, certainty=Certainty.PROPOSE)
    return replace(words, certainty=words.certainty if guess.certainty is None else Certainty.PROPOSE)


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LONGEST_REPLY


def _sure(opinions: dict[str, _Opinion]) -> dict[str, _Opinion]:
    return {question: opinion for question, opinion in opinions.items() if opinion.share >= _BESIDE}


def _telling(text: str) -> bool:
    """Whether words tell what an amount is of: "i can spend 1500 tops"."""
    return sum(word.isalpha() for word in fold(text)) >= _WORDS_THAT_TELL


def _asks(text: str) -> bool:
    """Whether the text asks something. "Should be the same" opens like a question and is none."""
    if text.rstrip().endswith("?"):
        return True
    words = fold(text)
    return " ".join(words[:2]) in english().question_inversions or bool({*words[:1]} & english().question_words)
