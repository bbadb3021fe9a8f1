"""Replies as views and as text."""

from dialogs.advisor import Advisor
from dialogs.replies import Reply
from dialogs.view import (
    Buttons,
    Choices,
    View,
)
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.pack import Pack


def laid_out(advisor: Advisor, *replies: Reply) -> View:
    return lay_out(advisor, replies, 1)


def text(advisor: Advisor, *replies: Reply) -> str:
    return plain(laid_out(advisor, *replies))


def buttons(view: View) -> list[str]:
    return [b.action.id for e in view.elements if isinstance(e, Buttons | Choices) for b in e.buttons]


def having(pack: Pack, **changes: object) -> Pack:
    return pack.model_copy(update=changes)
