"""The verdict on one message without a conversation; nothing of it is stored.

For Slack's message shortcut, Teams' message action, and `advisor triage TEXT`.
"""

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME, Command, Kind, Sure
from dialogs.executor.executor import execute_alone
from dialogs.flows.replay import recommend
from dialogs.limits import bounded
from dialogs.replies.notices import left_out
from dialogs.turn import Turn
from dialogs.view import Heading, Items, View, as_line
from dialogs.views import lay_out

TEXT_LIMIT = 10_000
"""Most characters of a message that are read."""


def read_message(advisor: Advisor, text: str, at: int) -> Turn:
    """The turn that begins an idea with the answers read from its text."""
    read = Command(Kind.SET, ideas=(OWN_NAME,), sure=Sure.IMPLIED)
    answers = advisor.knowledge.reader.read(text).items()
    sets = (read.replace(question=q, option=r.option, quote=r.evidence or text) for q, r in answers)
    return execute_alone(advisor, at, (Command(Kind.IDEA, value=text), *sets))


def verdict_on_message(advisor: Advisor, text: str, at: int) -> View:
    """What was read from a message, what is missing (it counts as unsure), and the result; without buttons."""
    bounds = bounded(text)
    conversation = read_message(advisor, bounds.text, at).conversation
    recommendation = recommend(advisor.knowledge, conversation, at)
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
