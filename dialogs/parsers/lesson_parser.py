"""Parses texts at a lesson that are no options: "I don't know", the score, a choice with other words around it."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.intents import GivenAnswer, LessonReview
from dialogs.parsers.phrases import Words, says, without
from knowledge.pack import UNSURE
from knowledge.typed_answers.word_parser import Prompt, exact_options


def begins(advisor: Advisor, words: Words) -> bool:
    """Whether somebody says that they are new to the subject, or asks where to start, and nothing else."""
    phrases, commands = advisor.catalogue.phrases, advisor.catalogue.commands
    around = (*phrases.courtesies, *phrases.choice_openers, *commands["hello"], *commands["help"], *commands["learn"])
    return says(words, phrases.newcomer, around)


def parse(
    advisor: Advisor, conversation: Conversation, flow: Flow, prompt: Prompt | None, text: str, words: Words
) -> GivenAnswer | LessonReview | None:
    """The intent; None if the text is about something else, is only an option, or no lessons are active."""
    if not flow.is_reviewed(conversation):
        return None
    phrases = advisor.catalogue.phrases
    openers = (*phrases.courtesies, *phrases.correction, *phrases.choice_openers)
    bare = without(words, openers)
    plain = text.strip().endswith("?") or bare != words
    chosen = exact_options(prompt, " ".join(bare)) if prompt is not None else ()
    if chosen:
        return GivenAnswer(chosen[0], plain=True, others={}) if plain and len(chosen) == 1 else None
    if flow.takes_unsure(conversation) and says(words, phrases.lesson_unsure, openers):
        return GivenAnswer(UNSURE, plain=True, others={})
    if says(words, phrases.lesson_last, openers):
        return LessonReview(last=True)
    return LessonReview(last=False) if says(words, phrases.lesson_score, openers) else None
