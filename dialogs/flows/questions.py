"""The flow that asks the framework's questions and ends in a recommendation."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.catalogue import Remark
from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.conversation import IDEA_LIMIT, WAITING, AnswerMethod, Conversation, shown_readings
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.pending_proposals import likely_options, moved_on, with_proposal
from dialogs.flows.replay import open_question, previous_question, recorded, replay
from dialogs.message import Message
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AlreadyAnswered, ClosedQuestion, QuestionCard, UnderstoodAnswers
from dialogs.titles import Titles
from dialogs.turn import Turn
from knowledge.interfaces import PROJECT, Knowledge
from knowledge.pack import Question

PRESSED_AGAIN = 60
"""Seconds within which the same press by the same person shows the card again."""


_NOTHING_TO: Mapping[What, Remark] = {What.STOP: "nothing_to_cancel", What.RESTART: "nothing_to_restart"}


class QuestionsFlow(Flow):
    """See `Flow`. Everybody in the thread may answer."""

    name = ""
    accepts_descriptions = True
    waiting_remark = "questions_wait"

    def __init__(self, knowledge: Knowledge, titles: Titles) -> None:
        super().__init__(knowledge.pack)
        self._knowledge = knowledge
        self.titles = titles

    @staticmethod
    def _stopped(conversation: Conversation) -> bool:
        """Whether the questions were stopped and can be continued."""
        return not conversation.started and bool(conversation.answers or conversation.idea)

    def under_way(self, conversation: Conversation) -> bool:
        """From the first question until it is stopped."""
        return conversation.started

    def prompt(self, conversation: Conversation) -> Question | None:
        return open_question(self.pack, conversation)

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The choice between two ideas, the open question, the recommendation, or the greeting."""
        return replay(self._knowledge, conversation, at)

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The same, shorter. What was read from a text stays on the card where it was said."""
        return tuple(
            replace(reply, again=True, first=False) if isinstance(reply, QuestionCard) else reply
            for reply in self.replay(conversation, at)
        )

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """An answered question becomes a one-line record, one without an answer is deleted; a recommendation stays.

        Answers read from a text stay where it was said. So do the passages of `lead`, which the previous version put
        on the card.
        """
        question, lead = self.prompt(before), self.lead(before)
        if question is None:
            return ClosedCard(self.replay(before, at)) if before.started else None
        answered = self.prompt(after) != question and question.id in after.answers
        record = recorded(self.pack, after, question.id) if answered else None
        read = self._still_read(before, question) if record is None else ()
        if read:
            said = UnderstoodAnswers(tuple(recorded(self.pack, before, name) for name in read))
            return ClosedCard((*lead, said))
        if lead and record is None:
            return ClosedCard(lead)
        return ClosedCard((*lead, ClosedQuestion(question, record)), deleted=record is None)

    @staticmethod
    def _still_read(conversation: Conversation, question: Question) -> tuple[str, ...]:
        """The questions whose answers the card shows as read from a text, and that are still recorded so."""
        read = {q for q, answer in conversation.answers.items() if answer.how is AnswerMethod.READ} - {question.id}
        return tuple(name for name in shown_readings(conversation) if name in read)

    def resumes(self, conversation: Conversation) -> bool:
        """Where they were stopped or wait, or a question is open again."""
        return self._stopped(conversation) or WAITING in conversation.shown or conversation.revisit is not None

    def shows_result(self, conversation: Conversation) -> bool:
        """Whether the result is on the card."""
        return conversation.flow == self.name and conversation.started and self.prompt(conversation) is None

    def objection(self, conversation: Conversation, command: Command) -> Remark | None:
        """Except for the start, the questions have to be under way; an answer needs its own question to be open."""
        question, option = command.question, command.option
        match command:
            case Command(Kind.SET) if conversation.started:
                asked = self.prompt(conversation)
                fits = asked is not None and asked.id == question
                return None if fits and self.pack.has_option(question, option) else "outdated"
            case Command(Kind.IDEA):
                return None
            case Command(Kind.GO, What.CONTINUE) if not conversation.started:
                return None if self._stopped(conversation) else "nothing_to_resume"
            case Command() if not conversation.started:
                return _NOTHING_TO.get(command.what, "nothing_open")
            case Command(_, What.DETAILS | What.RENAME) if self.prompt(conversation) is not None:
                return "outdated"
            case Command(Kind.CONFIRM):
                proposal = conversation.confirm
                proposed = proposal is not None and (proposal.question, proposal.option) == (question, option)
                return None if proposed else "outdated"
            case Command(Kind.GO, What.BACK):
                return None if question in (NONE, *self.pack.question_of) else "outdated"
            case _:
                return None

    def act(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        match command.what:
            case What.BACK if command.question != NONE:
                return self._reopen(conversation, message, command.question)
            case What.BACK:
                previous = previous_question(self.pack, conversation)
                if previous is None:
                    return self._show(conversation, message, Notice("at_the_first"))
                return self._reopen(conversation, message, previous.id)
            case What.CONTINUE:
                return self._resume(conversation, message)
            case What.RESTART:
                begun = moved_on(conversation, started=True, concluded=False, answers={})
                return self._show(begun.replace(likely=()), message)
            case What.STOP if self._opened_from_result(conversation):
                return self._resume(conversation, message)
            case What.STOP:
                ended = moved_on(conversation, started=False)  # what was said stays, to be continued
                return Turn(ended, (Notice("cancelled"),))
            case _:  # of a flow that this version does not have
                return Turn(conversation, aside=(Notice("outdated"),))

    def _opened_from_result(self, conversation: Conversation) -> bool:
        """Whether a result was shown before a question was opened again."""
        return conversation.revisit is not None and self.prompt(conversation.replace(revisit=None)) is None

    def begun(self, conversation: Conversation, message: Message, idea: str) -> Conversation:
        """The conversation with another idea of its own, of which nothing is answered yet."""
        focus = conversation.focus
        if conversation.started or conversation.idea or conversation.answers:  # sums stay with the one before
            focus = focus.replace(sums=tuple((n or conversation.own or -1, value) for n, value in focus.sums))
        revision = conversation.revision + 1
        begun = conversation.replace(started=True, begun=revision, concluded=False, revisit=None, answers={}, notes=())
        return self.described(begun.replace(focus=focus), message, idea)

    def described(self, conversation: Conversation, message: Message, idea: str) -> Conversation:
        told = conversation.replace(
            confirm=None,
            idea_by=conversation.author(message.sender.id),
            idea=idea[:IDEA_LIMIT],
            heading=self.titles.of(idea),
            likely=likely_options(self._knowledge, idea),
        )
        if idea:
            self._knowledge.matcher.prepare(told.idea)
        return told

    def idea_awaited(self, conversation: Conversation) -> bool:
        """Whether the questions began without an idea: after "start", or "i have an idea"."""
        said = conversation.confirm is not None and not conversation.confirm.told
        if conversation.answers or said or len(conversation.people) > 1:
            return False
        return not conversation.idea or self._knowledge.matcher.project(conversation.idea) < PROJECT

    def stale_press(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        """Tells the sender alone what is recorded for that question.

        A person who presses the answer again that they have just given may not have seen the reply: the card is shown
        again.
        """
        if command.question not in conversation.answers:
            return super().stale_press(conversation, message, command)
        record = recorded(self.pack, conversation, command.question)
        age, same = max(0, message.at - record.answer.at), command.option == record.answer.option
        again = same and message.sender.id == record.answer.by and age <= PRESSED_AGAIN
        card = self.replay(conversation, message.at) if again else ()
        told = () if same and command.command is Kind.SET else (AlreadyAnswered(record, age),)
        return Turn(conversation, card, aside=told)

    def _show(self, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
        return Turn(conversation, (*lead, *self.replay(conversation, message.at)))

    def _resume(self, conversation: Conversation, message: Message) -> Turn:
        """The open question again, in its first form."""
        return self._show(with_proposal(self.pack, None, moved_on(conversation, started=True)), message)

    def _reopen(self, conversation: Conversation, message: Message, question_id: str) -> Turn:
        """Asks a question again; its old answer is kept until another is given."""
        return self._show(moved_on(conversation, started=True).replace(revisit=question_id), message)
