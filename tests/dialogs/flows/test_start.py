"""The start of an idea: how much of it is kept, and what it is prepared for."""

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import EVIDENCE_LIMIT, Conversation
from dialogs.executor.executor import execute
from dialogs.executor.items import Told
from dialogs.message import Action, Verb
from tests.dialogs.presses import of, press
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import Talk


def test_a_long_idea_is_kept_as_far_as_ideas_are(talk: Talk) -> None:
    talk.say("should we fine-tune a model for " + "very " * 400 + "long letters?")
    assert len(talk.conversation.idea) == 1000
    assert EVIDENCE_LIMIT == 120


def test_an_idea_is_made_ready_for_what_will_be_asked_of_it(advisor: Advisor) -> None:
    ready: list[str] = []

    class Prepared(Understanding):
        def prepare(self, idea: str) -> None:
            ready.append(idea)

    told, fresh = understanding(advisor, Prepared()), Conversation.fresh(advisor.pack)
    execute(told, fresh, press(verb=Verb.START), (of(Action(Verb.START)),))
    assert ready == []
    execute(told, fresh, press(verb=Verb.START), (Told(Command(Kind.IDEA, value="a bot for letters")),))
    assert ready == ["a bot for letters"]
