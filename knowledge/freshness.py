"""For how long something from outside the source is shown."""

from datetime import date, timedelta

READ_WITHIN = timedelta(days=120)
"""How long after it was read something from outside is shown."""


def last_day(read: date, expires: date) -> date:
    """The last day on which something that was read then, and expires then, is shown."""
    return min(read + READ_WITHIN, expires - timedelta(days=1))
