"""What is said in lessons beside answers, and which lesson by its number is asked for, in well-known words."""

from collections.abc import Mapping

from dialogs.commands.command import Command, Kind, What
from dialogs.executor.items import Item
from dialogs.flows.lesson_progress import AtLesson
from dialogs.intents import HINT, LAST_SCORE, SCORE, ProgressTopic, about_lessons, progress
from dialogs.message import Action, Verb
from dialogs.understanding.lesson_subjects import lessons_about
from dialogs.understanding.phrases import rest_of, says, starts, written_out
from dialogs.understanding.typed_text import TypedText

Items = tuple[Item, ...]

_TALK: Mapping[str, Items] = {
    "explain": HINT,
    "next": (Action(Verb.SKIP),),
    "back": (Action(Verb.BACK),),
    "stop": (Action(Verb.CANCEL),),
    "place": progress(ProgressTopic.PLACE),
    "left": progress(ProgressTopic.LEFT),
    "duration": progress(ProgressTopic.DURATION),
}
"""What is said while the question of a lesson is open, by its name in the catalogue."""


def said_in_lesson(typed: TypedText) -> Items:
    """What a text does that says nothing else."""
    advisor, _, _, words, flow, prompt = typed
    phrases, lessons = advisor.catalogue.phrases, advisor.catalogue.lessons
    named = tuple(word for word in words if word not in lessons.nouns and word not in lessons.moves)
    if len(named) == 1 and named[0].isdecimal() and not {*words}.isdisjoint(lessons.nouns):
        return (Command(Kind.LEARN, What.LESSON, value=named[0]),)
    if flow is not advisor.flows.lessons:
        return ()
    if starts(words, lessons.where):
        about = tuple(word for word in rest_of(words, lessons.where) if word not in lessons.fillers)
        return about_lessons(lessons_about(advisor, about), ahead=True)
    said, around = written_out(advisor, words), (*phrases.courtesies, *phrases.choice_openers)
    for does, known in ((SCORE, phrases.lesson_score), (LAST_SCORE, phrases.lesson_last)):
        if says(said, known, around):
            return does
    if not isinstance(prompt, AtLesson):
        return ()
    if says(said, phrases.lesson_unclear, (*around, *phrases.lesson_fillers)):
        return HINT
    talk = advisor.catalogue.lesson_talk
    return next((does for name, does in _TALK.items() if says(said, talk.get(name, ()), around)), ())
