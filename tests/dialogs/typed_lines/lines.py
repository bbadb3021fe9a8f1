"""Typed lines with fixed meanings, and a point of a conversation at which they are typed."""

from collections.abc import Mapping

from knowledge.interfaces import AnswerReader, Certainty, CommandKinds, Place, UnderstoodAnswer
from knowledge.typed_answers.weights import Weights
from tests.dialogs.steps import REQUEST
from tests.dialogs.talk import Talk

SAID: Mapping[str, tuple[tuple[str, str, Certainty], ...]] = {
    "a handful a day maybe": (("volume", "low", Certainty.PROPOSE),),
    "few i guess": (("volume", "low", Certainty.PROPOSE),),
    "some old tickets": (("data", "yes", Certainty.PROPOSE),),
    "no budget btw": (("budget", "limited", Certainty.TAKE),),
    "low, and no money": (("volume", "low", Certainty.PROPOSE), ("budget", "limited", Certainty.TAKE)),
    "many": (("volume", "high", Certainty.TAKE),),
    "maybe we are rich": (("budget", "flexible", Certainty.PROPOSE),),
    "we have no budget": (("budget", "limited", Certainty.TAKE),),
    "forty a day": (("volume", "low", Certainty.TAKE),),
    "no budget really": (("budget", "limited", Certainty.TAKE),),
}


class Replies:
    """Knows what some texts answer, and of the rest what the words alone say."""

    def __init__(self, rest: AnswerReader) -> None:
        self._rest = rest

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        if text not in SAID:
            return self._rest.answers(text, open_question)
        found = [UnderstoodAnswer(q, option, certainty, text) for q, option, certainty in SAID[text]]
        return tuple(sorted(found, key=lambda answer: answer.question != open_question))


class Answering:
    """Knows that these texts give answers, and of the rest what the words alone say."""

    def __init__(self, rest: CommandKinds) -> None:
        self._rest = rest

    def probabilities(self, text: str, place: Place) -> Mapping[str, float]:
        return {"set": 0.9} if text in SAID else self._rest.probabilities(text, place)


SURE_COUNTS = Weights({"whole any": 4.0, "whole any sure": 4.0}, -4.0)
"""What a reader is sure of is taken, the rest that it finds is proposed."""


def at_volume(talk: Talk) -> Talk:
    return talk.say(REQUEST).press("answer:data:yes")
