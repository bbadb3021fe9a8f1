"""What a line changes of answers that were given before, and where it belongs while something else is asked."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import AnswerMethod, Conversation
from dialogs.intents import Correction, GivenAnswer, Intent, LikelyAnswer
from dialogs.parsers.corrections import corrects
from dialogs.parsers.phrases import Words, starts
from dialogs.parsers.utterances import takes_back
from knowledge.interfaces import Certainty, Reading
from knowledge.pack import UNSURE, Question
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold, stands_alone

_VERY_SURE = 0.95
"""From this share on what the whole line says counts against an answer, or for a question that is not the open one."""


def without_passing(
    advisor: Advisor, conversation: Conversation, prompt: Question, text: str, words: Words, intent: Intent | None
) -> Intent | None:
    """The same, but for what it says in passing of answers that were given on purpose: the first of these is proposed,
    where nothing else is, and the rest is left out."""
    match intent:
        case GivenAnswer(others=readings) | LikelyAnswer(others=readings) | Correction(readings):
            passing = _in_passing(advisor, conversation, text, words, readings)
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


def _in_passing(
    advisor: Advisor, conversation: Conversation, text: str, words: Words, readings: Mapping[str, Reading]
) -> Mapping[str, Reading]:
    """Of these readings those that would change an answer given on purpose, though nothing says that they correct it,
    they are not stated in so many words, and not all that is said there.
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
    """Whether a reading is what its clause says and nothing else; one of the whole text, whether it is very likely."""
    evidence = f" {' '.join(fold(reading.evidence))} "
    parts = [fold(part) for sentence in sentences(text) for part in clauses(sentence)]
    holding = [part for part in (*parts, fold(text)) if evidence in f" {' '.join(part)} "]
    if not holding or holding[0] == fold(reading.evidence):
        return reading.probability >= _VERY_SURE
    return stands_alone(holding[0], reading.evidence)


def answer_elsewhere(advisor: Advisor, conversation: Conversation, text: str) -> Correction | None:
    """What a line that says nothing on an option that waits to be confirmed answers of the other open questions: each
    is asked as if it were the open one, and it counts where just one is answered, very likely.
    """
    proposal = conversation.confirm
    if proposal is None or proposal.question in conversation.answers or advisor.knowledge.reader.hedged(text):
        return None
    open_still = [q.id for q in advisor.pack.questions if q.id not in (*conversation.answers, proposal.question)]
    found = [
        answer
        for question in open_still
        for answer in advisor.knowledge.typed_answers.answers(text, question)
        if answer.question == question and answer.option != UNSURE and answer.certainty is Certainty.TAKE
    ]
    if len(found) != 1 or found[0].probability < _VERY_SURE:
        return None
    return Correction({found[0].question: Reading(found[0].option, text.strip(), found[0].probability)}, beside=True)
