"""The flow that takes ideas one at a time until somebody says that this is all: one gets advice, several are listed."""

from collections.abc import Collection
from dataclasses import replace

from dialogs.catalogue import Catalogue, Remark
from dialogs.commands.command import Command, What
from dialogs.conversation import IDEA_LIMIT, Conversation
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.choices import Choice, ChoicePrompt
from dialogs.flows.questions import QuestionsFlow
from dialogs.ideas.collected_ideas import CollectedIdea, CollectedIdeas
from dialogs.message import GivenIdea, Message, Verb
from dialogs.replies import Reply
from dialogs.replies.ideas import IdeasAwaited
from dialogs.replies.notices import Notice
from dialogs.turn import Turn

_MOVES = frozenset({What.BACK, What.STOP, What.RESTART})


class IntakeFlow(Flow):
    """See `Flow`. Everybody in the thread may add ideas. `questions` becomes active when the list is left."""

    name = "intake"
    waiting_remark = "list_waits"

    def __init__(self, questions: QuestionsFlow, catalogue: Catalogue) -> None:
        super().__init__(questions.pack)
        self._questions = questions
        done = Choice(Verb.FINISH.value, catalogue.text("list_done_label"), catalogue.phrases["list_done"])
        self._prompt = ChoicePrompt(self.name, catalogue.text("list_idea"), (done,))

    def under_way(self, conversation: Conversation) -> bool:
        """From the request for a list until it is done."""
        return conversation.intake is not None

    def prompt(self, conversation: Conversation) -> ChoicePrompt | None:
        """The next idea, or that this was all."""
        return self._prompt if self.under_way(conversation) else None

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The count of ideas so far."""
        return (IdeasAwaited(len(ideas_in(conversation))),)

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """Deleted: a newer count, or the list itself, follows."""
        return ClosedCard(self.replay(before, at), deleted=True) if self.under_way(before) else None

    def objection(self, conversation: Conversation, command: Command) -> Remark | None:
        """The list has to be asked for."""
        return None if self.under_way(conversation) and command.what in _MOVES else "nothing_open"

    def act(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        """Removes the last idea of the list, starts it again, or leaves it."""
        match command.what:
            case What.BACK:
                return self._show(_with(conversation, ideas_in(conversation)[:-1]), message)
            case What.RESTART:
                return self.begin(conversation.replace(intake=None), message)
            case _:
                kept = conversation.intake if ideas_in(conversation) else None
                left = self._questions.activate(conversation.replace(intake=kept))
                nothing = () if kept else (Notice("list_empty"),)
                return Turn(left, self._questions.replay(left, message.at) if left.started else nothing)

    def begin(self, conversation: Conversation, message: Message, header: tuple[str, ...] = ()) -> Turn:
        """Asks for the first idea, or for the next one of a list that was left."""
        begun = _with(conversation, ideas_in(conversation), header)
        return self._show(self.activate(begun), message)

    def with_ideas(
        self, conversation: Conversation, message: Message, given: tuple[GivenIdea, ...], header: tuple[str, ...] = ()
    ) -> Conversation:
        """The conversation with these ideas at the end of the list."""
        return _with(conversation, (*ideas_in(conversation), *_collected(message, given)), header)

    def without(self, conversation: Conversation, places: Collection[int]) -> Conversation:
        """The conversation without the ideas at these places of the list."""
        kept = tuple(idea for at, idea in enumerate(ideas_in(conversation), 1) if at not in places)
        return _with(conversation, kept)

    def with_more(
        self, conversation: Conversation, message: Message, places: Collection[int], text: str
    ) -> Conversation:
        """The conversation with what else is said of the ideas at these places. What is said of somebody else's is an
        idea of its own: its words belong to another person.
        """
        ideas = list(ideas_in(conversation))
        for at, idea in enumerate(ideas_in(conversation)):
            if at + 1 in places and idea.by == message.sender.id:
                ideas[at] = replace(idea, text=f"{idea.text}, {text}"[:IDEA_LIMIT])
            elif at + 1 in places:
                ideas += _collected(message, (GivenIdea(text),))
        return _with(conversation, tuple(ideas))

    def _show(self, conversation: Conversation, message: Message) -> Turn:
        return Turn(conversation, self.replay(conversation, message.at))


def ideas_in(conversation: Conversation) -> tuple[CollectedIdea, ...]:
    """The ideas that were collected so far."""
    return () if conversation.intake is None else conversation.intake.ideas


def _collected(message: Message, given: tuple[GivenIdea, ...]) -> tuple[CollectedIdea, ...]:
    sender = message.sender
    return tuple(CollectedIdea(idea.text[:IDEA_LIMIT], sender.id, sender.name, idea.answers) for idea in given)


def _with(conversation: Conversation, ideas: tuple[CollectedIdea, ...], header: tuple[str, ...] = ()) -> Conversation:
    """The conversation with these ideas collected; the header of a table stays until there is another."""
    before = conversation.intake or CollectedIdeas()
    return conversation.replace(intake=CollectedIdeas(ideas, header or before.header))
