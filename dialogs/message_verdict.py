"""The verdict on one message without a conversation; nothing of it is stored.

For Slack's message shortcut, Teams' message action, and `advisor triage TEXT`.
"""

from dialogs.advisor import Advisor
from dialogs.answer import AnswerMethod
from dialogs.conversation import Conversation
from dialogs.flows.idea_reader import given_answer
from dialogs.flows.replay import recommend
from dialogs.limits import bounded
from dialogs.message import Message, Person, Typed
from dialogs.replies.notices import left_out
from dialogs.replies.results import Recommendation
from dialogs.view import Heading, Items, View, as_line
from dialogs.views import lay_out

TEXT_LIMIT = 10_000
"""Most characters of a message that are read."""


def _judged(advisor: Advisor, text: str, at: int) -> tuple[Conversation, Recommendation]:
    """The answers read from a message, and the recommendation; missing answers count as unsure."""
    message = Message("judgement", Person(""), at, Typed(text))
    begun = advisor.flows.questions.begun(Conversation.fresh(advisor.pack), message, text)
    read = advisor.knowledge.reader.read(text)
    told = begun.replace(answers={q: given_answer(message, each, AnswerMethod.READ) for q, each in read.items()})
    return told, recommend(advisor.knowledge, told, at)


def verdict_on_message(advisor: Advisor, text: str, at: int) -> View:
    """What was read from a message, what is missing, and the result; without buttons."""
    bounds = bounded(text)
    conversation, recommendation = _judged(advisor, bounds.text, at)
    catalogue, pack = advisor.catalogue, advisor.pack
    read = tuple(
        catalogue.line(
            "understood_item",
            question=pack.question(question).name,
            answer=pack.question(question).option(answer.option).record,
            evidence=answer.evidence or "",
        )
        for question, answer in conversation.answers.items()
    )
    missing = tuple(as_line(question.name) for question in pack.questions if question.id not in conversation.answers)
    nothing = (as_line(catalogue.text("list_nothing")),)
    elements = (
        *lay_out(advisor, left_out(bounds), 0).elements,
        Heading(as_line(catalogue.text("triage_read")), level=2),
        Items(read or nothing),
        Heading(as_line(catalogue.text("triage_missing")), level=2),
        Items(missing or nothing),
    )
    return View((*elements, *lay_out(advisor, (recommendation,), 0).elements)).without_buttons()
