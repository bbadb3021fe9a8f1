"""An advisor whose answers a language model words, and talks with it."""

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.message import Message, Person, Typed
from dialogs.wording.request import WordingRequest, wording_requests
from tests.by_words import advisor_by_words
from tests.dialogs.talk import Talk

ADVISOR = Advisor.build(advisor_by_words().knowledge, catalogue.load(), "House model", speaks=True)


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return ADVISOR


def requested(talk: Talk, line: str, *commands: Command, who: str = "ana") -> WordingRequest | None:
    """What a model is asked first about a line that is understood as these commands."""
    return next(iter(all_requested(talk, line, *commands, who=who)), None)


def all_requested(talk: Talk, line: str, *commands: Command, who: str = "ana") -> tuple[WordingRequest, ...]:
    """All that it is asked."""
    before = talk.conversation
    if commands:
        talk.do(*commands, who=who, text=line)
    else:
        talk.say(line, who)
    message = Message(f"m{talk.clock}", Person(who, f"{who} Lopez"), talk.clock, Typed(line))
    return wording_requests(talk.advisor, before, talk.turn, message)
