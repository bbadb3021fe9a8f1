"""The flow that teaches: lessons with a question each, a case to practise on, and a score."""

from collections.abc import Mapping

from dialogs.catalogue import Catalogue, Remark
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import AGAIN, WAITING, Conversation, Tour
from dialogs.flows import lesson_progress as progress
from dialogs.flows import practice
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.lesson_progress import (
    AtCase,
    AtEnd,
    AtLesson,
    AtOffer,
    Position,
    card_of,
    objection,
    practice_offer,
    tour_of,
)
from dialogs.message import Message, Person, Verb
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.passages import EntryReply, PassageReply
from dialogs.turn import Turn
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.word_parser import Prompt


class LessonsFlow(Flow):
    """See `Flow`. `questions` becomes active when the lessons are left."""

    name = "learn"
    waiting_remark = "lessons_wait"

    def __init__(self, pack: Pack, catalogue: Catalogue, questions: Flow) -> None:
        super().__init__(pack)
        self._questions = questions
        self._offer = practice_offer(catalogue)

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
        return self._card(tour_of(conversation))

    def lead(self, conversation: Conversation) -> tuple[Reply, ...]:
        """Passages, or the reason for the last answer."""
        return super().lead(conversation) or progress.reasons_shown(
            self.pack, tour_of(conversation), conversation.shown
        )

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The question without the lesson."""
        return self._card(tour_of(conversation), brief=True, again=digressed)

    def takes_unsure(self, conversation: Conversation) -> bool:
        """Yes at a lesson's question; a case has an option for it."""
        return isinstance(self.prompt(conversation), AtLesson)

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

    def resumes(self, conversation: Conversation) -> bool:
        """Unless questions are under way."""
        return not conversation.started

    def objection(self, conversation: Conversation, command: Command) -> Remark | None:
        """Lessons have to exist, the question to be open, the lessons to be done, as the command needs it."""
        return objection(self.pack, conversation.tour, command)

    def act(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        tour = conversation.tour
        match command.what:
            case What.LESSON if not progress.is_current(self.pack, int(command.value), message):
                return self._out_of_date(conversation, message)
            case What.LESSON if tour is not None:
                lesson = self.pack.lessons[int(command.value) - 1]
                return self._go_to(conversation, tour.replace(revisit=lesson.id))
            case What.LESSON:
                return self._go_to(conversation, progress.new_round(self.pack, message, int(command.value)))
            case What.START if tour is not None and tour.finished is not None:
                following = progress.next_round(self.pack, tour, message)
                reordered = following.order != progress.new_round(self.pack, message).order
                return self._go_to(conversation, following, *([Notice("once_more")] if reordered else []))
            case What.START:
                return self._go_to(conversation, tour or progress.new_round(self.pack, message))
            case _:
                return self._act_at(progress.position(self.pack, tour_of(conversation)), conversation, message, command)

    def _out_of_date(self, conversation: Conversation, message: Message) -> Turn:
        """The lesson rests on an outside entry that is out of date."""
        said = Notice("lesson_outdated")
        if conversation.tour is not None:
            return self._ask_again(conversation, said)
        left = self._questions.activate(conversation)
        if self._questions.prompt(left) is None:
            return Turn(left, below=(said,)) if left.started else Turn(left, (said,))
        return Turn(left, (said, *self._questions.reprompt(left, message.at, digressed=True)))

    def _act_at(self, at: Position, conversation: Conversation, message: Message, command: Command) -> Turn:
        tour = tour_of(conversation)
        match command.what, at:
            case What.BACK, _:
                earlier = progress.one_back(self.pack, tour, at)
                first = Notice("at_the_first" if isinstance(at, AtCase) else "at_the_first_lesson")
                return self._ask_again(conversation, first) if earlier is None else self._go_to(conversation, earlier)
            case What.SKIP, AtLesson():
                return self._skip(conversation, message, at)
            case What.SKIP, AtCase():
                return self.answer_case(conversation, message, {at.question.id: UNSURE})
            case What.PRACTICE, _:
                following = command.value or practice.next_case(self.pack, tour).scenario
                return self._go_to(conversation, tour.replace(case=following, answers={}))
            case (What.STOP, _) if command.value != Value.DONE:
                left, waits = self._questions.activate(conversation), Notice(self._questions.waiting_remark)
                return Turn(left) if self._questions.prompt(left) is None else Turn(left, (waits,), shown=(WAITING,))
            case What.STOP | What.SKIP, _:
                ended = tour.replace(finished=tour.finished or message.at, case=None, answers={})
                return self._go_to(conversation, ended)
            case What.RECORD, _:
                return Turn(conversation, below=(progress.finish_told(self.pack, tour),))
            case What.CONTINUE, AtLesson() if command.command is Kind.LEARN:
                return self._go_to(conversation, tour)
            case What.CONTINUE, AtLesson() if tour.revisit is None:
                return self._skip(conversation, message, at)
            case What.RESTART, _:
                return self._go_to(conversation, progress.new_round(self.pack, message, before=tour))
            case _:
                return self._go_to(conversation, tour.replace(revisit=None))

    def answer(self, conversation: Conversation, message: Message, option: str) -> Turn:
        """Answers what is open with one of its options."""
        match progress.position(self.pack, tour_of(conversation)):
            case AtLesson() as at:
                return self._answer_lesson(conversation, message, at, option)
            case AtCase(_, question):
                return self.answer_case(conversation, message, {question.id: option})
            case AtOffer() | AtEnd():
                tries = option == Verb.TRY
                done = Command(Kind.LEARN, What.PRACTICE) if tries else Command(Kind.GO, What.STOP, value=Value.DONE)
                return self.act(conversation, message, done)

    def _card(self, tour: Tour, brief: bool = False, again: bool = False) -> tuple[Reply, ...]:
        """The card at this position. `brief`: the question without the lesson; `again`: it was asked before."""
        return card_of(self.pack, tour, self._offer, brief=brief, again=again)

    def _ask_again(self, conversation: Conversation, *lead: Reply) -> Turn:
        return Turn(conversation, (*lead, *self._card(tour_of(conversation), brief=True)))

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
        tour = tour_of(conversation)
        earlier = tour.first.get(at.lesson.id, progress.SKIPPED)
        after = progress.with_first(self.pack, tour, at, earlier or option, message)
        reason = progress.feedback(self.pack, at, option)
        lead = (reason,) if reason is not None else ()
        return self._go_to(conversation, after, *lead, shown=() if earlier else (at.id,))

    def _skip(self, conversation: Conversation, message: Message, at: AtLesson) -> Turn:
        """The next lesson; this one stays unanswered."""
        tour = tour_of(conversation)
        earlier = tour.first.get(at.lesson.id, progress.SKIPPED)
        said = () if earlier else (Notice("lesson_skipped", {"number": str(at.number)}),)
        return self._go_to(conversation, progress.with_first(self.pack, tour, at, earlier, message), *said)

    def answer_case(self, conversation: Conversation, message: Message, options: Mapping[str, str]) -> Turn:
        """Records options for the case; the last one completes it."""
        tour = tour_of(conversation)
        answered = tour.replace(answers={**tour.answers, **options})
        if not isinstance(progress.position(self.pack, answered), AtCase):
            answered = answered.replace(finished=answered.finished or message.at)
        return self._go_to(conversation, answered)
