"""Learning as a flow: lessons with a question each, one case to practise on, and what came of it."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, How
from dialogs.flows import lesson_progress as tours
from dialogs.flows import lesson_steps
from dialogs.flows.lesson_progress import AtCase, AtEnd, AtLesson, AtOffer
from dialogs.flows.registry import ADVISING
from dialogs.message import Action, Message, Person, Verb
from dialogs.replies import Notice, Remark, Reply, Told, Why
from dialogs.turn import Step
from knowledge.answer_parser import Prompt
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE


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
                return lesson_steps.choices(advisor.catalogue)
            case AtEnd():
                return None

    def recorded(self, conversation: Conversation) -> Mapping[str, str]:
        """The options for the case."""
        return conversation.tour.answers if conversation.tour is not None else {}

    def replay(self, advisor: Advisor, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The lesson, the case, the choice, or the end."""
        return lesson_steps.shown(advisor, lesson_steps.tour_of(conversation))

    def beside(self, advisor: Advisor, conversation: Conversation) -> tuple[Reply, ...]:
        """Passages, or the reason for the last answer."""
        tour = lesson_steps.tour_of(conversation)
        told = tuple(Told(advisor.pack, p) for p in advisor.pack.passages if p.id in conversation.shown)
        checked = [
            lesson_steps.check(advisor.pack, at_lesson, tour.first[at_lesson.lesson.id])
            for at_lesson in tours.lessons_of(advisor.pack, tour)
            if at_lesson.id in conversation.shown
        ]
        return told or tuple(reply for reply in checked if reply is not None)

    def again(self, advisor: Advisor, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The question alone."""
        return lesson_steps.shown(advisor, lesson_steps.tour_of(conversation), brief=True, again=digressed)

    def settled(self, advisor: Advisor, before: Conversation, after: Conversation, at: int) -> tuple[Reply, ...]:
        """What was read stays to be read: the lesson and the reason above it, or what came in between."""
        tour = before.tour
        if tour is None:
            return ()
        beside = self.beside(advisor, before)
        if any(isinstance(reply, Told) for reply in beside):
            return beside
        return (*beside, *lesson_steps.shown(advisor, tour, brief=bool(tour.answers)))

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
                return lesson_steps.objection(pack, tour, tours.place(pack, tour), action)

    def act(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """Does what the button says."""
        tour = conversation.tour
        match action:
            case Action(Verb.READ, (number,)):
                return lesson_steps.read(advisor, conversation, message, int(number))
            case Action(Verb.LEARN) if tour is None:
                return lesson_steps.go_to(advisor, conversation, tours.begun(advisor.pack, message))
            case Action(Verb.LEARN) if tour is not None and tour.finished is None:
                return lesson_steps.go_to(advisor, conversation, tour)
            case Action(Verb.LEARN):
                return lesson_steps.once_more(advisor, conversation, message)
            case _:
                return self._on_the_way(advisor, conversation, message, action)

    def _on_the_way(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        tour = lesson_steps.tour_of(conversation)
        at = tours.place(advisor.pack, tour)
        match action, at:
            case Action(Verb.LESSON, (_, option)), AtLesson():
                return lesson_steps.answer(advisor, conversation, message, at, option)
            case Action(Verb.PRACTICE, (_, option)), AtCase():
                return lesson_steps.practise(advisor, conversation, message, {at.question.id: option})
            case Action(Verb.BACK), _:
                return lesson_steps.back(advisor, conversation, at)
            case Action(Verb.SKIP), AtLesson():
                return lesson_steps.pass_over(advisor, conversation, message, at)
            case Action(Verb.SKIP), AtCase():
                return lesson_steps.practise(advisor, conversation, message, {at.question.id: UNSURE})
            case Action(Verb.TRY), _:
                case = tours.next_case(advisor.pack, tour)
                return lesson_steps.go_to(advisor, conversation, tour.having(case=case.scenario, answers={}))
            case Action(Verb.FINISH | Verb.SKIP), _:
                ended = tour.having(finished=tour.finished or message.at, case=None, answers={})
                return lesson_steps.go_to(advisor, conversation, ended)
            case Action(Verb.SHARE), _:
                said = Notice("finished_by", {"person": tour.person, "title": advisor.pack.title})
                return Step(conversation, below=(said,))
            case Action(Verb.WHY), AtCase():
                return Step(conversation, (Why(at.question), *lesson_steps.shown(advisor, tour, brief=True)))
            case Action(Verb.WHY), _:
                return Step(conversation, (Notice("lesson_why"), *lesson_steps.shown(advisor, tour, brief=True)))
            case Action(Verb.RESTART), _:
                return lesson_steps.go_to(advisor, conversation, tours.begun(advisor.pack, message, before=tour))
            case Action(Verb.REPEAT), AtLesson():
                return lesson_steps.go_to(advisor, conversation, tour)
            case Action(Verb.CANCEL), _:
                away = conversation.having(flow=ADVISING.name)
                return Step(away, ADVISING.replay(advisor, away, message.at) if away.started else ())
            case _:
                return lesson_steps.go_to(advisor, conversation, tour.having(revisit=None))

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
        match tours.place(advisor.pack, lesson_steps.tour_of(conversation)):
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
        return lesson_steps.practise(advisor, conversation, message, options)

    def late(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """The current card is elsewhere."""
        return Step(conversation, aside=(Notice("outdated"),))
