"""One person at a keyboard, or a pipe: lines in, text out, through the same turns as every other channel."""

import logging
from collections.abc import Callable, Mapping

from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.record import Card
from bot.terminal.text import Screen, presses, text
from bot.turns.delivery import Processed
from bot.turns.service import Service
from dialogs.catalogue import Catalogue
from dialogs.message import Action, Message, Person, Press, Typed
from dialogs.view import Line, Paragraph, View

log = logging.getLogger(__name__)


class Chat:
    """A conversation in one terminal.

    `write` shows a piece of text; `clock` gives seconds since 1970; `new_id` an id that no message has had. A number
    presses the button that was last shown with it; everything else is typed text.
    """

    def __init__(
        self,
        service: Service,
        catalogue: Catalogue,
        place: Place,
        person: Person,
        screen: Screen,
        write: Callable[[str], None],
        clock: Callable[[], int],
        new_id: Callable[[], str],
    ) -> None:
        self._service = service
        self._catalogue = catalogue
        self._place = place
        self._person = person
        self._screen = screen
        self._write = write
        self._clock = clock
        self._new_id = new_id
        self._numbers: Mapping[int, Action] = {}
        self._revision = 0

    async def hear(self, line: str) -> None:
        """Takes one line and shows what comes of it. Trouble is said, never raised."""
        message = Message(self._new_id(), self._person, self._clock(), self._content(line))
        try:
            taken = await self._service.process(self._place, message, channel="terminal", address={})
            await self._service.deliver(taken, _Sheet(self, taken))
        except StorageUnavailable as error:
            log.warning("a message was not taken: %s", error)
            self.say(self._catalogue.in_channel("not_saved"))
        except Exception:
            log.exception("a message failed, reference %s", message.id)
            self.say(self._catalogue.in_channel("failed", reference=message.id))

    @property
    def numbers(self) -> Mapping[int, Action]:
        """What each number that can be typed now stands for."""
        return self._numbers

    def _content(self, line: str) -> Typed | Press:
        number = line.strip()
        action = self._numbers.get(int(number)) if number.isascii() and number.isdigit() else None
        return Typed(line) if action is None else Press(action, self._revision)

    def show(self, view: View) -> None:
        """Writes a view and remembers what its numbers stand for; the last one with any counts."""
        self._write(text(view, self._screen))
        numbers = presses(view)
        if numbers:
            self._numbers, self._revision = numbers, view.revision

    def say(self, line: Line) -> None:
        """Writes a line of the terminal's own."""
        self._write(text(View((Paragraph(line),)), self._screen))


class _Sheet:
    """Where the replies of one turn appear. What is written stays, so of all edits only the turn's own view counts."""

    discreet = True

    def __init__(self, chat: Chat, taken: Processed) -> None:
        self._chat = chat
        self._taken = taken

    async def post(self, view: View) -> Card:
        self._chat.show(view)
        return Card(f"r{view.revision}")

    async def update(self, card: Card, view: View) -> Card:
        if view is self._taken.view:
            self._chat.show(view)
        return card

    async def whisper(self, view: View) -> None:
        self._chat.show(view)
