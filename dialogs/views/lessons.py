"""Layouts of lessons, practice cases and the end."""

from collections.abc import Sequence

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import long_day
from dialogs.message import Action, Verb, day_of
from dialogs.replies.lessons import (
    CaseQuestion,
    CaseResult,
    CaseRow,
    LessonCard,
    LessonFeedback,
    LessonsFinished,
    LessonsToChoose,
    PracticeOffer,
)
from dialogs.view import Button, Buttons, Choices, Element, Heading, Items, Line, Note, Paragraph, Style, Table, as_line
from dialogs.views.outside import origin
from dialogs.views.passages import start_button
from knowledge.lessons import CheckOption, Lesson
from knowledge.pack import Pack


def lesson_card(catalogue: Catalogue, reply: LessonCard) -> tuple[Element, ...]:
    lesson = reply.lesson
    key = "lesson_again" if reply.again else "lesson_heading"
    heading = catalogue.line(key, number=reply.number, total=reply.total, title=lesson.title)
    told = [Paragraph(as_line(lesson.text)), *_sources(catalogue, reply.pack, lesson)]
    buttons = (
        Button(Action(Verb.LESSON, (str(reply.number), option.id)), option.label) for option in lesson.check.options
    )
    asked: list[Element] = [Paragraph(as_line(lesson.check.prompt, Style.STRONG)), Choices(tuple(buttons))]
    asked += [Note(catalogue.line("lesson_typing"))] if reply.first else []
    return _card(catalogue, reply, heading, told, asked)


def _card(
    catalogue: Catalogue,
    reply: LessonCard | CaseQuestion,
    heading: Line,
    told: Sequence[Element],
    asked: Sequence[Element],
) -> tuple[Element, ...]:
    """What there is to read unless the question alone is shown, the question, and how to leave it."""
    back = (Button(Action(Verb.BACK), catalogue.text("back_label")),) if reply.can_go_back else ()
    skip, stop = (
        Button(Action(verb), catalogue.text(label))
        for verb, label in ((Verb.SKIP, "skip_label"), (Verb.CANCEL, "cancel_label"))
    )
    return (Heading(heading), *(() if reply.brief else told), *asked, Buttons((skip, *back, stop), menu=True))


def lessons_to_choose(catalogue: Catalogue, reply: LessonsToChoose) -> tuple[Element, ...]:
    buttons = tuple(
        Button(Action(Verb.READ, (str(n),)), catalogue.text("lesson_choice", number=n, title=lesson.title))
        for n, lesson in reply.lessons
    )
    return (Paragraph(catalogue.line("lesson_which")), Choices(buttons))


def _sources(catalogue: Catalogue, pack: Pack, lesson: Lesson) -> list[Element]:
    """The section of the source, or each outside entry that the lesson rests on."""
    if lesson.section is not None:
        return [Note(catalogue.line("lesson_source", section=pack.section(lesson.section).title))]
    facts = {entry.id: entry for entry in pack.outside if entry.id in lesson.facts}
    origins = dict.fromkeys(origin(catalogue, facts[fact]) for fact in lesson.facts)
    return [Note(catalogue.line("outside_source", origin="; ".join(origins)))]


def lesson_feedback(catalogue: Catalogue, reply: LessonFeedback) -> tuple[Element, ...]:
    """Whether the answer was right, and why."""
    chosen, right = reply.chosen, reply.lesson.check.right
    instead = Paragraph(_reason(catalogue, reply.pack, "lesson_instead", right))
    if chosen is None:
        return (instead,)
    if chosen.right:
        return (Paragraph(_reason(catalogue, reply.pack, "lesson_right", right)),)
    return Paragraph(_reason(catalogue, reply.pack, "lesson_wrong", chosen)), instead


def _reason(catalogue: Catalogue, pack: Pack, key: str, option: CheckOption) -> Line:
    outside = catalogue.text("outside_title")
    section = outside if option.section is None else pack.section(option.section).title
    return catalogue.line(key, label=option.label, reason=option.reason, section=section)


def practice_offer(catalogue: Catalogue, reply: PracticeOffer) -> tuple[Element, ...]:
    buttons = tuple(Button(Action(Verb(choice.id)), choice.label) for choice in reply.choices.options)
    return (Heading(catalogue.line("practice_offer")), Paragraph(catalogue.line("practice_what")), Choices(buttons))


def case_question(catalogue: Catalogue, reply: CaseQuestion) -> tuple[Element, ...]:
    question, key = reply.question, "practice_again" if reply.again else "practice_heading"
    heading = catalogue.line(key, number=reply.number, total=reply.total, name=reply.scenario.name)
    buttons = (Button(Action(Verb.PRACTICE, (question.id, option.id)), option.label) for option in question.options)
    prompt = Paragraph(catalogue.line("practice_question", name=question.name, prompt=question.prompt))
    asked = (prompt, Choices(tuple(buttons)), Note(catalogue.line("practice_typing")))
    return _card(catalogue, reply, heading, (Paragraph(as_line(reply.case.story.text)),), asked)


def case_result(catalogue: Catalogue, reply: CaseResult) -> tuple[Element, ...]:
    """Question by question, then where other answers lead, then the finding of the source."""
    same = sum(row.yours == row.story for row in reply.rows)
    header = tuple(catalogue.text(key) for key in ("case_question", "case_yours", "case_story", "case_clue"))
    table = tuple((row.question.name, row.yours.record, row.story.record, row.clue) for row in reply.rows)
    led = tuple(_led(catalogue, reply, row) for row in reply.rows if row.yours != row.story)
    elements: list[Element] = [
        Heading(catalogue.line("case_heading", name=reply.scenario.name, same=same, total=len(reply.rows))),
        Table(header, table),
    ]
    if led:
        elements += [Heading(as_line(catalogue.text("case_led"), Style.STRONG), level=2), Items(led)]
    key = "case_same" if reply.yours == reply.story else "case_differ"
    elements.append(Paragraph(catalogue.line(key, yours=reply.yours.name, story=reply.story.name)))
    elements.append(Note(catalogue.line("case_finding", finding=reply.scenario.finding.text)))
    return tuple(elements)


def _led(catalogue: Catalogue, reply: CaseResult, row: CaseRow) -> Line:
    key = "case_still" if row.verdict == reply.story else "case_other"
    return catalogue.line(key, question=row.question.name, answer=row.yours.record, verdict=row.verdict.name)


def lessons_finished(catalogue: Catalogue, reply: LessonsFinished) -> tuple[Element, ...]:
    """The score, what to read again, and a line to keep; for everybody else only that the lessons are done."""
    buttons = [Button(Action(Verb.SHARE), catalogue.text("share_label"))]
    if reply.can_practise:
        buttons.insert(0, Button(Action(Verb.TRY), catalogue.text("another_case_label")))
    buttons += [Button(Action(Verb.LEARN), catalogue.text("learn_again_label")), start_button(catalogue)]
    heading = Heading(catalogue.line("finished_heading"))
    if reply.public:  # somebody without a known name would have to be mentioned
        key = "finished_public" if reply.person.name else "finished_public_unnamed"
        return (heading, Paragraph(catalogue.line(key, person=reply.person)), Buttons(tuple(buttons)))
    elements: list[Element] = [heading, Paragraph(_kept(catalogue, reply))]
    if reply.again:
        elements.append(Note(catalogue.line("finished_again")))
        elements.append(Items(tuple(catalogue.line("finished_item", number=n, title=x.title) for n, x in reply.again)))
        read = ((Action(Verb.READ, (str(n),)), catalogue.text("read_label", number=n)) for n, _ in reply.again)
        elements.append(Buttons(tuple(Button(action, label) for action, label in read)))
    elements += [Buttons(tuple(buttons)), Note(catalogue.line("finished_typing"))]
    return tuple(elements)


def _kept(catalogue: Catalogue, reply: LessonsFinished) -> Line:
    """The score: a skipped question is neither right nor wrong."""
    answered, total = reply.total - reply.skipped, reply.total
    key = "finished_unanswered" if not answered else "finished_skipped" if reply.skipped else "finished_kept"
    counts = {"right": reply.right, "answered": answered, "skipped": reply.skipped, "total": total}
    return catalogue.line(key, title=reply.pack.title, date=long_day(day_of(reply.at)), **counts)
