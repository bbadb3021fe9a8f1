"""The surface for replies: one conversation in Teams."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.storage.record import Card
from bot.teams.activities import TARGETED, ConversationType
from bot.teams.cards import render_message
from bot.teams.files import ChatFiles
from bot.teams.interfaces import ConversationClient, MessageGone, OutgoingMessage
from bot.turns.channel import Surface, TryLater, Undeliverable, said
from dialogs.catalogue import Catalogue
from dialogs.message import Message
from dialogs.view import Divider, File, Line, View

log = logging.getLogger(__name__)


@dataclass(eq=False)
class TeamsSurface(Surface):
    """Where the replies to what somebody typed or pressed appear. `hint` is shown below all buttons.

    Where the address is targeted, only one person sees them. Teams may refuse that; then the hint is said to everybody,
    and nothing else. See `surface_hint`. Teams gives a bot no access to earlier messages. `files`: how they go in and
    out in a personal chat; elsewhere bots can send none. `names` are what else the pressed card may be called: its id
    in a press may differ from the one that Teams gave when it was sent, and either may be the one that it knows.
    """

    client: ConversationClient
    address: Mapping[str, str]
    hint: Line | None
    files: ChatFiles | None = None
    names: Sequence[str] = ()

    can_expand = False
    names_subject = False

    @property
    def targeted(self) -> bool:
        return TARGETED in self.address

    @property
    def can_whisper(self) -> bool:
        """What is targeted is seen by one person anyway."""
        return self.targeted

    async def post(self, view: View) -> Card:
        try:
            return Card(await self.client.post(self.render(view)), self.address)
        except Undeliverable as error:
            if self.targeted and self.hint is not None:
                log.warning("Teams refused a message that only one person would have seen. %s", error)
                with suppress(TryLater, Undeliverable):
                    await self.client.post(render_message(said(self.hint)))
            raise

    async def update(self, card: Card, view: View) -> Card:
        """Edits the live card; where it is not, the one under its other names; where none is, posts it anew."""
        return await self._edited(card, view) or await self.post(view)

    async def edit(self, card: Card, view: View) -> None:
        await self.client.update(card.message, self.render(view))

    async def retire(self, card: Card, record: View) -> None:
        """As elsewhere; nor must it hold the live card up where Teams does not answer."""
        try:
            await self._edited(card, record)
        except TryLater as error:
            log.warning("An old card stays as it was. %s", error)

    async def _edited(self, card: Card, view: View) -> Card | None:
        """Edits a card, by the first of its names under which that is possible, and says where it is; None for none."""
        for message in dict.fromkeys([card.message, *self.names]):
            try:
                await self.edit(Card(message), view)
                return Card(message, self.address)
            except Undeliverable as error:
                log.info("A card is not where it was, or cannot be edited. %s", error)
        return None

    async def delete(self, card: Card, record: View) -> None:
        """Deletes an older card, unless the thread hangs on it; of one that cannot be deleted, the record is left."""
        try:
            if not card.address.get("conversation", "").endswith(f";messageid={card.message}"):
                await self.client.delete(card.message, targeted=self.targeted)
                return
        except MessageGone:
            return
        except (TryLater, Undeliverable) as error:
            log.info("An old card is not deleted. %s", error)
        await self.retire(card, record)

    async def whisper(self, view: View) -> None:
        """A message that only the sender sees. Where Teams refuses that, and where it has buttons, which edit what is
        everybody's, everybody may read it; a button for the sender alone is left out there."""
        person = self.address.get("person")
        shared = self.address.get("scope") != ConversationType.PERSONAL
        if shared and not self.targeted:
            view = view.without_checks()
        if shared and person and not self.targeted and view == view.without_buttons():
            try:
                await self.client.post(replace(render_message(view), targeted=person))
                return
            except Undeliverable as error:
                log.info("A notice is shown to everybody. %s", error)
        await self.post(view)

    async def think(self, message: Message, words: str, over: asyncio.Event) -> None:
        """Shows for some seconds that the bot types; not where only one person sees what is said: everybody would."""
        if not self.targeted:
            await self.client.type()

    async def post_file(self, file: File) -> None:
        """Asks whether the file may be saved."""
        if self.files is None or self.address.get("scope") != ConversationType.PERSONAL:
            raise Undeliverable("bots send files in personal chats of Teams alone")
        await self.files.offer(self.client, self.address["conversation"], file)

    async def fetch(self, name: str, url: str) -> bytes:
        """A file that somebody sent; for a while its address grants access."""
        return await (self.files.fetch(url, self.address["service"]) if self.files else super().fetch(name, url))

    def render(self, view: View) -> OutgoingMessage:
        if not self.targeted:
            return render_message(view, self.hint)
        return replace(render_message(view, targeted=True), targeted=self.address["person"])


@dataclass(eq=False)
class AnsweredSurface(TeamsSurface):
    """For a press whose sender gets notices in the answer to it. `shown` is the live card once it is there."""

    can_expand = True
    can_whisper = True  # shown in the answer to the press

    shown: asyncio.Future[Card] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    async def update(self, card: Card, view: View) -> Card:
        updated = await super().update(card, view)
        self._is_shown(updated)
        return updated

    async def _edited(self, card: Card, view: View) -> Card | None:
        edited = await super()._edited(card, view)
        if edited is not None:
            self._is_shown(edited)
        return edited

    def _is_shown(self, card: Card) -> None:
        if not self.shown.done():
            self.shown.set_result(card)

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
