"""Answers that a model words: what holds of them is shown, counted as such; whatever goes wrong, nothing is said."""

from dataclasses import dataclass, field

import pytest

from bot.config.setting_types import ModelUse
from bot.model.calls import FAILURES, ModelCalls
from bot.model.endpoint import Called, Outcome, Request
from bot.model.listener import ModelListener
from bot.model.speaker import LIMIT, ModelSpeaker
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation, hashed
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.wording.draft import Draft, Drafts, Sentence
from dialogs.wording.placement import Words
from dialogs.wording.request import wording_requests
from tests.bot.model.scripted_endpoint import worded
from tests.bot.model.test_listener import Clock, Counted, Scripted
from tests.by_words import advisor_by_words

COST = Message("m1", Person("U1"), 1_795_000_000, Typed("and the cost?", commands=(Command(Kind.ASK, value="cost"),)))
HELP = COST._replace(content=Typed("help"))
INVENTED = ("It costs 7,777 dollars.", 1)


@dataclass
class Endpoint(Scripted):
    """Keeps how long it was to be waited for."""

    limits: list[tuple[str, float | None]] = field(default_factory=list)

    async def call(self, request: object, name: str, limit: float | None) -> Called:
        self.limits.append((name, limit))
        return await super().call(request, name, limit)  # type: ignore[arg-type]


@pytest.fixture
def advisor() -> Advisor:
    return advisor_by_words()


@pytest.fixture
def fresh(advisor: Advisor) -> Conversation:
    return Conversation.fresh(advisor.pack)


def turn_of(advisor: Advisor, fresh: Conversation, message: Message) -> Turn:
    return respond(advisor, fresh, message)


def true_sentence(advisor: Advisor, fresh: Conversation) -> str:
    """The first fact, as it is."""
    (request,) = wording_requests(advisor, fresh, turn_of(advisor, fresh, COST), COST)
    return request.facts[0].text.split(". ")[0].rstrip(".") + "."


async def test_what_holds_is_said_and_the_rest_counted_by_reason(advisor: Advisor, fresh: Conversation) -> None:
    true, count = true_sentence(advisor, fresh), Counted()
    endpoint = Endpoint(Called(Outcome.ANSWERED, worded((true, 1), INVENTED), 900, 40))
    words = await ModelSpeaker(advisor, ModelCalls(endpoint, count)).words(fresh, turn_of(advisor, fresh, COST), COST)
    assert isinstance(words, Words)
    assert words.sentences == (true,)
    assert [(call[0], call[1], call[2]) for call in count.calls] == [("answered", 900, {"number": 1})] * 2
    assert [name for name, _ in endpoint.limits] == ["speak"] * 2


@dataclass
class InTurn(Scripted):
    """Gives one answer after the other, each after as many seconds."""

    answers: list[Called] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    seconds: float = 0.0
    limits: list[float | None] = field(default_factory=list)

    async def call(self, request: Request, name: str, limit: float | None) -> Called:
        self.asked.append(request)
        self.limits.append(limit)
        self.clock.now += self.seconds
        return self.answers.pop(0)


def answered(*said: tuple[str, int]) -> Called:
    return Called(Outcome.ANSWERED, worded(*said), 900, 40)


@pytest.mark.parametrize("again", ["better", "worse", "late"])
async def test_what_does_not_hold_is_put_right_once(advisor: Advisor, fresh: Conversation, again: str) -> None:
    true = true_sentence(advisor, fresh)
    other = true.removesuffix(".") + ", as the article says."
    second = {"better": answered((true, 1), (other, 1)), "worse": answered(INVENTED), "late": Called(Outcome.LATE)}
    endpoint = InTurn(answers=[answered((true, 1), INVENTED), second[again]], seconds=2.0)
    speaker = ModelSpeaker(advisor, ModelCalls(endpoint), endpoint.clock)
    words = await speaker.words(fresh, turn_of(advisor, fresh, COST), COST)
    assert words is not None
    assert words.sentences == ((true, other) if again == "better" else (true,))
    assert endpoint.limits == [LIMIT, LIMIT - 2]
    first, repeated = endpoint.asked
    assert repeated.messages[:2] == first.messages
    assert [each["role"] for each in repeated.messages[2:]] == ["assistant", "user"]
    assert "7777" in repeated.messages[3]["content"]
    assert (INVENTED[0] in repeated.messages[3]["content"], true in repeated.messages[3]["content"]) == (True, False)


async def test_it_is_not_asked_again_where_that_would_take_too_long(advisor: Advisor, fresh: Conversation) -> None:
    true = true_sentence(advisor, fresh)
    endpoint = InTurn(answers=[answered((true, 1), INVENTED)], seconds=LIMIT / 2 + 0.1)
    words = await ModelSpeaker(advisor, ModelCalls(endpoint), endpoint.clock).words(
        fresh, turn_of(advisor, fresh, COST), COST
    )
    assert words is not None
    assert words.sentences == (true,)


async def test_where_more_is_waited_for_what_it_hears_so_it_is_here(advisor: Advisor) -> None:
    assert ModelSpeaker(advisor, ModelCalls(Endpoint(limit=120.0))).limit == 120.0


@pytest.mark.parametrize(
    "called",
    [
        Called(Outcome.LATE),
        Called(Outcome.ANSWERED, "no JSON"),
        Called(Outcome.ANSWERED, worded()),
        Called(Outcome.ANSWERED, worded(INVENTED)),
    ],
)
async def test_where_nothing_is_left_nothing_is_said(advisor: Advisor, fresh: Conversation, called: Called) -> None:
    speaker = ModelSpeaker(advisor, ModelCalls(Endpoint(called)))
    assert await speaker.words(fresh, turn_of(advisor, fresh, COST), COST) is None


async def test_what_is_not_to_be_worded_is_not_asked_about(advisor: Advisor, fresh: Conversation) -> None:
    endpoint = Endpoint()
    start = Message("m1", Person("U1"), 1_795_000_000, Typed("start"))
    speaker = ModelSpeaker(advisor, ModelCalls(endpoint))
    assert await speaker.words(fresh, turn_of(advisor, fresh, start), start) is None
    assert endpoint.asked == []


async def test_it_pauses_with_what_listens(advisor: Advisor, fresh: Conversation) -> None:
    endpoint = Endpoint(Called(Outcome.LATE))
    calls = ModelCalls(endpoint, clock=Clock())
    listener, speaker = ModelListener(advisor, calls, always=True), ModelSpeaker(advisor, calls)
    typed = COST._replace(content=Typed("hm, and what of the cost for the likes of us?"))
    assert listener.wanted(fresh, typed)
    for _ in range(FAILURES):
        await speaker.words(fresh, turn_of(advisor, fresh, COST), COST)
    assert not listener.wanted(fresh, typed)
    assert await speaker.words(fresh, turn_of(advisor, fresh, COST), COST) is None
    assert len(endpoint.asked) == FAILURES


async def test_no_sentence_that_holds_is_no_failure(advisor: Advisor, fresh: Conversation) -> None:
    calls = ModelCalls(Endpoint(Called(Outcome.ANSWERED, worded(INVENTED))), clock=Clock())
    for _ in range(2 * FAILURES):
        await ModelSpeaker(advisor, calls).words(fresh, turn_of(advisor, fresh, COST), COST)
    assert not calls.paused


async def test_each_use_is_counted_apart(advisor: Advisor, fresh: Conversation) -> None:
    uses = list[str]()
    calls = ModelCalls(Endpoint(), lambda use, *_: uses.append(use))
    await ModelSpeaker(advisor, calls).words(fresh, turn_of(advisor, fresh, COST), COST)
    await ModelListener(advisor, calls).heard(fresh, COST)
    assert uses == [ModelUse.SPEAK, ModelUse.LISTEN]


async def test_a_text_of_which_a_sentence_was_dropped_is_not_shown(advisor: Advisor, fresh: Conversation) -> None:
    answers = [
        Command(Kind.SET, question=question.id, option=question.options[0].id) for question in advisor.pack.questions
    ]
    told = Command(Kind.IDEA, value="a bot that answers parking questions")
    first = COST._replace(content=Typed("a bot", commands=(told, *answers)))
    before = respond(advisor, fresh, first).conversation
    wish = COST._replace(id="m2", content=Typed("a note", commands=(Command(Kind.WRITE, What.NOTE),)))
    turn = respond(advisor, before, wish)
    (request,) = wording_requests(advisor, before, turn, wish)
    number = next(
        at for at, fact in enumerate(request.facts, 1) if fact.text.endswith(": Start with prompts, tune later")
    )
    true = ("We start with prompts, and tune later.", number)
    said = []
    for answer in (worded(true), worded(true, INVENTED)):
        speaker = ModelSpeaker(advisor, ModelCalls(Endpoint(Called(Outcome.ANSWERED, answer, 900, 40))))
        said.append(await speaker.words(before, turn, wish))
    assert [None if words is None else words.texts[0].paragraphs for words in said] == [(true[0],), None]


async def test_a_text_that_is_only_shown_again_is_not_asked_about(advisor: Advisor, fresh: Conversation) -> None:
    told = Command(Kind.IDEA, value="a bot that answers parking questions")
    before = respond(advisor, fresh, COST._replace(content=Typed("a bot", commands=(told,)))).conversation
    draft = Draft((Sentence("We help you.", ()),), by=hashed("U1"), form=What.PROMPT)
    before = before.replace(draft=Drafts().stored_with(draft))
    again = Command(Kind.WRITE, What.PROMPT, value="of=same")
    wish = COST._replace(id="m2", content=Typed("the prompt", commands=(again,)))
    endpoint = Endpoint()
    speaker = ModelSpeaker(advisor, ModelCalls(endpoint))
    words = await speaker.words(before, respond(advisor, before, wish), wish)
    assert words is not None
    assert ([text.paragraphs for text in words.texts], endpoint.asked) == ([("We help you.",)], [])
