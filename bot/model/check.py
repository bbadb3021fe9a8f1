"""Checks the endpoint of a language model: for `advisor doctor` with one line, for `advisor model check` with many."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from statistics import median
from typing import TypeVar

from bot.config.findings import Finding, bad, ok
from bot.config.setting_types import ModelUse
from bot.config.settings import Settings
from bot.model.calls import ModelCalls
from bot.model.endpoint import MOST_AT_ONCE, Endpoint, Outcome
from bot.model.listener import ModelListener
from bot.model.scores import BySource, by_source, report
from bot.model.speaker import ModelSpeaker
from dialogs.advisor import Advisor
from dialogs.message import Typed
from dialogs.played_talk import LabelledLine
from dialogs.respond import respond
from dialogs.understanding.model.request import Request
from dialogs.wording.worded import Words

Found = TypeVar("Found")

_LIST = {"type": "array", "items": {"type": "string"}}
_FIXED = Request(
    (
        {"role": "system", "content": 'Answer with the JSON object {"commands": []} and nothing else.'},
        {"role": "user", "content": "Hello."},
    ),
    {"type": "object", "additionalProperties": False, "required": ["commands"], "properties": {"commands": _LIST}},
    "Hello.",
)


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Sends one fixed line."""
    endpoint, began = Endpoint(settings), time.monotonic()
    called = await endpoint.call(_FIXED)
    await endpoint.close()
    seconds = time.monotonic() - began
    if called.outcome is Outcome.ANSWERED:
        yield ok("Model", "model_answers", f"{settings.listener} answered in {seconds:.1f} s ({endpoint.form})")
    else:
        said = f"{settings.listener} did not answer a line: {called.outcome} {called.detail}".rstrip()
        yield bad("Model", "model_silent", f"{said}. Check ADVISOR_MODEL_URL, ADVISOR_MODEL and its key; docs/model.md")


@dataclass
class Calls:
    """What came of calls: told of each as `ModelCalls` tells it."""

    seconds: list[float] = field(default_factory=list)
    tokens: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    def __call__(
        self, _: ModelUse, outcome: str, seconds: float, read: int, written: int, dropped: Mapping[str, int]
    ) -> None:
        self.seconds.append(seconds)
        self.tokens.update({"in": read, "out": written})
        self.outcomes[outcome] += 1
        self.dropped.update(dropped)

    def told(self, dropped: str) -> Iterator[str]:
        """The figures for an operator. `dropped`: what an answer consists of."""
        times, calls = sorted(self.seconds) or [0.0], len(self.seconds) or 1
        yield f"Seconds: median {median(times):.2f}, 95 % within {times[int(0.95 * (len(times) - 1))]:.2f}"
        yield f"Tokens a line: {self.tokens['in'] / calls:.0f} in, {self.tokens['out'] / calls:.0f} out"
        yield f"{dropped} dropped: {_counted(self.dropped) or 'none'}"


async def measured(advisor: Advisor, endpoint: Endpoint, lines: Iterable[LabelledLine]) -> str:
    """Asks about labelled lines, a few at a time, and tells an operator what came of it."""
    calls = Calls()
    listener = ModelListener(advisor, ModelCalls(endpoint, calls, failures=inf), always=True)

    async def scored(line: LabelledLine) -> BySource:
        typed = line.message._replace(content=Typed(line.text))
        wanted = listener.wanted(line.before, typed)
        return by_source(advisor, line, await listener.heard(line.before, typed) if wanted else None)

    scores = await _few_at_once(scored, lines)
    asked = f"Lines {len(scores)}, asked about {len(calls.seconds)}: {_counted(calls.outcomes)}; form {endpoint.form}"
    by = (f"{name}: {report(getattr(each, name) for each in scores)}" for name in BySource._fields)
    return "\n".join((asked, *calls.told("Commands"), *by))


async def measured_words(advisor: Advisor, endpoint: Endpoint, lines: Iterable[LabelledLine]) -> str:
    """Has the answers to labelled lines worded, a few at a time, and tells an operator what came of it."""
    calls = Calls()
    speaker = ModelSpeaker(advisor, ModelCalls(endpoint, calls, failures=inf))

    async def words(line: LabelledLine) -> Words | None:
        return await speaker.words(line.before, respond(advisor, line.before, line.message), line.message)

    found = [each for each in await _few_at_once(words, lines) if each is not None]
    told = sum(len(each.sentences) for each in found)
    asked = f"Questions {len(calls.seconds)}: {_counted(calls.outcomes)}; worded {len(found)} in {told} sentences"
    return "\n".join((asked, *calls.told("Sentences")))


async def _few_at_once(
    asked: Callable[[LabelledLine], Awaitable[Found]], lines: Iterable[LabelledLine]
) -> Sequence[Found]:
    """What is found of each line; as many at once as an endpoint has places, since the wait for one counts."""
    few = asyncio.Semaphore(MOST_AT_ONCE)

    async def one(line: LabelledLine) -> Found:
        async with few:
            return await asked(line)

    return await asyncio.gather(*map(one, lines))


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
