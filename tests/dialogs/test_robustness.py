"""Whatever is typed wherever, something is replied: the blind writers' texts, each at its place and all in one talk."""

from itertools import islice
from pathlib import Path

import pytest

from dialogs.conversation import Proposal
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from dialogs.views import lay_out
from tests.dialogs.talk import NOON, Talk
from tests.eval import conversation_talk
from tests.eval.conversation_talk import Said
from tests.shipped import shipped
from tests.thinned import one_in

SETS = sorted((Path(__file__).parents[1] / "eval").glob("talk-*"))
TEXTS = [text for folder in SETS for text in conversation_talk.load(folder)]
PLACES = ("result", "proposal budget", "domain", "idle", "proposal data")
"""Where each text is typed besides the place that its author had in mind."""


@pytest.mark.parametrize("offset", one_in(4, range(4)))
def test_any_text_at_any_place_has_a_reply(offset: int) -> None:
    advisor = shipped()
    for number, said in enumerate(islice(TEXTS, offset, None, 16)):
        other = Said(at=PLACES[number % len(PLACES)], text=said.text, does=said.does)
        for each in (said, other):
            before = conversation_talk.conversation_at(advisor, each.at)
            if number % 2 and before.confirm is None:  # proposed beside what is open, whose options are others
                before = before.replace(confirm=Proposal("data", "no"))
            message = Message("m", Person("ana"), NOON, Typed(each.text), addressed=True, private=True)
            turn = respond(advisor, before, message)
            shown = (*turn.aside, *turn.below, *turn.card, *turn.expanded)
            assert shown, each
            lay_out(advisor, shown, turn.conversation.revision)


@pytest.mark.parametrize("offset", one_in(2, range(2)))
def test_a_talk_of_everything_goes_on(offset: int) -> None:
    talk = Talk(shipped()).say("triage\nsummarise support mails\nclassify legal letters, no data\nslogans for posters")
    for number, said in enumerate(islice(TEXTS, offset, None, 12)):
        turn = talk.say(said.text, who="ana" if number % 3 else "ben").turn
        assert turn.conversation.to_json()
