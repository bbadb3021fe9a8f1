"""A form with all answers: checked, and judged at once. Nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.commands.command import OWN_NAME, Command, Kind
from dialogs.conversation import IDEA_LIMIT
from dialogs.executor.executor import execute_alone
from dialogs.flows.replay import recommend
from dialogs.turn import Turn
from dialogs.view import View, line_text
from dialogs.views import lay_out

IDEA = "idea"
"""The form field with the idea; the other fields are named after the questions."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted form: an option for each question, and the idea, which may be empty."""

    answers: Mapping[str, str]
    idea: str = ""


@dataclass(frozen=True, slots=True)
class FormErrors:
    """What is wrong with a form: messages for the person who filled it in, by field."""

    errors: Mapping[str, str]


def read_form(advisor: Advisor, given: Mapping[str, object]) -> Submission | FormErrors:
    """The submitted form, or what is wrong with it. Unknown fields are ignored."""
    pack, catalogue = advisor.pack, advisor.catalogue
    errors = {}
    answers = {}
    for question in pack.questions:
        option = given.get(question.id)
        if isinstance(option, str) and pack.has_option(question.id, option):
            answers[question.id] = option
        else:
            errors[question.id] = _said(catalogue, "form_choose")
    idea = given.get(IDEA) or ""
    if not isinstance(idea, str):
        errors[IDEA] = _said(catalogue, "form_no_text")
    elif len(idea) > IDEA_LIMIT:
        errors[IDEA] = _said(catalogue, "form_too_long", most=IDEA_LIMIT, count=len(idea))
    else:
        return FormErrors(errors) if errors else Submission(answers, idea.strip())
    return FormErrors(errors)


def decide_form(advisor: Advisor, submission: Submission, at: int) -> Turn:
    """The turn that these answers make, which is the last one of a conversation. `at` is in seconds since 1970."""
    told = (Command(Kind.IDEA, value=submission.idea),) if submission.idea else ()
    sets = (Command(Kind.SET, ideas=(OWN_NAME,), question=q, option=each) for q, each in submission.answers.items())
    return execute_alone(advisor, at, (*told, *sets))


def form_view(advisor: Advisor, submission: Submission, at: int) -> View:
    """The recommendation, without buttons: there is no conversation for them to act on. What was entered as the idea is
    its title as it is.
    """
    told = decide_form(advisor, submission, at).conversation.replace(heading="")
    return lay_out(advisor, (recommend(advisor.knowledge, told, at),), 0).without_buttons()


def _said(catalogue: Catalogue, key: str, **values: str | int) -> str:
    return line_text(catalogue.in_channel(key, **values))
