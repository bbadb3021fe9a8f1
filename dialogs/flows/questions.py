"""The flow that asks the framework's questions and ends in a recommendation."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.catalogue import Remark
from dialogs.conversation import (
    EVIDENCE_LIMIT,
    IDEA_LIMIT,
    Answer,
    AnswerMethod,
    Conversation,
    open_question,
    previous_question,
)
from dialogs.flows.base import Flow
from dialogs.flows.replay import recorded, replay
from dialogs.message import Action, Message, Press, Verb
from dialogs.replies import (
    AlreadyAnswered,
    AnswerChanged,
    ClosedQuestion,
    NewOrContinue,
    Notice,
    QuestionCard,
    Reply,
    UnderstoodAnswers,
    WhyAsked,
)
from dialogs.turn import Turn
from knowledge.interfaces import Knowledge, Reading
from knowledge.pack import Question

PRESSED_AGAIN = 60
"""Seconds within which the same answer by the same person is the same press, sent again."""


class QuestionsFlow(Flow):
    """See `Flow`. Everybody in the thread may answer."""

    name = ""
    verbs = frozenset({Verb.ANSWER, Verb.EDIT, Verb.START, Verb.NEW, Verb.SHOW})
    never_stale = frozenset({Verb.START, Verb.EDIT})
    accepts_descriptions = True
    waiting_remark = "questions_wait"

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge.pack)
        self._knowledge = knowledge

    def under_way(self, conversation: Conversation) -> bool:
        """Since the first question, until it is stopped."""
        return conversation.started

    def prompt(self, conversation: Conversation) -> Question | None:
        """The open question."""
        return open_question(self.pack, conversation)

    def chosen(self, conversation: Conversation) -> Mapping[str, str]:
        """The answers."""
        return conversation.chosen

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The choice between two ideas, the open question, the recommendation, or the greeting."""
        return replay(self._knowledge, conversation, at)

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The same; after a digression it says which question it goes back to."""
        return tuple(
            replace(reply, again=digressed, first=reply.first and not digressed)
            if isinstance(reply, QuestionCard)
            else reply
            for reply in self.replay(conversation, at)
        )

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> tuple[Reply, ...]:
        """A question becomes a one-line record under the passages that stood with it; a recommendation stays."""
        question = self.prompt(before)
        if question is None:
            return self.replay(before, at) if before.started else ()
        return (*self.lead(before), self._closed_question(before, after, question))

    def _closed_question(self, before: Conversation, after: Conversation, question: Question) -> ClosedQuestion:
        if before.pending is not None:
            return ClosedQuestion(question, "choice")
        if self.prompt(after) == question:
            return ClosedQuestion(question, "again")
        if question.id in after.answers:
            return ClosedQuestion(question, "answered", recorded(self.pack, after, question.id))
        return ClosedQuestion(question, "open")

    def accepts(self, conversation: Conversation, verb: Verb) -> bool:
        """Some words mean one thing while a choice is open and another at any other time."""
        match verb:
            case Verb.NEW | Verb.CONTINUE:
                return conversation.pending is not None or conversation.revisit is not None
            case Verb.START:
                return conversation.pending is None
            case Verb.KEEP:
                return conversation.revisit is not None
            case Verb.BACK | Verb.WHY | Verb.SHOW | Verb.RESTART | Verb.CANCEL | Verb.EDIT:
                return True
            case _:
                return False

    def objection(self, conversation: Conversation, action: Action) -> Remark | None:
        """All but the start needs the questions to be under way, and an answer its own question to be open."""
        match action:
            case Action(Verb.START):
                return None
            case Action(Verb.CANCEL) if not conversation.started:
                return "nothing_to_cancel"
            case _ if not conversation.started:
                return "nothing_open"
            case Action(Verb.ANSWER, (question_id, option)):
                question = self.prompt(conversation)
                fits = question is not None and question.id == question_id
                return None if fits and self.pack.has_option(question_id, option) else "outdated"
            case Action(Verb.EDIT, (question_id,)):
                return None if any(q.id == question_id for q in self.pack.questions) else "outdated"
            case _:
                return None

    def act(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """Does what the button says."""
        question = self.prompt(conversation)
        kept = conversation.replace(revisit=None, pending=None)
        match action:
            case Action(Verb.ANSWER, (question_id, option)):
                return self._record(conversation, message, question_id, option, AnswerMethod.BUTTON)
            case Action(Verb.EDIT, (question_id,)):
                return self._reopen(conversation, message, question_id)
            case Action(Verb.BACK):
                previous = previous_question(self.pack, conversation)
                if previous is None:
                    return self._show(conversation, message, Notice("at_the_first"))
                return self._reopen(conversation, message, previous.id)
            case Action(Verb.WHY):
                return self._show(conversation, message, *([WhyAsked(question)] if question else []))
            case Action(Verb.KEEP | Verb.CONTINUE):
                return self._show(kept, message)
            case Action(Verb.SHOW):
                return self._show(kept.replace(concluded=True), message)
            case Action(Verb.RESTART):
                return self._show(kept.replace(started=True, concluded=False, answers={}), message)
            case Action(Verb.CANCEL):
                ended = kept.replace(started=False, concluded=False, answers={}, idea="")
                return Turn(ended, (Notice("cancelled"),))
            case Action(Verb.START):
                return self._show(kept, message) if question else self.start(conversation, message)
            case Action(Verb.NEW):
                return self.start(conversation, message, conversation.pending or "", conversation.pending_by)
            case _:  # a button of a flow that this version does not have
                return Turn(conversation, aside=(Notice("outdated"),))

    def start(self, conversation: Conversation, message: Message, idea: str = "", by: str | None = None) -> Turn:
        """A new idea: what its description already says is shown as understood, the first open question is asked.

        `by` is what the conversation holds for whoever wrote it (`Conversation.author`), the sender unless given.
        """
        readings = self._knowledge.reader.read(idea) if idea else {}
        begun = conversation.replace(
            started=True,
            concluded=False,
            revisit=None,
            pending=None,
            idea_by=conversation.author(message.sender.id) if by is None else by,
            idea=idea[:IDEA_LIMIT],
            answers=_read_answers(readings, message),
        )
        return self._show_understood(begun, message, readings)

    def advise(self, conversation: Conversation, message: Message, idea: str) -> Turn:
        """Advice on an idea is asked for; while a question is open the person chooses between the two."""
        question = self.prompt(conversation)
        if question is None:
            return self.start(conversation, message, idea)
        by = conversation.author(message.sender.id)
        waiting = conversation.replace(pending=idea[:IDEA_LIMIT], pending_by=by)
        return Turn(waiting, (NewOrContinue(idea, question),))

    def answer(self, conversation: Conversation, message: Message, option: str, others: Mapping[str, Reading]) -> Turn:
        """The open question is answered.

        A text that is older than the newest answer was meant for an earlier question: the platform delivered it again
        after the person had moved on.
        """
        question = self.prompt(conversation)
        if question is None:
            raise ValueError("an answer needs an open question")
        if any(message.at < answer.at for answer in conversation.answers.values()):
            return Turn(conversation, aside=(Notice("came_late"),))
        return self._record(conversation, message, question.id, option, AnswerMethod.TYPED, others)

    def correct(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """Recorded answers are replaced; everything else stays."""
        answers = dict(conversation.answers)
        changes: list[Reply] = []
        for question_id, reading in readings.items():
            old = answers.get(question_id)
            answers[question_id] = _answer(message, reading.option, AnswerMethod.TYPED, reading.evidence)
            changes.append(AnswerChanged(self.pack.question(question_id), reading.option, old.option if old else None))
        revisit = conversation.revisit if conversation.revisit not in readings else None
        return self._show(conversation.replace(answers=answers, revisit=revisit, pending=None), message, *changes)

    def stale_press(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """What is recorded for that question, for the sender alone.

        Whoever presses the answer again that they have just given may not have seen it arrive: the card is shown anew.
        """
        question_id = action.arguments[0] if action.arguments else None
        if question_id is None or question_id not in conversation.answers:
            return super().stale_press(conversation, message, action)
        record = recorded(self.pack, conversation, question_id)
        age = max(0, message.at - record.answer.at)
        again = (
            age <= PRESSED_AGAIN
            and record.answer.by == message.sender.id
            and isinstance(message.content, Press)
            and message.content.action.arguments == (question_id, record.answer.option)
        )
        card = self.replay(conversation, message.at) if again else ()
        return Turn(conversation, card, aside=(AlreadyAnswered(record, age),))

    def _show(self, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
        return Turn(conversation, (*lead, *self.replay(conversation, message.at)))

    def _reopen(self, conversation: Conversation, message: Message, question_id: str) -> Turn:
        """A question is asked again, its old answer kept until another is given."""
        return self._show(conversation.replace(started=True, revisit=question_id, pending=None), message)

    def _record(
        self,
        conversation: Conversation,
        message: Message,
        question_id: str,
        option: str,
        how: AnswerMethod,
        others: Mapping[str, Reading] | None = None,
    ) -> Turn:
        """The open question is answered; whatever else was stated counts where nothing is recorded yet."""
        more = {q: r for q, r in (others or {}).items() if q not in conversation.answers}
        answers = {**conversation.answers, question_id: _answer(message, option, how), **_read_answers(more, message)}
        answered = conversation.replace(answers=answers, revisit=None, pending=None)
        return self._show_understood(answered, message, more)

    def _show_understood(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """What was just read is shown once: the question below does not repeat it among its records."""
        if not readings:
            return self._show(conversation, message)
        understood = UnderstoodAnswers(tuple(recorded(self.pack, conversation, q) for q in readings))
        below = (
            replace(reply, records=tuple(r for r in reply.records if r.question.id not in readings))
            if isinstance(reply, QuestionCard)
            else reply
            for reply in self.replay(conversation, message.at)
        )
        return Turn(conversation, (understood, *below))


def _read_answers(readings: Mapping[str, Reading], message: Message) -> dict[str, Answer]:
    return {q: _answer(message, reading.option, AnswerMethod.READ, reading.evidence) for q, reading in readings.items()}


def _answer(message: Message, option: str, how: AnswerMethod, evidence: str | None = None) -> Answer:
    sender = message.sender
    cut = evidence[:EVIDENCE_LIMIT] if evidence else None
    return Answer(option=option, how=how, by=sender.id, name=sender.name, at=message.at, evidence=cut)
