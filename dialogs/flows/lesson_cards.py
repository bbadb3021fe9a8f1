"""The live card of the lessons: a lesson with its question, the choice to practise, a case, or the end."""

from dialogs.catalogue import Catalogue
from dialogs.conversation import Tour
from dialogs.flows import lesson_progress as progress
from dialogs.flows.choices import Choice, ChoicePrompt
from dialogs.flows.lesson_progress import AtCase, AtEnd, AtLesson, AtOffer
from dialogs.message import Verb
from dialogs.replies import Reply
from dialogs.replies.lessons import CaseQuestion, LessonCard, PracticeOffer
from knowledge.pack import Pack


def practice_offer(catalogue: Catalogue) -> ChoicePrompt:
    """The choice after the last lesson: to practise, or to finish."""
    practise = Choice(Verb.TRY.value, catalogue.text("practice_label"), catalogue.phrases.agree)
    finish = Choice(Verb.FINISH.value, catalogue.text("finish_label"), catalogue.phrases.decline)
    return ChoicePrompt("offer", catalogue.text("practice_name"), (practise, finish))


def card_of(pack: Pack, tour: Tour, offer: ChoicePrompt, *, brief: bool, again: bool) -> tuple[Reply, ...]:
    """The card at a learner's position. `brief`: the question without the lesson; `again`: it was asked before."""
    match progress.position(pack, tour):
        case AtLesson(number, lesson):
            back = progress.previous_lesson(pack, tour) is not None
            first = not tour.first and not again
            return (LessonCard(pack, lesson, number, len(pack.lessons), back, first, brief, again),)
        case AtOffer():
            return (PracticeOffer(offer),)
        case AtCase(case, question):
            number, total = pack.questions.index(question) + 1, len(pack.questions)
            scenario = pack.scenario(case.scenario)
            return (CaseQuestion(case, scenario, question, number, total, bool(tour.answers), brief, again),)
        case AtEnd():
            return progress.finish(pack, tour, public=tour.public)
