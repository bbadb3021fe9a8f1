"""What a message led to, between its effect and its delivery."""

from dataclasses import dataclass

from bot.due import Debt
from bot.sessions import Card, Place
from dialogs.message import Message
from dialogs.turn import Turn
from dialogs.view import View


@dataclass(frozen=True, slots=True)
class Taken:
    """A message whose effect is durable, and what is to be delivered for it.

    `view` is the new live card, `below` are messages of their own that leave the live card where it is, `aside` is
    for the sender alone. `old` is the form that the live card takes when the new one is posted below it. `live` is the
    live card as far as known, `recorded` the one on record; `in_place`: the new one replaces it rather than being
    posted below. `changed`: there was something to save.
    """

    place: Place
    message: Message
    turn: Turn
    view: View | None
    below: tuple[View, ...]
    aside: View | None
    old: View | None
    live: Card | None
    recorded: Card | None
    in_place: bool
    debt: Debt
    changed: bool

    @property
    def revision(self) -> int:
        """The revision that the message led to."""
        return self.turn.conversation.revision
