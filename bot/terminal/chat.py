"""The chat in a terminal or through a pipe: lines in, text out, with the same turns as every other channel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.storage.place import Place
from bot.storage.record import Card
from bot.terminal.numbered_buttons import numbered_presses
from bot.terminal.text import Screen, render_text
from bot.turns.channel import Surface, said
from bot.turns.failure_notice import failure_notice
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from dialogs.catalogue import Catalogue
from dialogs.message import Action, Message, Person, Press, Typed
from dialogs.view import Line, View


@dataclass(eq=False)
class TerminalChat:
    """A conversation in one terminal.

    `write` shows a piece of text; `clock` gives seconds since 1970; `new_id` an id that no message has had. A number
    presses the button that was last shown with it; everything else is typed text.
    """

    service: Service
    catalogue: Catalogue
    place: Place
    person: Person
    screen: Screen
    write: Callable[[str], None]
    clock: Callable[[], int]
    new_id: Callable[[], str]
    _numbers: Mapping[int, Press] = field(default_factory=dict, init=False)

    async def handle_line(self, line: str) -> None:
        """Processes one line and shows the replies. Errors are shown, never raised."""
        message = Message(self.new_id(), self.person, self.clock(), self._content(line))
        try:
            processed = await self.service.process(self.place, message, channel="terminal", address={})
            await self.service.delivery.deliver(processed, _TerminalSurface(self, processed))
        except Exception as error:
            sorry = failure_notice(self.catalogue, error, message.id, message)
            if sorry is not None:
                self.show_line(sorry)

    @property
    def numbers(self) -> Mapping[int, Action]:
        """What each number that can be typed now stands for."""
        return {number: press.action for number, press in self._numbers.items()}

    def _content(self, line: str) -> Typed | Press:
        number = line.strip()
        press = self._numbers.get(int(number)) if number.isascii() and number.isdigit() else None
        return press or Typed(line)

    def show(self, view: View, first: int = 1, *, more: bool = False) -> None:
        """Writes a view, with numbers from `first` on, and remembers what they stand for.

        The last view with any counts; `more`: it is one of several in the same turn, which count together.
        """
        self.write(render_text(view, self.screen, first))
        numbers = numbered_presses(view, first)
        if numbers:
            self._numbers = {**self._numbers, **numbers} if more else numbers

    def show_line(self, line: Line) -> None:
        """Writes a line that is not part of a reply."""
        self.write(render_text(said(line), self.screen))


class _TerminalSurface(Surface):
    """Where the replies of one turn appear. What is written stays and is not read back. Of all edits only the turn's
    own view counts.

    The numbers of what is written beside the turn's view go on from those of that view, which are answers.
    """

    can_whisper = True
    can_expand = False
    names_subject = True

    def __init__(self, chat: TerminalChat, processed: Processed) -> None:
        self._chat = chat
        self._processed = processed
        self._next = 1 if processed.view is None else 1 + len(numbered_presses(processed.view))
        self._numbered = False

    async def post(self, view: View) -> Card:
        self._show(view)
        return Card(f"r{view.revision}")

    async def update(self, card: Card, view: View) -> Card:
        if view is self._processed.view:
            self._show(view)
        return card

    async def edit(self, card: Card, view: View) -> None:
        """What is written stays."""

    async def delete(self, card: Card, record: View) -> None:
        """What is written stays."""

    async def whisper(self, view: View) -> None:
        self._show(view)

    def _show(self, view: View) -> None:
        count = len(numbered_presses(view))
        first = 1 if view is self._processed.view else self._next
        self._next += count  # where it is the turn's own view, nothing comes after it
        self._chat.show(view, first, more=self._numbered)
        self._numbered = self._numbered or bool(count)
