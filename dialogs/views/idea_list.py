"""The layout of the list of ideas."""

from dialogs.catalogue import Catalogue
from dialogs.ideas.board import IdeaRow
from dialogs.message import Action, Person, Verb
from dialogs.replies.ideas import (
    IdeaList,
)
from dialogs.view import (
    Button,
    Buttons,
    Element,
    Heading,
    Items,
    Line,
    Note,
    Table,
)
from dialogs.views.dates import short_day
from dialogs.views.idea_parts import (
    deciding_answers,
    either_verdict,
    former_verdict,
    idea_button,
    linked,
    staged,
    verdict_cell,
)
from knowledge.pack import Option, Pack, Question


def idea_list(catalogue: Catalogue, reply: IdeaList) -> tuple[Element, ...]:
    """A table of the ideas with a verdict, a line for each of the others with its next question, and buttons. In an
    order that somebody asked for, the table has all of them.
    """
    elements: list[Element] = [Heading(_list_title(catalogue, reply)), *_filters(catalogue, reply)]
    decided = [row for row in reply.rows if row.verdict is not None or reply.order]
    missing = [row for row in reply.rows if row.verdict is None and not reply.order]
    if decided:
        keys = ("list_idea", "list_verdict", "list_decided_by", "list_missing")
        header = tuple(map(catalogue.text, keys))
        rows = tuple(_row(catalogue, reply.pack, row) for row in decided)
        links, caption = tuple(row.idea.link for row in decided), catalogue.text("list_caption")
        elements.append(Table(header, rows, compact=True, links=links, caption=caption))
    if missing:
        elements.append(Heading(catalogue.line("list_open_title"), level=2))
        elements.append(Items(tuple(_open_line(catalogue, reply.pack, row) for row in missing), plain=True))
        elements.append(Buttons(tuple(_ask_button(catalogue, row) for row in missing if row.ask is not None)))
    if reply.aside:
        put = (staged(catalogue, idea) for idea in reply.aside)
        elements.append(Note(catalogue.line("list_aside", ideas="; ".join(put))))
    if reply.rows:
        opens = tuple(idea_button(row.idea) for row in sorted(reply.rows, key=lambda row: row.number))
        elements.append(Buttons(opens, menu=True, title=catalogue.text("list_open_idea")))
        elements.append(_list_buttons(catalogue, reply))
        number, other = reply.rows[0].number, reply.rows[-1].number
        hint = "list_hint" if other != number else "list_hint_one"
        elements.append(Note(catalogue.line(hint, number=number, other=other)))
    else:
        elements.append(Buttons((Button(Action(Verb.IDEAS), catalogue.text("list_all")),)))
    return tuple(elements)


def _list_title(catalogue: Catalogue, reply: IdeaList) -> Line:
    last = reply.first + len(reply.rows) - 1
    counts = {"decided": reply.decided, "open": reply.total - reply.decided}
    if not reply.rows:
        return catalogue.line("list_title_none")
    if reply.total == 1:
        return catalogue.line("list_title_one", **counts)
    if len(reply.rows) == reply.total:
        return catalogue.line("list_title", total=reply.total, **counts)
    return catalogue.line("list_title_page", first=reply.first, last=last, total=reply.total, **counts)


def _filters(catalogue: Catalogue, reply: IdeaList) -> list[Element]:
    filters = [
        *([reply.verdict.name] if reply.verdict is not None else []),
        *([catalogue.text("filter_open")] if reply.open else []),
        *([_answer(catalogue, *reply.answer)] if reply.answer is not None else []),
        *([catalogue.statuses.get(reply.status, reply.status)] if reply.status else []),
        *([_owner(catalogue, reply.owner)] if reply.owner is not None else []),
        *([catalogue.text("filter_changed", day=short_day(reply.changed))] if reply.changed is not None else []),
    ]
    label = catalogue.orders.get(reply.order.removeprefix("-"), ("",))[0]
    key = "list_order_reversed" if reply.order.startswith("-") else "list_order"
    order = [Note(catalogue.line(key, order=label))] if label else []
    if filters:
        return [Note(catalogue.line("list_filtered", filters=", ".join(filters), kept=reply.kept)), *order]
    if order:
        return [*order]
    if reply.total + len(reply.aside) < reply.kept:
        return [Note(catalogue.line("list_part", kept=reply.kept))]
    return []


def _owner(catalogue: Catalogue, owner: Person) -> str:
    return catalogue.text("filter_owner_of", person=owner.name) if owner.name else catalogue.text("filter_owner")


def _answer(catalogue: Catalogue, question: Question, option: Option) -> str:
    return catalogue.text("filter_answer", question=question.name, answer=option.record)


def _row(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> tuple[str, ...]:
    return (
        staged(catalogue, row.idea),
        verdict_cell(catalogue, pack, row),
        deciding_answers(catalogue, pack, row),
        str(len(row.missing)) if row.missing else catalogue.text("list_nothing"),
    )


def _open_line(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> Line:
    ask = row.ask.name if row.ask is not None else ""
    if row.was is not None:
        was = former_verdict(catalogue, pack, row)
        return catalogue.line("list_open_other", idea=linked(row.idea), question=ask, was=was)
    if len(row.possible) == len(pack.verdicts):
        return catalogue.line("list_open_any", idea=linked(row.idea), question=ask)
    return catalogue.line(
        "list_open_some", idea=linked(row.idea), possible=either_verdict(catalogue, row.possible), question=ask
    )


def _ask_button(catalogue: Catalogue, row: IdeaRow) -> Button:
    question = row.ask.name if row.ask is not None else ""
    label = catalogue.text("ask_label", number=row.number, question=question)
    return Button(
        Action(Verb.ASK, (str(row.number), row.ask.id if row.ask is not None else "")),
        label,
        catalogue.text("ask_description", label=label, title=row.idea.title),
    )


def _list_buttons(catalogue: Catalogue, reply: IdeaList) -> Buttons:
    buttons = []
    if reply.decided < reply.total:
        buttons.append(Button(Action(Verb.GUIDE), catalogue.text("guide_label"), primary=True))
    if len(reply.rows) < reply.total:
        buttons.append(Button(Action(Verb.MORE), catalogue.text("more_label")))
    buttons.append(Button(Action(Verb.EXPORT), catalogue.text("export_label")))
    return Buttons(tuple(buttons))
