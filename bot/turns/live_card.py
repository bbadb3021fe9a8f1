"""The live card of a conversation: recorded once it is shown, and kept the only one while deliveries overlap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from bot.storage.background import retry_until_available
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.stores import Stores
from bot.turns.channel import Surface
from dialogs.advisor import Advisor
from dialogs.replies.notices import ConversationDeleted
from dialogs.view import View
from dialogs.views import Superseded, current_view, lay_out

RECORD_TIMEOUT = 6.0
"""Seconds for which recording a delivery is tried: until others may claim the entry (`redelivery.OVERDUE_AFTER`)."""


class LiveCard(NamedTuple):
    """The live card, and the revision that it shows."""

    card: Card
    revision: int


class ShownCard(NamedTuple):
    """A view, and the live card that shows it.

    `known`: ids of messages that this delivery knew to have been the live card. `old`: what they become if this card
    was posted below them. `in_place`: this card was edited rather than posted below. `deleted`: id of the message
    deleted when it was posted.
    """

    view: View
    card: Card
    known: frozenset[str] = frozenset()
    old: Superseded | None = None
    in_place: bool = True
    deleted: str | None = None


@dataclass(slots=True)
class _Progress:
    """The progress of recording: what is to be marked next. `token` identifies a mark that is sent again."""

    shown: ShownCard | None
    revision: int
    token: str


async def supersede(surface: Surface, card: Card, old: Superseded) -> None:
    """Deletes an older card, or turns it into a record, once the new one is below it."""
    if old.deleted:
        await surface.delete(card, old.view)
    else:
        await surface.update(card, old.view)


async def show_card(view: View, old: Superseded | None, card: Card | None, surface: Surface, *, in_place: bool) -> Card:
    """Edits the live card, or posts the new one below it and supersedes the old one."""
    if in_place and card is not None:
        return await surface.update(card, view)
    posted = await surface.post(view)
    if card is not None and old is not None:
        await supersede(surface, card, old)
    return posted


def feedback_subjects(surface: Surface, card: Card, view: View) -> dict[str, str]:
    """The subject of feedback on a message, by the platform's id of the message, if a press will not contain it."""
    return {card.message: view.about} if view.about and not surface.names_subject else {}


class LiveCards:
    """Records where live cards are."""

    def __init__(self, advisor: Advisor, stores: Stores, new_token: Callable[[], str]) -> None:
        self._advisor = advisor
        self._stores = stores
        self._sessions = stores.sessions
        self._new_token = new_token

    async def record(
        self,
        place: Place,
        shown: ShownCard | None,
        revision: int,
        at: int,
        surface: Surface,
        about: Mapping[str, str] | None = None,
    ) -> LiveCard | None:
        """Marks a revision as delivered, and makes sure that the live card shows the newest.

        `about`: by message, the subject of feedback on it.

        It continues once Redis is back: no other process knows of a card that was posted and not recorded. If another
        card took its place, it would go on asking a question that is not open any more. Returns the live card, see
        `_mark`.
        """
        progress = _Progress(shown, revision, self._new_token())
        mark = partial(self._mark, place, progress, at, surface, about or {})
        return await retry_until_available(mark, RECORD_TIMEOUT)

    async def _mark(
        self, place: Place, progress: _Progress, at: int, surface: Surface, about: Mapping[str, str]
    ) -> LiveCard | None:
        """Marks the delivery. A card with an older revision than the stored one is edited until it shows the newest.

        If another message has become the live card, this one loses its buttons, and the other shows the newest view.
        Returns the live card; None if it is not known.
        """
        while True:
            shown, revision = progress.shown, progress.revision
            marked = await self._sessions.mark_delivered(
                place, shown.card if shown else None, revision, about, progress.token
            )
            if shown is None:
                return None
            if not marked.revision:  # somebody asked to be forgotten meanwhile
                await surface.update(shown.card, lay_out(self._advisor, (ConversationDeleted(),), 0))
                return None
            if marked.revision <= revision:
                other = marked.before
                if other is None or other.message == shown.card.message:
                    return LiveCard(shown.card, revision)
                if other.message in shown.known:
                    # Since it was superseded another process, which did not know of the new card yet, has shown this
                    # revision on it.
                    if marked.delivered >= revision and shown.old is not None and not shown.in_place:
                        await supersede(surface, other, shown.old)
                    return LiveCard(shown.card, revision)
                # Another process has made a card live since this message was processed.
                progress.shown = await self._give_way(shown, other, surface)
            else:
                stored = await self._sessions.adopt(place)
                conversation = await self._stores.conversation_at(stored)
                if conversation is None:
                    return None
                view = current_view(self._advisor, conversation, at)
                progress.shown = await self._show_newest(shown, view, stored.card, surface)
                progress.revision = stored.revision
            progress.token = self._new_token()

    async def _show_newest(self, shown: ShownCard, view: View, recorded: Card | None, surface: Surface) -> ShownCard:
        """Shows the newest view on the live card: the one on record. If that is another, this one is superseded."""
        live = shown.card
        if recorded is not None and recorded.message not in (shown.card.message, shown.deleted):
            bare = shown.view.without_buttons()
            await supersede(surface, shown.card, Superseded(bare, deleted=_is_new(shown)))
            live = recorded
        known = shown.known | {shown.card.message, live.message}
        return ShownCard(view, await surface.update(live, view), known, shown.old, deleted=shown.deleted)

    async def _give_way(self, shown: ShownCard, other: Card, surface: Surface) -> ShownCard:
        """Keeps the lower of two live cards: this one if this delivery posted it, else `other`."""
        known = shown.known | {shown.card.message, other.message}
        if not shown.in_place:
            if shown.old is not None:
                await supersede(surface, other, shown.old)
            return shown._replace(known=known)
        if _is_new(shown):  # the pressed card was deleted when the other was posted
            await supersede(surface, other, Superseded(shown.view.without_buttons(), deleted=True))
            return shown._replace(known=known)
        await surface.update(shown.card, shown.view.without_buttons())
        return shown._replace(card=await surface.update(other, shown.view), known=known)


def _is_new(shown: ShownCard) -> bool:
    """Whether this delivery posted the card: below, or in place of a deleted one."""
    return not shown.in_place or shown.card.message not in shown.known
