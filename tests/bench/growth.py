"""A thread of hundreds of messages: what a turn of it costs, and what is stored."""

import time
from dataclasses import dataclass
from statistics import median

from dialogs.action import parse
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, open_question
from dialogs.message import Message, Person, Press, Typed
from dialogs.respond import respond
from dialogs.views import lay_out

_WINDOW = 25


@dataclass(frozen=True, slots=True)
class Thread:
    """Processor time of one turn in ms (read, respond, lay out, write) around message 5 and at the end; the end's
    conversation."""

    early: float
    late: float
    conversation: Conversation


def thread(advisor: Advisor, messages: int) -> Thread:
    """Answers all questions again and again, as two people, in one thread.

    Early and late turns are compared cycle by cycle, each turn at its fastest, since a recommendation costs more than
    a question.
    """
    conversation = Conversation.fresh(advisor.pack)
    costs = []
    for number in range(messages):
        message = _next(advisor, conversation, number)
        tries = []
        for _ in range(5 if number < _WINDOW or number >= messages - _WINDOW else 1):
            began = time.process_time()
            turn = respond(advisor, Conversation.from_json(conversation.to_json()), message)
            lay_out(advisor, turn.card, turn.conversation.revision)
            turn.conversation.to_json()
            tries.append((time.process_time() - began) * 1000)
        costs.append(min(tries))
        conversation = turn.conversation
    return Thread(median(costs[1 : 1 + _WINDOW]), median(costs[-_WINDOW:]), conversation)


def _next(advisor: Advisor, conversation: Conversation, number: int) -> Message:
    person, at = Person(f"U012345678{number % 2}"), 1_764_000_000 + number
    question = open_question(advisor.pack, conversation)
    if number == 0:
        content: Press | Typed = Typed("We want product descriptions in the tone of our brand")
    else:
        name = f"answer:{question.id}:{question.options[0].id}" if question else "restart"
        action = parse(name)
        assert action is not None
        content = Press(action, conversation.revision)
    return Message(f"m{number}", person, at, content)
