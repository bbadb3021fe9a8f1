"""Incidental changes: an answer that was given on purpose is not changed by what a text says in passing.

The change is proposed instead. What does change an answer: `corrections`.
"""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import AnswerMethod, Conversation
from dialogs.intents import Correction, GivenAnswer, Intent, LikelyAnswer
from dialogs.parsers.corrections import corrects
from dialogs.parsers.phrases import Words, starts
from dialogs.parsers.self_repairs import takes_back
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE, Question
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold, stands_alone

_VERY_SURE = 0.95
"""Probability from which a text contradicts a recorded answer."""


def drop_incidental_changes(
    advisor: Advisor, conversation: Conversation, prompt: Question, text: str, words: Words, intent: Intent | None
) -> Intent | None:
    """The intent without the changes that the text makes only in passing to answers given on purpose.

    The first of these changes is proposed, unless the intent proposes something already. The others are dropped.
    """
    match intent:
        case GivenAnswer(others=readings) | LikelyAnswer(others=readings) | Correction(readings):
            passing = _incidental_changes(advisor, conversation, text, words, readings)
        case _:
            return intent
    if not passing:
        return intent
    kept = {question: reading for question, reading in readings.items() if question not in passing}
    question, reading = next(iter(passing.items()))
    match intent:
        case LikelyAnswer():
            return LikelyAnswer(intent.question, intent.option, kept)
        case GivenAnswer():
            return LikelyAnswer(question, reading.option, {prompt.id: Reading(intent.option, text.strip()), **kept})
        case _:
            return LikelyAnswer(question, reading.option, kept)


def _incidental_changes(
    advisor: Advisor, conversation: Conversation, text: str, words: Words, readings: Mapping[str, Reading]
) -> Mapping[str, Reading]:
    """The readings that would change an answer given on purpose although the text does not mark them as corrections,
    does not state them in so many words, and says other things beside them.
    """
    if corrects(advisor, words) or starts(words, advisor.catalogue.phrases.objection) or takes_back(advisor, text):
        return {}
    given = {
        question: answer.option
        for question, answer in conversation.answers.items()
        if answer.how is not AnswerMethod.READ and answer.option != UNSURE
    }
    differing = {q: reading for q, reading in readings.items() if q in given and given[q] != reading.option}
    stated = advisor.knowledge.reader.stated(text) if differing else {}
    return {
        question: reading
        for question, reading in differing.items()
        if (question not in stated or stated[question].option != reading.option) and not _is_certain(text, reading)
    }


def _is_certain(text: str, reading: Reading) -> bool:
    """Whether a reading is all that its clause says, or, if it is from the whole text, very likely."""
    evidence = f" {' '.join(fold(reading.evidence))} "
    parts = [fold(part) for sentence in sentences(text) for part in clauses(sentence)]
    holding = [part for part in (*parts, fold(text)) if evidence in f" {' '.join(part)} "]
    if not holding or holding[0] == fold(reading.evidence):
        return reading.probability >= _VERY_SURE
    return stands_alone(holding[0], reading.evidence)
