"""The layout of the list of ideas."""

from collections.abc import Sequence
from itertools import chain

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.ideas.board import IdeaRow
from dialogs.message import Action, Verb
from dialogs.replies.ideas import IdeaList
from dialogs.view import Button, Buttons, Drawing, Element, Heading, Line, Note, Table, as_line
from dialogs.views.idea_parts import (
    ask_button,
    either_verdict,
    idea_button,
    linked,
    main_answer,
    staged,
    verdict_cell,
    verdict_name,
)
from knowledge.pack import Pack

_NAMED = 4
"""Ideas that the button for the next question names."""


def idea_list(catalogue: Catalogue, reply: IdeaList) -> tuple[Element, ...]:
    """The ideas as a map: those with a verdict, those that one answer settles, and the others, then buttons. In an
    order that somebody asked for, the table has all of them.
    """
    elements: list[Element] = [Heading(_list_title(catalogue, reply), level=2), *_filters(catalogue, reply)]
    decided = [row for row in reply.rows if row.verdict is not None or reply.order]
    missing = [row for row in reply.rows if row.verdict is None and not reply.order]
    near = [row for row in missing if row.number in reply.near]
    if decided:
        header = (catalogue.text("list_idea"), catalogue.text("list_verdict"))
        rows = tuple(_row(catalogue, reply.pack, row) for row in decided)
        links, caption = tuple(row.idea.link for row in decided), catalogue.text("list_caption")
        marks = tuple(_mark(reply.pack, row) for row in decided)
        elements.append(Table(header, rows, compact=True, links=links, caption=caption, marks=marks))
    for key, group in (("list_near_title", near), ("list_open_title", [row for row in missing if row not in near])):
        if group:
            drawn = tuple(_drawn(catalogue, reply.pack, row) for row in group)
            elements += [Heading(catalogue.line(key), level=2), Drawing(drawn, _in_words(catalogue, reply.pack, group))]
    if reply.aside:
        put = (staged(catalogue, idea) for idea in reply.aside)
        elements.append(Note(catalogue.line("list_aside", ideas="; ".join(put))))
    if reply.rows:
        elements.append(_list_buttons(catalogue, reply))
        if missing:
            asks = tuple(ask_button(catalogue, row.number, row.ask) for row in missing if row.ask is not None)
            elements.append(Buttons(asks, menu=True, title=catalogue.text("list_answer_one")))
        opens = tuple(idea_button(row.idea) for row in sorted(reply.rows, key=lambda row: row.number))
        elements.append(Buttons(opens, menu=True, title=catalogue.text("list_open_idea")))
        first, last = (end.short or end.name for end in (reply.pack.verdicts[0], reply.pack.verdicts[-1]))
        elements.append(Note(catalogue.line("list_legend", first=first.lower(), last=last.lower())))
        number, other = reply.rows[0].number, reply.rows[-1].number
        hint = "list_hint" if other != number else "list_hint_one"
        if not _is_part(reply):  # of a part it is said how to see all
            elements.append(Note(catalogue.line(hint, number=number, other=other)))
    else:
        elements.append(Buttons((Button(Action(Verb.IDEAS), catalogue.text("list_all")),)))
    return tuple(elements)


def _mark(pack: Pack, row: IdeaRow) -> str:
    """The verdicts from one end of the scale to the other: the one that it has, and those that it may still get."""
    now = row.verdict.id if row.verdict is not None else ""
    possible = {verdict.id for verdict in row.possible}
    return "".join("●" if v.id == now else "○" if v.id in possible else "─" for v in pack.verdicts)


def _list_title(catalogue: Catalogue, reply: IdeaList) -> Line:
    values = {"decided": reply.decided, "open": reply.total - reply.decided, "total": reply.total}
    if not reply.rows or reply.total == 1:
        return catalogue.line("list_title_one" if reply.rows else "list_title_none", **values)
    key = "list_title" if len(reply.rows) == reply.total else "list_title_page"
    return catalogue.line(key, first=reply.first, last=reply.first + len(reply.rows) - 1, **values)


def _filters(catalogue: Catalogue, reply: IdeaList) -> list[Element]:
    owner, labels = reply.owner, (catalogue.statuses.get(each.lstrip("-"), each) for each in reply.status.split())
    status = ", ".join(labels)
    status = catalogue.text("filter_not", status=status) if reply.status.startswith("-") else status
    filters = [*map(str, reply.only)]
    filters += [reply.verdict.name] if reply.verdict is not None else []
    filters += [catalogue.text("filter_open")] if reply.open else []
    if reply.answer is not None:
        question, option = reply.answer
        filters.append(catalogue.text("filter_answer", question=question.name, answer=option.record))
    filters += [status] if status else []
    if owner is not None:
        named = catalogue.text("filter_owner_of", person=owner.name) if owner.name else catalogue.text("filter_owner")
        filters.append(named)
    if reply.changed is not None:
        filters.append(catalogue.text("filter_changed", day=short_day(reply.changed)))
    order = [Note(order_line(catalogue, reply.order))] if reply.order else []
    if filters:
        return [Note(catalogue.line("list_filtered", filters=", ".join(filters), kept=reply.kept)), *order]
    return [Note(catalogue.line("list_part", kept=reply.kept))] if _is_part(reply) and not order else [*order]


def order_line(catalogue: Catalogue, order: str) -> Line:
    """In which order ideas stand; "" for the usual one."""
    own = catalogue.text("list_own_order" if order else "list_usual_order", numbers=", ".join(order.split()))
    label = catalogue.orders.get(order.removeprefix("-"), (own,))[0]
    return catalogue.line("list_order_reversed" if order.startswith("-") else "list_order", order=label)


def _is_part(reply: IdeaList) -> bool:
    return reply.total + len(reply.aside) < reply.kept


def _row(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> tuple[str, ...]:
    """The idea; its verdict, and what decides it or could still change it."""
    verdict, still_open = verdict_cell(catalogue, pack, row, strong=False), len(row.possible) > 1
    if still_open and row.ask is not None:
        detail = catalogue.text("list_still_open", question=row.ask.name.lower())
    else:
        detail = main_answer(catalogue, pack, row)
    cell = catalogue.text("list_cell", verdict=verdict, detail=detail) if detail else verdict
    return staged(catalogue, row.idea), cell


def _drawn(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> Line:
    """Where an open idea stands on the scale, and what to ask."""
    mark, idea = _mark(pack, row), linked(catalogue, row.idea)
    if row.was is not None:
        return (*as_line(f"{mark} "), *_told(catalogue, pack, row, idea))
    return catalogue.line("list_open_drawn", mark=mark, idea=idea, question=row.ask.name.lower() if row.ask else "")


def _in_words(catalogue: Catalogue, pack: Pack, rows: Sequence[IdeaRow]) -> tuple[Line, ...]:
    """The same in words, a line for the ideas of which the same is said."""
    alike: dict[Line, list[IdeaRow]] = {}
    for row in rows:
        alike.setdefault(_told(catalogue, pack, row, ()), []).append(row)
    return tuple(_told(catalogue, pack, group[0], _all_of(catalogue, group)) for group in alike.values())


def _all_of(catalogue: Catalogue, rows: Sequence[IdeaRow]) -> Line:
    return tuple(chain.from_iterable((*as_line("; "), *linked(catalogue, row.idea)) for row in rows))[1:]


def _told(catalogue: Catalogue, pack: Pack, row: IdeaRow, ideas: Line) -> Line:
    """What an open idea, or several alike, may still become, and what to ask."""
    ask = row.ask.name if row.ask is not None else ""
    if row.was is not None:
        was = verdict_name(catalogue, pack, row.was)
        return catalogue.line("list_open_other", idea=ideas, question=ask, was=was)
    if len(row.possible) == len(pack.verdicts):
        return catalogue.line("list_open_any", idea=ideas, question=ask)
    possible = either_verdict(catalogue, row.possible)
    return catalogue.line("list_open_some", idea=ideas, possible=possible, question=ask)


def _list_buttons(catalogue: Catalogue, reply: IdeaList) -> Buttons:
    buttons = []
    if reply.decided < reply.total:
        buttons.append(Button(Action(Verb.GUIDE), _guide_label(catalogue, reply), primary=True))
    if len(reply.rows) < reply.total:
        buttons.append(Button(Action(Verb.MORE), catalogue.text("more_label")))
    buttons.append(Button(Action(Verb.EXPORT), catalogue.text("export_label")))
    return Buttons(tuple(buttons))


def _guide_label(catalogue: Catalogue, reply: IdeaList) -> str:
    """The question that settles most, and which ideas; a general label where it settles none."""
    if reply.ask is None or not reply.settles:
        return catalogue.text("guide_label")
    numbers = [str(number) for number in sorted(reply.settles)[:_NAMED]]
    more = len(reply.settles) - len(numbers)
    key = "guide_settles_more" if more else "guide_settles"
    return catalogue.text(key, question=reply.ask.name, numbers=", ".join(numbers), more=more)
