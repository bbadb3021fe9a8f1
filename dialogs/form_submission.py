"""A form, or a text alone: judged at once, with what is still to be asked. Nothing of it is stored.

For forms, Slack's message shortcut, Teams' message action, and `advisor triage TEXT`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.commands.command import OWN_NAME, Command, Kind
from dialogs.conversation import IDEA_LIMIT, AnswerMethod, Conversation
from dialogs.executor.executor import execute_alone
from dialogs.executor.proposals import begins
from dialogs.flows.replay import recommend
from dialogs.limits import bounded
from dialogs.replies.notices import left_out
from dialogs.turn import Turn
from dialogs.view import Element, Heading, Items, Paragraph, View, as_line, line_text
from dialogs.views import lay_out
from dialogs.views.idea_parts import either_verdict
from knowledge.pack import Question

TEXT_LIMIT = 10_000
"""Most characters of a message that are read."""

IDEA = "idea"
"""The form field with the idea; the other fields are named after the questions."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted form: options by question, and the idea, which may be empty."""

    answers: Mapping[str, str] = field(default_factory=dict)
    idea: str = ""


@dataclass(frozen=True, slots=True)
class FormErrors:
    """What is wrong with a form: messages for the person who filled it in, by field."""

    errors: Mapping[str, str]


class Judged(NamedTuple):
    """A view without buttons, and what it is of. `ask`: questions without an answer, if not enough is said yet."""

    view: View
    form: Submission
    ask: tuple[Question, ...] = ()


def read_form(advisor: Advisor, given: Mapping[str, object]) -> Submission | FormErrors:
    """The submitted form, or what is wrong with it. Unknown fields are ignored; no question has to be answered."""
    pack, catalogue = advisor.pack, advisor.catalogue
    errors = {}
    answers = {}
    for question in pack.questions:
        option = given.get(question.id)
        if isinstance(option, str) and pack.has_option(question.id, option):
            answers[question.id] = option
        elif option not in (None, ""):
            errors[question.id] = _said(catalogue, "form_choose")
    idea = given.get(IDEA) or ""
    if not isinstance(idea, str):
        errors[IDEA] = _said(catalogue, "form_no_text")
    elif len(idea) > IDEA_LIMIT:
        errors[IDEA] = _said(catalogue, "form_too_long", most=IDEA_LIMIT, count=len(idea))
    elif not errors and not answers and not idea.strip():
        errors[IDEA] = _said(catalogue, "form_empty")
    else:
        return FormErrors(errors) if errors else Submission(answers, idea.strip())
    return FormErrors(errors)


def decide_form(advisor: Advisor, submission: Submission, at: int) -> Turn:
    """The turn that an idea makes, with the answers read from it where none is given. `at` is in seconds since 1970."""
    idea, given = submission.idea, submission.answers
    told = begins(advisor, idea) if idea else ()
    sets = (Command(Kind.SET, ideas=(OWN_NAME,), question=q, option=option) for q, option in given.items())
    read = (each for each in told[1:] if each.question not in given)
    return execute_alone(advisor, at, (*told[:1], *sets, *read))


def judge_form(advisor: Advisor, submission: Submission, at: int, *, read_out: bool = False) -> Judged:
    """The recommendation, or that not enough is said yet, as the list says it, with what was read and what is missing.

    `read_out`: these stand above a recommendation as well; else what was entered as the idea is its title as it is.
    """
    told = decide_form(advisor, submission, at).conversation
    known = Submission(told.chosen, submission.idea[:IDEA_LIMIT])
    judged, read = advisor.knowledge.judgements.of(told.chosen), _what_was_read(advisor, told)
    if judged.verdict is None:
        possible = either_verdict(advisor.catalogue, judged.possible)
        lead = advisor.catalogue.line("idea_open", possible=possible, count=len(judged.missing))
        return Judged(View((Paragraph(lead), *read)), known, judged.missing)
    titled = told if read_out else told.replace(heading="")
    result = lay_out(advisor, (recommend(advisor.knowledge, titled, at),), 0).without_buttons()
    return Judged(View((*(read if read_out else ()), *result.elements)), known)


def _what_was_read(advisor: Advisor, told: Conversation) -> tuple[Element, ...]:
    """The answers, those from the text with their words, and what is missing."""
    catalogue, pack = advisor.catalogue, advisor.pack
    known = []
    for question, answer in ((pack.question(name), answer) for name, answer in told.answers.items()):
        key = "understood_item" if answer.how is AnswerMethod.READ else "record"
        values = {"question": question.name, "answer": question.option(answer.option).record}
        known.append(catalogue.line(key, evidence=answer.evidence or "", **values))
    missing = tuple(as_line(question.name) for question in pack.questions if question.id not in told.answers)
    nothing = (as_line(catalogue.text("list_nothing")),)
    return (
        Heading(as_line(catalogue.text("triage_read")), level=2),
        Items(tuple(known) or nothing),
        Heading(as_line(catalogue.text("triage_missing")), level=2),
        Items(missing or nothing),
    )


def _said(catalogue: Catalogue, key: str, **values: str | int) -> str:
    return line_text(catalogue.in_channel(key, **values))


def verdict_on_message(advisor: Advisor, text: str, at: int) -> Judged:
    """What was read from a message, what is missing, and the result or that not enough is said yet."""
    bounds = bounded(text)
    judged = judge_form(advisor, Submission(idea=bounds.text), at, read_out=True)
    lead = lay_out(advisor, left_out(bounds), 0).elements
    return judged._replace(view=View((*lead, *judged.view.elements)))
