"""Advising as a flow: the five questions and the recommendation."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, How, open_question
from dialogs.flows import question_steps
from dialogs.flows.replay import recorded, replay
from dialogs.message import Action, Message, Verb
from dialogs.replies import Ask, Notice, Remark, Reply, Settled, Told
from dialogs.turn import Step
from knowledge.interfaces import Reading
from knowledge.pack import Question


class Advising:
    """See `Flow`."""

    name = ""
    verbs = frozenset({Verb.ANSWER, Verb.EDIT, Verb.START, Verb.NEW, Verb.SHOW})
    timeless = frozenset({Verb.START, Verb.EDIT})
    takes_descriptions = True
    waits: Remark = "questions_wait"

    def under_way(self, conversation: Conversation) -> bool:
        """Since the first question, until it is stopped."""
        return conversation.started

    def owner(self, conversation: Conversation) -> None:
        """Nobody: all in the thread may answer."""

    def prompt(self, advisor: Advisor, conversation: Conversation) -> Question | None:
        """The open question."""
        return open_question(advisor.pack, conversation)

    def recorded(self, conversation: Conversation) -> Mapping[str, str]:
        """The answers."""
        return conversation.chosen

    def replay(self, advisor: Advisor, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The choice between two ideas, the open question, the recommendation, or the greeting."""
        return replay(advisor, conversation, at)

    def beside(self, advisor: Advisor, conversation: Conversation) -> tuple[Reply, ...]:
        """Passages."""
        passages = {passage.id: passage for passage in advisor.pack.passages}
        return tuple(Told(advisor.pack, passages[name]) for name in conversation.shown if name in passages)

    def again(self, advisor: Advisor, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The same; after a digression it says which question it goes back to."""
        return tuple(
            replace(reply, again=digressed, first=reply.first and not digressed) if isinstance(reply, Ask) else reply
            for reply in replay(advisor, conversation, at)
        )

    def settled(self, advisor: Advisor, before: Conversation, after: Conversation, at: int) -> tuple[Reply, ...]:
        """A question becomes a one-line record under the passages that stood with it; a recommendation stays."""
        question = open_question(advisor.pack, before)
        if question is None:
            return replay(advisor, before, at) if before.started else ()
        return (*self.beside(advisor, before), _settled(advisor, before, after, question))

    def takes(self, conversation: Conversation, verb: Verb) -> bool:
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

    def objection(self, advisor: Advisor, conversation: Conversation, action: Action) -> Remark | None:
        """All but the start needs the questions to be under way, and an answer its own question to be open."""
        match action:
            case Action(Verb.START):
                return None
            case Action(Verb.CANCEL) if not conversation.started:
                return "nothing_to_cancel"
            case _ if not conversation.started:
                return "nothing_open"
            case Action(Verb.ANSWER, (question_id, option)):
                question = open_question(advisor.pack, conversation)
                fits = question is not None and question.id == question_id
                return None if fits and advisor.pack.has_option(question_id, option) else "outdated"
            case Action(Verb.EDIT, (question_id,)):
                return None if any(q.id == question_id for q in advisor.pack.questions) else "outdated"
            case _:
                return None

    def act(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """Does what the button says."""
        match action:
            case Action(Verb.ANSWER, (question_id, option)):
                return question_steps.answer(advisor, conversation, message, question_id, option, How.BUTTON)
            case Action(Verb.EDIT, (question_id,)):
                return question_steps.reopen(advisor, conversation, message, question_id)
            case Action(Verb.BACK):
                return question_steps.back(advisor, conversation, message)
            case Action(Verb.WHY):
                return question_steps.explain(advisor, conversation, message)
            case Action(Verb.KEEP | Verb.CONTINUE):
                return question_steps.keep(advisor, conversation, message)
            case Action(Verb.SHOW):
                return question_steps.conclude(advisor, conversation, message)
            case Action(Verb.RESTART):
                return question_steps.restart(advisor, conversation, message)
            case Action(Verb.CANCEL):
                return question_steps.cancel(conversation)
            case Action(Verb.START):
                return question_steps.begin(advisor, conversation, message)
            case Action(Verb.NEW):
                idea, by = conversation.pending or "", conversation.pending_by
                return question_steps.start(advisor, conversation, message, idea, by)
            case _:  # a button of a flow that this advisor does not have
                return Step(conversation, aside=(Notice("outdated"),))

    def answer(
        self,
        advisor: Advisor,
        conversation: Conversation,
        message: Message,
        option: str,
        how: How,
        others: Mapping[str, Reading],
    ) -> Step:
        """The open question is answered."""
        question = open_question(advisor.pack, conversation)
        if question is None:
            raise ValueError("an answer needs an open question")
        if _was_sent_before(conversation, message):
            return Step(conversation, aside=(Notice("came_late"),))
        return question_steps.answer(advisor, conversation, message, question.id, option, how, others)

    def correct(
        self, advisor: Advisor, conversation: Conversation, message: Message, readings: Mapping[str, Reading]
    ) -> Step:
        """Recorded answers are replaced."""
        return question_steps.correct(advisor, conversation, message, readings, How.TYPED)

    def late(self, advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
        """What is recorded for that question, for the sender alone."""
        return question_steps.late(advisor, conversation, message, action.arguments[0] if action.arguments else None)


def _was_sent_before(conversation: Conversation, message: Message) -> bool:
    """Whether a text is older than the newest answer: it was meant for an earlier question than the open one.

    So it is with what a platform delivers again long after the person did something else instead.
    """
    return any(message.at < answer.at for answer in conversation.answers.values())


def _settled(advisor: Advisor, before: Conversation, after: Conversation, question: Question) -> Settled:
    if before.pending is not None:
        return Settled(question, "choice")
    if open_question(advisor.pack, after) == question:
        return Settled(question, "again")
    if question.id in after.answers:
        return Settled(question, "answered", recorded(advisor.pack, after, question.id))
    return Settled(question, "open")
