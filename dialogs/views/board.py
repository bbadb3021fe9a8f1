"""Layouts of a board of ideas."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.board import Idea, IdeaRow
from dialogs.board_csv import as_csv
from dialogs.catalogue import Catalogue
from dialogs.message import Action, Person, Verb, day_of
from dialogs.replies.ideas import (
    BoardExport,
    ClosedIdeas,
    FileProblems,
    IdeaCard,
    IdeaComparison,
    IdeaList,
    IdeaQuestion,
    IdeasNoted,
)
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Element,
    Heading,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Preformatted,
    Style,
    Table,
    View,
    as_line,
)
from dialogs.views.dates import short_day
from dialogs.views.details import FACTS_SHOWN
from dialogs.views.outside import outside_links
from dialogs.views.questions import record_line
from dialogs.views.recommendation import recommendation, strength_key
from knowledge.interfaces import Reading
from knowledge.pack import Pack, Question, Verdict

_NOTED_SHOWN = 4
_PROBLEMS_SHOWN = 5


def idea_list(catalogue: Catalogue, reply: IdeaList) -> tuple[Element, ...]:
    """A table of what is decided, a line for each of the others with the question to begin with, and ways to go on."""
    elements: list[Element] = [Heading(_list_title(catalogue, reply)), *_filters(catalogue, reply)]
    decided = [row for row in reply.rows if row.verdict is not None]
    missing = [row for row in reply.rows if row.verdict is None]
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
    if reply.rows:
        opens = tuple(_idea_button(row.idea) for row in sorted(reply.rows, key=lambda row: row.number))
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
        *([catalogue.text("filter_owner")] if reply.owner is not None else []),
    ]
    if filters:
        return [Note(catalogue.line("list_filtered", filters=", ".join(filters), kept=reply.kept))]
    if reply.total < reply.kept:
        return [Note(catalogue.line("list_part", kept=reply.kept))]
    return []


def _row(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> tuple[str, ...]:
    return (
        numbered(row.idea),
        _verdict(catalogue, pack, row),
        _decided_by(catalogue, pack, row),
        str(len(row.missing)) if row.missing else catalogue.text("list_nothing"),
    )


def numbered(idea: Idea) -> str:
    """An idea's number and title."""
    return f"{idea.number}. {idea.title}"


def lost_facts(pack: Pack, row: IdeaRow) -> str:
    """The titles of the facts that are out of date; of one that is gone only its name is left."""
    titles = {entry.id: entry.title for entry in pack.outside}
    return ", ".join(f"“{titles.get(fact, fact)}”" for fact in row.lost)


def linked(idea: Idea) -> Line:
    """The same, strong, which leads to where the idea is from."""
    return as_line(numbered(idea), Style.STRONG, idea.link)


def _verdict(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> str:
    if row.verdict is None:
        return catalogue.text("not_enough_said")
    strength = catalogue.text(strength_key(row.strength))
    key = "list_verdict_cell" if row.was is None else "list_verdict_other"
    cell = catalogue.text(key, verdict=row.verdict.name, strength=strength, was=_was(catalogue, pack, row))
    return catalogue.text("list_fact", verdict=cell) if row.lost else cell


def _was(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> str:
    """The verdict by another version of the pack."""
    known = [verdict.name for verdict in pack.verdicts if verdict.id == row.was]
    return known[0].lower() if known else row.was or catalogue.text("not_enough_said")


def _decided_by(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> str:
    records = (
        catalogue.text("change_answer", question=question.name, record=reason.option)  # the shortest word for it
        for question, reason in ((pack.question(reason.question), reason) for reason in row.judged.deciding)
    )
    return "; ".join(records) or catalogue.text("list_nothing")


def _open_line(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> Line:
    ask = row.ask.name if row.ask is not None else ""
    if row.was is not None:
        was = _was(catalogue, pack, row)
        return catalogue.line("list_open_other", idea=linked(row.idea), question=ask, was=was)
    if len(row.possible) == len(pack.verdicts):
        return catalogue.line("list_open_any", idea=linked(row.idea), question=ask)
    return catalogue.line(
        "list_open_some", idea=linked(row.idea), possible=_either(catalogue, row.possible), question=ask
    )


def _either(catalogue: Catalogue, verdicts: Sequence[Verdict]) -> str:
    return catalogue.text("verdict_or").join(verdict.name.lower() for verdict in verdicts)


def _ask_button(catalogue: Catalogue, row: IdeaRow) -> Button:
    question = row.ask.name if row.ask is not None else ""
    label = catalogue.text("ask_label", number=row.number, question=question)
    return Button(
        Action(Verb.ASK, (str(row.number), row.ask.id if row.ask is not None else "")),
        label,
        catalogue.text("ask_description", label=label, title=row.idea.title),
    )


def _idea_button(idea: Idea) -> Button:
    number = str(idea.number)
    return Button(Action(Verb.IDEA, (number,)), numbered(idea), short=number)


def _list_buttons(catalogue: Catalogue, reply: IdeaList) -> Buttons:
    buttons = []
    if reply.decided < reply.total:
        buttons.append(Button(Action(Verb.GUIDE), catalogue.text("guide_label"), primary=True))
    if len(reply.rows) < reply.total:
        buttons.append(Button(Action(Verb.MORE), catalogue.text("more_label")))
    buttons.append(Button(Action(Verb.EXPORT), catalogue.text("export_label")))
    return Buttons(tuple(buttons))


def idea_card(catalogue: Catalogue, reply: IdeaCard) -> tuple[Element, ...]:
    """The idea, then the recommendation with its outside facts, or what is missing.

    Every answer can be given or changed from here.
    """
    row = reply.row
    elements: list[Element] = [Heading(catalogue.line("idea_title", idea=numbered(row.idea)))]
    if row.was is not None:
        elements.append(Note(catalogue.line("idea_other", was=_was(catalogue, reply.pack, row))))
    if row.lost:
        elements.append(Note(catalogue.line("idea_fact", facts=lost_facts(reply.pack, row))))
    if row.idea.text.strip() != row.idea.title:
        elements.append(Note(as_line(row.idea.text)))
    elements.append(Note(_added(catalogue, row.idea.owner, short_day(day_of(row.idea.at)))))
    if row.idea.link:
        elements.append(Link(catalogue.text("idea_link"), row.idea.link))
    if reply.recommendation is None:
        elements.append(
            Paragraph(catalogue.line("idea_open", possible=_either(catalogue, row.possible), count=len(row.missing)))
        )
        elements += [Note(record_line(catalogue, record)) for record in reply.records]
    else:
        untitled = replace(reply.recommendation, title="")  # the card's own heading has it
        elements += View(recommendation(catalogue, untitled)).without_buttons().elements
        result = reply.recommendation
        others = [entry for entry in result.outside if entry != result.called]
        elements += outside_links(catalogue, others[:FACTS_SHOWN])
    asked = sorted(reply.questions, key=lambda question: (question != row.ask, question not in row.missing))
    elements.append(Buttons(tuple(_answer_button(catalogue, row, question) for question in asked)))
    share = Button(Action(Verb.SHARE), catalogue.text("share_result_label"))
    elements.append(Buttons((*([share] if row.verdict is not None else []), _back_button(catalogue))))
    return tuple(elements)


def _added(catalogue: Catalogue, owner: Person, date: str) -> Line:
    """By whom, where their name is known: somebody without one would be mentioned for it."""
    if not owner.name:
        return catalogue.line("idea_added_unnamed", date=date)
    return catalogue.line("idea_added", person=owner, date=date)


def _answer_button(catalogue: Catalogue, row: IdeaRow, question: Question) -> Button:
    label = catalogue.text("answer_label" if question in row.missing else "change_label", question=question.name)
    return Button(
        Action(Verb.ASK, (str(row.number), question.id)),
        label,
        catalogue.text("ask_description", label=label, title=row.idea.title),
        primary=row.verdict is None and question == row.ask,
    )


def _back_button(catalogue: Catalogue) -> Button:
    return Button(Action(Verb.BACK), catalogue.text("list_back"))


def idea_question(catalogue: Catalogue, reply: IdeaQuestion) -> tuple[Element, ...]:
    """The question, the ideas that it is about, and its options."""
    question, several = reply.question, len(reply.rows) > 1
    key = "ask_title" if not reply.guided else "ask_title_part" if len(reply.rows) < reply.left else "ask_title_guided"
    elements: list[Element] = [
        Heading(catalogue.line(key, question=question.name, left=reply.left, count=len(reply.rows))),
        Items(tuple(as_line(numbered(row.idea)) for row in reply.rows), plain=True),
        Paragraph(as_line(question.prompt)),
    ]
    options = []
    for option in question.options:
        label = catalogue.text("all_label", option=option.label) if several else option.label
        description = catalogue.text("option_description", name=question.name, option=label)
        options.append(Button(Action(Verb.ANSWER, (question.id, option.id)), label, description))
    elements.append(Choices(tuple(options)))
    menu = [Button(Action(Verb.WHY), catalogue.text("why_label"))]
    if reply.guided:
        menu.append(Button(Action(Verb.SKIP), catalogue.text("skip_label")))
    elements.append(Buttons((*menu, _back_button(catalogue))))
    if several:
        first = question.options[0]
        example = ", ".join(str(row.number) for row in reply.rows[:2])
        elements.append(
            Note(catalogue.line("ask_several", numbers=example, one=first.id, other=question.options[1].id))
        )
    return tuple(elements)


def idea_comparison(catalogue: Catalogue, reply: IdeaComparison) -> tuple[Element, ...]:
    """The ideas in columns: verdict, then answer by answer."""
    pack, rows = reply.pack, reply.rows
    nothing = catalogue.text("list_nothing")
    header = (catalogue.text("compared_aspect"), *(numbered(row.idea) for row in rows))
    lines = [
        (catalogue.text("list_verdict"), *(_verdict(catalogue, pack, row) for row in rows)),
        (catalogue.text("list_decided_by"), *(_decided_by(catalogue, pack, row) for row in rows)),
    ]
    for question in pack.questions:
        known = (row.idea.chosen.get(question.id) for row in rows)
        lines.append(
            (
                question.name,
                *(
                    question.option(option).record if option and pack.has_option(question.id, option) else nothing
                    for option in known
                ),
            )
        )
    opens = tuple(_idea_button(row.idea) for row in rows)
    return (
        Heading(catalogue.line("compared_title", count=len(rows))),
        Table(header, tuple(lines)),
        Buttons((*opens, _back_button(catalogue))),
    )


def ideas_noted(catalogue: Catalogue, reply: IdeasNoted) -> tuple[Element, ...]:
    """Which answer was noted for which ideas."""
    by_answer: dict[tuple[str, str], list[int]] = {}
    for number, readings in reply.given.items():
        for question, reading in readings.items():
            if number in reply.ideas and isinstance(reading, Reading):
                by_answer.setdefault((question, reading.option), []).append(number)
    shown = list(by_answer.items())
    lines = tuple(
        catalogue.line(
            "noted",
            numbers=", ".join(map(str, numbers)),
            question=reply.pack.question(question).name,
            answer=reply.pack.question(question).option(option).record,
        )
        for (question, option), numbers in shown[:_NOTED_SHOWN]
    )
    outcomes = tuple(
        catalogue.line("noted_outcome", number=row.number, verdict=_verdict(catalogue, reply.pack, row))
        for row in reply.rows[:_NOTED_SHOWN]
    )
    return tuple(Note(line) for line in (*lines, *outcomes))


def closed_ideas(catalogue: Catalogue, reply: ClosedIdeas) -> tuple[Element, ...]:
    """One line."""
    question = reply.question
    if question is None:
        return (Note(catalogue.line("closed_list")),)
    numbers = ", ".join(str(idea.number) for idea in reply.ideas)
    given = {idea.chosen.get(question.id) for idea in reply.ideas}
    option = given.pop() if len(given) == 1 else None
    if option is None:
        return (Note(catalogue.line("closed_ideas", question=question.name, numbers=numbers)),)
    answer = question.option(option).record
    return (Note(catalogue.line("noted", numbers=numbers, question=question.name, answer=answer)),)


def file_problems(catalogue: Catalogue, reply: FileProblems) -> tuple[Element, ...]:
    """What is wrong, line by line, and how to send it right."""
    lead = catalogue.line("file_taken", count=reply.taken) if reply.taken else catalogue.line("file_not_taken")
    shown = reply.problems[:_PROBLEMS_SHOWN]
    more = len(reply.problems) - len(shown)
    elements: list[Element] = [Paragraph(lead), Items(tuple(map(as_line, shown)))]
    if more:
        elements.append(Note(catalogue.line("file_more", count=more)))
    return tuple(elements)


def board_export(catalogue: Catalogue, reply: BoardExport) -> tuple[Element, ...]:
    """The file, to be copied."""
    last = reply.first + len(reply.rows) - 1
    whole = len(reply.rows) == reply.total
    lead = (
        catalogue.line("export_lead", count=reply.total)
        if whole
        else catalogue.line("export_part", first=reply.first, last=last, total=reply.total)
    )
    return Paragraph(lead), Preformatted(as_csv(reply.pack, reply.rows))
