"""What people do in a benchmark: a closed loop for each, the next turn only after the reply of the last one is there.

One person types an idea once and presses buttons then: an option of each question in turn, and from the recommendation
back to the first question. After TURNS turns another person follows, before the advisor's limit for one person is met.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = dict[str, Any]

TURNS = 24
"""Turns of one person."""

ROUND = 6
"""Clicks from a conversation's first question to its recommendation, and back to the first question."""

PATIENCE = 5.0
"""Seconds for an answer, and for a reply; what takes longer counts as bad."""

IDEAS = (
    "Our field engineers want to ask questions about {n} maintenance manuals that change every month",
    "We want {n} product descriptions a day in the tone of our brand",
    "A helper that sorts {n} incoming complaints into our own categories",
    "Draft replies for the support team from {n} old tickets",
)


class Bad(Exception):
    """A bot answered with an error, or showed nothing to press."""


@dataclass(slots=True)
class Seen:
    """When the bot's answer and the reply itself were there, in seconds from the request."""

    answered: list[float] = field(default_factory=list)
    delivered: list[float] = field(default_factory=list)
    bad: int = 0


class Person(Protocol):
    """Takes one turn after the other with one bot; there is one for each request in flight."""

    async def turn(self) -> tuple[float, float]:
        """The times at which the bot had answered and at which the reply was there, by time.perf_counter; either may
        be the first.

        Bad, TimeoutError or OSError where the answer or the reply is not as it should be.
        """

    def begin_anew(self) -> None:
        """What was said so far no longer matters: after a turn that went wrong."""

    def close(self) -> None:
        """Hangs up."""


Newcomer = Callable[[int], Awaitable[Person]]
"""Makes the person that drives one bot from this number on."""


class Arrivals:
    """Replies that reached a stand-in, by the conversation that they belong to."""

    def __init__(self) -> None:
        self._awaited: dict[str, tuple[int, asyncio.Future[tuple[float, Json]]]] = {}
        self.ids = itertools.count(1)
        self.total = 0

    def expect(self, key: str, above: int = 0) -> "asyncio.Future[tuple[float, Json]]":
        """The next card in this conversation with a revision above this one, and when it came.

        A card may be shown twice: whoever presses as soon as it appears is faster than the record of its delivery.
        """
        made: asyncio.Future[tuple[float, Json]] = asyncio.get_running_loop().create_future()
        self._awaited[key] = (above, made)
        return made

    def came(self, key: str, body: Json) -> None:
        """A reply came; one without buttons has no revision and always counts."""
        self.total += 1
        above, waiting = self._awaited.get(key, (0, None))
        if waiting is not None and not waiting.done() and revision(body, above + 1) > above:
            waiting.set_result((time.perf_counter(), body))


class Course:
    """What is said next to the advisor, and by whom.

    With `clicks_only` there is one conversation, in which only the first message is typed and others go on pressing;
    otherwise everybody begins one of their own.
    """

    def __init__(self, number: int, *, clicks_only: bool = False) -> None:
        self._number = number
        self._clicks_only = clicks_only
        self._turns = 0
        self._conversations = 0
        self.person = ""
        self.card: Any = None

    @property
    def conversation(self) -> str:
        """A name for the conversation."""
        return f"{self._number}n{self._conversations}"

    def next(self) -> str | Json:
        """The text to type or the button to press; Bad where the last card has none."""
        if self._turns % TURNS == 0 and not self._clicks_only:
            self.begin_anew()
        self.person = f"{self._number}N{self._turns // TURNS}"
        self._turns += 1
        if self.card is None:
            self._conversations += 1
            return IDEAS[self._conversations % len(IDEAS)].format(n=self._number * 1000 + self._turns)
        return chosen(self.card, self._turns + self._number)

    def begin_anew(self) -> None:
        """Another conversation follows, by another person."""
        self._turns += -self._turns % TURNS
        self.card = None


def revision(card: Any, otherwise: int = 0) -> int:
    """The revision that a card was drawn for, by its first button."""
    button = next(buttons(card), {})
    given = button.get("value") or button.get("data", {}).get("revision")
    return otherwise if given is None else int(given)


def buttons(card: Any) -> Iterator[Json]:
    """All that can be pressed, in the order in which it stands there."""
    if isinstance(card, dict):
        if card.get("type") in ("button", "Action.Execute"):
            yield card
        else:
            for part in card.values():
                yield from buttons(part)
    elif isinstance(card, list):
        for part in card:
            yield from buttons(part)


def menu_options(card: Any) -> Iterator[tuple[Json, Json]]:
    """The options of Slack's overflow menus, each after what a press sends of its menu."""
    if isinstance(card, dict) and card.get("type") == "overflow":
        menu = {name: value for name, value in card.items() if name != "options"}
        yield from ((menu, option) for option in card["options"])
    elif isinstance(card, dict | list):
        for part in card.values() if isinstance(card, dict) else card:
            yield from menu_options(part)


def answers(card: Any) -> list[Json]:
    """The buttons that answer the question of a card; none on that of a recommendation."""
    return [button for button in buttons(card) if _name(button).split(":")[0] == "answer"]


def chosen(card: Any, number: int) -> Json:
    """What is pressed: an answer, else what leads to the first question, which may stand in an overflow menu."""
    if found := answers(card):
        return found[number % len(found)]
    leading = [(_name(button), button) for button in buttons(card)]
    leading += [(option["value"], {**menu, "selected_option": option}) for menu, option in menu_options(card)]
    for name, pressed in leading:
        if name in ("restart", "start"):
            return pressed
    raise Bad(f"nothing to press among {[name for name, _ in leading]}")


def _name(button: Json) -> str:
    return str(button.get("action_id") or button.get("verb"))


class Crowd:
    """Several people who take turns, one at a time: each leaves the advisor a moment before the next press."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people
        self._turns = 0

    async def turn(self) -> tuple[float, float]:
        """The turn of the one who has waited for longest."""
        self._turns += 1
        return await self._last.turn()

    def begin_anew(self) -> None:
        """The one whose turn went wrong begins anew."""
        self._last.begin_anew()

    def close(self) -> None:
        """All hang up."""
        for person in self._people:
            person.close()

    @property
    def _last(self) -> Person:
        return self._people[self._turns % len(self._people)]


async def opened(newcomer: Newcomer, number: int, conversations: int) -> Crowd:
    """Somebody who goes on with so many conversations by turns; each was begun by a person of its own.

    They have come to different questions: a click that leads to a recommendation takes twice as long as others, and
    each second is to hold as many of them.
    """
    first = number * conversations
    people = [await newcomer(first + one) for one in range(conversations)]
    for one, person in enumerate(people, first):
        for _ in range(1 + one % ROUND):
            await person.turn()
    return Crowd(people)


async def work(people: list[Person], seconds: float) -> tuple[Seen, float]:
    """All of them for some time, each for one turn at least; what they saw, and how long it took in the end."""
    seen = Seen()
    began = time.perf_counter()

    async def one(person: Person) -> None:
        while True:
            start = time.perf_counter()
            try:
                answered, delivered = await person.turn()
            except (Bad, TimeoutError, OSError):
                seen.bad += 1
                person.begin_anew()
            else:
                seen.answered.append(answered - start)
                seen.delivered.append(max(answered, delivered) - start)
            if time.perf_counter() >= began + seconds:
                return

    await asyncio.gather(*(one(person) for person in people))
    return seen, time.perf_counter() - began
