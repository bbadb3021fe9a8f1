"""A thread of hundreds of messages, played without a network: what is stored of it."""

from collections.abc import Mapping
from datetime import date

from bot.assembly import open_advisor
from bot.config.environment import read_settings
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.replay import open_question
from dialogs.message import Message, Person, Press, Typed, parse_action
from dialogs.respond import respond


def advisor(environment: Mapping[str, str]) -> Advisor:
    """The advisor as `advisor serve` has it."""
    found, _ = open_advisor(read_settings(environment), date.today())
    return found


def thread(advisor: Advisor, messages: int) -> Conversation:
    """All questions answered again and again, by two people, in one thread."""
    conversation = Conversation.fresh(advisor.pack)
    for number in range(messages):
        conversation = respond(advisor, conversation, _next(advisor, conversation, number)).conversation
    return conversation


def _next(advisor: Advisor, conversation: Conversation, number: int) -> Message:
    person, at = Person(f"U012345678{number % 2}"), 1_764_000_000 + number
    if number == 0:
        return Message("m0", person, at, Typed("We want product descriptions in the tone of our brand"))
    question = open_question(advisor.pack, conversation)
    name = f"answer:{question.id}:{question.options[0].id}" if question else "restart"
    action = parse_action(name)
    assert action is not None
    return Message(f"m{number}", person, at, Press(action, conversation.revision))
