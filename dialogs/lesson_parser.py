"""Parses what is typed at a lesson beside its options: that one does not know, how it went, a choice with words around
it.
"""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.intents import GivenAnswer, LessonReview
from dialogs.phrases import Words, without
from knowledge.answer_parser import Prompt, exact_options, folded
from knowledge.pack import UNSURE


def parse(
    advisor: Advisor, conversation: Conversation, flow: Flow, prompt: Prompt | None, text: str, words: Words
) -> GivenAnswer | LessonReview | None:
    """None where the text is about something else, is no more than an option, or no lessons are active."""
    if not flow.is_reviewed(conversation):
        return None
    phrases = advisor.catalogue.phrases
    openers = (*phrases.courtesies, *phrases.correction, *phrases.choice_openers)
    bare = without(words, openers)
    plain = text.strip().endswith("?") or bare != words
    chosen = exact_options(prompt, " ".join(bare)) if prompt is not None else ()
    if chosen:
        return GivenAnswer(chosen[0], plain=True, others={}) if plain and len(chosen) == 1 else None
    if flow.takes_unsure(conversation) and _says(words, phrases.lesson_unsure, openers):
        return GivenAnswer(UNSURE, plain=True, others={})
    if _says(words, phrases.lesson_last, openers):
        return LessonReview(last=True)
    return LessonReview(last=False) if _says(words, phrases.lesson_score, openers) else None


def _says(words: Words, phrases: tuple[str, ...], around: tuple[str, ...]) -> bool:
    """Whether a text is one of the phrases with nothing but these others around it."""
    for phrase in folded(phrases):
        for start in range(len(words) - len(phrase) + 1):
            end = start + len(phrase)
            if words[start:end] == phrase and not (without(words[:start], around) or without(words[end:], around)):
                return True
    return False
