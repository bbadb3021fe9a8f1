"""Reads typed answers: what a text answers, the open question first, then any other.

A logistic regression (`weights`) turns the `features` of each option into a probability. From one threshold on an
answer is taken, from a lower one it is proposed; both stand in `certainty_thresholds`. A text that asks something is
proposed at most, unless it is exactly the words of an option. So is an amount between two limits of the pack, as the
option of the nearer limit (`knowledge.reading.quantity_answers`). Without classifiers of typed answers an answer
counts only if it is said in words, and is taken only if it is not hedged.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from knowledge.certainty_thresholds import PROPOSED, SAID_INSIDE, TAKEN, Certainty
from knowledge.interfaces import Reader, UnderstoodAnswer
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.features import AnswerClassifier, AnswerFeatures, TextFeatures
from knowledge.typed_answers.weights import AnswerWeights, Head

_CACHED_TEXTS = 1024
"""Texts whose answers are cached: the cells of a table are read before its turn."""

_SHARED_TEXTS = 16
"""Texts of which is kept what holds whichever question is open: each is asked for with every question."""

_EVEN = 0.5
"""Below this probability, "not sure" must be well ahead of the likeliest option."""

_RATHER = 2.0
"""How many times as likely as that option it must be then: "prolly not" says more than "not sure"."""


class PackAnswerReader:
    """The reader of typed answers; see `interfaces.AnswerReader`."""

    def __init__(self, pack: Pack, reader: Reader, classifier: AnswerClassifier, weights: AnswerWeights) -> None:
        self._pack = pack
        self._reader = reader
        self._weights = weights
        self._classifier = classifier
        self._text = lru_cache(maxsize=_SHARED_TEXTS)(self._text_of)
        self.answers = lru_cache(maxsize=_CACHED_TEXTS)(self._answers)
        """See `AnswerReader`. Asked several times about the same text."""

    def _answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        features = self.features(text, open_question)
        exact = features.exact_option
        if open_question is not None and exact is not None:
            return (UnderstoodAnswer(open_question, exact, Certainty.TAKE, text.strip()),)
        probabilities: dict[str, dict[str, float]] = {}
        for head, question, option in self.options(open_question):
            probabilities.setdefault(question, {})[option] = self._probability(head, question, option, features)
        likely = (_answer(text, question, *_likeliest(each), features) for question, each in probabilities.items())
        found = [answer for answer in likely if answer is not None]
        named = features.named_option
        if open_question is not None and named is not None and all(a.question != open_question for a in found):
            # What words or an amount say is proposed, even if it is unlikely.
            found.insert(0, UnderstoodAnswer(open_question, named, Certainty.PROPOSE, text.strip()))
        own = [answer for answer in found if answer.question == open_question]
        sure = [answer for answer in found if answer.certainty is Certainty.TAKE]
        # With an answer to the open question, uncertain answers to others are dropped. And if another question is
        # answered for certain, a guess about the open one is dropped (1 of 28 such guesses was right), unless a wording
        # or an amount supports it.
        told = [answer for answer in own if answer not in sure and features.evidence(answer.question, answer.option)]
        return tuple(([*told, *sure] or own) if own else found)

    def _probability(self, head: Head, question: str, option: str, features: AnswerFeatures) -> float:
        if not features.by_meaning:
            return float(features.in_words(question, option))
        return self._weights[head].probability(features.of(question, option))

    def features(self, text: str, open_question: str | None) -> AnswerFeatures:
        return AnswerFeatures(self._text(text), open_question)

    def _text_of(self, text: str) -> TextFeatures:
        return TextFeatures(text, self._pack, self._reader, self._classifier)

    def options(self, open_question: str | None) -> Iterator[tuple[Head, str, str]]:
        """The options that a text may mean, with the head of each; "not sure" only for the open question."""
        for question in self._questions(open_question):
            own = question == open_question
            for option in self._pack.question(question).options:
                if option.id != UNSURE:
                    yield Head.OPEN if own else Head.ANOTHER, question, option.id
                elif own:
                    yield Head.UNSURE, question, UNSURE

    def _questions(self, open_question: str | None) -> Iterator[str]:
        """All questions, the open one first."""
        if open_question is not None:
            yield open_question
        yield from (question.id for question in self._pack.questions if question.id != open_question)


def _likeliest(probabilities: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest option and its probability.

    If that is "not sure", but with a low probability and hardly ahead of another option, that option is returned
    instead, with the probability of "not sure".
    """
    best = max(probabilities, key=probabilities.__getitem__)
    others = {option: probability for option, probability in probabilities.items() if option != UNSURE}
    rather = max(others, key=others.__getitem__)
    if best == UNSURE and probabilities[best] < min(_EVEN, _RATHER * others[rather]):
        return rather, probabilities[best]
    return best, probabilities[best]


def _answer(
    text: str, question: str, option: str, probability: float, features: AnswerFeatures
) -> UnderstoodAnswer | None:
    asked = question == features.open_question
    amount = features.amounts.get(question)
    if amount is not None and amount.between and (asked or features.open_question is None or probability >= PROPOSED):
        return UnderstoodAnswer(question, amount.option, Certainty.PROPOSE, features.evidence(question, amount.option))
    worded = features.in_words(question, option)
    # Classifiers of typed answers know the open question; without them no more is known than the words say.
    told = worded and not (asked and features.by_meaning)
    if not told and probability < PROPOSED:
        return None
    named = {*features.parsed.options} - {UNSURE} if asked else set()
    least = SAID_INSIDE if named or (asked and features.parsed.said) else TAKEN
    sure = probability >= least if features.by_meaning and not told else worded and not features.hedged
    both = features.parsed.plain and len(named) > 1  # "yes and no", and nothing else
    certainty = Certainty.TAKE if sure and not (features.asks or both) else Certainty.PROPOSE
    evidence = features.evidence(question, option) or text.strip()
    return UnderstoodAnswer(question, option, certainty, evidence, 1.0 if worded else probability)
