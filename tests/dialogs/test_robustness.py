"""Whatever is typed wherever, something is replied: the lines of whole talks, at other places and all in one talk."""

import json
from itertools import islice

import pytest

from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.conversation import Conversation, Proposal
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from dialogs.views import lay_out
from knowledge.pack_loader import builtin
from tests.dialogs.talk import NOON, Talk
from tests.shipped import shipped
from tests.thinned import one_in

TALKS = sorted((builtin() / "training" / "talks").glob("*.jsonl"))
LINES = [line for file in TALKS for line in map(json.loads, filter(str.strip, file.read_text().splitlines()))]
TYPED = [line["text"] for line in LINES if "text" in line]
PLACES = ("result", "proposal budget", "domain", "idle", "proposal data")
"""Where the texts are typed."""


def conversation_at(advisor: Advisor, at: str) -> Conversation:
    """A conversation at a result, stopped ("idle"), at a question, or where an option of it is proposed."""
    *_, name = at.split()
    asked = [question.id for question in advisor.pack.questions]
    answered = asked[: asked.index(name)] if name in asked else asked
    first = {question.id: question.options[0].id for question in advisor.pack.questions}
    return Conversation.fresh(advisor.pack).replace(
        started=at != "idle",
        concluded=at == "result",
        begun=1,
        revision=5,
        people=("ana",),
        idea="a bot that sorts our mail",
        answers={question: Answer(first[question], AnswerMethod.BUTTON, "ana", 1) for question in answered},
        confirm=Proposal(name, first[name], "so they say") if " " in at else None,
    )


@pytest.mark.parametrize("offset", one_in(8, range(8)))
def test_any_text_at_any_place_has_a_reply(offset: int) -> None:
    advisor = shipped()
    for number, text in enumerate(islice(TYPED, offset, None, 16)):
        place = PLACES[number % len(PLACES)]
        before = conversation_at(advisor, place)
        if number % 2 and before.confirm is None:  # proposed beside what is open, whose options are others
            before = before.replace(confirm=Proposal("data", "no"))
        message = Message("m", Person("ana"), NOON, Typed(text), addressed=True, private=True)
        turn = respond(advisor, before, message)
        shown = (*turn.aside, *turn.below, *turn.card, *turn.expanded)
        assert shown, (place, text)
        lay_out(advisor, shown, turn.conversation.revision)


@pytest.mark.parametrize("offset", one_in(2, range(2)))
def test_a_talk_of_everything_goes_on(offset: int) -> None:
    talk = Talk(shipped()).say("triage\nsummarise support mails\nclassify legal letters, no data\nslogans for posters")
    for number, text in enumerate(islice(TYPED, offset, None, 12)):
        turn = talk.say(text, who="ana" if number % 3 else "ben").turn
        assert turn.conversation.to_json()
