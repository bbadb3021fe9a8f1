"""What the layouts of ideas share: names, verdicts and buttons."""

from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.ideas.board import Idea, IdeaRow
from dialogs.message import Action, Verb, day_of
from dialogs.view import Button, Buttons, Line, Style, as_line
from dialogs.views.result_elements import phrases, strength_key
from knowledge.pack import Pack, Question, Verdict


def short_name(name: str) -> str:
    """The number in the name of an idea; the whole name where it has none."""
    number = name.partition(". ")[0]
    return number if number.isdecimal() else name


def lost_facts(pack: Pack, row: IdeaRow) -> str:
    """The titles of facts that are out of date; the id of one that no longer exists."""
    titles = {entry.id: entry.title for entry in pack.outside}
    return ", ".join(f"“{titles.get(fact, fact)}”" for fact in row.lost)


def staged(catalogue: Catalogue, idea: Idea) -> str:
    """An idea's number and title, with its status where it has one."""
    status = catalogue.statuses.get(idea.status, idea.status)
    return catalogue.text("list_aside_idea", idea=idea.label, status=status) if status else idea.label


def stage_of(catalogue: Catalogue, idea: Idea) -> str:
    """Its status, with who set it and when as far as that is known; "" for none."""
    stage, status = idea.stage, catalogue.statuses.get(idea.status, idea.status)
    if not status or not stage.at:
        return status
    key = "stage_by" if stage.name else "stage_since"
    return catalogue.text(key, status=status, person=stage.name or "", day=short_day(day_of(stage.at)))


def linked(catalogue: Catalogue, idea: Idea) -> Line:
    """The number and title, with its status, strong, as a link to where the idea comes from."""
    return as_line(staged(catalogue, idea), Style.STRONG, idea.link)


def verdict_cell(catalogue: Catalogue, pack: Pack, row: IdeaRow, *, strong: bool = True) -> str:
    """The verdict, with its strength if `strong`, and what changed since."""
    if row.verdict is None:
        return catalogue.text("not_enough_said")
    cell = row.verdict.name
    if strong:
        cell = catalogue.text("list_verdict_cell", verdict=cell, strength=catalogue.text(strength_key(row.strength)))
    if row.was is not None:
        cell = catalogue.text("list_verdict_other", verdict=cell, was=verdict_name(catalogue, pack, row.was))
    return catalogue.text("list_fact", verdict=cell) if row.lost else cell


def main_answer(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> str:
    """What holds the verdict back, else the first answer that decides it, in a few words; "" if none points there."""
    limits = [(name, row.idea.chosen[name]) for name in row.judged.decided.limits if name in row.idea.chosen]
    deciding = limits or [(r.question, r.option) for r in row.judged.deciding if row.judged.decided.agree]
    return phrases(catalogue, ((pack.question(name), option) for name, option in deciding[:1]))


def verdict_name(catalogue: Catalogue, pack: Pack, verdict: str | None) -> str:
    """The name of a verdict inside a sentence; its id where another version of the pack had it."""
    known = [each.name.lower() for each in pack.verdicts if each.id == verdict]
    return known[0] if known else verdict or catalogue.text("not_enough_said")


def deciding_answers(catalogue: Catalogue, pack: Pack, row: IdeaRow) -> str:
    records = (
        catalogue.text("change_answer", question=question.name, record=reason.option)  # the shortest word for it
        for question, reason in ((pack.question(reason.question), reason) for reason in row.judged.deciding)
    )
    return "; ".join(records) or catalogue.text("list_nothing")


def either_verdict(catalogue: Catalogue, verdicts: Sequence[Verdict]) -> str:
    return catalogue.text("verdict_or").join(verdict.name.lower() for verdict in verdicts)


def still_possible(catalogue: Catalogue, verdicts: Sequence[Verdict]) -> Line:
    """What the missing answers can still make of an idea; where that is one verdict, that they change nothing."""
    key = "missing_possible" if len(verdicts) > 1 else "missing_certain"
    return catalogue.line(key, possible=either_verdict(catalogue, verdicts))


def answer_buttons(catalogue: Catalogue, row: IdeaRow) -> tuple[Buttons, ...]:
    """A button for each missing question, first for the one that narrows the verdict most; nothing for none."""
    asked = sorted(row.missing, key=lambda question: question != row.ask)
    return (Buttons(tuple(answer_button(catalogue, row, question) for question in asked)),) if asked else ()


def answer_button(catalogue: Catalogue, row: IdeaRow, question: Question) -> Button:
    label = catalogue.text("answer_label" if question in row.missing else "change_label", question=question.name)
    return Button(
        Action(Verb.ASK, (str(row.number), question.id)),
        label,
        catalogue.text("ask_description", label=label, title=row.idea.label),
        primary=row.verdict is None and question == row.ask,
    )


def idea_button(idea: Idea) -> Button:
    number = str(idea.number)
    return Button(Action(Verb.IDEA, (number,)), idea.label, short=number)


def ask_button(catalogue: Catalogue, number: int, question: Question) -> Button:
    label = catalogue.text("ask_label", number=number, question=question.name.lower())
    return Button(Action(Verb.ASK, (str(number), question.id)), label)


def back_button(catalogue: Catalogue) -> Button:
    return Button(Action(Verb.BACK), catalogue.text("list_back"))
