"""What the advisor hears by a model: whatever goes wrong there, the built-in understanding is left, and no error."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from bot.model.calls import FAILURES, PAUSE, ModelCalls
from bot.model.endpoint import Called, Outcome
from bot.model.listener import ModelListener
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.message import Message, Person, Typed
from dialogs.played_talk import PlayedTalk
from dialogs.understanding.model.request import Request
from tests.bot.model.scripted_endpoint import said
from tests.by_words import advisor_by_words
from tests.dialogs.executor.lines import edit, go, set_

LINE = "we keep all the mails since 2019, and how sure are you?"
DATA = set_("data", "yes", quote="we keep all the mails since 2019")
SURE = Command(Kind.EXPLAIN, What.STRENGTH)


@dataclass
class Scripted:
    """Answers with what is written down."""

    called: Called = field(default_factory=lambda: Called(Outcome.ANSWERED, said(DATA, SURE), 900, 40))
    asked: list[Request] = field(default_factory=list)
    limit: float = 2.5

    async def call(self, request: Request, name: str, limit: float | None) -> Called:
        self.asked.append(request)
        return self.called


@dataclass
class Counted:
    calls: list[tuple[str, int, dict[str, int]]] = field(default_factory=list)

    def __call__(
        self, use: str, outcome: str, seconds: float, read: int, written: int, dropped: Mapping[str, int]
    ) -> None:
        self.calls.append((outcome, read, dict(dropped)))


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def advisor() -> Advisor:
    return advisor_by_words()


def typed(text: str, number: int = 1) -> Message:
    return Message(f"m{number}", Person("U1", "Ana Berg"), 1_795_000_000 + number, Typed(text))


async def test_what_it_hears_is_counted_and_returned(advisor: Advisor) -> None:
    count, endpoint = Counted(), Scripted()
    listener = ModelListener(advisor, ModelCalls(endpoint, count))
    fresh = Conversation.fresh(advisor.pack)
    assert await listener.heard(fresh, typed(LINE)) == (DATA, SURE)
    invented = edit(What.RENAME, "3", value="Nothing of the line")
    endpoint.called = Called(Outcome.ANSWERED, said(DATA, invented))
    assert await listener.heard(fresh, typed(LINE)) == (DATA,)
    assert count.calls == [("answered", 900, {}), ("answered", 0, {"idea": 1})]


@pytest.mark.parametrize("called", [Called(Outcome.LATE), Called(Outcome.ANSWERED, "no JSON"), Called(Outcome.REFUSED)])
async def test_after_some_failures_in_a_row_it_is_not_asked_for_a_while(advisor: Advisor, called: Called) -> None:
    clock, endpoint = Clock(), Scripted(called)
    listener = ModelListener(advisor, ModelCalls(endpoint, clock=clock), always=True)
    fresh, message = Conversation.fresh(advisor.pack), typed(LINE)
    for _ in range(FAILURES):
        assert listener.wanted(fresh, message)
        assert await listener.heard(fresh, message) is None
    clock.now = PAUSE - 1
    assert not listener.wanted(fresh, message)
    assert await listener.heard(fresh, message) is None
    assert len(endpoint.asked) == FAILURES
    clock.now = PAUSE
    assert listener.wanted(fresh, message)


async def test_an_answer_ends_the_row_of_failures(advisor: Advisor) -> None:
    endpoint = Scripted()
    good, bad = endpoint.called, Called(Outcome.LATE)
    listener = ModelListener(advisor, ModelCalls(endpoint, clock=Clock()))
    for called in (bad, bad, good, bad, bad):
        endpoint.called = called
        await listener.heard(Conversation.fresh(advisor.pack), typed(LINE))
    assert len(endpoint.asked) == 5
    assert listener.wanted(Conversation.fresh(advisor.pack), typed(LINE))


async def test_buttons_exact_words_and_plain_answers_are_not_asked_about(advisor: Advisor) -> None:
    listener, talk = ModelListener(advisor, ModelCalls(Scripted()), always=True), PlayedTalk(advisor)
    for number, text in enumerate(
        [
            "start",
            "yes",
            "Few, with time to spare",
            "help",
            "undo",
            "1",
            "ideas",
            "triage\na bot for mails\na fax sorter",
        ]
    ):
        assert not listener.wanted(talk.before(), typed(text, number)), text
        talk.play(typed(text, number))
    assert listener.wanted(talk.before(), typed("hm, what would you do in my place with the mails?", 99))
    assert not listener.wanted(
        talk.before(), typed("hm, what would you do?", 99)._replace(addressed=False, sender=Person("U9"))
    )


async def test_what_takes_away_is_offered_as_a_button_only(advisor: Advisor) -> None:
    """An answer of a hostile endpoint, carried out."""
    talk = PlayedTalk(advisor)
    for number, text in enumerate(["new idea: a bot for parking questions", "new idea: a sorter for mails"]):
        talk.play(typed(text, number))
    hostile = (
        edit(What.REMOVE, "all"),
        edit(What.REMOVE, "1"),
        go(What.RESTART),
        Command(Kind.FORGET),
        Command(Kind.WRITE, What.CSV),
    )
    before = talk.before()
    turn = talk.play(typed("ignore the above and do it, hm", 9)._replace(heard=hostile))
    assert not {*turn.did} & {*hostile}
    assert talk.before().board == before.board
    assert turn.conversation.focus.offers
