"""Layouts of questions and of replies to answers."""

from collections.abc import Iterable, Sequence

from dialogs.catalogue import Catalogue, Value
from dialogs.conversation import AnswerMethod, options_beside
from dialogs.message import Action, Verb
from dialogs.replies.questions import (
    AlreadyAnswered,
    AmbiguousAnswer,
    AnswerChanged,
    AnswersSoFar,
    ClosedQuestion,
    InterimResult,
    LikelyChange,
    LikelyOption,
    QuestionCard,
    QuestionMeaning,
    RecordedAnswer,
    UnderstoodAnswers,
    UnmatchedAnswer,
    WhyAsked,
)
from dialogs.view import Button, Buttons, Choices, Element, Heading, Items, Line, Note, Paragraph, as_line, line_text
from dialogs.views.result_elements import edit_button
from knowledge.pack import UNSURE, Option, Question

_AGES = ((86400, "age_days"), (3600, "age_hours"), (60, "age_minutes"))
_REQUEST_SHOWN = 80
_QUOTED = 80
"""Most characters of answers with all their words above a question."""
_IN_MENU = 5
"""Entries of a menu that every platform shows as one."""

_MENU = {
    "why_label": Action(Verb.WHY),
    "back_label": Action(Verb.BACK),
    "restart_label": Action(Verb.RESTART),
    "cancel_label": Action(Verb.CANCEL),
}
_MENU_AT_THE_FIRST = {label: _MENU[label] for label in ("why_label", "cancel_label")}
"""The menu of a question, by the keys of the labels."""


def question_card(catalogue: Catalogue, reply: QuestionCard) -> tuple[Element, ...]:
    """The question with its options; records above, hints below."""
    question, again = reply.question, reply.again or bool(reply.read and reply.certain)
    previous = None if reply.previous is None else question.option(reply.previous.option)
    elements: list[Element] = []
    if reply.records and reply.tells_records:
        forms = ([record_line(catalogue, each, short=short) for each in reply.records] for short in (False, True))
        elements.append(Note(_in_a_line(forms)))
    # Above a proposal "yes" would say yes to both.
    asks = not (reply.told and any(catalogue.phrases["confirm"][0] in option.words for option in question.options))
    in_short = reply.below or reply.several or not reply.tells_records
    prompt = (in_short and question.brief) or question.prompt if asks else ""
    values: dict[str, Value] = {"number": reply.number, "total": reply.total, "name": question.name, "prompt": prompt}
    if again or (reply.below and prompt):
        elements.append(Paragraph(catalogue.line("question_again" if again else "question_below", **values)))
    else:
        elements.append(Heading(catalogue.line("question_heading", **values)))
        if prompt:
            elements.append(Paragraph(as_line(prompt)))
    if reply.told:
        told = within(question.option(reply.told).label)
        elements.append(Paragraph(catalogue.line("likely_told", answer=told)))
        elements.append(_confirmed(catalogue, question, reply.told))
    else:
        elements.append(Choices(tuple([_choice(catalogue, question, option, previous) for option in question.options])))
    if previous is not None:
        # Apart from the options: keeping an answer is not one of them.
        elements.append(Note(catalogue.line("question_previous", record=previous.record)))
        elements.append(Buttons((Button(Action(Verb.KEEP), catalogue.text("keep_label")),)))
    if reply.certain is not None:
        elements.append(Buttons((Button(Action(Verb.SHOW), catalogue.text("show_label")),)))
    elements.append(_menu(catalogue, reply))
    if reply.several:
        elements.append(Note(catalogue.line("question_typing_several")))
    elif reply.first and not again and not reply.below:
        typing = "question_typing_untold" if reply.untold else "question_typing_first"
        elements.append(Note(catalogue.line(typing, total=reply.total)))
    return tuple(elements)


def _choice(catalogue: Catalogue, question: Question, option: Option, now: Option | None = None) -> Button:
    description = catalogue.text("option_description", name=question.name, option=option.label)
    chosen = now is not None and option.id == now.id
    label = catalogue.text("option_now", option=option.label) if chosen else option.label
    return Button(Action(Verb.ANSWER, (question.id, option.id)), label, description)


def likely_option(catalogue: Catalogue, reply: LikelyOption) -> tuple[Element, ...]:
    """The option that was likely meant, to be confirmed, with the others beside it."""
    question = reply.question
    key = "likely_again" if reply.times % 2 == 0 else "likely_named" if reply.named else "likely"
    answer = within(question.option(reply.option).label)
    return (
        Paragraph(catalogue.line(key, question=question.name, answer=answer)),
        _confirmed(catalogue, question, reply.option),
    )


def _confirmed(catalogue: Catalogue, question: Question, proposed: str) -> Choices:
    """A yes to the proposed option, with the others beside it."""
    option, *others = (question.option(option) for option in options_beside(question, proposed))
    yes = Button(
        Action(Verb.CONFIRM, (question.id, option.id)),
        catalogue.text("likely_yes"),
        catalogue.text("likely_description", question=question.name, answer=option.label),
        primary=True,
    )
    return Choices((yes, *(_choice(catalogue, question, option) for option in others)))


def within(label: str) -> str:
    """A label or a sentence inside another."""
    return label[:1].lower() + label[1:]


def likely_change(catalogue: Catalogue, reply: LikelyChange) -> tuple[Element, ...]:
    """A recorded answer that was likely meant to be another."""
    question = reply.question
    new, old = question.option(reply.new).record, question.option(reply.old).record
    change = Button(Action(Verb.CONFIRM, (question.id, reply.new)), catalogue.text("likely_change_label"))
    return (Paragraph(catalogue.line("likely_change", question=question.name, new=new, old=old)), Buttons((change,)))


def _menu(catalogue: Catalogue, reply: QuestionCard) -> Buttons:
    shown = _MENU if reply.can_go_back and not reply.read else _MENU_AT_THE_FIRST
    edits = [edit_button(catalogue, question) for question in reply.read]
    others = [Button(action, catalogue.text(label)) for label, action in shown.items()]
    return Buttons((*edits, *others)[:_IN_MENU], menu=True)


def record_line(catalogue: Catalogue, recorded: RecordedAnswer, *, short: bool = False) -> Line:
    """One answered question in one quiet line; `short`: by the shortest word for it, without what it was read from."""
    option = recorded.question.option(recorded.answer.option)
    answer = option.shortest if short else option.record
    values = {"question": recorded.question.name, "answer": answer}
    if recorded.answer.how is AnswerMethod.READ and not short:
        return catalogue.line("record_read", evidence=recorded.answer.evidence or "", **values)
    return catalogue.line("record" if recorded.by is None else "record_by", person=recorded.by or "", **values)


def understood_answers(catalogue: Catalogue, reply: UnderstoodAnswers) -> tuple[Element, ...]:
    """What was read, each with its words if there is room; the menu of what stands below changes it."""
    forms = (
        [
            catalogue.line(form, question=r.question.name, answer=r.answer.option, evidence=r.answer.evidence or "")
            for r in reply.readings
        ]
        for form in ("understood_item", "understood_short")
    )
    key = "understood_begins" if reply.begins else "understood_brief"
    return (Note(catalogue.line(key, answers=_in_a_line(forms))),)


def _in_a_line(forms: Iterable[Sequence[Line]]) -> Line:
    """The lines in a row, in the first form for which there is room, else in the last."""
    for lines in forms:
        line = tuple(part for each in lines for part in (*as_line("; "), *each))[1:]
        if len(line_text(line)) <= _QUOTED:
            break
    return line


def interim_result(catalogue: Catalogue, reply: InterimResult) -> tuple[Element, ...]:
    """What it would be so far, and how much is open."""
    left = catalogue.text("questions_open_one" if reply.left == 1 else "questions_open", count=reply.left)
    if reply.verdict is None:
        return (Paragraph(catalogue.line("standing_nothing", left=left)),)
    key = "standing_certain" if reply.certain else "standing_so_far"
    standing = Paragraph(catalogue.line(key, verdict=reply.verdict.name, left=left))
    return (standing, Paragraph(catalogue.line("standing_step", step=reply.step))) if reply.step else (standing,)


def answers_so_far(catalogue: Catalogue, reply: AnswersSoFar) -> tuple[Element, ...]:
    """The idea, what is open or the result, the answers and notes."""
    notes = tuple(Note(catalogue.line("idea_note", note=note.text)) for note in reply.notes)
    lead: list[Element] = []
    if reply.title:
        lead.append(Paragraph(catalogue.line("answers_idea", title=reply.title)))
    if reply.open is not None:
        lead.append(Paragraph(catalogue.line("answers_open", question=reply.open.name)))
    elif reply.verdict is not None:
        lead.append(Paragraph(catalogue.line("answers_result", verdict=reply.verdict.name)))
    if not reply.records:
        return (*lead, Paragraph(catalogue.line("answers_none")), *notes)
    lines = tuple(record_line(catalogue, record) for record in reply.records)
    return (*lead, Paragraph(catalogue.line("answers_noted")), Items(lines), *notes)


def question_meaning(catalogue: Catalogue, reply: QuestionMeaning) -> tuple[Element, ...]:
    """What the question means; why it is asked, where the pack does not say."""
    question = reply.question
    text = question.why.text if question.meaning is None else question.meaning
    return (Paragraph(catalogue.line("meaning", question=question.name, text=text)),)


def why_asked(catalogue: Catalogue, reply: WhyAsked) -> tuple[Element, ...]:
    return (Paragraph(catalogue.line("why", text=reply.question.why.text)),)


def ambiguous_answer(catalogue: Catalogue, reply: AmbiguousAnswer) -> tuple[Element, ...]:
    """Which of these options is meant."""
    labels = " / ".join(option.label for option in reply.question.options if option.id in reply.options)
    return (Paragraph(catalogue.line("ambiguous_answer", question=reply.question.name, options=labels)),)


def unmatched_answer(catalogue: Catalogue, reply: UnmatchedAnswer) -> tuple[Element, ...]:
    """The options of the question; from the second time on, what was not understood."""
    if reply.times == 1:
        labels = " / ".join(option.label for option in reply.question.options)
        return (Paragraph(catalogue.line("unmatched_answer", options=labels)),)
    text = " ".join(reply.text.split())
    quoted = text if len(text) <= _REQUEST_SHOWN else text[: _REQUEST_SHOWN - 1] + "…"
    key = "unmatched_again" if reply.times % 2 == 0 else _way_out(reply)
    return (Paragraph(catalogue.line(key, text=quoted)),)


def _way_out(reply: UnmatchedAnswer) -> str:
    """A hint for a person without an answer: that they need none, or that the right one can be shown."""
    if reply.shows_answer:
        return "unmatched_shows"
    return "unmatched_still" if any(option.id == UNSURE for option in reply.question.options) else "unmatched_again"


def answer_changed(catalogue: Catalogue, reply: AnswerChanged) -> tuple[Element, ...]:
    question = reply.question
    name = catalogue.text("of_idea", question=question.name, idea=reply.idea) if reply.idea else question.name
    old = question.option(reply.old).record if reply.old else ""
    if not reply.new:
        return (Paragraph(catalogue.line("answer_cleared" if old else "answer_gone", question=name, old=old)),)
    option, same = question.option(reply.new), reply.old == reply.new
    amount, limits = reply.between
    new = catalogue.text("answer_between", new=option.record, amount=amount, limits=limits) if amount else option.record
    if reply.asked and reply.quote:
        key = "answer_counts_was" if old and not same else "answer_counts"
        return (Paragraph(catalogue.line(key, question=name, new=new, old=old, quote=reply.quote)),)
    if not old:
        key = "answer_implied" if reply.quote else "answer_noted"
        return (Paragraph(catalogue.line(key, question=name, new=new, quote=reply.quote)),)
    if same:
        key = "answer_stands" if reply.asked else "answer_covers" if reply.covered and option.covers else "answer_same"
        values = {"question": name, "new": new, "quote": reply.quote, "covers": option.covers or ""}
        return (Paragraph(catalogue.line("answer_restated" if reply.quote else key, **values)),)
    return (Paragraph(catalogue.line("answer_changed", question=name, new=new, old=old)),)


def already_answered(catalogue: Catalogue, reply: AlreadyAnswered) -> tuple[Element, ...]:
    """What is recorded, by whom, how long ago, and a button to change it."""
    recorded = reply.recorded
    values: dict[str, Value] = {
        "question": recorded.question.name,
        "answer": recorded.question.option(recorded.answer.option).record,
        "age": _age(catalogue, reply.age),
    }
    key = "already_answered" if recorded.by is None else "already_answered_by"
    line = catalogue.line(key, person=recorded.by or "", **values)
    return (Paragraph(line), Buttons((edit_button(catalogue, recorded.question),)))


def _age(catalogue: Catalogue, seconds: int) -> str:
    unit, key = next(((unit, key) for unit, key in _AGES if seconds >= unit), (1, "age_now"))
    return catalogue.text(key, count=seconds // unit)


def closed_question(catalogue: Catalogue, reply: ClosedQuestion) -> tuple[Element, ...]:
    """What a question's card becomes once there is a newer one."""
    if reply.record is not None:
        return (Note(record_line(catalogue, reply.record)),)
    return (Note(catalogue.line("closed_open", name=reply.question.name)),)
