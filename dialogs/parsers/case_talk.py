"""Answers to a practice case in own words, also with doubt: "ten old minutes, I do not think that is enough?"."""

from dialogs.advisor import Advisor
from dialogs.intents import Ambiguous, GivenAnswer
from dialogs.parsers import answer_parser
from dialogs.parsers.phrases import Words, contains, starts, without
from knowledge.certainty_thresholds import SURE_CASE
from knowledge.pack import UNSURE, Question
from knowledge.typed_answers.word_parser import fold


def parse(advisor: Advisor, question: Question, text: str, words: Words) -> GivenAnswer | Ambiguous | None:
    """The answer to a case's question. A question mark at the end of a statement is only doubt."""
    given = answer_parser.answer_to_prompt(advisor, question, text, words)
    if given is not None or _asks(advisor, words):
        return given
    stated = text.rstrip(" ?!.")
    given = answer_parser.answer_to_prompt(advisor, question, stated, fold(stated))
    if given is not None:
        return given
    bare = " ".join(without(fold(stated), advisor.catalogue.phrases.lesson_hedges))  # without "isn't it" and the like
    found = (each for said in (stated, bare) for each in advisor.knowledge.typed_answers.answers(said, question.id))
    own = (each for each in found if each.question == question.id)
    likely = next((each.option for each in own if each.probability >= SURE_CASE), None)
    unsaid = UNSURE if contains(words, advisor.catalogue.lessons.unsaid) else None
    option = likely or unsaid
    return None if option is None else GivenAnswer(option, plain=False, others={})


def _asks(advisor: Advisor, words: Words) -> bool:
    """Whether a text opens like a question, whatever expresses doubt before that; "can vary" does not."""
    phrases = advisor.catalogue.phrases
    said = without(words, phrases.lesson_hedges)
    completes = starts(said, phrases.auxiliaries) and not starts(said[1:], phrases.subjects)
    return starts(said, phrases.question) and not completes
