"""The advisor without an encoder: its own pack, understood by its words alone."""

from functools import cache

from dialogs import catalogue
from dialogs.advisor import Advisor
from tests.knowledge import fixtures


@cache
def advisor_by_words() -> Advisor:
    """Made once for a whole run, since nothing in it changes: what it knows of words takes seconds to put together."""
    return Advisor.build(fixtures.by_words(), catalogue.load())
