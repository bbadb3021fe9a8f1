"""A view as a message's `text`: the only thing that screen readers read, and what notifications show."""

from bot.slack.escaping import ELLIPSIS, escape, units
from bot.slack.shortening import LINE_LIMITS, Shorter
from bot.slack.texts import name
from dialogs.plain import plain

TEXT = 4000


def spoken(shorter: Shorter) -> str:
    """The whole view with numbered options, never empty."""
    for limit in LINE_LIMITS:
        text = plain(shorter(limit), name, escape).strip()
        if units(text) <= TEXT:
            return text or ELLIPSIS
    # Only lists of a hundred lines and more come here: they end at the last line that fits.
    return text.encode("utf-16-le")[: 2 * (TEXT - 1)].decode("utf-16-le", "ignore").rpartition("\n")[0] + ELLIPSIS
