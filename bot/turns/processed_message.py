"""A processed message, and what is to be delivered for it."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Self

from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.record import Card, StoredConversation
from bot.turns.board_updates import BoardUpdate
from bot.turns.channel import Surface
from bot.turns.file_message import PendingFile
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message, Press
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views import Superseded, lay_out, superseded_card
from dialogs.wording.placement import Words


class Processed(NamedTuple):
    """A message whose effect is durable, and what is to be delivered for it.

    `before` is the conversation that the turn began with. `view` is the new live card, `below` are messages of their
    own that leave the live card where it is, `aside` is for the sender alone. `expanded` is a longer form of the live
    card for whoever asked. `old` is the form that the live card takes when the new one is posted below it. `live` is
    the live card as far as known, with the revision `delivered` on it; `recorded` was on record when the message came;
    `in_place`: the new one replaces it rather than being posted below. `changed`: there was something to save, or a
    card that is owed is shown.
    `counts` is what the message counts for, by name (`turn_records`). `lease` is that of the outbox entry; None where
    there is none, since nothing is to be shown. `board_update`: the change of the board that is under way.
    `words`: those of its answers, which are under way. `sent`: how many of `below` are shown already. `owes`: more will
    be shown for the message, so its entry stays. `file`: what came with it, and is to come back with verdicts.
    """

    entry: OutboxEntry
    place: Place
    before: Conversation
    turn: Turn
    old: Superseded | None
    live: Card | None
    recorded: Card | None
    delivered: int
    in_place: bool
    changed: bool
    lease: Lease | None
    counts: Mapping[str, int] = MappingProxyType({})
    board_update: BoardUpdate | None = None
    view: View | None = None
    below: tuple[View, ...] = ()
    aside: View | None = None
    expanded: View | None = None
    words: "asyncio.Task[Words | None] | None" = None
    sent: int = 0
    owes: bool = False
    file: PendingFile | None = None

    @property
    def message(self) -> Message:
        return self.entry.message

    @property
    def revision(self) -> int:
        return self.turn.conversation.revision

    @property
    def taken(self) -> bool:
        """Whether the message had its effect, by this event of it or another; False where it was refused."""
        return self.turn.conversation.has_seen(self.message.id)

    def posted_on(self, surface: Surface) -> tuple[View, ...]:
        """Messages of their own on a surface; among them what it cannot show in the card's place."""
        if self.expanded is None or surface.can_expand:
            return self.below
        return (*self.below, self.expanded.without_buttons())

    def showing(self, advisor: Advisor, turn: Turn) -> Self:
        """The same with the replies of another turn, laid out."""
        revision = turn.conversation.revision
        return self._replace(
            turn=turn,
            view=lay_out(advisor, turn.card, revision) if turn.card else None,
            below=tuple(lay_out(advisor, (reply,), revision) for reply in turn.below),
            aside=lay_out(advisor, turn.aside, revision) if turn.aside else None,
            expanded=lay_out(advisor, turn.expanded, revision) if turn.expanded else None,
        )

    @property
    def idle(self) -> bool:
        """Whether there is nothing to show, to record or to acknowledge."""
        return self.lease is None and not self.changed and self.aside is None


def processed_message(
    advisor: Advisor,
    entry: OutboxEntry,
    lease: Lease | None,
    stored: StoredConversation,
    before: Conversation,
    turn: Turn,
    pressed: Card | None = None,
    recorded: Card | None = None,
) -> Processed:
    """What a turn led to, laid out. `before` is the conversation that the turn began with."""
    # What was pressed and shows something new is the live card, unless its revision tells: `Sessions.save`.
    unknown = isinstance(entry.message.content, Press) and entry.message.content.revision is None
    # A new card stands below an answer that is a message of its own.
    in_place = isinstance(entry.message.content, Press) and not turn.apart and not turn.below
    processed = Processed(
        entry=entry,
        place=stored.place,
        before=before,
        turn=turn,
        old=None if in_place else superseded_card(advisor, before, turn.conversation, entry.message.at),
        live=(pressed if turn.card and unknown else None) or stored.card or pressed,
        recorded=recorded or stored.card,
        delivered=stored.delivered,
        in_place=in_place,
        changed=turn.conversation is not before or bool(turn.card),
        lease=lease,
    )
    return processed.showing(advisor, turn)


def misses_card(
    stored: StoredConversation, before: Conversation, turn: Turn, message: Message, pressed: Card | None
) -> bool:
    """Whether a press that has no effect shows that its sender does not see the live card: its reply is owed, or
    another message is on record as the card, which may be gone."""
    if not isinstance(message.content, Press) or turn != Turn(before, aside=turn.aside):
        return False
    elsewhere = pressed is not None and stored.card is not None and pressed.message != stored.card.message
    return elsewhere or (not turn.aside and stored.delivered < stored.revision)
