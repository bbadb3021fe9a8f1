"""Steps on the way through the lessons, and what is shown at each place of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation, Tour
from dialogs.flows import lesson_progress as tours
from dialogs.flows.lesson_progress import AtCase, AtEnd, AtLesson, AtOffer, Place
from dialogs.flows.practice import judge
from dialogs.lesson_replies import Checked, Finished, Offer, Practise, Teach
from dialogs.message import Action, Message, Verb
from dialogs.replies import Notice, Remark, Reply
from dialogs.turn import Step
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class Choice:
    """One of them; `words` mean it too."""

    id: str
    label: str
    words: tuple[str, ...]

    @property
    def record(self) -> str:
        """As it is noted."""
        return self.label


@dataclass(frozen=True, slots=True)
class Choices:
    """Practise or finish."""

    id: str
    name: str
    options: tuple[Choice, ...]


def tour_of(conversation: Conversation) -> Tour:
    """The tour under way; ValueError where there is none."""
    if conversation.tour is None:
        raise ValueError("nobody is learning here")
    return conversation.tour


def choices(catalogue: Catalogue) -> Choices:
    """What can be chosen after the last lesson, in the catalogue's words."""
    hearing = catalogue.hearing
    yes = Choice(Verb.TRY.value, catalogue.text("practice_label"), hearing.agreeing)
    no = Choice(Verb.FINISH.value, catalogue.text("finish_label"), hearing.declining)
    return Choices("offer", catalogue.text("practice_name"), (yes, no))


def objection(pack: Pack, tour: Tour, at: Place, action: Action) -> Remark | None:
    """What speaks against a button at this place of a tour."""
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


def shown(advisor: Advisor, tour: Tour, brief: bool = False, again: bool = False) -> tuple[Reply, ...]:
    """The lesson, the case, the choice, or the end. `brief`: the question alone; `again`: it was asked before."""
    pack = advisor.pack
    match tours.place(pack, tour):
        case AtLesson(number, lesson):
            back = tours.before(pack, tour) is not None
            first = not tour.first and not again
            return (Teach(pack, lesson, number, len(pack.lessons), back, first, brief, again),)
        case AtOffer():
            return (Offer(choices(advisor.catalogue)),)
        case AtCase(case, question):
            position, total = pack.questions.index(question), len(pack.questions)
            scenario = pack.scenario(case.scenario)
            return (Practise(case, scenario, question, position + 1, total, bool(tour.answers), brief, again),)
        case AtEnd():
            return _end(pack, tour, public=tour.public)


def _end(pack: Pack, tour: Tour, public: bool) -> tuple[Reply, ...]:
    missed = tours.missed_in(pack, tour)
    finished = Finished(
        pack=pack,
        person=tour.person,
        right=len(pack.lessons) - len(missed),
        total=len(pack.lessons),
        again=missed,
        at=tour.finished or 0,
        can_practise=bool(pack.practice),
        public=public,
    )
    case = tours.case_of(pack, tour)
    if case is None or public:
        return (finished,)
    return (judge(pack, case, tours.practised(pack, tour)), finished)


def go_to(advisor: Advisor, conversation: Conversation, tour: Tour, *lead: Reply, stays: tuple[str, ...] = ()) -> Step:
    """The card for where the learner now is. What tells right from wrong is for them alone where others read along.

    `stays`: ids of lessons whose reason stays to be read above the next card.
    """
    after = conversation.having(tour=tour)
    card = shown(advisor, tour)
    if not tour.public:
        return Step(after, (*lead, *card), shown=stays)
    at_end = isinstance(tours.place(advisor.pack, tour), AtEnd)
    aside = (*lead, *(_end(advisor.pack, tour, public=False) if at_end else ()))
    return Step(after, card, aside=aside, confidential=bool(aside))


def check(pack: Pack, at: AtLesson, option: str) -> Checked | None:
    """Why an option of a lesson is right or wrong; None where the lesson does not have it (any more)."""
    chosen = at.lesson.check.option(option)
    return Checked(pack, at.lesson, at.number, chosen) if chosen is not None else None


def answer(advisor: Advisor, conversation: Conversation, message: Message, at: AtLesson, option: str) -> Step:
    """The reason at once, then the next lesson. The first answer counts, whatever is answered later."""
    tour = tour_of(conversation)
    earlier = tour.first.get(at.lesson.id, tours.PASSED)
    first = {**tour.first, at.lesson.id: earlier or option}
    after = _ended_without_practice(advisor.pack, tour.having(first=first, revisit=None), message)
    checked = check(advisor.pack, at, option)
    lead = (checked,) if checked is not None else ()
    return go_to(advisor, conversation, after, *lead, stays=() if earlier else (at.id,))


def pass_over(advisor: Advisor, conversation: Conversation, message: Message, at: AtLesson) -> Step:
    """The next lesson, with this one left without an answer."""
    tour = tour_of(conversation)
    first = {**tour.first, at.lesson.id: tour.first.get(at.lesson.id, tours.PASSED)}
    passed = _ended_without_practice(advisor.pack, tour.having(first=first, revisit=None), message)
    return go_to(advisor, conversation, passed)


def _ended_without_practice(pack: Pack, tour: Tour, message: Message) -> Tour:
    if tour.finished is None and isinstance(tours.place(pack, tour), AtEnd):
        return tour.having(finished=message.at)
    return tour


def practise(advisor: Advisor, conversation: Conversation, message: Message, options: Mapping[str, str]) -> Step:
    """Options for the case; with the last one it is compared with its story."""
    tour = tour_of(conversation)
    answered = tour.having(answers={**tour.answers, **options})
    if not isinstance(tours.place(advisor.pack, answered), AtCase):
        answered = answered.having(finished=answered.finished or message.at)
    return go_to(advisor, conversation, answered)


def back(advisor: Advisor, conversation: Conversation, at: Place) -> Step:
    """The lesson before, or the case's question before."""
    tour = tour_of(conversation)
    if isinstance(at, AtCase):
        if not tour.answers:
            return Step(conversation, (Notice("at_the_first"), *shown(advisor, tour, brief=True)))
        last = [question.id for question in advisor.pack.questions if question.id in tour.answers][-1]
        rest = {question: option for question, option in tour.answers.items() if question != last}
        return go_to(advisor, conversation, tour.having(answers=rest))
    previous = tours.before(advisor.pack, tour)
    if previous is None:
        return Step(conversation, (Notice("at_the_first_lesson"), *shown(advisor, tour, brief=True)))
    return go_to(advisor, conversation, tour.having(revisit=previous.lesson.id))


def read(advisor: Advisor, conversation: Conversation, message: Message, number: int) -> Step:
    """One lesson by its number. Who begins with it goes on from there."""
    tour = conversation.tour
    if tour is None:
        return go_to(advisor, conversation, tours.begun(advisor.pack, message, number))
    return go_to(advisor, conversation, tour.having(revisit=advisor.pack.lessons[number - 1].id))


def once_more(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """The lessons from the beginning, those that were missed first."""
    tour = tour_of(conversation)
    following = tours.again(advisor.pack, tour, message)
    reordered = following.order != tours.begun(advisor.pack, message).order
    return go_to(advisor, conversation, following, *([Notice("once_more")] if reordered else []))
