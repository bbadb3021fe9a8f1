"""The cards of the framework's questions: shown, shown again, and closed."""

from dataclasses import replace

from dialogs.conversation import AnswerMethod, Conversation, shown_readings
from dialogs.flows.base import ClosedCard
from dialogs.flows.replay import open_question, recorded, replay
from dialogs.message import Message
from dialogs.replies import Reply
from dialogs.replies.questions import ClosedQuestion, QuestionCard, UnderstoodAnswers
from dialogs.turn import Turn
from knowledge.interfaces import Knowledge


class QuestionCards:
    """Makes cards from a conversation; nothing of it is stored."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._pack = knowledge.pack

    def show(self, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
        """The card, below these replies."""
        return Turn(conversation, (*lead, *replay(self._knowledge, conversation, message.at)))

    def again(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The replies of the card, with a shorter question."""
        return tuple(
            replace(reply, again=True, first=False) if isinstance(reply, QuestionCard) else reply
            for reply in replay(self._knowledge, conversation, at)
        )

    def closed(self, before: Conversation, after: Conversation, at: int, lead: tuple[Reply, ...]) -> ClosedCard | None:
        """What the card becomes once there is a newer one; see `QuestionsFlow.closed_card`.

        Answers read from a text stay where it was said. So do the passages in `lead`, which the previous version put
        on the card.
        """
        question = open_question(self._pack, before)
        if question is None:
            return ClosedCard(replay(self._knowledge, before, at)) if before.started else None
        answered = open_question(self._pack, after) != question and question.id in after.answers
        record = recorded(self._pack, after, question.id) if answered else None
        read = self._still_read(before) if record is None else ()
        if read:
            said = UnderstoodAnswers(tuple(recorded(self._pack, before, name) for name in read), closed=True)
            return ClosedCard((*lead, said))
        if lead and record is None:
            return ClosedCard(lead)
        return ClosedCard((*lead, ClosedQuestion(question, record)), deleted=record is None)

    def _still_read(self, conversation: Conversation) -> tuple[str, ...]:
        """The questions whose answers the card shows as read from a text, and that are still recorded so."""
        question = open_question(self._pack, conversation)
        return tuple(
            name
            for name in shown_readings(conversation)
            if name in conversation.answers
            and conversation.answers[name].how is AnswerMethod.READ
            and (question is None or question.id != name)
        )
