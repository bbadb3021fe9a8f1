"""Parses texts at a lesson that are no options: "I don't know", the score, a choice with other words around it."""

from dialogs.advisor import Advisor
from dialogs.intents import LAST_SCORE, SCORE, Commands, GivenAnswer
from dialogs.message import Action, Verb
from dialogs.parsers.lesson_meanings import nearness, parts_said
from dialogs.parsers.phrases import Words, contains, requests, says, without
from dialogs.parsers.typed_text import TypedText
from knowledge.interfaces import PROJECT, MatchOutcome
from knowledge.pack import UNSURE
from knowledge.typed_answers.word_parser import exact_options

_LEARN, _RESUME = "learn", "resume"

_WISHED, _RESUMED = 0.6, 0.7
"""How near a part of a text has to be to a wish to learn, or to go on."""

_LONGEST_WISH = 60
"""Most words of a text that asks to be taught; a longer one describes something."""

_SURELY = 0.8
"""How near it has to be where a passage answers the text, or where it describes a project."""


def begins(advisor: Advisor, words: Words) -> bool:
    """Whether somebody says that they are new to the subject, or asks where to start, and nothing else."""
    phrases, commands = advisor.catalogue.phrases, advisor.catalogue.commands
    around = (*phrases.courtesies, *phrases.choice_openers, *commands["hello"], *commands["help"], *commands["learn"])
    return says(words, phrases.newcomer, around)


def wishes_to_learn(typed: TypedText) -> Action | None:
    """The lessons, for a text of which a part asks to be taught or to go on: "no clue about this, can u teach me?"."""
    advisor, conversation, text, words, _, prompt = typed
    phrases, groups = advisor.catalogue.phrases, advisor.catalogue.lesson_talk
    elsewhere = prompt is not None or not advisor.pack.lessons or len(words) > _LONGEST_WISH
    if elsewhere or requests(advisor, words):
        return None
    least = _SURELY if _is_more(advisor, text) else _WISHED
    around = (*phrases.courtesies, *phrases.choice_openers, *advisor.catalogue.commands["hello"])
    for part in parts_said(advisor, text, words):
        whole = {name: says(part, groups[name], around) for name in (_LEARN, _RESUME)}
        near = nearness(advisor, (part,), {name: groups[name] for name in (_LEARN, _RESUME)})
        wanted = contains(part, phrases.lesson_words) and near[_LEARN] >= least
        if whole[_RESUME] or near[_RESUME] >= max(_RESUMED, near[_LEARN]):
            begins_too = conversation.tour is not None or contains(words, phrases.lesson_words)
            return Action(Verb.LEARN if begins_too else Verb.CONTINUE)
        if whole[_LEARN] or wanted:
            return Action(Verb.LEARN)
    return None


def _is_more(advisor: Advisor, text: str) -> bool:
    """Whether a text may well be a question about the subject or an idea: "a bot that explains us the basics"."""
    matcher, read = advisor.knowledge.matcher, advisor.knowledge.reader.read(text)
    return bool(read) or matcher.project(text) >= PROJECT or matcher.passage(text).outcome is MatchOutcome.ANSWER


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
