"""Learning as a flow: lessons with a question each, one case to practise on, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs import tour as tours
from dialogs.action import Action, Verb
from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation, How, Tour
from dialogs.foreground import ADVISING
from dialogs.message import Message, Person
from dialogs.practice import judge
from dialogs.reply import Checked, Finished, Notice, Offer, Practise, Remark, Reply, Teach, Told, Why
from dialogs.step import Step
from dialogs.tour import AtCase, AtEnd, AtLesson, AtOffer, Place
from knowledge.answering import Prompt
from knowledge.pack import UNSURE, Pack
from knowledge.understanding import Reading


@dataclass(frozen=True, slots=True)
class _Choice:
    id: str
    label: str
    words: tuple[str, ...]

    @property
    def record(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class _Choices:
    """Practise or finish."""

    id: str
    name: str
    options: tuple[_Choice, ...]


class Learning:
    """See `Flow`."""

    name = "learn"
    verbs = frozenset(
        {
            Verb.LEARN,
            Verb.READ,
            Verb.LESSON,
            Verb.PRACTICE,
            Verb.TRY,
            Verb.SKIP,
            Verb.REPEAT,
            Verb.FINISH,
            Verb.SHARE,
        }
    )
    timeless = frozenset({Verb.LEARN, Verb.READ, Verb.SHARE})
    takes_descriptions = False
    waits: Remark = "lessons_wait"

    def under_way(self, conversation: Conversation) -> bool:
        """Until it is finished; in the foreground there is the end to show as well."""
        tour = conversation.tour
        return tour is not None and (conversation.flow == self.name or tour.finished is None)

    def owner(self, conversation: Conversation) -> Person | None:
        """The learner, where others read along."""
        return conversation.tour.person if conversation.tour is not None and conversation.tour.public else None

    def prompt(self, advisor: Advisor, conversation: Conversation) -> Prompt | None:
        """The lesson's question, the case's, or the choice to practise."""
        if conversation.tour is None:
            return None
        match tours.place(advisor.pack, conversation.tour):
            case AtLesson() as at:
                return at
            case AtCase(_, question):
                return question
            case AtOffer():
                return _choices(advisor.catalogue)
            case AtEnd():
                return None

    def recorded(self, conversation: Conversation) -> Mapping[str, str]:
        """The options for the case."""
        return conversation.tour.answers if conversation.tour is not None else {}

    def replay(self, advisor: Advisor, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The lesson, the case, the choice, or the end."""
        return _shown(advisor, _tour(conversation))

    def beside(self, advisor: Advisor, conversation: Conversation) -> tuple[Reply, ...]:
        """Passages, or the reason for the last answer."""
        tour = _tour(conversation)
        told = tuple(Told(advisor.pack, p) for p in advisor.pack.passages if p.id in conversation.shown)
        checked = [
            _checked(advisor.pack, at_lesson, tour.first[at_lesson.lesson.id])
            for at_lesson in tours.lessons_of(advisor.pack, tour)
            if at_lesson.id in conversation.shown
        ]
        return told or tuple(reply for reply in checked if reply is not None)

    def again(self, advisor: Advisor, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The question alone."""
        return _shown(advisor, _tour(conversation), brief=True, again=digressed)

    def settled(self, advisor: Advisor, before: Conversation, after: Conversation, at: int) -> tuple[Reply, ...]:
        """What was read stays to be read: the lesson and the reason above it, or what came in between."""
        tour = before.tour
        if tour is None:
            return ()
        beside = self.beside(advisor, before)
        if any(isinstance(reply, Told) for reply in beside):
            return beside
        return (*beside, *_shown(advisor, tour, brief=bool(tour.answers)))

    def takes(self, conversation: Conversation, verb: Verb) -> bool:
        """Words that would mean something else elsewhere are taken only in the foreground."""
        match verb:
            case Verb.LEARN | Verb.READ:
                return True
            case Verb.CONTINUE:
                return not conversation.started
            case Verb.KEEP:
                return False
            case _:
                return conversation.flow == self.name

    def objection(self, advisor: Advisor, conversation: Conversation, action: Action) -> Remark | None:
        """What each button needs: lessons, its own question to be open, the lessons to be done."""
        pack, tour = advisor.pack, conversation.tour
        if not pack.lessons:
            return "no_lessons"
        match action:
            case Action(Verb.LEARN):
                return None
            case Action(Verb.READ, (number,)):
                return None if number.isdecimal() and 1 <= int(number) <= len(pack.lessons) else "no_such_lesson"
            case _ if tour is None:
                return "nothing_open"
            case Action(Verb.SHARE):
                return "not_finished" if tour.finished is None else None
            case _:
                return _objection(pack, tour, tours.place(pack, tour), action)

    def act(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """Does what the button says."""
        tour = conversation.tour
        match action:
            case Action(Verb.READ, (number,)):
                return _read(advisor, conversation, message, int(number))
            case Action(Verb.LEARN) if tour is None:
                return _step(advisor, conversation, tours.begun(advisor.pack, message))
            case Action(Verb.LEARN) if tour is not None and tour.finished is None:
                return _step(advisor, conversation, tour)
            case Action(Verb.LEARN):
                return _once_more(advisor, conversation, message)
            case _:
                return self._on_the_way(advisor, conversation, message, action)

    def _on_the_way(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        tour = _tour(conversation)
        at = tours.place(advisor.pack, tour)
        match action, at:
            case Action(Verb.LESSON, (_, option)), AtLesson():
                return _answered(advisor, conversation, message, at, option)
            case Action(Verb.PRACTICE, (_, option)), AtCase():
                return _practised(advisor, conversation, message, {at.question.id: option})
            case Action(Verb.BACK), _:
                return _back(advisor, conversation, at)
            case Action(Verb.SKIP), AtLesson():
                return _passed_over(advisor, conversation, message, at)
            case Action(Verb.SKIP), AtCase():
                return _practised(advisor, conversation, message, {at.question.id: UNSURE})
            case Action(Verb.TRY), _:
                case = tours.next_case(advisor.pack, tour)
                return _step(advisor, conversation, tour.having(case=case.scenario, answers={}))
            case Action(Verb.FINISH | Verb.SKIP), _:
                ended = tour.having(finished=tour.finished or message.at, case=None, answers={})
                return _step(advisor, conversation, ended)
            case Action(Verb.SHARE), _:
                said = Notice("finished_by", {"person": tour.person, "title": advisor.pack.title})
                return Step(conversation, below=(said,))
            case Action(Verb.WHY), AtCase():
                return Step(conversation, (Why(at.question), *_shown(advisor, tour, brief=True)))
            case Action(Verb.WHY), _:
                return Step(conversation, (Notice("lesson_why"), *_shown(advisor, tour, brief=True)))
            case Action(Verb.RESTART), _:
                return _step(advisor, conversation, tours.begun(advisor.pack, message, before=tour))
            case Action(Verb.REPEAT), AtLesson():
                return _step(advisor, conversation, tour)
            case Action(Verb.CANCEL), _:
                away = conversation.having(flow=ADVISING.name)
                return Step(away, ADVISING.replay(advisor, away, message.at) if away.started else ())
            case _:
                return _step(advisor, conversation, tour.having(revisit=None))

    def answer(
        self,
        advisor: Advisor,
        conversation: Conversation,
        message: Message,
        option: str,
        how: How,
        others: Mapping[str, Reading],
    ) -> Step:
        """As by the button; what a text says besides is about no project of theirs."""
        match tours.place(advisor.pack, _tour(conversation)):
            case AtLesson(number):
                action = Action(Verb.LESSON, (str(number), option))
            case AtCase(_, question):
                action = Action(Verb.PRACTICE, (question.id, option))
            case AtOffer() | AtEnd():
                action = Action(Verb(option))
        return self.act(advisor, conversation, message, action)

    def correct(
        self, advisor: Advisor, conversation: Conversation, message: Message, readings: Mapping[str, Reading]
    ) -> Step:
        """Other options for the case."""
        options = {question: reading.option for question, reading in readings.items()}
        return _practised(advisor, conversation, message, options)

    def late(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """The current card is elsewhere."""
        return Step(conversation, aside=(Notice("outdated"),))


def _tour(conversation: Conversation) -> Tour:
    if conversation.tour is None:
        raise ValueError("nobody is learning here")
    return conversation.tour


def _choices(catalogue: Catalogue) -> _Choices:
    hearing = catalogue.hearing
    yes = _Choice(Verb.TRY.value, catalogue.text("practice_label"), hearing.agreeing)
    no = _Choice(Verb.FINISH.value, catalogue.text("finish_label"), hearing.declining)
    return _Choices("offer", catalogue.text("practice_name"), (yes, no))


def _objection(pack: Pack, tour: Tour, at: Place, action: Action) -> Remark | None:
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


def _shown(advisor: Advisor, tour: Tour, brief: bool = False, again: bool = False) -> tuple[Reply, ...]:
    pack = advisor.pack
    match tours.place(pack, tour):
        case AtLesson(number, lesson):
            back = tours.before(pack, tour) is not None
            first = not tour.first and not again
            return (Teach(pack, lesson, number, len(pack.lessons), back, first, brief, again),)
        case AtOffer():
            return (Offer(_choices(advisor.catalogue)),)
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


def _step(advisor: Advisor, conversation: Conversation, tour: Tour, *lead: Reply, shown: tuple[str, ...] = ()) -> Step:
    """The card for where the learner now is. What tells right from wrong is for them alone where others read along."""
    after = conversation.having(tour=tour)
    card = _shown(advisor, tour)
    if not tour.public:
        return Step(after, (*lead, *card), shown=shown)
    at_end = isinstance(tours.place(advisor.pack, tour), AtEnd)
    aside = (*lead, *(_end(advisor.pack, tour, public=False) if at_end else ()))
    return Step(after, card, aside=aside, confidential=bool(aside))


def _checked(pack: Pack, at: AtLesson, option: str) -> Checked | None:
    chosen = at.lesson.check.option(option)
    return Checked(pack, at.lesson, at.number, chosen) if chosen is not None else None


def _answered(advisor: Advisor, conversation: Conversation, message: Message, at: AtLesson, option: str) -> Step:
    """The reason at once, then the next lesson. The first answer counts, whatever is answered later."""
    tour = _tour(conversation)
    earlier = tour.first.get(at.lesson.id, tours.PASSED)
    first = {**tour.first, at.lesson.id: earlier or option}
    answered = _ended_without_practice(advisor.pack, tour.having(first=first, revisit=None), message)
    checked = _checked(advisor.pack, at, option)
    lead = (checked,) if checked is not None else ()
    return _step(advisor, conversation, answered, *lead, shown=() if earlier else (at.id,))


def _passed_over(advisor: Advisor, conversation: Conversation, message: Message, at: AtLesson) -> Step:
    tour = _tour(conversation)
    first = {**tour.first, at.lesson.id: tour.first.get(at.lesson.id, tours.PASSED)}
    passed = _ended_without_practice(advisor.pack, tour.having(first=first, revisit=None), message)
    return _step(advisor, conversation, passed)


def _ended_without_practice(pack: Pack, tour: Tour, message: Message) -> Tour:
    if tour.finished is None and isinstance(tours.place(pack, tour), AtEnd):
        return tour.having(finished=message.at)
    return tour


def _practised(advisor: Advisor, conversation: Conversation, message: Message, options: Mapping[str, str]) -> Step:
    """Options for the case; with the last one it is compared with its story."""
    tour = _tour(conversation)
    answered = tour.having(answers={**tour.answers, **options})
    if not isinstance(tours.place(advisor.pack, answered), AtCase):
        answered = answered.having(finished=answered.finished or message.at)
    return _step(advisor, conversation, answered)


def _back(advisor: Advisor, conversation: Conversation, at: Place) -> Step:
    """The lesson before, or the case's question before."""
    tour = _tour(conversation)
    if isinstance(at, AtCase):
        if not tour.answers:
            return Step(conversation, (Notice("at_the_first"), *_shown(advisor, tour, brief=True)))
        last = [question.id for question in advisor.pack.questions if question.id in tour.answers][-1]
        rest = {question: option for question, option in tour.answers.items() if question != last}
        return _step(advisor, conversation, tour.having(answers=rest))
    previous = tours.before(advisor.pack, tour)
    if previous is None:
        return Step(conversation, (Notice("at_the_first_lesson"), *_shown(advisor, tour, brief=True)))
    return _step(advisor, conversation, tour.having(revisit=previous.lesson.id))


def _read(advisor: Advisor, conversation: Conversation, message: Message, number: int) -> Step:
    """One lesson by its number. Who begins with it goes on from there."""
    tour = conversation.tour
    if tour is None:
        return _step(advisor, conversation, tours.begun(advisor.pack, message, number))
    return _step(advisor, conversation, tour.having(revisit=advisor.pack.lessons[number - 1].id))


def _once_more(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    tour = _tour(conversation)
    following = tours.again(advisor.pack, tour, message)
    reordered = following.order != tours.begun(advisor.pack, message).order
    return _step(advisor, conversation, following, *([Notice("once_more")] if reordered else []))
