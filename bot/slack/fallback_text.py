"""A view as a message's `text`: the only thing that screen readers read, and what notifications show."""

from bot.slack.mrkdwn import ELLIPSIS, units
from bot.slack.renderer import At
from bot.slack.truncation import LINE_LIMITS

TEXT = 4000


def spoken(at: At) -> str:
    """The whole view with numbered options, never empty."""
    for limit in LINE_LIMITS:
        text = "\n".join([part.spoken for part in at(limit) if part.spoken]).strip()
        if units(text) <= TEXT:
            return text or ELLIPSIS
    # Only lists of a hundred lines and more come here: they end at the last line that fits.
    return text.encode("utf-16-le")[: 2 * (TEXT - 1)].decode("utf-16-le", "ignore").rpartition("\n")[0] + ELLIPSIS
