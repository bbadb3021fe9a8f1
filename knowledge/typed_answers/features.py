"""The features of a typed answer: numbers for each option of each question, which `weights` turns into a probability.

They come from a classifier of answers to the open question, one of answers to any question and one of statements, each
on the whole text and on its parts; from quantities, the wordings of descriptions and the words of the options; and from
the form of the text: a question, hedged, long.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from knowledge.certainty_thresholds import Certainty
from knowledge.interfaces import Reader
from knowledge.pack import UNSURE, Pack
from knowledge.reading.quantity_answers import read_quantities
from knowledge.reading.word_lists import english
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import ParsedAnswer, fold, parse_answer

Features = Mapping[str, float]
"""The features of an option, by name."""

NOTHING = ""
"""What a classifier calls a text that means no option."""

_MOST_PARTS = 4
"""Parts of a text that are classified one by one; each takes about two milliseconds."""

_BARE = 2
"""Words of a text up to which it is nothing but an amount."""

_LEAST = 0.005
"""Probabilities are clipped to this, and to 1 minus this."""

_CERTAINTY = {Certainty.NONE: 0.0, Certainty.PROPOSE: 0.5, Certainty.TAKE: 1.0}

Key = TypeVar("Key")


@dataclass(frozen=True)
class AnswerClassifier:
    """Probabilities of what a text means. Total: any text gives a result. What is missing has probability 0.

    `answer`: by option, of what the text means while this question is open. `anything`: by question and option,
    whatever question is open. `statement`: by option, of what it implies in a description. `by_meaning`: whether there
    are classifiers of typed answers. If not, as by words alone, only what is said in words counts.
    """

    answer: Callable[[str, str], Mapping[str, float]] = lambda text, question: {}
    anything: Callable[[str], Mapping[tuple[str, str], float]] = lambda text: {}
    statement: Callable[[str, str], Mapping[str, float]] = lambda text, question: {}
    by_meaning: bool = False


class TextFeatures:
    """What a text says whichever question is open: computed once for all of them."""

    def __init__(self, text: str, pack: Pack, reader: Reader, classifier: AnswerClassifier) -> None:
        self.text, self.pack, self.classifier = text, pack, classifier
        self.stated = reader.stated(text)
        self.asks = asks(text)
        self.options = {question.id: tuple(option.id for option in question.options) for question in pack.questions}
        self.parts = parts(text)
        counted = (self.parts if classifier.by_meaning else ()) or (text,)
        self.plain_parts = tuple(part for part in counted if not reader.hedged(part))
        self._guesses: dict[tuple[str, str], Features] = {}

    def guesses(self, question: str, option: str) -> Features:
        """The log-odds that the classifiers give the text, and the highest that they give a part of it."""
        if (question, option) not in self._guesses:
            whole = self._guessed(self.text, question, option)
            each = [self._guessed(part, question, option) for part in self.plain_parts or (self.text,)]
            likeliest = {f"part_{name}": max(guesses[name] for guesses in each) for name in whole}
            self._guesses[question, option] = {**whole, **likeliest}
        return self._guesses[question, option]

    def _guessed(self, text: str, question: str, option: str) -> dict[str, float]:
        others = [other for other in self.options[question] if other != option]
        answer, statement = self.classifier.answer(text, question), self.classifier.statement(text, question)
        own = _odds(answer, [option])
        anything = _odds(self.classifier.anything(text), [(question, option)])
        return {  # the weights of features are stored by these names, so "reply" stays
            "reply": own,
            "reply_rival": _odds(answer, others),
            "anything": anything,
            "both": min(own, anything),
            "statement": _odds(statement, [option]),
            "statement_rival": _odds(statement, others),
            "nothing": _odds(answer, [NOTHING]),
        }


class AnswerFeatures:
    """The features of one typed answer, while a question is open or none is."""

    def __init__(self, said: TextFeatures, open_question: str | None) -> None:
        self._said_by, self._text, self._options = said, said.text, said.options
        self._classifier, self.by_meaning = said.classifier, said.classifier.by_meaning
        self.open_question, self.stated, self.asks = open_question, said.stated, said.asks
        asked = said.pack.question(open_question) if open_question else None
        self.parsed = parse_answer(asked, said.text) if asked else ParsedAnswer()
        self.amounts = read_quantities(said.text, said.pack.quantities, open_question)
        self.hedged = not said.plain_parts and not (self.parsed.plain or self.parsed.said)
        self._part_words = {parse_answer(asked, part).options for part in said.parts} if asked else set()
        self._put = {
            "asks": float(self.asks),
            "hedged": float(self.hedged),
            "length": math.log(1 + len(said.text.split())),
        }

    def of(self, question: str, option: str) -> Features:
        """The features of an option of a question, in a fixed order. The option may be UNSURE."""
        guesses = self._said_by.guesses(question, option)
        return {**guesses, **self._beside(question), **self._said(question, option), **self._put}

    def evidence(self, question: str, option: str) -> str:
        """The words or the amount that state an option; "" if there are none."""
        stated, amount = self.stated.get(question), self.amounts.get(question)
        if stated is not None and stated.option == option:
            return stated.evidence
        if amount is not None and amount.option == option:
            return self._text[amount.quantity.start : amount.quantity.end]
        return ""

    @property
    def exact_option(self) -> str | None:
        """The option of the open question whose words, or an amount that stands for it, are the whole text."""
        if self.parsed.exact:
            return self.parsed.options[0] if len(self.parsed.options) == 1 else None
        amount = self.amounts.get(self.open_question or "")
        if amount is None or amount.certainty is not Certainty.TAKE:
            return None
        around = self._text[: amount.quantity.start] + self._text[amount.quantity.end :]
        return None if fold(around) or self.asks else amount.option

    @property
    def named_option(self) -> str | None:
        """The one option of the open question that the words or an amount name; None if the text asks something."""
        amount = self.amounts.get(self.open_question or "") if len(self._text.split()) <= _BARE else None
        named = self.parsed.options or ((amount.option,) if amount is not None else ())
        return named[0] if len(named) == 1 and not self.asks else None

    def in_words(self, question: str, option: str) -> bool:
        """Whether this option, and no other, is stated in words or by an amount."""
        named = self.parsed.options if question == self.open_question else ()
        if named:
            return named == (option,)
        stated, amount = self.stated.get(question), self.amounts.get(question)
        told = amount is not None and amount.option == option and amount.certainty is Certainty.TAKE
        return told or (stated is not None and stated.option == option)

    def _beside(self, question: str) -> dict[str, float]:
        """The log-odds of other questions."""
        told = self._classifier.anything(self._text)
        elsewhere = [(other, option) for other, option in told if other not in (question, NOTHING) and option != UNSURE]
        unsure = [_odds(self._classifier.answer(self._text, each), [UNSURE]) for each in self._options]
        asked = self.open_question if self.open_question != question else None
        return {
            "elsewhere": _odds(told, elsewhere),
            "unsure": max(unsure),
            "open": _odds(self._classifier.answer(self._text, asked), self._options[asked]) if asked else _odds({}, ""),
        }

    def _said(self, question: str, option: str) -> dict[str, float]:
        """What is stated in words or by an amount."""
        stated = self.stated.get(question)
        amounts = {each: _CERTAINTY[amount.certainty] for each, amount in self.amounts.items()}
        amount = self.amounts.get(question)
        sure = amounts.pop(question, 0.0)
        meant = amount is not None and amount.option == option
        named = self.parsed.options if question == self.open_question else ()
        return {
            "wording": float(stated is not None and stated.option == option),
            "wording_rival": float(stated is not None and stated.option != option),
            "wording_elsewhere": float(any(other != question for other in self.stated)),
            "amount": sure if meant else 0.0,
            "amount_rival": 0.0 if meant else sure,
            "amount_elsewhere": max(amounts.values(), default=0.0),
            "words": float(named == (option,) and (self.parsed.plain or self.parsed.said)),
            "words_inside": float(named == (option,)),
            "words_rival": float(bool(named) and option not in named),
            "words_mixed": float(question == self.open_question and self.parsed.mixed),
            "part_words": float(question == self.open_question and (option,) in self._part_words),
        }


def parts(text: str) -> tuple[str, ...]:
    """The first clauses of a text; none if it has only one."""
    found = [part for sentence in sentences(text) for part in clauses(sentence)]
    return tuple(found[:_MOST_PARTS]) if len(found) > 1 else ()


def asks(text: str) -> bool:
    """Whether the text asks something. "Should be the same" begins like a question but is none."""
    if text.rstrip().endswith("?"):
        return True
    words = fold(text)
    return " ".join(words[:2]) in english().question_inversions or bool({*words[:1]} & english().question_words)


def _odds(probabilities: Mapping[Key, float], keys: Iterable[Key]) -> float:
    """The log-odds of the likeliest of the keys."""
    probability = min(max(max((probabilities.get(key, 0.0) for key in keys), default=0.0), _LEAST), 1 - _LEAST)
    return math.log(probability / (1 - probability))
