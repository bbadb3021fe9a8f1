"""A form with all answers: checked, and judged at once. Nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import IDEA_LIMIT, Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend
from dialogs.replies.results import Recommendation
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


def decide_form(advisor: Advisor, submission: Submission, at: int) -> Recommendation:
    """The recommendation that a conversation with these answers would end in. `at` is in seconds since 1970."""
    answers = {
        question: Answer(option=option, how=AnswerMethod.BUTTON, by="", at=at)
        for question, option in submission.answers.items()
    }
    fresh = Conversation.fresh(advisor.pack)
    return recommend(advisor.knowledge, fresh.replace(started=True, idea=submission.idea, answers=answers), at)


def form_view(advisor: Advisor, submission: Submission, at: int) -> View:
    """The same as a view without buttons: there is no conversation for them to act on."""
    return lay_out(advisor, (decide_form(advisor, submission, at),), 0).without_buttons()


def _said(catalogue: Catalogue, key: str, **values: str | int) -> str:
    return line_text(catalogue.in_channel(key, **values))
