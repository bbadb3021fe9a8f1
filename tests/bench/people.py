"""What people do in a benchmark: a closed loop for each, the next turn only after the reply of the last one is there.

One person's conversation: an idea typed once, then presses; the first option of each question by turns, and from the
recommendation back to the first question. It ends before the advisor's limit for one person does.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = dict[str, Any]

TURNS = 24
"""Turns of one person, the typed one included."""

PATIENCE = 5.0
"""Seconds for an answer, and for a reply; what takes longer counts as bad."""

IDEAS = (
    "Our field engineers want to ask questions about {n} maintenance manuals that change every month",
    "We want {n} product descriptions a day in the tone of our brand",
    "A helper that sorts {n} incoming complaints into our own categories",
    "Draft replies for the support team from {n} old tickets",
)


@dataclass(slots=True)
class Seen:
    """When the bot's answer and the reply itself were there, in seconds from the request."""

    answered: list[float] = field(default_factory=list)
    delivered: list[float] = field(default_factory=list)
    bad: int = 0


class Person(Protocol):
    """Takes one turn after the other with one bot; there is one for each request in flight."""

    async def turn(self) -> tuple[bool, float, float]:
        """Whether all went well, the time at which the bot had answered and at which the reply was there."""

    def close(self) -> None:
        """Hangs up."""


class Arrivals:
    """Replies that reached a stand-in, by the conversation that they belong to."""

    def __init__(self) -> None:
        self._awaited: dict[str, tuple[int, asyncio.Future[tuple[float, Json]]]] = {}
        self.ids = itertools.count(1)

    def expect(self, key: str, above: int = 0) -> "asyncio.Future[tuple[float, Json]]":
        """The next card in this conversation with a revision above this one, and when it came.

        A card may be shown twice: whoever presses as soon as it appears is faster than the record of its delivery.
        """
        made: asyncio.Future[tuple[float, Json]] = asyncio.get_running_loop().create_future()
        self._awaited[key] = (above, made)
        return made

    def came(self, key: str, body: Json) -> None:
        """A reply came; one without buttons has no revision and always counts."""
        above, waiting = self._awaited.get(key, (0, None))
        if waiting is not None and not waiting.done() and revision(body, above + 1) > above:
            waiting.set_result((time.perf_counter(), body))


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


def chosen(found: list[tuple[str, Json]], number: int) -> Json | None:
    """The button to press: an answer, else the one that leads to the first question."""
    answers = [button for name, button in found if name.split(":")[0] == "answer"]
    if answers:
        return answers[number % len(answers)]
    return next((button for name, button in found if name in ("restart", "start")), None)


async def work(people: list[Person], seconds: float) -> tuple[Seen, float]:
    """All of them for some time; what they saw, and how long it took in the end."""
    seen = Seen()
    began = time.perf_counter()

    async def one(person: Person) -> None:
        while time.perf_counter() < began + seconds:
            start = time.perf_counter()
            good, answered, delivered = await person.turn()
            if good:
                seen.answered.append(answered - start)
                seen.delivered.append(delivered - start)
            else:
                seen.bad += 1

    await asyncio.gather(*(one(person) for person in people))
    return seen, time.perf_counter() - began


Newcomer = Callable[[int], Awaitable[Person]]
"""Makes the person that drives one bot from this number on."""
