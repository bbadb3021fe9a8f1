"""The flow that takes ideas one at a time until somebody says that this is all: one gets advice, several are listed."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.catalogue import Catalogue, Remark
from dialogs.conversation import IDEA_LIMIT, Conversation
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.board import IDEAS_JUDGED, BoardFlow
from dialogs.flows.choices import Choice, ChoicePrompt
from dialogs.flows.questions import QuestionsFlow
from dialogs.ideas.collected_ideas import CollectedIdea, CollectedIdeas
from dialogs.intents import ListChange
from dialogs.message import Action, GivenIdea, Message, Person, Verb
from dialogs.replies import Reply
from dialogs.replies.ideas import IdeasAwaited
from dialogs.replies.notices import Notice
from dialogs.turn import Turn
from knowledge.interfaces import Reading

_ACCEPTED = frozenset({Verb.FINISH, Verb.BACK, Verb.CANCEL, Verb.RESTART})


class IntakeFlow(Flow):
    """See `Flow`. Everybody in the thread may add ideas. `board` takes several of them, `questions` a single one."""

    name = "intake"
    verbs = frozenset()
    waiting_remark = "list_waits"

    def __init__(self, questions: QuestionsFlow, board: BoardFlow, catalogue: Catalogue) -> None:
        super().__init__(questions.pack)
        self._questions = questions
        self._board = board
        done = Choice(Verb.FINISH.value, catalogue.text("list_done_label"), catalogue.phrases.list_done)
        self._prompt = ChoicePrompt(self.name, catalogue.text("list_idea"), (done,))

    def claims(self, conversation: Conversation, verb: Verb) -> bool:
        """While it is active, the button that ends the lessons elsewhere ends the list."""
        return verb is Verb.FINISH and conversation.flow == self.name

    def under_way(self, conversation: Conversation) -> bool:
        """From the request for a list until it is done."""
        return conversation.intake is not None

    def prompt(self, conversation: Conversation) -> ChoicePrompt | None:
        """The next idea, or that this was all."""
        return self._prompt if self.under_way(conversation) else None

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The count of ideas so far."""
        return (IdeasAwaited(len(_ideas(conversation))),)

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """Deleted: a newer count, or the list itself, follows."""
        return ClosedCard(self.replay(before, at), deleted=True) if self.under_way(before) else None

    def accepts(self, conversation: Conversation, verb: Verb) -> bool:
        """Only while it is active; most texts are ideas then."""
        return conversation.flow == self.name and verb in _ACCEPTED

    def objection(self, conversation: Conversation, action: Action) -> Remark | None:
        """The list has to be asked for."""
        return None if self.under_way(conversation) and action.verb in _ACCEPTED else "outdated"

    def act(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """Finishes the list, removes its last idea, starts it again, or leaves it."""
        match action.verb:
            case Verb.FINISH:
                return self._settle(conversation, message)
            case Verb.BACK:
                return self._show(_with(conversation, _ideas(conversation)[:-1]), message)
            case Verb.RESTART:
                return self.begin(conversation.replace(intake=None), message)
            case _:
                kept = conversation.intake if _ideas(conversation) else None
                left = self._questions.activate(conversation.replace(intake=kept))
                nothing = () if kept else (Notice("list_empty"),)
                return Turn(left, self._questions.replay(left, message.at) if left.started else nothing)

    def begin(self, conversation: Conversation, message: Message, header: tuple[str, ...] = ()) -> Turn:
        """Asks for the first idea, or for the next one of a list that was left."""
        begun = _with(conversation, _ideas(conversation), header)
        return self._show(self.activate(begun), message)

    def add(
        self, conversation: Conversation, message: Message, given: tuple[GivenIdea, ...], header: tuple[str, ...] = ()
    ) -> Turn:
        """One line is one more idea. Several lines complete the list, with the ideas sent before."""
        new = _collected(message, given)
        after = _with(conversation, (*_ideas(conversation), *new), header)
        full = len(_ideas(after)) >= IDEAS_JUDGED
        return self._settle(after, message) if full or len(new) > 1 else self._show(after, message)

    def change(self, conversation: Conversation, message: Message, change: ListChange) -> Turn:
        """Takes ideas back, adds others, and settles the list if this was all."""
        numbered = enumerate(_ideas(conversation), 1)
        own = frozenset(at for at, idea in enumerate(_ideas(conversation), 1) if idea.by == message.sender.id)
        kept = tuple(
            _with_more(idea, at, change) if at in own else idea for at, idea in numbered if at not in change.removed
        )
        # What is added to somebody else's idea is an idea of its own: its words belong to another person.
        added = (*change.added, *(text for at, text in change.more if at not in own))
        after = _with(conversation, (*kept, *_collected(message, tuple(map(GivenIdea, added)))))
        removed = Notice("ideas_removed", {"numbers": ", ".join(map(str, change.removed))})
        lead = (removed,) if change.removed else ()
        if not change.done:
            return self._show(after, message, *lead)
        turn = self._settle(after, message)
        return turn._replace(card=(*lead, *turn.card))

    def answer(self, conversation: Conversation, message: Message, option: str, others: Mapping[str, Reading]) -> Turn:
        """The only option: that was all."""
        return self._settle(conversation, message)

    def correct(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """There are no answers to correct."""
        return self._show(conversation, message)

    def _settle(self, conversation: Conversation, message: Message) -> Turn:
        """Lists several ideas; gives advice on a single one."""
        ideas, settled = _ideas(conversation), conversation.replace(intake=None)
        match ideas:
            case ():
                return self._show(conversation, message, Notice("list_empty"))
            case (idea,) if not idea.answers:
                theirs = message._replace(sender=Person(idea.by, idea.name))
                return self._questions.advise(self._questions.activate(settled), theirs, idea.text)
            case _:
                given = tuple(GivenIdea(idea.text, idea.answers, Person(idea.by, idea.name)) for idea in ideas)
                return self._board.take(settled, message, given)

    def _show(self, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
        return Turn(conversation, (*lead, *self.replay(conversation, message.at)))


def _collected(message: Message, given: tuple[GivenIdea, ...]) -> tuple[CollectedIdea, ...]:
    sender = message.sender
    return tuple(CollectedIdea(idea.text[:IDEA_LIMIT], sender.id, sender.name, idea.answers) for idea in given)


def _with(conversation: Conversation, ideas: tuple[CollectedIdea, ...], header: tuple[str, ...] = ()) -> Conversation:
    """The conversation with these ideas collected; the header of a table stays until there is another."""
    before = conversation.intake or CollectedIdeas()
    return conversation.replace(intake=CollectedIdeas(ideas, header or before.header))


def _with_more(idea: CollectedIdea, place: int, change: ListChange) -> CollectedIdea:
    """The idea with what is said about it besides."""
    more = [text for at, text in change.more if at == place]
    return replace(idea, text=", ".join([idea.text, *more])[:IDEA_LIMIT]) if more else idea


def _ideas(conversation: Conversation) -> tuple[CollectedIdea, ...]:
    return () if conversation.intake is None else conversation.intake.ideas
