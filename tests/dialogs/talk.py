"""A small language for conversations in tests: who says or presses what, and what the live card then shows."""

from dataclasses import dataclass, field

from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.flows.replay import open_question
from dialogs.message import Message, Person, Press, Typed, parse_action
from dialogs.replies import Reply
from dialogs.replies.receipts import flat
from dialogs.replies.results import ResultPart
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.view import Buttons, Choices, View
from dialogs.views import Superseded, lay_out, superseded_card
from dialogs.views.plain_text import plain

NOON = 1_795_000_000


@dataclass
class Talk:
    """One conversation. `turn` is the last turn, `card` the live card as text."""

    advisor: Advisor
    conversation: Conversation = field(init=False)
    turn: Turn = field(init=False)
    view: View | None = None
    closed: Superseded | None = None
    clock: int = NOON
    private: bool = True

    def __post_init__(self) -> None:
        self.conversation = Conversation.fresh(self.advisor.pack)

    def say(self, text: str, who: str = "ana", addressed: bool = True, message_id: str | None = None) -> "Talk":
        return self._take(Typed(text), who, addressed, message_id)

    def do(self, *commands: Command, who: str = "ana", text: str = "so be it") -> "Talk":
        """Types a line that is understood as these commands."""
        return self._take(Typed(text, commands=commands), who, True, None)

    def press(self, button: str, who: str = "ana", revision: int | None = -1, message_id: str | None = None) -> "Talk":
        """Presses a button of the live card, or one drawn for an earlier revision."""
        action = parse_action(button)
        assert action is not None, f"there is no button {button}"
        drawn = self.conversation.revision if revision == -1 else revision
        return self._take(Press(action, drawn), who, True, message_id)

    def new_thread(self) -> "Talk":
        """Goes on in a new thread of the same place, which has its list."""
        fresh = Conversation.fresh(self.advisor.pack)
        self.conversation = fresh.replace(board=self.conversation.board)
        return self

    def _take(self, content: Typed | Press, who: str, addressed: bool, message_id: str | None) -> "Talk":
        self.clock += 30
        person = Person(who, who)
        message = Message(message_id or f"m{self.clock}", person, self.clock, content, addressed, self.private)
        before = self.conversation
        self.turn = respond(self.advisor, before, message)
        self.conversation = self.turn.conversation
        if self.turn.card:
            self.closed = superseded_card(self.advisor, before, self.conversation, self.clock)
            self.view = self._view(self.turn.card)
        return self

    def _view(self, replies: tuple) -> View:
        return lay_out(self.advisor, replies, self.conversation.revision)

    @property
    def old(self) -> View | None:
        """What the last card became; None where it stays as it was."""
        return self.closed.view if self.closed else None

    @property
    def card(self) -> str:
        return plain(self.view) if self.view else ""

    @property
    def below(self) -> str:
        return "\n".join(plain(self._view((reply,))) for reply in self.turn.below)

    @property
    def said(self) -> str:
        """All that was said to everybody."""
        return "\n".join(filter(None, (self.below, self.card if self.turn.card else "")))

    @property
    def replies(self) -> list[Reply]:
        """The replies below the live card, one by one."""
        return [part for told in self.turn.below for part in flat(told)]

    @property
    def aside(self) -> str:
        return plain(self._view(self.turn.aside))

    @property
    def open(self) -> str | None:
        question = open_question(self.advisor.pack, self.conversation)
        return question.id if question else None

    @property
    def silent(self) -> bool:
        return not (self.turn.card or self.turn.below or self.turn.aside)

    def buttons(self) -> list[str]:
        """Ids of everything to press on the live card."""
        elements = self.view.elements if self.view else ()
        return [b.action.id for e in elements if isinstance(e, Buttons | Choices) for b in e.buttons]


def kind(reply: Reply) -> object:
    """The type of a reply; of a part of a result, which part."""
    return reply.what if isinstance(reply, ResultPart) else type(reply)
