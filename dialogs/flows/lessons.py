"""The flow that teaches: lessons with a question each, a case to practise on, and a score."""

from collections.abc import Mapping

from dialogs.catalogue import Catalogue, Remark
from dialogs.conversation import AGAIN, Conversation, Tour
from dialogs.flows import lesson_progress as progress
from dialogs.flows import practice
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.choices import Choice, ChoicePrompt
from dialogs.flows.lesson_progress import AtCase, AtEnd, AtLesson, AtOffer, Position
from dialogs.intents import ProgressQuestion, ProgressTopic
from dialogs.message import Action, Message, Person, Verb, number_in
from dialogs.replies import Reply
from dialogs.replies.lessons import CaseQuestion, LessonCard, PracticeOffer
from dialogs.replies.notices import Notice
from dialogs.replies.passages import EntryReply, PassageReply
from dialogs.replies.questions import WhyAsked
from dialogs.turn import Turn
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.word_parser import Prompt


class LessonsFlow(Flow):
    """See `Flow`. `questions` becomes active when the lessons are left."""

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
    never_stale = frozenset({Verb.LEARN, Verb.READ, Verb.SHARE})
    waiting_remark = "lessons_wait"

    def __init__(self, pack: Pack, catalogue: Catalogue, questions: Flow) -> None:
        super().__init__(pack)
        self._questions = questions
        practise = Choice(Verb.TRY.value, catalogue.text("practice_label"), catalogue.phrases.agree)
        finish = Choice(Verb.FINISH.value, catalogue.text("finish_label"), catalogue.phrases.decline)
        self._offer = ChoicePrompt("offer", catalogue.text("practice_name"), (practise, finish))

    def under_way(self, conversation: Conversation) -> bool:
        """Until they are finished; while the flow is active, the end can still be shown."""
        tour = conversation.tour
        return tour is not None and (conversation.flow == self.name or tour.finished is None)

    def owner(self, conversation: Conversation) -> Person | None:
        """The learner, in public."""
        return conversation.tour.person if conversation.tour is not None and conversation.tour.public else None

    def prompt(self, conversation: Conversation) -> Prompt | None:
        """The lesson's question, the case's, or the choice to practise."""
        if conversation.tour is None:
            return None
        match progress.position(self.pack, conversation.tour):
            case AtLesson() as at:
                return at
            case AtCase(_, question):
                return question
            case AtOffer():
                return self._offer
            case AtEnd():
                return None

    def chosen(self, conversation: Conversation) -> Mapping[str, str]:
        """The options for the case."""
        return conversation.tour.answers if conversation.tour is not None else {}

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The lesson, the case, the choice, or the end."""
        return self._card(_tour(conversation))

    def lead(self, conversation: Conversation) -> tuple[Reply, ...]:
        """Passages, or the reason for the last answer."""
        tour = _tour(conversation)
        reasons = [
            progress.feedback(self.pack, at, tour.first[at.lesson.id])
            for at in progress.lessons_of(self.pack, tour)
            if at.id in conversation.shown
        ]
        return super().lead(conversation) or tuple(reply for reply in reasons if reply is not None)

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The question without the lesson."""
        return self._card(_tour(conversation), brief=True, again=digressed)

    def progress_topics(self, conversation: Conversation) -> frozenset[ProgressTopic]:
        """All topics, until everything is done."""
        return frozenset(ProgressTopic) if self.prompt(conversation) is not None else frozenset()

    def progress(self, conversation: Conversation, at: int, asked: ProgressQuestion) -> Reply | None:
        """Which lesson this is, how many are left, or which one is about a topic."""
        return progress.told(self.pack, _tour(conversation), asked)

    def takes_unsure(self, conversation: Conversation) -> bool:
        """Yes at a lesson's question; a case has an option for it."""
        tour = conversation.tour
        return tour is not None and isinstance(progress.position(self.pack, tour), AtLesson)

    def is_reviewed(self, conversation: Conversation) -> bool:
        """Once somebody has begun."""
        return conversation.tour is not None

    def review(self, conversation: Conversation, message: Message, last: bool) -> Turn:
        """The score in one line; in public for the learner alone."""
        tour = _tour(conversation)
        told = progress.last_told(self.pack, tour) if last else progress.score_told(self.pack, tour)
        if tour.public:
            return Turn(conversation, aside=(told,), confidential=True)
        if self.prompt(conversation) is None:
            return Turn(conversation, below=(told,))
        return self.digress(conversation, message, told)

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """The lesson and the reason above it stay, to be read. A question asked again is deleted.

        Passages on the same card, as in the previous version, stay.
        """
        if before.tour is None:
            return None
        lead = self.lead(before)
        if any(isinstance(reply, PassageReply | EntryReply) for reply in lead):
            return ClosedCard(lead)
        again = AGAIN in before.shown
        card = self._card(before.tour, brief=again or bool(before.tour.answers))
        return ClosedCard((*lead, *card), deleted=again and self.prompt(after) == self.prompt(before))

    def accepts(self, conversation: Conversation, verb: Verb) -> bool:
        """Words with another meaning elsewhere count only while this flow is active."""
        match verb:
            case Verb.LEARN | Verb.READ:
                return True
            case Verb.CONTINUE:
                return not conversation.started
            case Verb.KEEP:
                return False
            case _:
                return conversation.flow == self.name

    def objection(self, conversation: Conversation, action: Action) -> Remark | None:
        """Lessons have to exist, the button's question to be open, the lessons to be done, as the button needs it."""
        pack, tour = self.pack, conversation.tour
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

    def act(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """Does what the button says."""
        tour = conversation.tour
        match action:
            case Action(Verb.READ, (number,)) if not self._is_current(int(number), message):
                return self._out_of_date(conversation, message)
            case Action(Verb.READ, (number,)) if tour is None:
                return self._go_to(conversation, progress.new_round(self.pack, message, int(number)))
            case Action(Verb.READ, (number,)) if tour is not None:
                return self._go_to(conversation, tour.replace(revisit=self.pack.lessons[int(number) - 1].id))
            case Action(Verb.LEARN) if tour is None:
                return self._go_to(conversation, progress.new_round(self.pack, message))
            case Action(Verb.LEARN) if tour is not None and tour.finished is None:
                return self._go_to(conversation, tour)
            case Action(Verb.LEARN):
                return self._next_round(conversation, message)
            case _:
                return self._act_at(progress.position(self.pack, _tour(conversation)), conversation, message, action)

    def _is_current(self, number: int, message: Message) -> bool:
        today = message.day
        return self.pack.lesson_is_current(self.pack.lessons[number - 1], today)

    def _out_of_date(self, conversation: Conversation, message: Message) -> Turn:
        """The lesson rests on an outside entry that is out of date."""
        said = Notice("lesson_outdated")
        if conversation.tour is not None:
            return self._ask_again(conversation, said)
        left = self._questions.activate(conversation)
        if self._questions.prompt(left) is None:
            return Turn(left, below=(said,)) if left.started else Turn(left, (said,))
        return Turn(left, (said, *self._questions.reprompt(left, message.at, digressed=True)))

    def _act_at(self, at: Position, conversation: Conversation, message: Message, action: Action) -> Turn:
        tour = _tour(conversation)
        match action, at:
            case Action(Verb.LESSON, (_, option)), AtLesson():
                return self._answer_lesson(conversation, message, at, option)
            case Action(Verb.PRACTICE, (_, option)), AtCase():
                return self._answer_case(conversation, message, {at.question.id: option})
            case Action(Verb.BACK), _:
                return self._back(conversation, at)
            case Action(Verb.SKIP), AtLesson():
                return self._skip(conversation, message, at)
            case Action(Verb.SKIP), AtCase():
                return self._answer_case(conversation, message, {at.question.id: UNSURE})
            case Action(Verb.TRY), _:
                case = practice.next_case(self.pack, tour)
                return self._go_to(conversation, tour.replace(case=case.scenario, answers={}))
            case Action(Verb.FINISH | Verb.SKIP), _:
                ended = tour.replace(finished=tour.finished or message.at, case=None, answers={})
                return self._go_to(conversation, ended)
            case Action(Verb.SHARE), _:
                person, title = tour.person, self.pack.title
                # A person without a known name would have to be mentioned.
                by = Notice("finished_by", {"person": person, "title": title})
                shared = by if person.name else Notice("finished_by_unnamed", {"title": title})
                return Turn(conversation, below=(shared,))
            case Action(Verb.WHY), AtCase():
                return self.digress(conversation, message, WhyAsked(at.question))
            case Action(Verb.WHY), _:
                return self.digress(conversation, message, Notice("lesson_why"))
            case Action(Verb.RESTART), _:
                return self._go_to(conversation, progress.new_round(self.pack, message, before=tour))
            case Action(Verb.REPEAT), AtLesson():
                return self._go_to(conversation, tour)
            case Action(Verb.CANCEL), _:
                left = self._questions.activate(conversation)
                return Turn(left, self._questions.replay(left, message.at) if left.started else ())
            case _:
                return self._go_to(conversation, tour.replace(revisit=None))

    def answer(self, conversation: Conversation, message: Message, option: str, others: Mapping[str, Reading]) -> Turn:
        """Does what the button does; what else a text says is not about a project of theirs."""
        match progress.position(self.pack, _tour(conversation)):
            case AtLesson() as at if option == UNSURE:
                return self._answer_lesson(conversation, message, at, option)
            case AtLesson(number):
                action = Action(Verb.LESSON, (str(number), option))
            case AtCase(_, question):
                action = Action(Verb.PRACTICE, (question.id, option))
            case AtOffer() | AtEnd():
                action = Action(Verb(option))
        return self.act(conversation, message, action)

    def correct(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """Other options for the case."""
        options = {question: reading.option for question, reading in readings.items()}
        return self._answer_case(conversation, message, options)

    def _card(self, tour: Tour, brief: bool = False, again: bool = False) -> tuple[Reply, ...]:
        """The card at this position. `brief`: the question without the lesson; `again`: it was asked before."""
        pack = self.pack
        match progress.position(pack, tour):
            case AtLesson(number, lesson):
                back = progress.previous_lesson(pack, tour) is not None
                first = not tour.first and not again
                return (LessonCard(pack, lesson, number, len(pack.lessons), back, first, brief, again),)
            case AtOffer():
                return (PracticeOffer(self._offer),)
            case AtCase(case, question):
                number, total = pack.questions.index(question) + 1, len(pack.questions)
                scenario = pack.scenario(case.scenario)
                return (CaseQuestion(case, scenario, question, number, total, bool(tour.answers), brief, again),)
            case AtEnd():
                return progress.finish(pack, tour, public=tour.public)

    def _ask_again(self, conversation: Conversation, *lead: Reply) -> Turn:
        return Turn(conversation, (*lead, *self._card(_tour(conversation), brief=True)))

    def _go_to(self, conversation: Conversation, tour: Tour, *lead: Reply, shown: tuple[str, ...] = ()) -> Turn:
        """The card for the learner's new position. In public, only they see what is right or wrong.

        `shown`: ids of lessons whose feedback is shown above the next card.
        """
        after = conversation.replace(tour=tour)
        card = self._card(tour)
        if not tour.public:
            return Turn(after, (*lead, *card), shown=shown)
        at_end = isinstance(progress.position(self.pack, tour), AtEnd)
        aside = (*lead, *(progress.finish(self.pack, tour, public=False) if at_end else ()))
        return Turn(after, card, aside=aside, confidential=bool(aside))

    def _answer_lesson(self, conversation: Conversation, message: Message, at: AtLesson, option: str) -> Turn:
        """The reason, then the next lesson. The first answer counts, whatever is answered later."""
        tour = _tour(conversation)
        earlier = tour.first.get(at.lesson.id, progress.SKIPPED)
        after = self._with_first(tour, at, earlier or option, message)
        reason = progress.feedback(self.pack, at, option)
        lead = (reason,) if reason is not None else ()
        return self._go_to(conversation, after, *lead, shown=() if earlier else (at.id,))

    def _skip(self, conversation: Conversation, message: Message, at: AtLesson) -> Turn:
        """The next lesson; this one stays unanswered."""
        tour = _tour(conversation)
        earlier = tour.first.get(at.lesson.id, progress.SKIPPED)
        said = () if earlier else (Notice("lesson_skipped", {"number": str(at.number)}),)
        return self._go_to(conversation, self._with_first(tour, at, earlier, message), *said)

    def _with_first(self, tour: Tour, at: AtLesson, option: str, message: Message) -> Tour:
        """The tour with the first answer to a lesson. If there is no practice, the last answer ends it."""
        after = tour.replace(first={**tour.first, at.lesson.id: option}, revisit=None)
        if after.finished is None and isinstance(progress.position(self.pack, after), AtEnd):
            return after.replace(finished=message.at)
        return after

    def _answer_case(self, conversation: Conversation, message: Message, options: Mapping[str, str]) -> Turn:
        """Records options for the case; the last one completes it."""
        tour = _tour(conversation)
        answered = tour.replace(answers={**tour.answers, **options})
        if not isinstance(progress.position(self.pack, answered), AtCase):
            answered = answered.replace(finished=answered.finished or message.at)
        return self._go_to(conversation, answered)

    def _back(self, conversation: Conversation, at: Position) -> Turn:
        """The previous lesson, or the case's previous question."""
        tour = _tour(conversation)
        if isinstance(at, AtCase):
            if not tour.answers:
                return self._ask_again(conversation, Notice("at_the_first"))
            last = [question.id for question in self.pack.questions if question.id in tour.answers][-1]
            rest = {question: option for question, option in tour.answers.items() if question != last}
            return self._go_to(conversation, tour.replace(answers=rest))
        previous = progress.previous_lesson(self.pack, tour)
        if previous is None:
            return self._ask_again(conversation, Notice("at_the_first_lesson"))
        return self._go_to(conversation, tour.replace(revisit=previous.lesson.id))

    def _next_round(self, conversation: Conversation, message: Message) -> Turn:
        """The lessons from the beginning, missed ones first."""
        following = progress.next_round(self.pack, _tour(conversation), message)
        reordered = following.order != progress.new_round(self.pack, message).order
        return self._go_to(conversation, following, *([Notice("once_more")] if reordered else []))


def _tour(conversation: Conversation) -> Tour:
    if conversation.tour is None:
        raise ValueError("nobody is learning here")
    return conversation.tour


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
