"""The orders in which a list of ideas can be shown."""

from collections.abc import Callable, Iterable, Mapping

from dialogs.ideas.board import IdeaRow, clearest_first
from dialogs.ideas.events import BEGUN, changed_at


def _to_begin(row: IdeaRow) -> tuple[object, ...]:
    status = row.idea.status
    return row.verdict is None, status in BEGUN, status != "approved", -row.strength, len(row.missing), row.number


_KEYS: Mapping[str, Callable[[IdeaRow], tuple[object, ...]]] = {
    "next": _to_begin,
    "number": lambda row: (row.number,),
    "title": lambda row: (row.idea.title.casefold(), row.number),
    "owner": lambda row: ((row.idea.name or row.idea.by).casefold(), row.number),
    "status": lambda row: (not row.idea.status, row.idea.status, row.number),
    "added": lambda row: (-row.idea.at, row.number),
    "changed": lambda row: (-changed_at(row.idea), row.number),
    "verdict": lambda row: (row.verdict is None, row.verdict and row.verdict.id, -row.strength, row.number),
    "missing": lambda row: (len(row.missing), row.number),
}


def ordered(rows: Iterable[IdeaRow], order: str) -> tuple[IdeaRow, ...]:
    """The rows in an order that has a name, reversed if that begins with a minus; for any other the clearest first,
    behind the ideas whose numbers it is.
    """
    key, first = _KEYS.get(order.removeprefix("-")), order.split()
    found = clearest_first(rows) if key is None else tuple(sorted(rows, key=key))
    found = tuple(sorted(found, key=lambda row: [*first, str(row.number)].index(str(row.number))))
    return found[::-1] if order.startswith("-") else found
