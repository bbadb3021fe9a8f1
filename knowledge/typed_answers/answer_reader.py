"""Reads what a typed reply answers: the open question first, then any other.

Several opinions are asked (`reply_opinions`) and weighed (`reply_weights`). From one probability on an answer is taken,
from a lower one it is proposed. But for an option's exact words, what is asked is proposed at most; so is the nearer
side of an amount between two limits of the pack. Without an encoder nothing is sure but what is said in words, and not
hedged.
"""

from collections.abc import Iterator, Mapping

from knowledge.interfaces import Certainty, Reader, UnderstoodAnswer
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.features import AnswerClassifier, AnswerFeatures
from knowledge.typed_answers.weights import AnswerWeights, Head

TAKEN = 0.7
"""Probability from which an answer is taken; see docs/decisions/059-opinions-are-weighed.md."""

SAID_INSIDE = 0.92
"""The same where words of an option stand among others: "heavy traffic on the A5", "nothing technical"."""

PROPOSED = 0.2
"""Probability from which it is proposed."""

PROPOSED_BY_WORDS = 0.6
"""The same without an encoder: shared letters are weak evidence."""

_EVEN = 0.5
"""Probability up to which "not sure" has to be well ahead of an option."""

_RATHER = 2.0
"""How many times as likely it must be there: "prolly not" says more than that."""


class PackAnswerReader:
    """The reader of replies; see `interfaces.AnswerReader`."""

    def __init__(self, pack: Pack, reader: Reader, classifier: AnswerClassifier, weights: AnswerWeights) -> None:
        """Takes the pack, its reader of descriptions, what classifies short replies, and what the opinions weigh."""
        self._pack = pack
        self._reader = reader
        self._weights = weights
        self._classifier = classifier

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        """What the text answers."""
        features = self.features(text, open_question)
        exact = features.exact_option
        if open_question is not None and exact is not None:
            return (UnderstoodAnswer(open_question, exact, Certainty.TAKE, text.strip()),)
        probabilities: dict[str, dict[str, float]] = {}
        for head, question, option in self.options(open_question):
            probabilities.setdefault(question, {})[option] = self._weights[head].probability(
                features.of(question, option)
            )
        likely = (_answer(text, question, *_likeliest(each), features) for question, each in probabilities.items())
        found = [answer for answer in likely if answer is not None]
        named = features.named_option
        if open_question is not None and named is not None and all(a.question != open_question for a in found):
            # However unlikely: what the words or an amount say is proposed.
            found.insert(0, UnderstoodAnswer(open_question, named, Certainty.PROPOSE, text.strip()))
        own = [answer for answer in found if answer.question == open_question]
        sure = [answer for answer in found if answer.certainty is Certainty.TAKE]
        # Beside an answer to what was asked, what is not certain is noise. And who certainly answers another question
        # hardly answers that one (of 28 guesses one was right), unless a wording or an amount does.
        told = [answer for answer in own if answer not in sure and features.evidence(answer.question, answer.option)]
        return tuple(([*told, *sure] or own) if own else found)

    def features(self, text: str, open_question: str | None) -> AnswerFeatures:
        """All opinions on the text."""
        return AnswerFeatures(text, open_question, self._pack, self._reader, self._classifier)

    def with_weights(self, weights: AnswerWeights) -> "PackAnswerReader":
        """The same reader with other weights."""
        return PackAnswerReader(self._pack, self._reader, self._classifier, weights)

    def options(self, open_question: str | None) -> Iterator[tuple[Head, str, str]]:
        """What a text may answer: question and option, with the weights that count. Only about the open question
        somebody can be unsure.
        """
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
    """The likeliest option and its probability. Where "not sure" is unlikely itself and hardly ahead of an option, that
    option, with the probability that anything was answered at all.
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
    # A classifier of replies expects what was asked for; one that goes by words knows no more than these.
    told = worded and not (asked and features.by_meaning)
    likely = probability >= (PROPOSED if features.by_meaning else PROPOSED_BY_WORDS)
    if not told and (not likely or not (features.by_meaning or asked)):
        return None
    named = {*features.parsed.options} - {UNSURE} if asked else set()
    least = SAID_INSIDE if named or (asked and features.parsed.said) else TAKEN
    sure = probability >= least if features.by_meaning and not told else worded and not features.hedged
    both = features.parsed.plain and len(named) > 1  # "yes and no", and nothing else
    certainty = Certainty.TAKE if sure and not (features.asks or both) else Certainty.PROPOSE
    evidence = features.evidence(question, option) or text.strip()
    return UnderstoodAnswer(question, option, certainty, evidence, 1.0 if worded else probability)
