"""Parses texts at a lesson that are no options: "I don't know", the score, a choice with other words around it."""

from dialogs.advisor import Advisor
from dialogs.intents import LAST_SCORE, SCORE, Commands, GivenAnswer
from dialogs.message import Action, Verb
from dialogs.parsers.phrases import Words, says, without
from dialogs.parsers.typed_text import TypedText
from knowledge.pack import UNSURE
from knowledge.typed_answers.word_parser import exact_options

_LEARN, _RESUME = "learn", "resume"

_WISHED, _RESUMED = 0.6, 0.7
"""How near a part of a text has to be to a wish to learn, or to go on."""


def begins(advisor: Advisor, words: Words) -> bool:
    """Whether somebody says that they are new to the subject, or asks where to start, and nothing else."""
    phrases, commands = advisor.catalogue.phrases, advisor.catalogue.commands
    around = (*phrases.courtesies, *phrases.choice_openers, *commands["hello"], *commands["help"], *commands["learn"])
    return says(words, phrases.newcomer, around)


def parse(typed: TypedText) -> GivenAnswer | Commands | Action | None:
    """The intent; None if the text is about something else, is only an option, or no lessons are active."""
    advisor, conversation, text, words, flow, prompt = typed
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
    resumes = " ".join(bare) in advisor.catalogue.commands["continue"] and not flow.accepts(conversation, Verb.CONTINUE)
    nexts = advisor.catalogue.lesson_talk["next"]
    if flow.takes_unsure(conversation) and not resumes and says(words, nexts, openers):
        return Action(Verb.SKIP)
    if says(words, phrases.lesson_last, openers):
        return LAST_SCORE
    return SCORE if says(words, phrases.lesson_score, openers) else None
