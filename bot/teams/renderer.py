"""The messages of one turn. The answer to a press and everybody's message often show one view: it is drawn once."""

from bot.teams.cards import outgoing
from bot.teams.elements import Draw
from bot.teams.interfaces import Outgoing
from dialogs.view import Line, View


class Drawing:
    """Draws for one conversation; `hint` stands below what can be pressed. It lives as long as the turn."""

    def __init__(self, hint: Line | None, draw: Draw) -> None:
        self._hint = hint
        self._draw = draw
        self._drawn: list[tuple[View, Outgoing]] = []

    def of(self, view: View) -> Outgoing:
        """The message that shows a view."""
        for known, message in self._drawn:
            if known is view:
                return message
        message = outgoing(view, self._hint, self._draw)
        self._drawn.append((view, message))
        return message
