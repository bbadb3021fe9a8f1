"""The advisor as it is shipped: its own pack, its own words, on a day on which nothing has expired."""

from datetime import date
from functools import cache

from bot.assembly import open_advisor
from bot.settings import Settings
from dialogs.advisor import Advisor

DAY = date(2026, 11, 25)


@cache
def shipped() -> Advisor:
    """Made once for a whole run, since nothing in it changes."""
    return open_advisor(Settings.from_environment({}), DAY)[0]
