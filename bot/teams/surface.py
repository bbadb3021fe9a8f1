"""The surface for replies: one conversation in Teams."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from bot.storage.record import Card
from bot.teams.activities import TARGETED, ConversationType
from bot.teams.cards import render_message
from bot.teams.files import ChatFiles
from bot.teams.interfaces import ConversationClient, MessageGone, OutgoingMessage
from bot.turns.channel import Surface, TryLater, Undeliverable
from dialogs.catalogue import Catalogue
from dialogs.message import Message
from dialogs.view import Divider, File, Line, Paragraph, View

log = logging.getLogger(__name__)


class TeamsSurface(Surface):
    """Where the replies to what somebody typed appear. `hint` is shown below all buttons.

    Where the address is targeted, only one person sees them. Teams may refuse that; then the hint is said to everybody,
    and nothing else. See `surface_hint`. Teams gives a bot no access to earlier messages. `names` are what else the
    live card may be called (`LiveSurface`). `files`: how they go in and out in a personal chat; elsewhere bots can send
    none.
    """

    can_expand = False
    names_subject = False
    files: ChatFiles | None = None

    def __init__(
        self, client: ConversationClient, address: Mapping[str, str], hint: Line | None, *names: Card | None
    ) -> None:
        self._client = client
        self._address = address
        self._hint = hint
        self._names = tuple(name.message for name in names if name is not None)
        self._targeted = TARGETED in address

    @property
    def can_whisper(self) -> bool:
        """What is targeted is seen by one person anyway."""
        return self._targeted

    async def post(self, view: View) -> Card:
        try:
            return Card(await self._client.post(self.render(view)), self._address)
        except Undeliverable as error:
            if self._targeted and self._hint is not None:
                log.warning("Teams refused a message that only one person would have seen. %s", error)
                with suppress(TryLater, Undeliverable):
                    await self._client.post(render_message(View((Paragraph(self._hint),))))
            raise

    async def update(self, card: Card, view: View) -> Card:
        """Edits an older card, since the live one was posted below it. What cannot be edited stays as it was: its
        buttons are recognised as late, and it must neither move below the live card nor hold that one up."""
        await self._edit_if_possible(card, view)
        return card

    async def edit(self, card: Card, view: View) -> None:
        await self._client.update(card.message, self.render(view))

    async def _edit_if_possible(self, card: Card, view: View) -> None:
        try:
            await self.edit(card, view)
        except (TryLater, Undeliverable) as error:
            log.warning("An old card stays as it was. %s", error)

    async def delete(self, card: Card, record: View) -> None:
        """Deletes an older card, unless the thread hangs on it; of one that cannot be deleted, the record is left."""
        try:
            if not card.address.get("conversation", "").endswith(f";messageid={card.message}"):
                await self._client.delete(card.message, targeted=self._targeted)
                return
        except MessageGone:
            return
        except (TryLater, Undeliverable) as error:
            log.info("An old card is not deleted. %s", error)
        await self._edit_if_possible(card, record)

    async def whisper(self, view: View) -> None:
        """A message that only the sender sees. Where Teams refuses that, and where it has buttons, which edit what is
        everybody's, everybody may read it; a button for the sender alone is left out there."""
        person = self._address.get("person")
        shared = self._address.get("scope") != ConversationType.PERSONAL
        if shared and not self._targeted:
            view = view.without_checks()
        if shared and person and not self._targeted and view == view.without_buttons():
            try:
                await self._client.post(replace(render_message(view), targeted=person))
                return
            except Undeliverable as error:
                log.info("A notice is shown to everybody. %s", error)
        await self.post(view)

    async def think(self, message: Message, words: str, over: asyncio.Event) -> None:
        """Shows for some seconds that the bot types; not where only one person sees what is said: everybody would."""
        if not self._targeted:
            await self._client.type()

    async def post_file(self, file: File) -> None:
        """Asks whether the file may be saved."""
        if self.files is None or self._address.get("scope") != ConversationType.PERSONAL:
            raise Undeliverable("bots send files in personal chats of Teams alone")
        await self.files.offer(self._client, self._address["conversation"], file)

    async def fetch(self, name: str, url: str) -> bytes:
        """A file that somebody sent; for a while its address grants access."""
        return await (self.files.fetch(url, self._address["service"]) if self.files else super().fetch(name, url))

    def render(self, view: View) -> OutgoingMessage:
        if not self._targeted:
            return render_message(view, self._hint)
        return replace(render_message(view, targeted=True), targeted=self._address["person"])


class LiveSurface(TeamsSurface):
    """Where the replies to a press appear, and those of overdue outbox entries: on the live card.

    Teams' id of that card in a press may differ from the one that it gave when the card was sent, and either may be the
    one that it knows.
    """

    async def update(self, card: Card, view: View) -> Card:
        """Edits the live card; where it is not, the one under its other names; where none is, posts it anew."""
        for message in dict.fromkeys([card.message, *self._names]):
            try:
                await self.edit(Card(message), view)
                return Card(message, self._address)
            except Undeliverable as error:
                log.info("The live card is not where it was, or cannot be edited. %s", error)
        return await self.post(view)


class AnsweredSurface(LiveSurface):
    """The same for a press whose sender gets notices in the answer to it. `shown` is the live card once it
    is there."""

    can_expand = True

    def __init__(
        self, client: ConversationClient, address: Mapping[str, str], hint: Line | None, *names: Card | None
    ) -> None:
        super().__init__(client, address, hint, *names)
        self.shown: asyncio.Future[Card] = asyncio.get_running_loop().create_future()

    async def update(self, card: Card, view: View) -> Card:
        updated = await super().update(card, view)
        if not self.shown.done():
            self.shown.set_result(updated)
        return updated

    @property
    def can_whisper(self) -> bool:
        """Shown in the answer to the press."""
        return True

    async def whisper(self, view: View) -> None:
        """Does nothing: it is in the answer."""


def stack_views(above: View, below: View) -> View:
    """One view above the other, in one message."""
    divider = (Divider(),) if below.elements else ()
    return View((*above.elements, *divider, *below.elements), below.revision)


def surface_hint(catalogue: Catalogue, address: Mapping[str, str]) -> Line | None:
    """How to type an answer: in shared conversations only messages with a mention arrive. Where only one person sees
    what is said: what everybody is told if Teams refuses that."""
    if TARGETED in address:
        return catalogue.in_channel("targeted_refused")
    personal = ConversationType(address["scope"]) is ConversationType.PERSONAL
    return None if personal else catalogue.in_channel("mention_hint")
