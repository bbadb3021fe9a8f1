"""What a turn reads of the ideas of a list, read before it and one by one: a list is as many texts as it has lines.

Where a text is no list of ideas, nothing but time is lost.
"""

from collections.abc import Iterator
from itertools import chain, islice

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.board import IDEAS_JUDGED
from dialogs.limits import bounded
from dialogs.parsers.list_layout import parts_of
from dialogs.parsers.pasted_lists import MOST_JUDGED, kind_of
from dialogs.parsers.pasted_tables import rows_in


def read_ahead(advisor: Advisor, conversation: Conversation, text: str) -> Iterator[None]:
    """Reads a little of a list at each step, and remembers it until the turn; nothing of other texts."""
    found = bounded(text)
    if not found.is_list:
        return
    parts = parts_of(found.text)
    rows = rows_in(advisor, found.text, conversation.intake.header if conversation.intake is not None else ())
    ideas = chain((row.text for row in rows), (part.text for part in parts))
    for idea in islice(ideas, IDEAS_JUDGED):
        yield
        yield from advisor.flows.board.read_ahead(idea)
    for _ in rows:
        yield
    for part in parts[:MOST_JUDGED]:
        kind_of(advisor, part)
        yield
