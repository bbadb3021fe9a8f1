"""Layouts of one idea, of a question about ideas, and of ideas side by side."""

from collections.abc import Sequence
from textwrap import shorten

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.ideas.board import IdeaRow
from dialogs.message import Action, Verb, day_of
from dialogs.replies.ideas import IdeaCard, IdeaComparison, IdeaQuestion
from dialogs.view import Button, Buttons, Choices, Element, Heading, Link, Note, Paragraph, Table, as_line
from dialogs.views.idea_parts import (
    answer_button,
    answer_buttons,
    back_button,
    deciding_answers,
    either_verdict,
    idea_button,
    lost_facts,
    stage_of,
    staged,
    still_possible,
    verdict_cell,
    verdict_name,
)
from dialogs.views.questions import record_line
from dialogs.views.recommendation import first_step
from dialogs.views.result_elements import headline, names
from knowledge.pack import Question

_NOTES = 3
"""Notes that an idea's card shows, the newest."""

_TEXT = 160
"""Characters of an idea's text on its card."""

_ROOM, _LEAST = 102, 17
"""Characters of all ideas that a question is about, and at least of each: the list has them in full."""


def idea_card(catalogue: Catalogue, reply: IdeaCard) -> tuple[Element, ...]:
    """The idea with its status, the advice or what it could be, what is missing with its buttons, notes.

    The result in full and the answers that were given are one press away.
    """
    row, result = reply.row, reply.recommendation
    elements: list[Element] = [Heading(catalogue.line("idea_title", idea=staged(catalogue, row.idea)), level=2)]
    if row.was is not None:
        elements.append(Note(catalogue.line("idea_other", was=verdict_name(catalogue, reply.pack, row.was))))
    if row.lost:
        elements.append(Note(catalogue.line("idea_fact", facts=lost_facts(reply.pack, row))))
    if row.idea.text.strip() != row.idea.title:
        elements.append(Note(as_line(shorten(" ".join(row.idea.text.split()), _TEXT, placeholder="…"))))
    if result is None:
        elements.append(Paragraph(catalogue.line("idea_open", possible=either_verdict(catalogue, row.possible))))
        elements += [Note(record_line(catalogue, record)) for record in reply.records]
    else:
        elements += headline(catalogue, result)
        elements += () if row.missing else first_step(catalogue, result, 1)
    if row.missing:
        if result is None and row.ask is not None:
            elements.append(Paragraph(catalogue.line("idea_asks", prompt=row.ask.brief or row.ask.prompt)))
        left = () if result is None else (*as_line(". "), *still_possible(catalogue, row.possible))
        elements.append(Paragraph((*catalogue.line("idea_missing", questions=names(row.missing)), *left)))
        elements += answer_buttons(catalogue, row)
    elements += [Note(catalogue.line("idea_note", note=note.text)) for note in row.idea.kept_notes[-_NOTES:]]
    owner, date = row.idea.owner, short_day(day_of(row.idea.at))
    added = "idea_added" if owner.name else "idea_added_unnamed"  # without a name they would have to be mentioned
    elements.append(Note(catalogue.line(added, person=owner, date=date)))
    if row.idea.stage.at:
        elements.append(Note(catalogue.line("idea_stage", status=stage_of(catalogue, row.idea))))
    if row.idea.link:
        elements.append(Link(catalogue.text("idea_link"), row.idea.link))
    given = [question for question in reply.questions if question not in row.missing]
    of_result = ((Verb.SHARE, "share_result_label"), (Verb.DETAILS, "details_label")) if result is not None else ()
    elements.append(Buttons(tuple(Button(Action(verb), catalogue.text(label)) for verb, label in of_result)))
    changes = tuple(answer_button(catalogue, row, question) for question in given)
    elements.append(Buttons(changes, menu=True, title=catalogue.text("change_menu_short")))
    elements.append(Buttons((back_button(catalogue),)))
    return tuple(element for element in elements if not isinstance(element, Buttons) or element.buttons)


def idea_question(catalogue: Catalogue, reply: IdeaQuestion) -> tuple[Element, ...]:
    """The question, the ideas that it is about, and its options."""
    question, several = reply.question, len(reply.rows) > 1
    menu = [Button(Action(Verb.WHY), catalogue.text("why_label"))]
    if reply.guided:
        menu.append(Button(Action(Verb.SKIP), catalogue.text("skip_label")))
    buttons = (_options(catalogue, question, several=several), Buttons((*menu, back_button(catalogue)), menu=True))
    ideas, brief = _in_few_lines(reply.rows), question.brief or question.prompt
    key = "ask_ideas" if not reply.guided else "ask_ideas_part" if len(reply.rows) < reply.left else "ask_ideas_guided"
    about = Note(catalogue.line(key, ideas=ideas, left=reply.left, count=len(reply.rows)))
    if reply.again or reply.below:
        key = "ask_again" if reply.again else "ask_below"
        lead = Paragraph(catalogue.line(key, question=question.name, prompt=brief))
        return (lead, about, *buttons[: 1 if reply.again else 2])
    example = ", ".join(str(row.number) for row in reply.rows[:2])
    one, other, *_ = (option.id for option in question.options)
    hint = Note(catalogue.line("ask_several", numbers=example, one=one, other=other))
    title = Heading(catalogue.line("ask_title", question=question.name), level=2)
    prompt = Paragraph(as_line(brief if several else question.prompt))
    return (title, about, prompt, *buttons, *((hint,) if several else ()))


def _in_few_lines(rows: Sequence[IdeaRow]) -> str:
    """The ideas in a row; the more there are, the shorter is each."""
    names = (shorten(row.idea.label, max(_LEAST, _ROOM // len(rows)), placeholder="…") for row in rows)
    return "; ".join(name.replace(" ", "\N{NO-BREAK SPACE}", 1) for name in names)


def _options(catalogue: Catalogue, question: Question, *, several: bool) -> Choices:
    options = []
    for option in question.options:
        label = catalogue.text("all_label", option=option.label) if several else option.label
        description = catalogue.text("option_description", name=question.name, option=label)
        options.append(Button(Action(Verb.ANSWER, (question.id, option.id)), label, description))
    return Choices(tuple(options))


def idea_comparison(catalogue: Catalogue, reply: IdeaComparison) -> tuple[Element, ...]:
    """What each comes to, and by which answers; then the ideas in columns. What is open for all stands in a line."""
    pack, rows = reply.pack, reply.rows
    nothing = catalogue.text("list_nothing")
    header = (catalogue.text("compared_aspect"), *(staged(catalogue, row.idea) for row in rows))
    lines = [(catalogue.text("list_verdict"), *(verdict_cell(catalogue, pack, row) for row in rows))]
    reasons = {row.number: deciding_answers(catalogue, pack, row) for row in rows if row.verdict is not None}
    verdicts = {row.number: verdict_cell(catalogue, pack, row, strong=False) for row in rows}
    why = "; ".join(f"{n} {v} ({reasons[n]})" if n in reasons else f"{n} {v}" for n, v in verdicts.items())
    known = {question for row in rows for question in row.idea.chosen}
    unknown = [question for question in pack.questions if question.id not in known]
    if any(row.idea.status for row in rows):
        lines.append((catalogue.text("list_status"), *(stage_of(catalogue, row.idea) or nothing for row in rows)))
    for question in (question for question in pack.questions if question not in unknown):
        given = (row.idea.chosen.get(question.id, "") for row in rows)
        records = {option.id: option.record for option in question.options}
        lines.append((question.name, *(records.get(option, nothing) for option in given)))
    opens = tuple(idea_button(row.idea) for row in rows)
    return (
        Heading(catalogue.line("compared_title", count=len(rows))),
        Paragraph(catalogue.line("compared_short", ideas=why)),
        Table(header, tuple(lines)),
        *((Note(catalogue.line("compared_open", questions=names(unknown))),) if unknown else ()),
        Buttons((*opens, back_button(catalogue))),
    )
