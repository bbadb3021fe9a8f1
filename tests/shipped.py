"""The advisor as it is shipped: its own pack, its own words, on a day on which nothing has expired."""

import os
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from bot.assembly import open_advisor
from bot.config.environment import read_settings
from dialogs.advisor import Advisor

DAY = date(2026, 11, 26)

STATE = Path(gettempdir()) / f"advisor-tests-{os.getuid()}"
"""What is fitted for a pack that is being worked on is kept here from one run to the next: it takes a minute."""


@cache
def shipped() -> Advisor:
    """Made once for a whole run, since nothing in it changes."""
    return open_advisor(read_settings({"ADVISOR_STATE": str(STATE)}), DAY)[0]
