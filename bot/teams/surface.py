"""A conversation in Teams as a place where replies appear."""

import asyncio
import logging
from collections.abc import Mapping

from bot.storage.record import Card
from bot.teams.activities import Scope
from bot.teams.interfaces import Chat, SendFailed
from bot.teams.renderer import Drawing
from bot.turns.channel import TryLater, Undeliverable
from dialogs.catalogue import Catalogue
from dialogs.view import Divider, Line, View

log = logging.getLogger(__name__)


class TeamsSurface:
    """Where the replies to what somebody typed appear."""

    can_whisper = False

    def __init__(self, chat: Chat, address: Mapping[str, str], drawing: Drawing) -> None:
        self._chat = chat
        self._address = address
        self._drawing = drawing

    async def post(self, view: View) -> Card:
        """Posts a message."""
        try:
            return Card(await self._chat.post(self._drawing.of(view)), self._address)
        except SendFailed as error:
            raise _known(error) from error

    async def update(self, card: Card, view: View) -> Card:
        """Edits an older card, since the live one was posted below it. What cannot be edited stays as it was: its
        buttons are recognised as late, and it must neither move below the live card nor hold that one up."""
        try:
            await self._edit(card, view)
        except SendFailed as error:
            log.warning("An old card stays as it was. %s", error)
        return card

    async def whisper(self, view: View) -> None:
        """Teams has no message that only one person in a chat sees: everybody may read it."""
        await self.post(view)

    async def _edit(self, card: Card, view: View) -> None:
        await self._chat.update(card.message, self._drawing.of(view))


class LiveSurface(TeamsSurface):
    """Where the replies to a press appear, and those that were owed: on the live card.

    `names` are what else that card may be called: the id that Teams gives with a press may differ from the one that it
    gave when the card was sent, and either may be the one that it knows.
    """

    def __init__(self, chat: Chat, address: Mapping[str, str], drawing: Drawing, *names: Card | None) -> None:
        super().__init__(chat, address, drawing)
        self._names = tuple(name.message for name in names if name is not None)

    async def update(self, card: Card, view: View) -> Card:
        """Edits the live card; where it is not, the one under its other names; where none is, posts it anew."""
        for message in dict.fromkeys([card.message, *self._names]):
            try:
                await self._edit(Card(message), view)
            except SendFailed as error:
                if not error.lasting:
                    raise _known(error) from error
                log.info("The live card is not where it was, or cannot be edited. %s", error)
            else:
                return Card(message, self._address)
        return await self.post(view)


class AnsweredSurface(LiveSurface):
    """The same for a press whose sender gets notices in the answer to it, once `shown` tells that the card is there."""

    can_whisper = True

    def __init__(self, chat: Chat, address: Mapping[str, str], drawing: Drawing, *names: Card | None) -> None:
        super().__init__(chat, address, drawing, *names)
        self.shown: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def update(self, card: Card, view: View) -> Card:
        """See `LiveSurface`."""
        updated = await super().update(card, view)
        if not self.shown.done():
            self.shown.set_result(None)
        return updated

    async def whisper(self, view: View) -> None:
        """It is in the answer."""


def joined(above: View, below: View) -> View:
    """One view above the other, in one message."""
    divider = (Divider(),) if below.elements else ()
    return View((*above.elements, *divider, *below.elements), below.revision)


def hint(catalogue: Catalogue, scope: Scope) -> Line | None:
    """How to type an answer: in shared conversations only messages with a mention arrive."""
    return None if scope is Scope.PERSONAL else catalogue.in_channel("mention_hint")


def _known(error: SendFailed) -> TryLater | Undeliverable:
    return Undeliverable(str(error)) if error.lasting else TryLater(str(error))
