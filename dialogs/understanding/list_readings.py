"""What a turn reads of the ideas of a list, read before it and one by one: a list is as many texts as it has lines."""

from collections.abc import Iterator

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.board import IDEAS_JUDGED
from dialogs.limits import bounded
from dialogs.understanding.list_layout import parts_of
from dialogs.understanding.lists import listed_ideas
from dialogs.understanding.pasted_lists import MOST_JUDGED, kind_of
from dialogs.understanding.pasted_tables import table_in


def read_ahead(advisor: Advisor, conversation: Conversation, text: str) -> Iterator[object]:
    """Reads a little of a list at each step, and remembers it until the turn; nothing of other texts."""
    found = bounded(text)
    parts = parts_of(found.text) if found.is_list else ()
    table = table_in(advisor, found.text, () if conversation.intake is None else conversation.intake.header)
    rows = () if table is None or not parts else table.rows(advisor)
    yield from rows
    for part in parts[:MOST_JUDGED]:
        yield advisor.knowledge.matcher.project(part.text)
        yield kind_of(advisor, part)
    listed = listed_ideas(advisor, conversation, found.text) if parts else None
    for idea in () if listed is None else listed.lines[:IDEAS_JUDGED]:
        yield from advisor.flows.board.read_ahead(idea)
