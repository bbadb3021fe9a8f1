"""Why a button, or the word for it, has nothing to act on in the lessons."""

from dialogs.catalogue import Remark
from dialogs.conversation import Tour
from dialogs.flows import lesson_progress as progress
from dialogs.flows.lesson_progress import AtCase, AtEnd, AtLesson, Position
from dialogs.message import Action, Verb, number_in
from knowledge.pack import Pack


def objection(pack: Pack, tour: Tour | None, action: Action) -> Remark | None:
    """None if the button has something to act on."""
    if not pack.lessons:
        return "no_lessons"
    match action:
        case Action(Verb.LEARN):
            return None
        case Action(Verb.READ, (number,)):
            return None if 1 <= number_in(number) <= len(pack.lessons) else "no_such_lesson"
        case _ if tour is None:
            return "nothing_open"
        case Action(Verb.SHARE):
            return "not_finished" if tour.finished is None else None
        case _:
            return _objection(pack, progress.position(pack, tour), action)


def _objection(pack: Pack, at: Position, action: Action) -> Remark | None:
    """Why a button cannot act at this position; None if it can."""
    match action, at:
        case Action(Verb.LESSON, (number, option)), AtLesson(open_number, lesson):
            fits = number == str(open_number) and lesson.check.option(option) is not None
            return None if fits else "outdated"
        case Action(Verb.PRACTICE, (question_id, option)), AtCase(_, question):
            return None if question_id == question.id and pack.has_option(question_id, option) else "outdated"
        case Action(Verb.LESSON | Verb.PRACTICE), _:
            return "outdated"
        case Action(Verb.TRY | Verb.FINISH), AtLesson():
            return "lessons_left"
        case Action(Verb.TRY), _:
            return None if pack.practice else "no_practice"
        case Action(Verb.CANCEL), AtEnd():
            return "nothing_to_cancel"
        case Action(Verb.SKIP | Verb.FINISH | Verb.WHY), AtEnd():
            return "nothing_open"
        case _:
            return None
