"""What a turn reads of the ideas of a list, read before it and one by one: a list is as many texts as it has lines."""

from collections.abc import Iterator
from itertools import chain

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.board import IDEAS_JUDGED
from dialogs.limits import bounded
from dialogs.parsers.list_layout import parts_of
from dialogs.parsers.pasted_lists import MOST_JUDGED, kind_of
from dialogs.parsers.pasted_tables import table_in


def read_ahead(advisor: Advisor, conversation: Conversation, text: str) -> Iterator[object]:
    """Reads a little of a list at each step, and remembers it until the turn; nothing of other texts."""
    found = bounded(text)
    parts = parts_of(found.text) if found.is_list else ()
    table = table_in(advisor, found.text, () if conversation.intake is None else conversation.intake.header)
    rows = () if table is None or not parts else table.rows(advisor)
    for number, idea in enumerate(chain((row.text for row in rows), (part.text for part in parts))):
        yield from advisor.flows.board.read_ahead(idea) if number < IDEAS_JUDGED else ("",)
    yield from (kind_of(advisor, part) for part in parts[:MOST_JUDGED])
